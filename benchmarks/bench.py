"""One run of the benchmarks: the subjects, where the public data are, and what several rows share."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path

from benchmarks.measures.held_out import read_held_out
from benchmarks.progress import Progress
from benchmarks.records import NotMeasuredError
from benchmarks.scoring import Understanding
from benchmarks.stock import Stock
from benchmarks.subjects import Coach
from bot.runtime.settings import Settings


class Bench:
    """What the rows measure with."""

    def __init__(self, settings: Settings, scratch: Path, *, data: Path | None, progress: Progress) -> None:
        """Work in the folder `scratch`."""
        self.scratch, self.progress = scratch, progress
        self.coach, self.stock = Coach(scratch, settings), Stock(scratch, settings)
        self._data = data

    def say(self, text: str) -> None:
        """Show how far the row is."""
        self.progress.say(text)

    @property
    def data(self) -> Path:
        """The folder of the public data sets; raise NotMeasuredError where none was given."""
        if self._data is None:
            raise NotMeasuredError("give --data DIR or BENCH_DATA")
        return self._data

    @cached_property
    def understanding(self) -> Understanding:
        """What the trained model reads in the held-out utterances."""
        return read_held_out(self.coach, self.say)


@contextmanager
def open_bench(settings: Settings, *, data: Path | None, progress: Progress) -> Iterator[Bench]:
    """Give a bench whose scratch folder lies beside the project's database and goes with it."""
    settings.var.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=settings.var, prefix="bench-") as scratch:
        yield Bench(settings, Path(scratch), data=data, progress=progress)
