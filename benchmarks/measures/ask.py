"""Seconds of `pmo-coach ask "..."` as a whole process, against a server that runs."""

import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from statistics import median

from benchmarks.environment import child_environment
from benchmarks.records import BenchmarkError, Figures, Say
from benchmarks.subjects import Coach
from bot.runtime.settings import project_root

CALLS = 10
LIMIT_SECONDS = 60
ANSWERED = (0, 5)
"""The exit codes of an answer: understood, and not."""


def measure_ask(coach: Coach, say: Say, *, calls: int = CALLS) -> Figures:
    """Return the median of ten calls with ten questions; one call before them is not counted."""
    texts = coach.texts(calls + 1)
    with coach.served() as server:
        environment = child_environment(**coach.var(coach.new_folder()))
        seconds = []
        for number, text in enumerate(texts):
            say(f"call {number} of {calls}")
            seconds.append(_call([*_command(), "ask", "--server", server.url, "--", text], environment))
    return Figures((median(seconds[1:]),))


def _command() -> Sequence[str]:
    """Return the installed command, or the same as a module where it is not installed."""
    installed = Path(sys.executable).with_name("pmo-coach")
    return [str(installed)] if installed.is_file() else [sys.executable, "-m", "bot.cli"]


def _call(command: Sequence[str], environment: dict[str, str]) -> float:
    began = time.perf_counter()
    done = subprocess.run(
        command, cwd=project_root(), env=environment, stdin=subprocess.DEVNULL, capture_output=True, text=True,
        timeout=LIMIT_SECONDS, check=False,
    )  # fmt: skip
    if done.returncode not in ANSWERED:
        raise BenchmarkError(f"pmo-coach ask ended with {done.returncode}: {done.stderr.strip()[-300:]}")
    return time.perf_counter() - began
