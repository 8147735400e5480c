import io
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from rich.console import Console

from benchmarks import cli
from benchmarks.bench import Bench
from benchmarks.measures.start import measure_start
from benchmarks.progress import Progress
from benchmarks.records import BenchmarkError, Figures, NotMeasuredError
from benchmarks.rows import ROWS
from benchmarks.running import measure_rows
from benchmarks.stock import Stock
from benchmarks.subjects import Coach
from bot.runtime.settings import read_settings
from tests.benchmarks.factories import a_row

MakeBench = Callable[..., Bench]


def raising(error: Exception) -> Callable[[Bench], Figures]:
    def measure(bench: Bench) -> Figures:
        raise error

    return measure


def test_a_row_that_fails_leaves_the_others(make_bench: MakeBench) -> None:
    rows = [
        a_row(measure=raising(BenchmarkError("did not start"))),
        a_row(measure=raising(ZeroDivisionError("oh"))),
        a_row(measure=raising(NotMeasuredError("no data"))),
        a_row(),
    ]

    ours = [result.ours for result in measure_rows(rows, make_bench(), stock=False, slow_stock=False)]

    assert [one.reason for one in ours] == ["did not start", "ZeroDivisionError: oh", "no data", ""]
    assert [one.failed for one in ours] == [True, True, False, False]
    assert ours[3].figures == Figures((9.0, 20.0))


def test_an_interrupt_ends_the_run(make_bench: MakeBench) -> None:
    def interrupted(bench: Bench) -> Figures:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        measure_rows([a_row(measure=interrupted)], make_bench(), stock=False, slow_stock=False)


@pytest.mark.parametrize(
    ("slow_row", "stock", "slow_stock", "measured"),
    [(False, True, False, True), (False, False, True, False), (True, True, False, False), (True, True, True, True)],
    ids=["measured", "left out", "slow left out", "slow wanted"],
)
def test_stock_is_measured_where_it_is_wanted(
    slow_row: bool, stock: bool, slow_stock: bool, measured: bool, make_bench: MakeBench
) -> None:
    row = a_row(stock=lambda bench: Figures((30.0, 44.0)), slow_stock=slow_row)

    (result,) = measure_rows([row], make_bench(), stock=stock, slow_stock=slow_stock)

    assert (result.stock.figures is not None) is measured


def test_progress_tells_rows_in_plain_lines() -> None:
    stream = io.StringIO()
    progress = Progress(Console(file=stream))

    with progress.row("memory"):
        progress.say("too soon to be told")

    assert stream.getvalue() == "memory ...\nmemory: 0 s\n"


def test_progress_shows_one_line_in_a_terminal() -> None:
    stream = io.StringIO()
    progress = Progress(Console(file=stream, force_terminal=True, width=80))

    with progress.row("memory"):
        progress.say("[/red] 10 of 20")

    assert "memory: 0 s" in stream.getvalue()


def test_row_names_are_unique_and_each_has_an_own_line() -> None:
    assert len({row.name for row in ROWS}) == len({row.what for row in ROWS}) == len(ROWS) == 13


def test_the_rows_that_need_data_say_so(
    capfd: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("BENCH_DATA", raising=False)
    monkeypatch.setenv("PMO_COACH_VAR", str(tmp_path))
    written = tmp_path / "figures.json"

    code = cli.main(["--only", "clinc", "banking", "--no-stock", "--json", str(written)])

    out, err = capfd.readouterr()
    assert code == 0
    assert out.count("not measured: give --data DIR or BENCH_DATA") == 2
    assert "clinc ..." in err
    assert [row["name"] for row in json.loads(written.read_text(encoding="utf-8"))["rows"]] == ["clinc", "banking"]
    assert list(tmp_path.iterdir()) == [written]


@pytest.mark.parametrize(("p50", "code"), [(9.0, 0), (99.0, 1)], ids=["kept", "broken"])
def test_a_broken_bound_is_the_exit_code(
    p50: float, code: int, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PMO_COACH_VAR", str(tmp_path))

    assert cli.main(["--no-stock"], rows=[a_row(measure=lambda bench: Figures((p50, 20.0)))]) == code


def test_docs_are_written_of_whole_runs_only(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["--only", "ask", "--write-docs"]) == 2
    assert "without --only" in capsys.readouterr().err


def test_stock_must_be_installed(tmp_path: Path) -> None:
    stock = Stock(tmp_path, read_settings({"PMO_COACH_VAR": str(tmp_path)}), environment=tmp_path / "nowhere")

    with pytest.raises(BenchmarkError, match="run `make bench-stock`"):
        stock.prepare()


def test_a_server_that_does_not_start_is_told_with_its_last_words(tmp_path: Path) -> None:
    class Broken(Coach):
        def serve_command(self, home: Path, port: int) -> tuple[list[str], Path, dict[str, str]]:
            return ["sh", "-c", "echo there is no model; exit 3"], tmp_path, {}

    with pytest.raises(BenchmarkError, match="the server did not start: it ended with 3\nthere is no model"):
        measure_start(Broken(tmp_path, read_settings({})), lambda text: None, starts=1)
