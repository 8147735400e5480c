"""Factories of rows, results and reports; a test names only what it is about."""

from benchmarks.records import Figures, Outcome, Quantity
from benchmarks.results import Measure, Report, Result, Row

MILLISECONDS = (Quantity("ms", 1, at_most=12), Quantity("ms", 1, at_most=25))


def a_row(
    name: str = "one-person", *, quantities: tuple[Quantity, ...] = MILLISECONDS, measure: Measure | None = None,
    stock: Measure | None = None, slow_stock: bool = False,
) -> Row:  # fmt: skip
    return Row(
        name, "message p50 / p95", quantities, measure or (lambda bench: Figures((9.0, 20.0))), stock, slow_stock
    )


def a_result(
    *values: float, row: Row | None = None, notes: tuple[str, ...] = (), stock: Outcome | None = None
) -> Result:
    return Result(row or a_row(), Outcome(Figures(values, notes)), stock or Outcome())


def a_report(*results: Result) -> Report:
    return Report(results, "2026-01-31", {"cores": "2"})
