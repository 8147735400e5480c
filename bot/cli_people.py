"""The commands `pmo-coach people list | purge`, for who runs the coach: how many are kept, and forgetting the absent.

They tell numbers, never who. The server purges by itself once a day; the command is for other times and periods.
"""

import argparse
import time
from collections.abc import Callable
from typing import Any

from rich.console import Console

from bot.cli_numbers import MOST_DAYS, whole_number
from bot.store import Store

DAY = 24 * 60 * 60


def add_commands(
    subparsers: Any,
    store: Callable[[], Store],
    days: Callable[[], int],
    *,
    now: Callable[[], float] = time.time,
    console: Callable[[], Console] = Console,
) -> None:
    """Add the command `people`; `days` gives how long somebody absent is remembered where the command does not say."""
    group = subparsers.add_parser("people", help="count and forget those who talk to the coach", description=__doc__)
    actions = group.add_subparsers(metavar="ACTION", required=True)
    listing = actions.add_parser("list", help="tell how much is kept of how many people")
    listing.add_argument("--count", action="store_true", help="only the number of conversations")
    listing.set_defaults(run=lambda told: count(store(), console(), only=told.count))
    purging = actions.add_parser("purge", help="forget everybody who was not here for so many days")
    purging.add_argument("--days", type=whole_number(least=1, most=MOST_DAYS), help="default: PMO_COACH_RETENTION_DAYS")
    purging.add_argument("--dry-run", action="store_true", help="only tell how many that would be")

    def run(told: argparse.Namespace) -> int:
        return purge(store(), console(), told.days or days(), now=now(), dry_run=told.dry_run)

    purging.set_defaults(run=run)


def count(store: Store, console: Console, *, only: bool = False) -> int:
    """Print how many rows are kept of each kind, or the number of conversations only."""
    with store.unit_of_work(read_only=True) as work:
        counts = work.people.counts()
    if only:
        _say(console, str(counts["conversations"]))
    else:
        for name, number in counts.items():
            _say(console, f"{name}\t{number}")
    return 0


def purge(store: Store, console: Console, days: int, *, now: float, dry_run: bool = False) -> int:
    """Forget everybody who was not here for so many days, and print how many that were."""
    with store.unit_of_work(read_only=dry_run) as work:
        before = now - days * DAY
        gone = len(work.people.idle(before)) if dry_run else work.people.purge(before)
    who = "1 person" if gone == 1 else f"{gone} people"
    _say(console, f"{'Would forget' if dry_run else 'Forgot'} {who} not here for {days} days.")
    if not dry_run and not store.overwrite_erased():
        _say(console, "The database is in use: what was erased is overwritten when the server purges next.")
    return 0


def _say(console: Console, text: str) -> None:
    print(text, file=console.file)
