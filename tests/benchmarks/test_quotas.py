"""A share of a core: kept to where the system has control groups, and said where it has none."""

import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from benchmarks.processes import processor_seconds
from benchmarks.quotas import _remove, limited
from benchmarks.records import NotMeasuredError

SECONDS = 1.0


def test_a_process_uses_no_more_than_its_share() -> None:
    with subprocess.Popen([sys.executable, "-c", "while True: pass"]) as busy:
        try:
            with limited(busy.pid, 0.2):
                before, began = processor_seconds(busy.pid) or 0.0, time.monotonic()
                time.sleep(SECONDS)
                used, took = (processor_seconds(busy.pid) or 0.0) - before, time.monotonic() - began
        except NotMeasuredError as exc:
            pytest.skip(str(exc))
        finally:
            busy.kill()

    assert used < 0.5 * took


def test_a_system_without_control_groups_is_told(tmp_path: Path) -> None:
    with pytest.raises(NotMeasuredError, match="no share of a core"), limited(1, 0.2, mount=tmp_path / "none"):
        pytest.fail("nothing was limited")


def test_a_group_is_removed_when_the_last_process_has_left(tmp_path: Path) -> None:
    group, process = tmp_path / "group", tmp_path / "group" / "process"
    process.mkdir(parents=True)
    leaving = threading.Timer(0.2, process.rmdir)
    leaving.start()

    _remove(group)
    leaving.join()

    assert not group.exists()
