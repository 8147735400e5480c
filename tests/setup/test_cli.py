"""The command as a whole: whatever ends it early is a sentence on stderr and an exit code, never a stack."""

import subprocess
import sys
from importlib.metadata import entry_points
from pathlib import Path

import pytest

from bot.cli import main

COMMANDS = ("chat", "ask", "serve", "train", "settings", "encoder", "rasa", "knowledge", "conversations", "people",
            "team", "insights", "review")  # fmt: skip
FULL = Path("/dev/full")


def run(*words: str, output: str = "") -> "subprocess.CompletedProcess[str]":
    """Run the command; `output` is where the shell sends what it prints."""
    script = f'"$@" {output}' if output else '"$@"'
    command = ["bash", "-o", "pipefail", "-c", script, "bash", sys.executable, "-m", "bot.cli", *words]
    return subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)


@pytest.mark.parametrize(
    "words", [(), ("nonsense",), ("--nonsense",), ("--help",)], ids=["none", "wrong", "option", "help"]
)
def test_whoever_names_no_command_is_told_of_all(words: tuple[str, ...], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(words)

    told = "".join(capsys.readouterr())
    assert ended.value.code == (0 if words == ("--help",) else 2)
    if words in (("nonsense",), ("--help",)):
        assert [name for name in COMMANDS if name not in told] == []


@pytest.mark.parametrize("words", [("settings",), ("--help",), ("knowledge", "list")], ids=["settings", "help", "list"])
def test_a_reader_who_goes_is_no_error(words: tuple[str, ...]) -> None:
    ended = run(*words, output="| true")

    assert (ended.returncode, ended.stderr) == (0, "")


INTERRUPTED = """
import os, signal, sys

class CtrlC:
    def find_spec(self, name, path=None, target=None):
        if name == sys.argv[1]:
            os.kill(os.getpid(), signal.SIGINT)

from bot.__main__ import main
sys.meta_path.insert(0, CtrlC())
sys.exit(main())
"""


@pytest.mark.parametrize("module", ["bot.cli", "argparse", "bot.runtime.settings", "bot.terminal.commands"])
def test_ctrl_c_while_modules_are_imported_is_an_exit_code_and_no_stack(module: str) -> None:
    command = [sys.executable, "-c", INTERRUPTED, module]

    ended = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)

    assert (ended.returncode, ended.stderr) == (130, "")


def test_command_begins_with_what_imports_nothing() -> None:
    script = "import sys, bot.__main__; print([name for name in sys.modules if name.startswith('bot')])"

    imported = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)

    assert imported.stdout.strip() == "['bot', 'bot.__main__']"
    assert "bot.__main__:main" in {found.value for found in entry_points(group="console_scripts", name="pmo-coach")}


@pytest.mark.skipif(not FULL.exists(), reason="this system has no /dev/full")
def test_a_full_disk_is_told_in_a_sentence() -> None:
    ended = run("settings", output=f"> {FULL}")

    assert ended.returncode == 1
    assert ended.stderr == "pmo-coach: The output cannot be read or written: No space left on device.\n"


@pytest.mark.parametrize(
    "words",
    [
        ("people", "purge", "--days", "soon"),
        ("knowledge", "stale", "--months", "soon"),
        ("insights", "--days", "soon"),
        ("review", "--limit", "soon"),
        ("ask", "--timeout", "soon"),
    ],
    ids=lambda words: " ".join(words[:2]),
)
def test_what_is_no_number_is_told_in_words(words: tuple[str, ...], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(words)

    told = capsys.readouterr().err.splitlines()[-1]
    assert ended.value.code == 2
    assert "number" in told
    assert "soon" in told
    assert "_" not in told.partition("error:")[2]
