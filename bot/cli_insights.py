"""The command `pmo-coach insights`: what people ask and what was not understood, in numbers that single nobody out.

It reads the stored conversations a page at a time and writes nothing to the database. The rule that protects people
stands in `bot.improving.privacy`.
"""

import argparse
import json
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from bot.cli_improving import DAY, Tools, write_whole
from bot.cli_numbers import MOST_DAYS, whole_number
from bot.errors import CoachError
from bot.improving.counting import Counts
from bot.improving.privacy import FEWEST
from bot.improving.report import Report, Section, make_report
from bot.improving.report_html import html_report
from bot.improving.turns import read_talk
from bot.store import Store

PAGE = 200
"""Conversations read in one transaction."""
QUIET_SECONDS = 2.0

Say = Callable[[str], None]


def add_commands(
    subparsers: Any,
    store: Callable[[], Store],
    tools: Callable[[], Tools],
    *,
    now: Callable[[], float] = time.time,
    console: Callable[[], Console] = Console,
) -> None:
    """Add the command `insights`; `tools` gives what texts are masked and grouped with."""
    parser = subparsers.add_parser("insights", help="what people ask, in numbers", description=__doc__)
    parser.add_argument(
        "--days",
        type=whole_number(least=1, most=MOST_DAYS),
        metavar="N",
        help="only the last N days (default: all that is stored)",
    )
    parser.add_argument("--channel", metavar="NAME", help="only what came through one channel, as web or slack")
    parser.add_argument("--html", type=Path, metavar="FILE", help="write the report as a web page, too")
    parser.add_argument("--json", action="store_true", help="print the report as JSON")

    def run(told: argparse.Namespace) -> int:
        report = read_report(store(), tools(), days=told.days, channel=told.channel, now=now(), say=_progress)
        if told.html is not None:
            write_whole(told.html, html_report(report))
        _print_json(report) if told.json else print_report(console(), report)
        return 0

    parser.set_defaults(run=run)


def read_report(
    store: Store, tools: Tools, *, days: int | None, channel: str | None, now: float, say: Say = lambda text: None
) -> Report:
    """Read the conversations and return the report; raise CoachError where too few people talked."""
    since = now - days * DAY if days else 0.0
    counts = count_talks(store, Counts(tools.mask, now=now), since=since, channel=channel, say=say)
    period = f"the last {days} days" if days else "everything stored"
    report = make_report(counts, tools.names, tools.group, period=f"{period}, channel {channel}" if channel else period)
    if report is None:
        raise CoachError(f"A report is made of {FEWEST} people or more, so that nobody can be singled out in it.")
    return report


def count_talks(
    store: Store,
    counts: Counts,
    *,
    since: float,
    channel: str | None = None,
    say: Say,
    page: int = PAGE,
    quiet: float = QUIET_SECONDS,
) -> Counts:
    """Add every stored conversation to the counts, a page at a time, and return them."""
    with store.unit_of_work(read_only=True) as work:
        total = work.talks.count(since=since)
    done, after, quiet_until = 0, "", time.monotonic() + quiet
    while True:
        with store.unit_of_work(read_only=True) as work:
            ids = work.talks.ids(since=since, after=after, most=page)
            for stored in work.talks.read(ids, since=since):
                talk = read_talk(stored)
                if channel is None or talk.channel == channel:
                    counts.add(talk)
        if not ids:
            return counts
        done, after = done + len(ids), ids[-1]
        if time.monotonic() > quiet_until:
            quiet_until = time.monotonic() + quiet
            say(f"read {done:,} of {max(total, done):,} conversations")


def print_report(console: Console, report: Report) -> None:
    """Print the report: as tables on a terminal, else a line each, tabs between columns."""
    _say(console, f"{report.period}: {report.people} people, {report.messages} messages")
    for section in report.sections:
        if section.lines:
            _print_section(console, section)
    for note in report.notes:
        _say(console, note)


def _print_section(console: Console, section: Section) -> None:
    columns = ("people", *section.columns)
    rows = [(line.label, *map(str, (line.people, *line.numbers))) for line in section.lines]
    if not console.is_terminal:
        for row in [(section.title, *columns), *rows]:
            _say(console, "\t".join(" ".join(cell.split()) for cell in row))
        return
    table = Table(title=Text(section.title), box=box.SIMPLE_HEAD, title_justify="left", caption=Text(section.note))
    table.add_column(section.what)
    for column in columns:
        table.add_column(column, justify="right")
    for row in rows:
        table.add_row(*map(Text, row))
    console.print(table)


def _print_json(report: Report) -> None:
    print(json.dumps(report.to_json(), indent=2, ensure_ascii=False))


def _progress(text: str) -> None:
    print(f"pmo-coach: {text} ...", file=sys.stderr, flush=True)


def _say(console: Console, text: str) -> None:
    print(text, file=console.file)
