"""The commands for people who write content."""

import argparse
from collections.abc import Callable
from datetime import date
from io import StringIO
from pathlib import Path

import pytest
from rich.console import Console

from bot.cli_knowledge import add_commands
from bot.errors import CoachError
from tests.content.folder import P3O, RUNNING, WORK, Folder

Command = Callable[..., tuple[int, str]]


@pytest.fixture
def command(folder: Folder) -> Command:
    """Run `knowledge ...` on the folder; returns the exit code and what was printed."""

    def run(*words: str, terminal: bool = False) -> tuple[int, str]:
        said = StringIO()
        parser = argparse.ArgumentParser()
        add_commands(
            parser.add_subparsers(),
            today=lambda: date(2026, 3, 31),
            console=lambda: Console(file=said, force_terminal=terminal, width=200, color_system=None),
        )
        arguments = parser.parse_args(["knowledge", *words, "--folder", str(folder.path)])
        return arguments.run(arguments), said.getvalue()

    return run


def test_check_counts_what_is_valid(command: Command) -> None:
    code, said = command("check")

    assert (code, said) == (
        0,
        "No problems: 3 sources, 1 bodies, 4 levels, 1 kinds, 2 roles, 1 groups, 1 functions, 5 insights, "
        "2 certifications, 2 topics, 1 questionnaire.\n",
    )


def test_check_prints_all_problems_as_they_are_and_fails(command: Command, folder: Folder) -> None:
    folder.edit(P3O, "level_basis: judgement", 'level_basis: "[bold]guess"')
    folder.edit(RUNNING, "role:pmo_manager", "role:pmo_manger")

    code, said = command("check")

    assert code == 1
    assert said.splitlines() == [
        f"{folder.line(P3O, '[bold]guess')}: 'level_basis' must be one of article, cited, judgement, not '[bold]guess'",
        f"{folder.line(RUNNING, 'pmo_manger')}: 'role:pmo_manger' leads nowhere (did you mean 'pmo_manager'?)",
        "2 problems.",
    ]


@pytest.mark.parametrize("words", [("list",), ("show", "pmo_analyst"), ("stale",)], ids=["list", "show", "stale"])
def test_other_commands_tell_problems_too(command: Command, folder: Folder, words: tuple[str, ...]) -> None:
    folder.edit(WORK, "basis: article", "basis: articel")

    code, said = command(*words)

    assert code == 1
    assert said.splitlines() == [
        f"{folder.line(WORK, 'articel')}: 'basis' must be one of article, cited, judgement, not 'articel' "
        "(did you mean 'article'?)",
        "1 problem.",
    ]


def test_list_counts_each_kind(command: Command) -> None:
    code, said = command("list")

    assert code == 0
    assert "levels\t4\tlevel:1, level:2, level:3, level:4" in said.splitlines()
    assert "certifications\t2\tp3o_foundation, p3o_practitioner" in said.splitlines()


def test_list_of_a_kind_names_its_entries(command: Command) -> None:
    assert command("list", "roles") == (0, "pmo_analyst\tPMO Analyst\npmo_manager\tPMO Manager\n")


def test_show_prints_facts_and_sources_with_their_years(command: Command) -> None:
    code, said = command("show", "p3o_foundation")

    assert code == 0
    lines = said.splitlines()
    assert "name\tP3O Foundation" in lines
    assert "aliases\tp3o, p30" in lines
    assert "exam_format\t75 questions\tfound\thigh\t2024\tP3O_PAGE (2024)\t-" in lines
    assert "study_time\t-\tnot_found\tnone\t-\t-\t-" in lines
    assert "pass_mark\t50 %\tfound\tlow\t2018\tARTICLE (2018), UNDATED (undated)\told" in lines
    assert "ARTICLE\tundated; probably 2018\tThe article\tA magazine\t-" in lines


@pytest.mark.parametrize(
    ("key", "line"),
    [
        ("level:2", "certifications\tp3o_foundation"),
        ("insight:1", "step\tt"),
        ("insight_need", "number\t1"),
        ("P3O_PAGE", "url\thttps://example.org/p3o"),
        ("p3o_practitioner", "prerequisites\tp3o_foundation required"),
        ("showing_value", "answer\tAsk who would miss it."),
        ("builder_or_grower", "intro\tTwo questions."),
    ],
)
def test_show_knows_every_kind(command: Command, key: str, line: str) -> None:
    code, said = command("show", key)

    assert code == 0
    assert line in said.splitlines()


@pytest.mark.parametrize(
    ("key", "said"),
    [
        ("pmo_analist", "There is no entry 'pmo_analist'. Did you mean pmo_analyst?"),
        ("Prog office", "There is no entry 'Prog office'. Did you mean programme_office"),
        ("zzzzzz", "There is no entry 'zzzzzz'."),
    ],
    ids=["by its id", "by what it is called", "nothing near"],
)
def test_show_suggests_what_is_near_an_unknown_id(command: Command, key: str, said: str) -> None:
    with pytest.raises(CoachError) as unknown:
        command("show", key)

    assert str(unknown.value).startswith(said)


def test_stale_lists_what_rests_on_old_sources_oldest_first(command: Command) -> None:
    code, said = command("stale", "--months", "24")

    assert code == 0
    lines = said.splitlines()
    assert lines[0] == "2018-12-31\tlevels\tlevel:1\t-\tARTICLE (2018)"
    assert "2018-12-31\tcertifications\tp3o_foundation\tpass_mark\tARTICLE (2018), UNDATED (undated)" in lines
    assert lines[-2].startswith("2024-03-05\t")
    assert lines[-1].endswith("have no source since 2024-03-31; 1 more have undated sources only.")


def test_stale_lists_nothing_where_all_is_new(command: Command) -> None:
    code, said = command("stale", "--months", "1200")

    assert (code, said.count("\n")) == (0, 1)


def test_stale_refuses_a_negative_number_of_months(command: Command, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        command("stale", "--months", "-1")

    assert "from 0 to 1200 is needed" in capsys.readouterr().err


def test_terminal_gets_tables(command: Command) -> None:
    code, said = command("show", "p3o_foundation", terminal=True)

    assert code == 0
    assert "confidence" in said
    assert "─" in said
    assert "\t" not in said


def test_folders_are_ours_and_then_the_persons_own(overlay: Folder, capsys: pytest.CaptureFixture[str]) -> None:
    overlay.write(
        "ours.yaml", "sources:\n  - {id: OUR_WIKI, title: t, publisher: p, date: d, reliability: community}\n"
    )
    parser = argparse.ArgumentParser()
    add_commands(parser.add_subparsers(), lambda: [Path(overlay.path)])
    arguments = parser.parse_args(["knowledge", "show", "OUR_WIKI"])

    assert arguments.run(arguments) == 0
    assert "OUR_WIKI" in capsys.readouterr().out
