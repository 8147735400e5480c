"""What a run is made of: rows, how each is measured, and what came of them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from benchmarks.bench import Bench
from benchmarks.records import Figures, Outcome, Quantity

Measure = Callable[[Bench], Figures]


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
