"""What the terminal's tests share: a paper coach, settings with an empty var folder, a way to run a command."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from bot.runtime.settings import Settings, project_root
from tests.coach import free_port
from tests.fakes.coach_server import CoachServer

COMMAND = (sys.executable, "-m", "tests.fakes.terminal_main")


@dataclass(frozen=True)
class Ran:
    """How a command ended and what it wrote."""

    code: int
    out: str
    err: str


Run = Callable[..., Ran]


@pytest.fixture
def paper() -> Iterator[CoachServer]:
    """A paper coach that repeats what is said to it."""
    with CoachServer() as server:
        yield server


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Settings with an empty var folder and a port where nobody listens."""
    return Settings(var=tmp_path / "var", port=free_port())


@pytest.fixture
def environment(settings: Settings) -> dict[str, str]:
    """The environment of a command that is to have these settings."""
    inherited = {name: value for name, value in os.environ.items() if name in ("PATH", "HOME", "LANG")}
    return {
        **inherited,
        "PYTHONPATH": str(project_root()),
        "PYTHONWARNINGS": "error",
        "PMO_COACH_VAR": str(settings.var),
        "PMO_COACH_PORT": str(settings.port),
    }


@pytest.fixture
def run(environment: dict[str, str]) -> Run:
    """A function that runs the command line to its end; `stdin` is what is piped in, nothing by default."""

    def run_command(*arguments: str, stdin: bytes = b"", **more: str) -> Ran:
        ended = subprocess.run(
            [*COMMAND, *arguments],
            input=stdin,
            capture_output=True,
            env={**environment, **more},
            timeout=60,
            check=False,
        )
        return Ran(ended.returncode, ended.stdout.decode(), ended.stderr.decode())

    return run_command
