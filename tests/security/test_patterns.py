"""No pattern of ours can be made to run for ever by what somebody types."""

import json
import subprocess
import sys

import pytest

from bot.runtime.settings import project_root
from tests.security.patterns import runs_away


@pytest.mark.parametrize(
    "pattern", [r"(a+)+$", r"(?:[\s,;]+|\s+(?:and|then))+$", r"(?:a*b?)*c", r"x(?:(?:y|z*))*", r"(?=(?:a+)*b)"]
)
def test_repetition_of_a_repetition_is_found(pattern: str) -> None:
    assert runs_away(pattern)


@pytest.mark.parametrize(
    "pattern", [r"(?:\w+,)*", r"(?:(?:yes|oh)\W+)*done", r"[\w-]+(?:\.[\w-]+)*", r"(?:ab?)+", r"a+b+"]
)
def test_other_repetitions_are_left_alone(pattern: str) -> None:
    assert not runs_away(pattern)


def test_no_pattern_of_ours_runs_away() -> None:
    command = [sys.executable, "-W", "ignore", "-m", "tests.security.patterns"]
    done = subprocess.run(command, cwd=project_root(), capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stderr
    count, found = json.loads(done.stdout)
    assert count > 100
    assert found == []
