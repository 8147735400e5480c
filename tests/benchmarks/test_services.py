"""Services are ended with their block, by their own id, and can be killed and started again."""

import sys
from pathlib import Path

import pytest

from benchmarks.extent import LONG, SHORT
from benchmarks.harness import is_sound
from benchmarks.records import BenchmarkError, Figures, NotMeasuredError, Outcome, Quantity
from benchmarks.results import Result, Row
from benchmarks.rows_chaos import chaos_rows
from benchmarks.rows_scale import scale_rows
from benchmarks.services import Service, all_started, program, started

LISTEN = "import socket, sys, time; s = socket.create_server(('127.0.0.1', int(sys.argv[1]))); time.sleep(60)"


class Listener(Service):
    name = "listener"

    def command(self) -> list[str]:
        return [sys.executable, "-c", LISTEN, str(self.port)]


class Broken(Service):
    name = "broken"

    def command(self) -> list[str]:
        return [sys.executable, "-c", "raise SystemExit('no room')"]


def test_service_ends_with_its_block(tmp_path: Path) -> None:
    with started(Listener(tmp_path)) as service:
        process = service.process
        assert service.is_ready()

    assert process is not None
    assert process.poll() is not None
    assert not service.is_ready()


def test_killed_service_starts_again_on_its_port(tmp_path: Path) -> None:
    with started(Listener(tmp_path)) as service:
        before = (service.pid, service.port)
        service.kill()
        assert not service.is_ready()
        service.start()

        assert service.is_ready()
        assert service.port == before[1]
        assert service.pid != before[0]


def test_one_service_that_does_not_start_ends_all(tmp_path: Path) -> None:
    listener = Listener(tmp_path / "a")

    with pytest.raises(BenchmarkError, match="broken"), all_started([listener, Broken(tmp_path / "b")]):
        pass

    assert listener.process is None
    assert not listener.is_ready()


def test_service_that_does_not_start_tells_its_last_words(tmp_path: Path) -> None:
    with pytest.raises(BenchmarkError, match=r"broken did not start\nno room"), started(Broken(tmp_path)):
        pass


def test_missing_program_leaves_the_row_out() -> None:
    with pytest.raises(NotMeasuredError, match="is not installed"):
        program("no-such-program-anywhere")


@pytest.mark.parametrize("rows_of", [scale_rows, chaos_rows])
def test_short_and_long_runs_have_the_same_rows(rows_of) -> None:  # type: ignore[no-untyped-def]
    assert [row.name for row in rows_of(SHORT)] == [row.name for row in rows_of(LONG)]
    assert len({row.name for row in rows_of(LONG)}) == len(rows_of(LONG))


@pytest.mark.parametrize(
    ("outcome", "expected"),
    [
        pytest.param(Outcome(Figures((900.0, 0.0))), True, id="slow"),
        pytest.param(Outcome(Figures((1.0, 1.0))), False, id="something lost"),
        pytest.param(Outcome(reason="nginx is not installed"), True, id="left out"),
        pytest.param(Outcome(reason="it did not start", failed=True), False, id="failed"),
    ],
)
def test_short_run_judges_what_is_lost_and_no_speed(outcome: Outcome, expected: bool) -> None:
    row = Row("row", "row", (Quantity("ms", at_most=300), Quantity(at_most=0)), lambda bench: Figures(()))

    assert is_sound(Result(row, outcome, Outcome())) is expected
