"""The commands `pmo-coach knowledge check | list | show | stale`, for people who write content.

They read the folders, never the database, so that a change can be checked before anything takes it up. To a
terminal they print tables; to a pipe, plain lines with tabs between the columns.
"""

import argparse
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import fields
from datetime import date
from enum import Enum
from pathlib import Path
from typing import Any

from rapidfuzz import fuzz, process, utils
from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from bot.cli_numbers import whole_number
from bot.content import KNOWLEDGE_FOLDER, read_knowledge
from bot.content.age import ages, months_before, older_than
from bot.content.entries import KINDS
from bot.errors import CoachError, ContentError
from bot.records import Fact, Knowledge

Folders = Sequence[Path]
Action = Callable[[argparse.Namespace, Folders, Console], int]
Subparsers = Any
"""What `ArgumentParser.add_subparsers()` returns; argparse has no public name for it."""

ALIKE = 75
"""How alike two words must be, of 100, for one to be suggested in place of the other."""

SUGGESTIONS = 3
STALE_MONTHS = 12
MOST_MONTHS = 1200
LONGEST_WORDS = 40
"""Items of a list up to this length are printed side by side."""

_FACT_COLUMNS = ("fact", "value", "status", "confidence", "year", "sources", "note")
_SOURCE_COLUMNS = ("source", "date", "title", "publisher", "address")


def add_commands(
    subparsers: Subparsers,
    own_folders: Callable[[], Folders] = tuple,
    *,
    today: Callable[[], date] = date.today,
    console: Callable[[], Console] = Console,
) -> None:
    """Add the command `knowledge`; each action sets `run`, which takes the namespace and returns the exit code.

    Unless `--folder` names others, the folders are ours and then those that `own_folders` returns when it runs.
    """
    group = subparsers.add_parser("knowledge", help="check and look up what the coach knows", description=__doc__)
    actions = group.add_subparsers(metavar="ACTION", required=True)

    def add(name: str, text: str, act: Action) -> argparse.ArgumentParser:
        def run(arguments: argparse.Namespace) -> int:
            folders = getattr(arguments, "folders", None) or [KNOWLEDGE_FOLDER, *own_folders()]
            return act(arguments, folders, console())

        return _add_action(actions, name, text, run)

    add("check", "check every file and report all problems", lambda _, folders, out: check(folders, out))
    listing = add("list", "list what there is", lambda told, folders, out: list_entries(folders, out, told.kind))
    listing.add_argument("kind", nargs="?", choices=KINDS, help="only entries of this kind, with their names")
    showing = add("show", "show one entry", lambda told, folders, out: show(folders, out, told.id))
    showing.add_argument("id", help="the id of an entry, level:3 or insight:1")
    text = "list what rests on old sources only"
    aging = add("stale", text, lambda told, folders, out: stale(folders, out, months=told.months, today=today()))
    aging.add_argument("--months", type=whole_number(least=0, most=MOST_MONTHS), default=STALE_MONTHS,
                       help="how old is old (default: %(default)s)")  # fmt: skip


def _add_action(
    actions: Subparsers, name: str, text: str, run: Callable[[argparse.Namespace], int]
) -> argparse.ArgumentParser:
    """Add an action, with the options that all of them have."""
    parser: argparse.ArgumentParser = actions.add_parser(name, help=text, description=text)
    parser.add_argument(
        "--folder", dest="folders", action="append", type=Path, metavar="DIR", help="read these folders instead"
    )
    parser.set_defaults(run=run)
    return parser


def check(folders: Folders, console: Console) -> int:
    """Print every problem of the content, or that there is none; return 1 or 0."""
    knowledge = _read(folders, console)
    if knowledge is None:
        return 1
    counts = ", ".join(f"{len(entries)} {kind}" for kind, entries in _by_kind(knowledge).items())
    _say(console, f"No problems: {counts}.")
    return 0


def list_entries(folders: Folders, console: Console, kind: str | None = None) -> int:
    """Print the number and ids of each kind's entries, or the ids and names of one kind's."""
    knowledge = _read(folders, console)
    if knowledge is None:
        return 1
    by_kind = _by_kind(knowledge)
    if kind is None:
        rows = [(name, str(len(entries)), ", ".join(entries)) for name, entries in by_kind.items()]
        _table(console, ("kind", "count", "ids"), rows)
    else:
        _table(console, ("id", "name"), [(key, _name(entry)) for key, entry in by_kind[kind].items()])
    return 0


def show(folders: Folders, console: Console, key: str) -> int:
    """Print an entry with its facts and sources; raise CoachError, which suggests others, where there is none."""
    knowledge = _read(folders, console)
    if knowledge is None:
        return 1
    known = {name: entry for entries in _by_kind(knowledge).values() for name, entry in entries.items()}
    known.update((f"insight:{number}", insight) for number, insight in knowledge.insights.items())
    if key not in known:
        near = _nearest(key, known)
        raise CoachError(f"There is no entry '{key}'." + (f" Did you mean {' or '.join(near)}?" if near else ""))
    _show_fields(console, knowledge, known[key])
    return 0


def stale(folders: Folders, console: Console, *, months: int, today: date) -> int:
    """Print what rests only on sources older than so many months, the oldest first."""
    knowledge = _read(folders, console)
    if knowledge is None:
        return 1
    found = list(ages(knowledge))
    old = older_than(found, months=months, today=today)
    rows = [
        (str(age.newest), age.kind, age.id, age.fact or "-", ", ".join(_dated(knowledge, key) for key in age.sources))
        for age in old
    ]
    if rows:
        _table(console, ("newest source", "kind", "id", "fact", "sources"), rows)
    undated = sum(age.newest is None for age in found)
    limit = months_before(today, months)
    _say(console, f"{len(old)} of {len(found)} have no source since {limit}; {undated} more have undated sources only.")
    return 0


def _read(folders: Folders, console: Console) -> Knowledge | None:
    """Return the knowledge, or print its problems and return None."""
    try:
        return read_knowledge(folders)
    except ContentError as exc:
        for problem in exc.problems:
            _say(console, problem)
        _say(console, "1 problem." if len(exc.problems) == 1 else f"{len(exc.problems)} problems.")
        return None


def _by_kind(knowledge: Knowledge) -> dict[str, dict[str, Any]]:
    """Return the entries by kind and id; a level's id is "level:3"."""
    by_kind: dict[str, dict[str, Any]] = {kind: {} for kind in KINDS}
    for kind in KINDS:
        entries = getattr(knowledge, kind)
        for entry in entries.values() if isinstance(entries, Mapping) else [entries]:
            by_kind[kind][f"level:{int(entry.number)}" if kind == "levels" else entry.id] = entry
    return by_kind


def _name(entry: Any) -> str:
    """Return what an entry is called."""
    return str(getattr(entry, "name", None) or getattr(entry, "title", entry.id))


def _nearest(key: str, known: Mapping[str, Any]) -> list[str]:
    """Return the ids nearest to a word, by their id, name or alias."""
    called = {
        (name, text): text
        for name, entry in known.items()
        for text in (name, _name(entry), *getattr(entry, "aliases", ()))
    }
    best = process.extract(
        key, called, scorer=fuzz.ratio, processor=utils.default_process, score_cutoff=ALIKE, limit=None
    )
    return list(dict.fromkeys(name for _, _, (name, _) in best))[:SUGGESTIONS]


def _show_fields(console: Console, knowledge: Knowledge, entry: Any) -> None:
    """Print the fields of an entry, each under its name; facts and sources come last, as tables."""
    values = {field.name: getattr(entry, field.name) for field in fields(entry)}
    facts, sources = values.pop("facts", ()), values.pop("sources", ())
    told = [(name, _words(value)) for name, value in values.items() if value not in (None, (), {})]
    _table(console, ("field", "value"), told)
    if facts:
        _table(console, _FACT_COLUMNS, [_fact_row(knowledge, fact) for fact in facts])
    if sources:
        _table(console, _SOURCE_COLUMNS, [_source_row(knowledge, key) for key in sources])


def _fact_row(knowledge: Knowledge, fact: Fact) -> tuple[str, ...]:
    """Return a fact as a row."""
    sources = ", ".join(_dated(knowledge, key) for key in fact.sources)
    told = (fact.value or "-", fact.status.value, fact.confidence.value, str(fact.year or "-"))
    return (fact.field, *told, sources or "-", fact.note or "-")


def _source_row(knowledge: Knowledge, key: str) -> tuple[str, ...]:
    """Return a source as a row."""
    source = knowledge.sources[key]
    return (source.id, source.date, source.title, source.publisher, source.url or "-")


def _dated(knowledge: Knowledge, key: str) -> str:
    """Return a source's id with its year."""
    year = knowledge.sources[key].year
    return f"{key} ({year or 'undated'})"


def _words(value: Any) -> str:
    """Return a field's value in words; a list of sentences has one a line."""
    if isinstance(value, Enum):
        return str(value.value)
    if isinstance(value, Mapping):
        return "\n".join(f"{name}: {', '.join(map(str, items))}" for name, items in value.items())
    if isinstance(value, tuple):
        items = [_words(item) for item in value]
        return (", " if max(map(len, items), default=0) <= LONGEST_WORDS else "\n").join(items)
    if hasattr(value, "__dataclass_fields__"):
        told = (getattr(value, field.name) for field in fields(value))
        return " ".join(_words(part) for part in told if part is not None)
    return str(value)


def _table(console: Console, columns: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Print rows: as a table on a terminal, else a line each, tabs between columns."""
    if not console.is_terminal:
        for row in rows:
            _say(console, "\t".join(" ".join(cell.split()) for cell in row))
        return
    table = Table(*columns, box=box.SIMPLE_HEAD)
    for row in rows:
        table.add_row(*map(Text, row))
    console.print(table)


def _say(console: Console, text: str) -> None:
    """Print text as it is: rich would take some of it for markup, and would make spaces of tabs."""
    print(text, file=console.file)
