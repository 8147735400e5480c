"""The commands `pmo-coach team create | report`, for PMO leaders: numbers of a team, never of a person.

A report is made for five people or more; what it keeps back and why stands in `bot.coaching.team`.
"""

import argparse
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from bot.coaching.team import FEWEST, report_team
from bot.coaching.team_chart import by_more, by_nobody_or_one, draw_chart, in_words
from bot.errors import CoachError
from bot.records import Share, TeamReport
from bot.store import Store

LONGEST_NAME = 80


def add_commands(subparsers: Any, store: Callable[[], Store], *, console: Callable[[], Console] = Console) -> None:
    """Add the command `team`."""
    group = subparsers.add_parser("team", help="teams of people who share their numbers", description=__doc__)
    actions = group.add_subparsers(metavar="ACTION", required=True)
    creating = actions.add_parser("create", help="make a team and print the code to join it")
    creating.add_argument("name", type=_name, help="what the team is called")
    creating.set_defaults(run=lambda told: create(store(), console(), told.name))
    reporting = actions.add_parser("report", help=f"what a team of {FEWEST} or more has in common")
    reporting.add_argument("code", help="the team's code")
    reporting.add_argument("--svg", type=Path, metavar="FILE", help="write the report as a chart, too")
    reporting.set_defaults(run=lambda told: report(store(), console(), told.code, svg=told.svg))


def create(store: Store, console: Console, name: str) -> int:
    """Make a team and print its code, alone on its line."""
    with store.unit_of_work() as work:
        code = work.teams.create(name)
    _say(console, code)
    print("Keep it: it is stored nowhere. People join by typing “join team” and the code.", file=_stderr().file)
    return 0


def report(store: Store, console: Console, code: str, *, svg: Path | None = None) -> int:
    """Print what may be told of the team; return 1, with a sentence, where that is nothing."""
    with store.unit_of_work(read_only=True) as work:
        team, members = work.teams.get(code), work.teams.members(code)
        knowledge = work.knowledge.load() if team is not None and len(members) >= FEWEST else None
    if team is None:
        raise CoachError("There is no team of that code.")
    found = report_team(knowledge, members) if knowledge is not None else None
    if found is None:
        raise CoachError(f"A report is made for {FEWEST} people or more, so that nobody can be singled out in it.")
    _print(console, team.name, found)
    if svg is not None:
        _write(svg, draw_chart(found, team.name))
    return 0


def _print(console: Console, name: str, found: TeamReport) -> None:
    _say(console, f"{name}: {found.members} people")
    _table(console, "level", found.levels)
    _table(console, "PMO function covered", by_more(found.functions))
    if few := by_nobody_or_one(found.functions):
        _say(console, f"PMO functions covered by nobody or one person ({len(few)}): {', '.join(few)}")
    _table(console, "qualification held", found.certifications)
    _table(console, "next best training", found.spend)
    _say(console, "Numbers that would single somebody out are told as a range.")


def _table(console: Console, title: str, shares: Sequence[Share]) -> None:
    """Print shares: as a table on a terminal, else a line each, tabs between columns."""
    if not shares:
        _say(console, f"{title}: nothing that two or more have in common")
        return
    if not console.is_terminal:
        for share in shares:
            _say(console, f"{title}\t{share.name}\t{in_words(share)}")
        return
    table = Table(title, "people", box=box.SIMPLE_HEAD)
    for share in shares:
        table.add_row(Text(share.name), in_words(share))
    console.print(table)


def _write(path: Path, text: str) -> None:
    try:
        path.write_text(text, encoding="utf-8")
    except OSError as exc:
        raise CoachError(f"The chart cannot be written to {path}: {exc.strerror}.") from exc


def _say(console: Console, text: str) -> None:
    print(text, file=console.file)


def _stderr() -> Console:
    return Console(stderr=True)


def _name(text: str) -> str:
    name = " ".join("".join(char if char.isprintable() else " " for char in text).split())
    if not 0 < len(name) <= LONGEST_NAME:
        raise argparse.ArgumentTypeError(f"a name has 1 to {LONGEST_NAME} characters")
    return name
