"""Measuring the chosen rows one after another; a row that fails shows why, and the others go on."""

import time
from collections.abc import Sequence

from benchmarks.bench import Bench
from benchmarks.records import BenchmarkError, NotMeasuredError, Outcome
from benchmarks.results import Measure, Result, Row

NO_STOCK = "stock Rasa is left out"
SLOW_STOCK = "give --stock-nlu: five minutes"


def measure_rows(rows: Sequence[Row], bench: Bench, *, stock: bool, slow_stock: bool) -> list[Result]:
    """Return a result for each row; Ctrl-C alone ends the run early."""
    return [_measure_row(row, bench, stock=stock, slow_stock=slow_stock) for row in rows]


def _measure_row(row: Row, bench: Bench, *, stock: bool, slow_stock: bool) -> Result:
    began = time.monotonic()
    with bench.progress.row(row.name):
        ours = _outcome(row.measure, bench)
    return Result(row, ours, _stock_outcome(row, bench, stock=stock, slow_stock=slow_stock), time.monotonic() - began)


def _stock_outcome(row: Row, bench: Bench, *, stock: bool, slow_stock: bool) -> Outcome:
    if row.stock is None or not stock:
        return Outcome(reason="" if row.stock is None else NO_STOCK)
    if row.slow_stock and not slow_stock:
        return Outcome(reason=SLOW_STOCK)
    with bench.progress.row(f"{row.name}, stock Rasa"):
        return _outcome(row.stock, bench)


def _outcome(measure: Measure, bench: Bench) -> Outcome:
    try:
        return Outcome(measure(bench))
    except NotMeasuredError as exc:
        return Outcome(reason=str(exc))
    except BenchmarkError as exc:
        return Outcome(reason=str(exc), failed=True)
    except Exception as exc:  # noqa: BLE001 - one broken row must not cost the others, and it is shown as broken
        return Outcome(reason=f"{type(exc).__name__}: {exc}", failed=True)
