"""The commands `make bench-scale` and `make chaos`: choose rows and how much they do, measure, show the table."""

import argparse
import json
import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from rich.console import Console
from rich.text import Text

from benchmarks.bench import open_bench
from benchmarks.environment import machine
from benchmarks.extent import LONG, SHORT, Extent
from benchmarks.processes import stop_on_termination
from benchmarks.progress import Progress
from benchmarks.results import Report, Result, Row
from benchmarks.running import measure_rows
from benchmarks.table import json_report, remarks, rich_table
from benchmarks.verdict import is_good
from bot.errors import CoachError
from bot.runtime.settings import read_settings

PIPE_WIDTH = 160
INTERRUPTED = 130

RowsOf = Callable[[Extent], tuple[Row, ...]]


def run(arguments: Sequence[str] | None, rows_of: RowsOf, *, module: str, title: str, sizes: Sequence[str]) -> int:
    """Measure a harness's rows; return 0 when every bound that was measured is kept.

    A short run is too short to judge a speed or a size: its table shows them, but only what was lost, broken or not
    measured to the end makes it return 1. `sizes` are the fields of Extent that the command line may set.
    """
    options = _parser(rows_of(LONG), module, title, sizes).parse_args(arguments)
    given = {name: getattr(options, name) for name in sizes if getattr(options, name) is not None}
    rows = [
        row for row in rows_of(replace(SHORT if options.short else LONG, **given))
        if not options.only or row.name in options.only
    ]  # fmt: skip
    stop_on_termination()
    try:
        report = _measured(rows)
    except CoachError as exc:
        print(f"{module}: {exc}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return INTERRUPTED
    _show(report, title)
    if options.json:
        options.json.write_text(json.dumps(json_report(report), indent=2) + "\n", encoding="utf-8")
    return 0 if all(map(is_sound if options.short else is_good, report.results)) else 1


def is_sound(result: Result) -> bool:
    """Tell whether nothing failed, and nothing was found of what there must be none of."""
    if result.ours.figures is None:
        return not result.ours.failed
    pairs = zip(result.row.quantities, result.ours.figures.values, strict=True)
    return all(value == 0 for quantity, value in pairs if quantity.at_most == 0)


def _parser(rows: Sequence[Row], module: str, title: str, sizes: Sequence[str]) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog=f"python -m {module}", description=title)
    names = [row.name for row in rows]
    parser.add_argument("--only", nargs="+", choices=names, metavar="ROW", help=f"only these rows: {', '.join(names)}")
    parser.add_argument(
        "--short", action="store_true", help="do less of everything: some two minutes, which judge no speed"
    )
    for name in sizes:
        size = getattr(LONG, name)
        parser.add_argument(f"--{name.replace('_', '-')}", type=type(size), metavar="N", help=f"default: {size:,}")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures to a file as well")
    return parser


def _measured(rows: Sequence[Row]) -> Report:
    with open_bench(read_settings(), data=None, progress=Progress()) as bench:
        results = measure_rows(rows, bench, stock=False, slow_stock=False)
    return Report(tuple(results), date.today().isoformat(), machine())


def _show(report: Report, title: str) -> None:
    console = Console(highlight=False)
    if not console.is_terminal:
        console.width = PIPE_WIDTH
    console.print(rich_table(report, title=title))
    for remark in remarks(report.results):
        console.print(Text(remark))
