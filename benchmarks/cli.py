"""The command `python -m benchmarks`: choose rows, measure them, show the table."""

import argparse
import json
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from rich.console import Console
from rich.text import Text

from benchmarks.bench import Bench, open_bench
from benchmarks.docs_block import write_block
from benchmarks.environment import DATA_VARIABLE, data_folder, machine
from benchmarks.processes import stop_on_termination
from benchmarks.progress import Progress
from benchmarks.results import Report, Row
from benchmarks.rows import ROWS
from benchmarks.running import measure_rows
from benchmarks.stock import install, is_installed
from benchmarks.table import json_report, remarks, rich_table
from benchmarks.verdict import is_good
from bot.errors import CoachError
from bot.runtime.settings import project_root, read_settings

PAGE = project_root() / "docs" / "benchmarks.md"
PIPE_WIDTH = 160
INTERRUPTED = 130


def main(arguments: Sequence[str] | None = None, *, rows: Sequence[Row] = ROWS) -> int:
    """Run the benchmarks; return 0 when every bound that was measured is kept, 1 when not."""
    options = _parser(rows).parse_args(arguments)
    if options.write_docs and options.only:
        print("benchmarks: --write-docs takes a whole run, without --only", file=sys.stderr)
        return 2
    stop_on_termination()
    try:
        return _run(options, [row for row in rows if not options.only or row.name in options.only])
    except CoachError as exc:
        print(f"benchmarks: {exc}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return INTERRUPTED


def _parser(rows: Sequence[Row]) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description="Measure speed, size and understanding.")
    names = [row.name for row in rows]
    parser.add_argument("--only", nargs="+", choices=names, metavar="ROW", help=f"only these rows: {', '.join(names)}")
    parser.add_argument("--data", type=Path, metavar="DIR",
                        help=f"folder with clinc150/ and banking77/ (or the variable {DATA_VARIABLE})")  # fmt: skip
    parser.add_argument("--stock", action=argparse.BooleanOptionalAction, default=None,
                        help="measure stock Rasa in the same run (default: where .venv-stock has it)")  # fmt: skip
    parser.add_argument(
        "--stock-nlu", action="store_true", help="train stock Rasa on the public sets too (ten minutes)"
    )
    parser.add_argument("--install-stock", action="store_true", help="install stock Rasa first, and measure it")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures to a file as well")
    parser.add_argument("--write-docs", action="store_true", help="write the table into docs/benchmarks.md as well")
    return parser


def _run(options: argparse.Namespace, rows: Sequence[Row]) -> int:
    with open_bench(read_settings(), data=data_folder(options.data), progress=Progress()) as bench:
        report = _report(rows, bench, options)
    _show(report)
    if options.json:
        options.json.write_text(json.dumps(json_report(report), indent=2) + "\n", encoding="utf-8")
    if options.write_docs:
        write_block(PAGE, report)
    return 0 if all(map(is_good, report.results)) else 1


def _report(rows: Sequence[Row], bench: Bench, options: argparse.Namespace) -> Report:
    if options.install_stock:
        with bench.progress.row("installing stock Rasa with TensorFlow, about 2 GB"):
            install(bench.scratch)
    stock = any(row.stock for row in rows) and _has_stock(bench, options)
    results = measure_rows(rows, bench, stock=stock, slow_stock=options.stock_nlu)
    return Report(tuple(results), date.today().isoformat(), machine())


def _has_stock(bench: Bench, options: argparse.Namespace) -> bool:
    """Make the starter bot where stock Rasa is wanted; what was not asked for may be missing."""
    asked = options.stock or options.stock_nlu or options.install_stock
    if options.stock is False or not (asked or is_installed()):
        return False
    try:
        with bench.progress.row("stock Rasa's starter bot"):
            bench.stock.prepare()
    except CoachError as exc:
        if asked:
            raise
        print(f"benchmarks: stock Rasa is left out: {exc}", file=sys.stderr)
        return False
    return True


def _show(report: Report) -> None:
    console = Console(highlight=False)
    if not console.is_terminal:
        console.width = PIPE_WIDTH
    console.print(rich_table(report))
    for remark in remarks(report.results):
        console.print(Text(remark))
