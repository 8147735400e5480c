"""What a benchmark is made of: rows, the quantities they measure with the bounds they must keep, and results."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import TYPE_CHECKING

from bot.errors import CoachError

if TYPE_CHECKING:
    from benchmarks.bench import Bench

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


Measure = Callable[["Bench"], Figures]


@dataclass(frozen=True)
class Row:
    """A row of the table: `name` selects it, `what` is its first column; `stock` measures stock Rasa alike.

    `slow_stock` marks a stock measurement of many minutes, which is made only when asked for; `known` says what stock
    Rasa was once found to do, where no measurement of it belongs to the row.
    """

    name: str
    what: str
    quantities: tuple[Quantity, ...]
    measure: Measure
    stock: Measure | None = None
    slow_stock: bool = False
    known: str = ""


@dataclass(frozen=True)
class Outcome:
    """Figures, or the reason why there are none; `failed` when that is a fault."""

    figures: Figures | None = None
    reason: str = ""
    failed: bool = False


@dataclass(frozen=True)
class Result:
    """A row with what was measured of us and of stock Rasa; `seconds` is how long it took."""

    row: Row
    ours: Outcome
    stock: Outcome
    seconds: float = 0.0


@dataclass(frozen=True)
class Report:
    """A whole run: its results, when it was made and on what machine."""

    results: tuple[Result, ...]
    when: str
    machine: Mapping[str, str] = field(default_factory=dict)
