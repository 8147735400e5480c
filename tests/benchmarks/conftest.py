"""What the tests of the benchmarks share: a bench in a folder of its own, and a progress that nobody sees."""

import io
from collections.abc import Callable
from pathlib import Path

import pytest
from rich.console import Console

from benchmarks.bench import Bench
from benchmarks.progress import Progress
from bot.runtime.settings import read_settings


@pytest.fixture
def silent() -> Progress:
    return Progress(Console(file=io.StringIO()))


@pytest.fixture
def make_bench(tmp_path: Path, silent: Progress) -> Callable[..., Bench]:
    def make(data: Path | None = None) -> Bench:
        settings = read_settings({"PMO_COACH_VAR": str(tmp_path / "var")})
        return Bench(settings, tmp_path, data=data, progress=silent)

    return make
