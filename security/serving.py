"""A coach of one's own to try things on: in a temporary folder, on a free port of loopback, stopped afterwards."""

import os
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from benchmarks.processes import Process, free_port, last_words, running
from bot.errors import CoachError
from bot.runtime.settings import project_root, read_settings

START_SECONDS = 90.0
NO_LIMIT = "1000000"


@contextmanager
def served_coach() -> Iterator[str]:
    """Serve a coach with an empty store and without rate limits while the block lasts; yields its address."""
    root = project_root()
    with tempfile.TemporaryDirectory() as folder:
        var = Path(folder)
        (var / "encoder").symlink_to(read_settings().encoder)
        port, log = free_port(), var / "server.log"
        command = [sys.executable, "-m", "bot.cli", "serve"]
        with running(command, folder=root, environment=_environment(var, port), log=log) as process:
            url = f"http://127.0.0.1:{port}"
            _wait(url, process, log)
            yield url


def _environment(var: Path, port: int) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PMO_COACH_")}
    return {
        **kept,
        "PMO_COACH_VAR": str(var),
        "PMO_COACH_PORT": str(port),
        "PMO_COACH_RATE_ADDRESS": NO_LIMIT,
        "PMO_COACH_RATE_CONVERSATION": NO_LIMIT,
    }


def _wait(url: str, process: Process, log: Path) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        try:
            with urllib.request.urlopen(f"{url}/ready", timeout=5):
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.2)
    raise CoachError(f"The coach did not start:\n{last_words(log)}")
