"""What make does for a person: the right steps, no step twice, and a question that arrives as it was typed."""

import os
import re
import shutil
from pathlib import Path

import pytest

from tests.setup.conftest import ROOT, Programs

COMMANDS = [
    *"help chat ask serve setup train test coverage check bench crossval bench-slack bench-scale chaos".split(),
    *"bench-stock widget bench-web screenshots audit sbom schemathesis fuzz lock clean".split(),
]

MACHINE = "/usr/bin:/bin"

SET_UP = 'mkdir -p .venv/bin && pwd -P >.venv/.root && echo noise && echo noise >&2 && touch ".venv/.stamp-$1"'

COACH = """
case "$1" in
    encoder) mkdir -p var/encoder && touch var/encoder/manifest.json && echo noise ;;
    train) mkdir -p models && touch models/pmo-coach.tar.gz && echo noise ;;
    ask) for word; do printf '<%s>' "$word"; done; cat ;;
esac
"""


class Project:
    """A project with the real Makefile, whose set-up and command are fakes that note their calls."""

    def __init__(self, folder: Path, programs: Programs) -> None:
        self.folder, self.programs = folder, programs
        folder.mkdir()
        shutil.copy(ROOT / "Makefile", folder)
        names = "requirements.lock requirements-dev.lock pyproject.toml config.yml domain.yml"
        for name in [*names.split(), "data/nlu/ask.yml", "data/nlu/old.yml", "bot/content/levels.yaml", "bot/nlu/x.py"]:
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).touch()
        programs.add("setup.sh", SET_UP, folder=folder / "scripts")
        programs.add("pmo-coach", COACH, folder=folder / ".venv/bin")
        programs.borrow("make")

    def make(self, *words: str, stdin: str = "", **environment: str) -> str:
        """Run make and return what it writes to stdout; it must succeed."""
        done = self.programs.run("make", *words, cwd=self.folder, path=MACHINE, stdin=stdin, **environment)
        assert done.returncode == 0, done.stderr
        return done.stdout

    def steps(self, *words: str, **environment: str) -> list[str]:
        """Run make and return what it called."""
        self.programs.calls_file.unlink(missing_ok=True)
        self.make(*words, **environment)
        return [call.strip() for call in self.programs.calls]

    def change(self, name: str) -> None:
        """Make a file newer than all that was made from it."""
        for path in self.folder.rglob("*"):
            os.utime(path, (path.stat().st_atime, path.stat().st_mtime - 60))
        os.utime(self.folder / name)


@pytest.fixture
def project(tmp_path: Path, programs: Programs) -> Project:
    """A fresh clone, so to speak."""
    return Project(tmp_path / "a project", programs)


@pytest.fixture
def ready(project: Project) -> Project:
    """A project that was set up and trained."""
    project.make("train")
    return project


def test_help_lists_every_command_once(project: Project) -> None:
    listed = re.findall(r"^  make (\S+) +\S", project.make("help"), re.MULTILINE)

    assert listed == COMMANDS
    assert project.make() == project.make("help")


def test_chat_sets_up_trains_and_talks(project: Project) -> None:
    assert project.steps("chat") == [
        "setup.sh run",
        "pmo-coach encoder install",
        "pmo-coach train --if-needed",
        "pmo-coach chat",
    ]


def test_chat_starts_the_command_alone_the_second_time(ready: Project) -> None:
    assert ready.steps("chat") == ["pmo-coach chat"]


def test_setup_does_nothing_the_second_time(project: Project) -> None:
    assert project.steps("setup") == ["setup.sh run", "pmo-coach encoder install"]
    assert project.steps("setup") == []


@pytest.mark.parametrize("file", ["data/nlu/ask.yml", "bot/content/levels.yaml", "domain.yml", "config.yml"])
def test_chat_trains_again_when_what_it_is_made_of_changed(ready: Project, file: str) -> None:
    ready.change(file)

    assert ready.steps("chat") == ["pmo-coach train --if-needed", "pmo-coach chat"]
    assert ready.steps("chat") == ["pmo-coach chat"]


def test_chat_trains_again_when_a_file_went(ready: Project) -> None:
    (ready.folder / "data/nlu/old.yml").unlink()
    ready.change("data/nlu")

    assert ready.steps("train") == ["pmo-coach train --if-needed"]


def test_chat_trains_again_when_the_model_went(ready: Project) -> None:
    (ready.folder / "models/pmo-coach.tar.gz").unlink()

    assert ready.steps("train") == ["pmo-coach train --if-needed"]


def test_chat_fetches_the_encoder_again_when_it_went(ready: Project) -> None:
    shutil.rmtree(ready.folder / "var")

    assert ready.steps("train") == ["pmo-coach encoder install"]


@pytest.mark.parametrize("name", ["PMO_COACH_CONTENT", "PMO_COACH_MODEL", "PMO_COACH_DATABASE_URL"])
def test_chat_leaves_the_look_to_the_command_where_settings_point_elsewhere(ready: Project, name: str) -> None:
    assert ready.steps("train", **{name: "/some where"}) == ["pmo-coach train --if-needed"]


def test_chat_sets_up_again_when_the_lock_changed(ready: Project) -> None:
    ready.change("requirements.lock")

    assert ready.steps("setup") == ["setup.sh run"]


def test_chat_sets_up_again_when_the_folder_moved(ready: Project) -> None:
    ready.folder = ready.folder.rename(ready.folder.parent / "moved")

    assert ready.steps("setup")[0] == "setup.sh run"


@pytest.mark.parametrize(
    "question",
    [
        "does ppso still exist",
        "what's P3O?",
        'a "quoted" word',
        "it costs $500, $HOME and ${HOME}",
        "$(shell touch hacked) $(HOME) $@ $$",
        "$(touch hacked) `touch hacked`",
        "; touch hacked # & | > hacked",
        "100% sure \\n \\",
        "-h",
        "--json",
        "two\nlines",
        "naïve café 😀 пмо",
        "*",
        "a=b",
    ],
)
@pytest.mark.parametrize("way", ["argument", "environment"])
def test_ask_hands_the_question_on_as_it_was_typed(ready: Project, question: str, way: str) -> None:
    answer = ready.make("ask", f"Q={question}") if way == "argument" else ready.make("ask", Q=question)

    assert answer == f"<ask><--><{question}>"
    assert not (ready.folder / "hacked").exists()


def test_ask_passes_options(ready: Project) -> None:
    answer = ready.make("ask", "Q=what is a pmo", "ARGS=--json --timeout 5")

    assert answer == "<ask><--json><--timeout><5><--><what is a pmo>"


def test_ask_without_a_question_reads_stdin(ready: Project) -> None:
    assert ready.make("ask", stdin="what is a pmo") == "<ask>what is a pmo"


def test_ask_prints_the_answer_alone(project: Project) -> None:
    assert project.make("ask", "Q=x") == "<ask><--><x>"


@pytest.mark.parametrize("target", ["train", "setup"])
def test_set_up_leaves_stdout_alone(project: Project, target: str) -> None:
    assert project.make(target) == ""


def test_chat_through_a_link_to_the_folder_sets_nothing_up_again(ready: Project) -> None:
    link = ready.folder.parent / "link"
    link.symlink_to(ready.folder)
    ready.folder = link

    assert ready.steps("setup", PWD=str(link)) == []
