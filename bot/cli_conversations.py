"""The command `pmo-coach conversations import`: takes over what a stock Rasa kept in its `SQLTrackerStore`."""

import sys
import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from bot.runtime.importing import Imported
    from bot.store import Store

DAY = 24 * 60 * 60
QUIET_SECONDS = 2.0
"""How long nothing is told of how far it is, and how often afterwards."""


def add_commands(subparsers: Any, store: Callable[[], "Store"], days: Callable[[], int]) -> None:
    """Add the command; `days` gives after how many of them somebody absent is forgotten."""
    group = subparsers.add_parser("conversations", help="take over conversations of a stock Rasa", description=__doc__)
    actions = group.add_subparsers(metavar="ACTION", required=True)
    importing = actions.add_parser(
        "import", help="import the conversations of an SQLTrackerStore; twice changes nothing"
    )
    importing.add_argument("url", help="its database: sqlite:///rasa.db or postgresql://user@host/name")
    importing.set_defaults(run=lambda told: import_all(told.url, store, days()))


def import_all(url: str, store: Callable[[], "Store"], days: int) -> int:
    """Import everything, print the counts, and return 1 when something was refused."""
    from bot.runtime import lean
    from bot.store.rasa_events import open_rasa_events

    with open_rasa_events(url) as source:
        lean.prepare()
        from bot.runtime.importing import import_conversations

        done = import_conversations(source, store(), _Progress())
    for reason in done.refused:
        print(f"pmo-coach: refused the conversation of {reason}", file=sys.stderr)
    for line in summary(done, before=time.time() - days * DAY, days=days):
        print(line)
    return 1 if done.refused else 0


def summary(done: "Imported", *, before: float, days: int) -> list[str]:
    """Return what to print of an import; who was last here before that time is forgotten soon."""
    lines = [
        f"Imported {done.conversations:,} conversations with {done.events:,} events; "
        f"{done.known:,} were here already, {len(done.refused):,} were refused."
    ]
    if old := sum(last < before for last in done.last_seen):
        lines.append(
            f"{old:,} of them were last used more than {days} days ago: the server forgets them when it next starts, "
            "unless PMO_COACH_RETENTION_DAYS is raised."
        )
    return lines


class _Progress:
    """Says on stderr how far the import is, if it takes its time."""

    def __init__(self) -> None:
        self._next = time.monotonic() + QUIET_SECONDS

    def __call__(self, done: int, total: int) -> None:
        if time.monotonic() >= self._next:
            self._next = time.monotonic() + QUIET_SECONDS
            print(f"pmo-coach: {done:,} of {total:,} conversations ...", file=sys.stderr, flush=True)
