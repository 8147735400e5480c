"""The commands for people and teams: numbers on stdout, sentences for what cannot be done."""

import argparse
import io
import time
from pathlib import Path

import pytest
from rich.console import Console

from bot import cli_people, cli_team
from bot.content import KNOWLEDGE_FOLDER
from bot.errors import CoachError
from bot.records import Level, Profile
from bot.store import Store, seed
from tests.store.test_store_people import agree, say

DAY = 86400


def run(store: Store, *words: str, terminal: bool = False) -> tuple[int, str]:
    """Run a command and return its exit code and what it prints."""
    parser = argparse.ArgumentParser()
    commands = parser.add_subparsers()
    out = Console(file=io.StringIO(), force_terminal=terminal, width=100)
    cli_people.add_commands(commands, lambda: store, lambda: 180, console=lambda: out)
    cli_team.add_commands(commands, lambda: store, console=lambda: out)
    told = parser.parse_args(words)
    return told.run(told), out.file.getvalue()


def test_purge_forgets_the_absent_after_a_dry_run(sqlite_store: Store) -> None:
    say(sqlite_store, "absent", "x", now=time.time() - 200 * DAY)
    say(sqlite_store, "away", "x", now=time.time() - 20 * DAY)

    assert run(sqlite_store, "people", "list", "--count") == (0, "2\n")
    assert run(sqlite_store, "people", "purge", "--dry-run") == (0, "Would forget 1 person not here for 180 days.\n")
    assert run(sqlite_store, "people", "purge") == (0, "Forgot 1 person not here for 180 days.\n")
    assert run(sqlite_store, "people", "purge", "--days", "10") == (0, "Forgot 1 person not here for 10 days.\n")
    assert "conversations\t0\n" in run(sqlite_store, "people", "list")[1]


def test_purge_beside_a_reader_says_that_the_log_waits(sqlite_store: Store) -> None:
    say(sqlite_store, "absent", "x", now=1.0)
    with sqlite_store.unit_of_work(read_only=True) as work:
        work.people.counts()
        assert "in use" in run(sqlite_store, "people", "purge")[1]


@pytest.mark.parametrize("days", ["0", "-1", "many", ""])
def test_purge_takes_whole_days_only(sqlite_store: Store, days: str) -> None:
    with pytest.raises(SystemExit):
        run(sqlite_store, "people", "purge", "--days", days)


def a_team(store: Store, size: int, *, held: tuple[str, ...] = ("p3o_foundation",)) -> str:
    seed(store, [KNOWLEDGE_FOLDER])
    people = [f"p{number}" for number in range(size)]
    agree(store, *people)
    with store.unit_of_work() as work:
        code = work.teams.create("North [bold]")
        for person in people:
            work.teams.join(code, person)
            work.people.remember_profile(person, Profile(role="pmo_analyst", held=held))
    return code


@pytest.mark.parametrize("terminal", [False, True], ids=["pipe", "terminal"])
def test_report_of_eight_is_printed_and_drawn(sqlite_store: Store, tmp_path: Path, terminal: bool) -> None:
    code = a_team(sqlite_store, 8)

    exit_code, printed = run(sqlite_store, "team", "report", code, "--svg", str(tmp_path / "a.svg"), terminal=terminal)

    assert exit_code == 0
    assert "North [bold]: 8 people" in printed
    assert "P3O Foundation" in printed
    assert "7 or 8" in printed
    assert "PMO functions covered by nobody or one person (" in printed
    assert printed.count("0 or 1") <= len(Level) + 1
    assert (tmp_path / "a.svg").read_text().endswith("</svg>\n")


def test_report_of_a_team_with_nothing_in_common_says_so(sqlite_store: Store) -> None:
    code = a_team(sqlite_store, 6, held=())

    assert "qualification held: nothing that two or more have in common" in run(sqlite_store, "team", "report", code)[1]


def test_report_of_four_is_declined(sqlite_store: Store) -> None:
    with pytest.raises(CoachError, match="5 people or more"):
        run(sqlite_store, "team", "report", a_team(sqlite_store, 4))


@pytest.mark.parametrize("code", ["ZZZZ-9999", "", "x" * 10_000, "' OR 1=1 --"])
def test_report_of_no_team_says_so(sqlite_store: Store, code: str) -> None:
    with pytest.raises(CoachError, match="no team of that code"):
        run(sqlite_store, "team", "report", code)


def test_chart_that_cannot_be_written_is_said(sqlite_store: Store, tmp_path: Path) -> None:
    code = a_team(sqlite_store, 5)

    with pytest.raises(CoachError, match="cannot be written"):
        run(sqlite_store, "team", "report", code, "--svg", str(tmp_path / "no" / "a.svg"))


@pytest.mark.parametrize("name", ["", "   ", "x" * 81, "\x00"])
def test_team_needs_a_name(sqlite_store: Store, name: str) -> None:
    with pytest.raises(SystemExit):
        run(sqlite_store, "team", "create", name)


def test_code_is_alone_on_stdout(sqlite_store: Store, capsys: pytest.CaptureFixture[str]) -> None:
    exit_code, printed = run(sqlite_store, "team", "create", "  My\tteam ")

    assert exit_code == 0
    with sqlite_store.unit_of_work(read_only=True) as work:
        assert work.teams.get(printed.strip()).name == "My team"
    assert "stored nowhere" in capsys.readouterr().err
