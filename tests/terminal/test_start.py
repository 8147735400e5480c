"""The terminal starts in a blink, because it imports little."""

import resource
import subprocess
import sys

import pytest

from tests.fakes.coach_server import CoachServer
from tests.terminal.conftest import COMMAND, Run

HEAVY = ("rasa", "spacy", "sqlalchemy", "numpy", "yaml", "sanic", "aiohttp", "requests", "pydantic", "tensorflow")
ASK_SECONDS = 0.6


def imported(arguments: list[str], environment: dict[str, str]) -> set[str]:
    """Return the names of all modules that the command imports, by Python's own account."""
    command = [sys.executable, "-X", "importtime", *COMMAND[1:], *arguments]
    ran = subprocess.run(command, env=environment, input=b"hello\n", capture_output=True, timeout=60, check=True)
    lines = ran.stderr.decode().splitlines()
    return {line.rpartition("|")[2].strip() for line in lines if line.startswith("import time:")}


@pytest.mark.parametrize("name", ["ask", "chat"])
def test_nothing_heavy_is_imported(paper: CoachServer, environment: dict[str, str], name: str) -> None:
    actual = imported([name, "--server", paper.url], environment)

    assert not {module for module in actual if module.partition(".")[0] in HEAVY}
    assert not {module for module in actual if module.partition(".")[0] in ("prompt_toolkit", "rich", "asyncio")}


def test_ask_takes_little_time(paper: CoachServer, run: Run) -> None:
    times = []
    for _ in range(3):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        assert run("ask", "--server", paper.url, "hello").code == 0
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        times.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)

    # The processor's time and not the clock's, which tells more of how busy the machine is.
    assert min(times) < ASK_SECONDS
