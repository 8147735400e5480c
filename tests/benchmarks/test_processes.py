import os
import signal
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from benchmarks.environment import DATA_VARIABLE, child_environment, data_folder, machine
from benchmarks.processes import (
    finish,
    free_port,
    processor_seconds,
    resident_megabytes,
    running,
    stop_on_termination,
)
from benchmarks.records import BenchmarkError

SLEEP = [sys.executable, "-c", "import time; print('here', flush=True); time.sleep(60)"]
STUBBORN = [
    sys.executable,
    "-c",
    "import signal, time; signal.signal(15, signal.SIG_IGN); print(1, flush=True); time.sleep(60)",
]


def wait_for_words(log: Path) -> None:
    while not log.exists() or not log.read_text(encoding="utf-8"):
        time.sleep(0.02)


@pytest.mark.parametrize("command", [SLEEP, STUBBORN], ids=["obedient", "stubborn"])
def test_running_stops_its_process_when_the_block_fails(command: list[str], tmp_path: Path) -> None:
    started: list[int] = []

    def interrupted() -> None:
        log = tmp_path / "log"
        with running(command, folder=tmp_path, environment=child_environment(), log=log, patience=0.3) as process:
            started.append(process.pid)
            wait_for_words(log)
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted()

    with pytest.raises(ProcessLookupError):
        os.kill(started[0], 0)


def test_finish_tells_the_last_words_of_what_failed(tmp_path: Path) -> None:
    command = [sys.executable, "-c", "print('first'); raise SystemExit('it is broken')"]

    with pytest.raises(BenchmarkError, match=r"ended with 1\n(?s:.*)it is broken"):
        finish(command, folder=tmp_path, environment=child_environment(), log=tmp_path / "log", limit=30)


def test_finish_has_a_limit(tmp_path: Path) -> None:
    with pytest.raises(BenchmarkError, match=r"took more than 0\.3 seconds"):
        finish(SLEEP, folder=tmp_path, environment=child_environment(), log=tmp_path / "log", limit=0.3)


def test_memory_and_processor_time_of_a_process_are_read() -> None:
    assert 5 < resident_megabytes(os.getpid()) < 10_000
    if Path("/proc/self/stat").is_file():
        assert (processor_seconds(os.getpid()) or 0) > 0


def test_free_port_is_a_port() -> None:
    assert 1024 <= free_port() < 65536


@pytest.fixture
def _signals() -> Iterator[None]:
    kept = {number: signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGHUP)}
    yield
    for number, handler in kept.items():
        signal.signal(number, handler)


@pytest.mark.usefixtures("_signals")
def test_termination_ends_a_run_as_an_interrupt_does() -> None:
    stop_on_termination()

    with pytest.raises(KeyboardInterrupt):
        signal.raise_signal(signal.SIGTERM)


def test_children_get_no_settings_of_the_person(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PMO_COACH_DATABASE_URL", "postgresql://me@host/mine")

    actual = child_environment(PMO_COACH_PORT="1")

    assert "PMO_COACH_DATABASE_URL" not in actual
    assert actual["PMO_COACH_PORT"] == "1"
    assert actual["RASA_TELEMETRY_ENABLED"] == "false"
    assert "PATH" in actual


def test_data_folder_is_given_or_named_by_the_variable(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(DATA_VARIABLE, raising=False)
    assert data_folder(None) is None
    monkeypatch.setenv(DATA_VARIABLE, str(tmp_path))
    assert data_folder(None) == tmp_path
    assert data_folder(Path("mine")) == Path("mine")


def test_machine_says_what_was_measured_on() -> None:
    assert set(machine()) == {"system", "processor", "cores", "python"}
    assert all(machine().values())
