"""What a measurement is made of: quantities with the bounds they must keep, figures, and why there are none."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum

from bot.errors import CoachError

Say = Callable[[str], None]
"""Shows a word of progress; the last one stays."""


class BenchmarkError(CoachError):
    """A row could not be measured: something did not start, answer or train."""


class NotMeasuredError(CoachError):
    """A row is left out, which is no fault; the message says what it takes to have it."""


class Verdict(Enum):
    """Whether a row keeps its bounds; NONE where there is no bound or no figure."""

    YES = "yes"
    NO = "no"
    NONE = "-"


@dataclass(frozen=True)
class Quantity:
    """One number of a row: its unit, the digits that are shown, and the bound it must keep, if any."""

    unit: str = ""
    digits: int = 0
    at_most: float | None = None
    at_least: float | None = None


@dataclass(frozen=True)
class Figures:
    """What a measurement gave: a value for each quantity of its row, and sentences that go below the table."""

    values: tuple[float, ...]
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Outcome:
    """Figures, or the reason why there are none; `failed` when that is a fault."""

    figures: Figures | None = None
    reason: str = ""
    failed: bool = False
