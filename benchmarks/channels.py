"""What the benchmarks of the channels share: rows that serve a coach of their own, and the table of them all."""

import argparse
import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console
from rich.table import Table

from benchmarks.environment import child_environment
from benchmarks.processes import free_port, last_words, running, stop_on_termination
from benchmarks.records import BenchmarkError
from bot.runtime.settings import project_root, read_settings

WIDTH = 160
START_SECONDS = 120.0


@dataclass(frozen=True)
class Measured:
    """What a row shows, whether it keeps its bound, and what else there is to know."""

    text: str
    ok: bool
    note: str = ""


@dataclass(frozen=True)
class Row:
    """A row of the table; `measure` gets a var folder of its own, which has the encoder."""

    name: str
    what: str
    others: str
    must: str
    measure: Callable[[Path], Measured]


@contextmanager
def serving(var: Path, is_ready: Callable[[str], bool], *, kill: bool = False, **settings: str) -> Iterator[str]:
    """Serve the coach and yield its address, once it is ready; with `kill`, end it as `kill -9` does."""
    port = free_port()
    environment = child_environment(
        PMO_COACH_VAR=str(var), PMO_COACH_PORT=str(port), PMO_COACH_LOG_LEVEL="ERROR", **settings
    )
    command, url = [sys.executable, "-m", "bot.cli", "serve"], f"http://127.0.0.1:{port}"
    with running(command, folder=project_root(), environment=environment, log=var / "server.log") as process:
        deadline = time.monotonic() + START_SECONDS
        while not is_ready(url):
            if process.poll() is not None or time.monotonic() > deadline:
                raise BenchmarkError(f"the coach did not start\n{last_words(var / 'server.log')}")
            time.sleep(0.05)
        yield url
        if kill:
            process.kill()
            process.wait()


def told(once: int, doubled: int, lost: int) -> Measured:
    """Return what became of messages."""
    return Measured(f"{once:,} once, {doubled} doubled, {lost} lost", not doubled and not lost)


def measure_rows(name: str, rows: Sequence[Row], arguments: Sequence[str] | None, *, others: str) -> int:
    """Measure the rows, or those that the arguments name, and print them; return 0 when every bound is kept."""
    parser = argparse.ArgumentParser(prog=f"python -m benchmarks.{name}")
    names = [row.name for row in rows]
    parser.add_argument("--only", nargs="+", choices=names, metavar="ROW", help=f"only these rows: {', '.join(names)}")
    options = parser.parse_args(arguments)
    stop_on_termination()
    chosen = [row for row in rows if not options.only or row.name in options.only]
    measured = [_measure(row) for row in chosen]
    _print(chosen, measured, others)
    return 0 if all(each.ok for each in measured) else 1


def _measure(row: Row) -> Measured:
    print(f"measuring: {row.what} ...", file=sys.stderr)
    settings = read_settings()
    with tempfile.TemporaryDirectory(dir=settings.var, prefix="bench-") as scratch:
        var = Path(scratch)
        os.symlink(settings.encoder.resolve(), var / "encoder")
        try:
            return row.measure(var)
        except (BenchmarkError, AssertionError) as exc:
            return Measured(f"failed: {str(exc).splitlines()[0] if str(exc) else type(exc).__name__}", False)


def _print(rows: Sequence[Row], measured: Sequence[Measured], others: str) -> None:
    console = Console()
    if not console.is_terminal:
        console.width = WIDTH
    table = Table("what", others, "must", "measured", "ok")
    for row, each in zip(rows, measured, strict=True):
        table.add_row(row.what, row.others, row.must, each.text, "yes" if each.ok else "no")
    console.print(table)
    for row, each in zip(rows, measured, strict=True):
        if each.note:
            console.print(f"- {row.what}: {each.note}", markup=False, highlight=False)
    load, cores = os.getloadavg()[0], os.cpu_count() or 1
    if load > cores:
        console.print(f"- the machine is busy: a load of {load:.1f} on {cores} cores", markup=False, highlight=False)
