"""Whether a row keeps its bounds."""

from collections.abc import Sequence

from benchmarks.records import Outcome, Quantity, Verdict
from benchmarks.results import Result


def keeps(quantity: Quantity, value: float) -> bool:
    """Tell whether a value keeps its quantity's bound, before any rounding."""
    if quantity.at_most is not None and value > quantity.at_most:
        return False
    return quantity.at_least is None or value >= quantity.at_least


def verdict_of(quantities: Sequence[Quantity], outcome: Outcome) -> Verdict:
    """Return whether every bound is kept; a row that failed does not keep its own."""
    if all(quantity.at_most is None and quantity.at_least is None for quantity in quantities):
        return Verdict.NONE
    if outcome.figures is None:
        return Verdict.NO if outcome.failed else Verdict.NONE
    kept = all(map(keeps, quantities, outcome.figures.values))
    return Verdict.YES if kept else Verdict.NO


def is_good(result: Result) -> bool:
    """Tell whether a result gives no cause for concern: nothing failed and no bound is broken."""
    return not result.ours.failed and verdict_of(result.row.quantities, result.ours) is not Verdict.NO
