"""A SQLite file that is cut off or damaged is refused at start, and not a byte of it is changed."""

import os
import random
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.errors import StoreError
from bot.store import damage, open_store

PAGE = 4096
KILLED = """
import os, sys
from bot.store import open_store
store = open_store(sys.argv[1])
with store.unit_of_work() as work:
    for number in range(300):
        work.conversations.restart(f"web-{number}", [(1.0, "user", "x" * 400)], after_seq=0, offered={}, now=1.0)
os._exit(0)
"""


@pytest.fixture
def file(tmp_path: Path, migrated: Path) -> Path:
    """Give a file with some conversations, and without a log."""
    path = Path(shutil.copy(migrated, tmp_path / "coach.sqlite"))
    store = open_store(f"sqlite:///{path}")
    with store.unit_of_work() as work:
        for number in range(300):
            work.conversations.restart(f"web-{number}", [(1.0, "user", "x" * 400)], after_seq=0, offered={}, now=1.0)
    store.close()
    assert not log_of(path).exists()
    return path


def log_of(path: Path) -> Path:
    return path.with_name(f"{path.name}-wal")


def start(path: Path) -> None:
    open_store(f"sqlite:///{path}").migrate()


def halve(path: Path) -> None:
    os.truncate(path, path.stat().st_size // PAGE // 2 * PAGE)


def drop_the_last_bytes(path: Path) -> None:
    os.truncate(path, path.stat().st_size - 100)


def keep_one_page(path: Path) -> None:
    os.truncate(path, PAGE)


def garble_a_page(path: Path) -> None:
    with path.open("r+b") as opened:
        opened.seek((path.stat().st_size // PAGE - 20) * PAGE)
        opened.write(random.Random(0).randbytes(PAGE))


def lose_the_header(path: Path) -> None:
    with path.open("r+b") as opened:
        opened.write(bytes(100))


def empty_it_beside_its_log(path: Path) -> None:
    log_of(path).write_bytes(b"what was said last")
    os.truncate(path, 0)


DAMAGES = [
    (halve, "malformed"),
    (drop_the_last_bytes, "it is cut off"),
    (keep_one_page, "malformed"),
    (garble_a_page, r"(?i)page|malformed"),
    (lose_the_header, "file is not a database"),
    (empty_it_beside_its_log, "it is empty, but its log is not"),
]


@pytest.mark.parametrize(("hurt", "why"), DAMAGES, ids=[hurt.__name__ for hurt, _ in DAMAGES])
def test_damaged_file_is_refused_with_what_to_do_and_left_as_it_was(
    file: Path, hurt: Callable[[Path], None], why: str
) -> None:
    hurt(file)
    before = {path.name: path.read_bytes() for path in file.parent.iterdir()}

    with pytest.raises(StoreError, match=why) as raised:
        start(file)

    assert f"The database file {file} is damaged" in str(raised.value)
    assert "put a backup in its place" in str(raised.value)
    assert {name: file.with_name(name).read_bytes() for name in before} == before


@pytest.mark.parametrize("hurt", [halve, drop_the_last_bytes, keep_one_page, lose_the_header])
def test_large_file_is_held_against_its_own_header_alone(
    file: Path, hurt: Callable[[Path], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(damage, "CHECKED_WHOLE", 0)
    start(file)

    hurt(file)

    with pytest.raises(StoreError, match="is damaged"):
        start(file)


@pytest.mark.parametrize("whole", [True, False])
@pytest.mark.parametrize("has_index", [True, False])
def test_file_of_a_process_that_was_killed_is_taken_with_its_log(
    tmp_path: Path, migrated: Path, monkeypatch: pytest.MonkeyPatch, whole: bool, has_index: bool
) -> None:
    # GIVEN what a killed process leaves: all that was said last is in the log
    path = Path(shutil.copy(migrated, tmp_path / "coach.sqlite"))
    subprocess.run([sys.executable, "-c", KILLED, f"sqlite:///{path}"], check=True)
    assert log_of(path).stat().st_size
    if not has_index:
        path.with_name(f"{path.name}-shm").unlink()
    monkeypatch.setattr(damage, "CHECKED_WHOLE", 256_000_000 if whole else 0)

    start(path)

    with open_store(f"sqlite:///{path}").unit_of_work(read_only=True) as work:
        assert work.conversations.count() == 300


def test_file_that_was_cut_off_is_refused_where_its_log_cannot_mend_it(tmp_path: Path, file: Path) -> None:
    subprocess.run([sys.executable, "-c", KILLED.replace("web-", "new-"), f"sqlite:///{file}"], check=True)
    halve(file)
    before = file.read_bytes(), log_of(file).read_bytes()

    with pytest.raises(StoreError, match="is damaged"):
        start(file)

    assert (file.read_bytes(), log_of(file).read_bytes()) == before


def test_file_that_others_work_with_is_taken(file: Path) -> None:
    with sqlite3.connect(file, isolation_level=None) as other:
        other.execute("BEGIN IMMEDIATE")
        other.execute("DELETE FROM conversation_events")
        damage.refuse_damaged(file)
        other.execute("COMMIT")
    other.close()


def test_looking_at_a_file_that_is_open_here_leaves_its_log_to_who_writes_it(file: Path) -> None:
    # GIVEN a store that works with the file, and one more look at it
    store = open_store(f"sqlite:///{file}")
    with store.unit_of_work() as work:
        work.conversations.open("one", now=1.0)
    start(file)

    # WHEN another process comes and goes
    other = f"from bot.store import open_store; s = open_store('sqlite:///{file}')\n"
    other += "with s.unit_of_work(read_only=True) as work: print(work.conversations.exists('two'))\ns.close()"
    subprocess.run([sys.executable, "-c", other], check=True)

    # THEN the next one still finds what is written after that
    with store.unit_of_work() as work:
        work.conversations.open("two", now=2.0)
    seen = subprocess.run([sys.executable, "-c", other], check=True, capture_output=True, text=True)
    assert seen.stdout.strip() == "True"


@pytest.mark.parametrize("name", ["missing.sqlite", "a folder", "odd?name#%41.sqlite"])
def test_what_is_no_file_yet_is_not_looked_at(tmp_path: Path, name: str) -> None:
    (tmp_path / "a folder").mkdir()

    damage.refuse_damaged(tmp_path / name)

    assert [path.name for path in tmp_path.iterdir()] == ["a folder"]


def test_name_of_the_file_may_hold_any_signs(file: Path) -> None:
    odd = file.rename(file.with_name("odd?name#%41.sqlite"))
    damage.refuse_damaged(odd)
    garble_a_page(odd)

    with pytest.raises(StoreError, match="is damaged"):
        damage.refuse_damaged(odd)
