"""Fuzzing: its targets hold for their seeds and for what once broke them, and its table says what its logs say."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from bot.runtime.settings import project_root
from security.fuzz import TARGETS
from security.fuzz.__main__ import Outcome, read_log

LOG = """
INFO: seed corpus: files: 50 min: 4b max: 165b total: 4226b rss: 368Mb
#16\tpulse  cov: 678 ft: 1802 corp: 11/469b exec/s: 8 rss: 372Mb
#66\tDONE   cov: 769 ft: 2122 corp: 43/3588b lim: 165 exec/s: 5 rss: 376Mb
stat::number_of_executed_units: 66
"""


@pytest.mark.parametrize("name", TARGETS)
def test_target_holds_for_its_seeds_and_what_once_broke_it(
    name: str, model: Path, encoder: Path, tmp_path: Path
) -> None:
    # in a process of its own: a target makes the process its own (event loop, logging, a store that stays open)
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PMO_COACH_")}
    command = [sys.executable, "-m", "security.fuzz.replay", name]

    environment = {**kept, "TMPDIR": str(tmp_path)}
    done = subprocess.run(command, cwd=project_root(), env=environment, capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stderr[-3000:]
    assert f"{name}: " in done.stdout


def test_log_of_a_quiet_run_is_read() -> None:
    assert read_log("turn", LOG, set(), 0) == Outcome("turn", executions=66, coverage=769, crashes=0, hangs=0)


def test_what_broke_is_counted_by_its_sort() -> None:
    found = {Path("timeout-1"), Path("crash-1"), Path("oom-1"), Path("slow-unit-1")}

    outcome = read_log("turn", LOG, found, 77)

    assert (outcome.crashes, outcome.hangs, outcome.fine) == (2, 1, False)


def test_run_that_could_not_begin_is_no_quiet_run() -> None:
    assert read_log("turn", "ModuleNotFoundError", set(), 1).crashes == 1
    assert not read_log("turn", "", set(), 0).fine
