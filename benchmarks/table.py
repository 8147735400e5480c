"""The table: what | stock | must | measured | ok, for a terminal, for the docs and for programs."""

from collections.abc import Iterable, Sequence
from typing import Any

from rich.table import Table
from rich.text import Text

from benchmarks.records import Outcome, Quantity, Verdict
from benchmarks.results import Report, Result
from benchmarks.verdict import verdict_of

COLUMNS = ("what", "stock", "must", "measured", "ok")
NOTHING = "-"
LONGEST_REASON = 60
STYLES = {Verdict.YES: "green", Verdict.NO: "bold red", Verdict.NONE: ""}


def bounds_text(quantities: Sequence[Quantity]) -> str:
    """Return the bounds as the table says them: "at most 12 / 25 ms"."""
    if all(quantity.at_most is None and quantity.at_least is None for quantity in quantities):
        return NOTHING
    words = [("at most" if quantity.at_most is not None else "at least") for quantity in quantities]
    limits = [_limit(quantity) for quantity in quantities]
    if len(set(words)) == 1:
        return _with_unit(f"{words[0]} {' / '.join(limits)}", quantities[0].unit)
    return " / ".join(_with_unit(f"{w} {n}", q.unit) for w, n, q in zip(words, limits, quantities, strict=True))


def _limit(quantity: Quantity) -> str:
    limit = quantity.at_most if quantity.at_most is not None else quantity.at_least
    if limit is None:
        return NOTHING
    return f"{limit:g}" if quantity.unit or not limit else f"{limit:.2f}"


def figures_text(quantities: Sequence[Quantity], outcome: Outcome) -> str:
    """Return the figures, or why there are none."""
    if outcome.figures is None:
        return _reason_text(outcome)
    pairs = zip(quantities, outcome.figures.values, strict=True)
    return _with_unit(" / ".join(f"{value:,.{quantity.digits}f}" for quantity, value in pairs), quantities[0].unit)


def _reason_text(outcome: Outcome) -> str:
    reason = outcome.reason.partition("\n")[0]
    shown = reason if len(reason) <= LONGEST_REASON else f"{reason[:LONGEST_REASON]}..."
    return f"failed: {shown}" if outcome.failed else f"not measured: {shown}" if shown else NOTHING


def stock_text(result: Result) -> str:
    """Return stock Rasa's figures; where it was not measured what is known of it, or a dash."""
    told = result.stock.figures is not None or result.stock.failed
    return figures_text(result.row.quantities, result.stock) if told else result.row.known or NOTHING


def _with_unit(text: str, unit: str) -> str:
    return f"{text} {unit}" if unit else text


def cells(result: Result) -> tuple[str, str, str, str, str]:
    """Return a row of the table."""
    quantities = result.row.quantities
    verdict = verdict_of(quantities, result.ours)
    ours = figures_text(quantities, result.ours)
    return result.row.what, stock_text(result), bounds_text(quantities), ours, verdict.value


def remarks(results: Iterable[Result]) -> list[str]:
    """Return the sentences below the table: the notes of the figures, and what failed, in full."""
    found = []
    for result in results:
        for who, outcome in (("", result.ours), (", stock Rasa", result.stock)):
            notes = outcome.figures.notes if outcome.figures else ()
            faults = (outcome.reason,) if outcome.failed else ()
            found += [f"{result.row.what}{who}: {text}" for text in (*notes, *faults)]
    return found


def rich_table(report: Report, *, title: str = "PMO Coach: benchmarks") -> Table:
    """Return the table for a terminal."""
    table = Table(*COLUMNS, title=title)
    for result in report.results:
        style = STYLES[verdict_of(result.row.quantities, result.ours)]
        *words, verdict = cells(result)
        table.add_row(*map(Text, words), Text(verdict, style))
    return table


def markdown_table(report: Report) -> str:
    """Return the table in Markdown, ending with a line break."""
    lines = [COLUMNS, ("---",) * len(COLUMNS), *map(cells, report.results)]
    return "".join(f"| {' | '.join(cell.replace('|', '/') for cell in line)} |\n" for line in lines)


def json_report(report: Report) -> dict[str, Any]:
    """Return the report as plain JSON values."""
    rows = [_json_row(result) for result in report.results]
    return {"v": 1, "when": report.when, "machine": dict(report.machine), "rows": rows}


def _json_row(result: Result) -> dict[str, Any]:
    bounds = [{"unit": q.unit, "at_most": q.at_most, "at_least": q.at_least} for q in result.row.quantities]
    verdict = verdict_of(result.row.quantities, result.ours)
    return {
        "name": result.row.name, "what": result.row.what, "quantities": bounds, "seconds": round(result.seconds, 1),
        "ok": None if verdict is Verdict.NONE else verdict is Verdict.YES,
        "measured": _json_outcome(result.ours), "stock": _json_outcome(result.stock),
    }  # fmt: skip


def _json_outcome(outcome: Outcome) -> dict[str, Any]:
    if outcome.figures is None:
        return {"values": None, "notes": [], "reason": outcome.reason, "failed": outcome.failed}
    return {"values": list(outcome.figures.values), "notes": list(outcome.figures.notes), "reason": "", "failed": False}
