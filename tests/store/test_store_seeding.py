"""The store follows the content: once, whole or not at all, whoever else does so at the same moment."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from bot.content import content_digest, read_knowledge
from bot.errors import ContentError
from bot.store import Store, seed
from tests.content.folder import P3O, SMALL, Folder

ROOT = Path(__file__).parents[2]

SEED = """
import sys
from pathlib import Path
from bot.store import open_store, seed
sys.stdin.readline()
store = open_store(sys.argv[1])
store.migrate()
print(seed(store, [Path(sys.argv[2])]))
"""


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    return Folder(Path(shutil.copytree(SMALL, tmp_path / "knowledge")))


def test_seeding_fills_an_empty_store(store: Store, folder: Folder) -> None:
    assert seed(store, [folder.path]) is True

    with store.unit_of_work(read_only=True) as work:
        assert work.knowledge.load() == read_knowledge([folder.path])
        assert work.knowledge.digest() == content_digest([folder.path])


def test_seeding_again_does_nothing(store: Store, folder: Folder) -> None:
    seed(store, [folder.path])

    assert seed(store, [folder.path]) is False


def test_seeding_after_a_change_takes_it_up(store: Store, folder: Folder) -> None:
    seed(store, [folder.path])
    folder.edit(P3O, "summary: Applies it.", "summary: Applies all of it.")

    assert seed(store, [folder.path]) is True
    with store.unit_of_work(read_only=True) as work:
        assert work.knowledge.load().certifications["p3o_practitioner"].summary == "Applies all of it."


BROKEN = {
    "syntax": ("certifications:", "certifications: ["),
    "schema": ("level_basis: judgement", "level_basis: guess"),
    "reference": ("certification: p3o_foundation", "certification: gone"),
}


@pytest.mark.parametrize(("old", "new"), BROKEN.values(), ids=BROKEN)
def test_broken_content_changes_nothing(sqlite_store: Store, folder: Folder, old: str, new: str) -> None:
    seed(sqlite_store, [folder.path])
    with sqlite_store.unit_of_work(read_only=True) as work:
        given_digest, given_knowledge = work.knowledge.digest(), work.knowledge.load()
    folder.edit(P3O, old, new)

    with pytest.raises(ContentError) as raised:
        seed(sqlite_store, [folder.path])

    assert all(problem.startswith(f"{P3O}:") for problem in raised.value.problems)
    with sqlite_store.unit_of_work(read_only=True) as work:
        assert work.knowledge.digest() == given_digest
        assert work.knowledge.load() == given_knowledge


def test_error_of_broken_content_counts_its_problems(folder: Folder) -> None:
    folder.edit(P3O, "level_basis: judgement", "level_basis: guess")

    with pytest.raises(ContentError, match=r"^1 problem in the knowledge content:\ncertifications/p3o.yaml:\d+: "):
        read_knowledge([folder.path])


def test_servers_that_start_at_once_all_succeed_and_one_seeds(url: str) -> None:
    command = [sys.executable, "-c", SEED, url, str(SMALL)]
    servers = [
        subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) for _ in range(2)
    ]
    for server in servers:
        assert server.stdin is not None
        server.stdin.write("go\n")
        server.stdin.flush()

    said = sorted(server.communicate()[0].strip() for server in servers)

    assert said == ["False", "True"]


def test_seeding_that_was_overtaken_while_reading_does_nothing(store: Store, folder: Folder) -> None:
    class Overtaken(Store):
        """Another server seeds between our look at the digest and our writing."""

        def unit_of_work(self, *, read_only: bool = False, **more: float):  # type: ignore[no-untyped-def]
            if not read_only:
                seed(store, [folder.path])
            return super().unit_of_work(read_only=read_only, **more)

    assert seed(Overtaken(store.engine), [folder.path]) is False
