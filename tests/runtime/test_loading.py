"""A model file that is not whole is refused in a sentence, when the server starts; what was stored stays."""

import asyncio
import gzip
import logging
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from sanic.exceptions import InvalidUsage, ServerError

from bot.errors import CoachError
from bot.runtime.loading import ModelError, check_whole, load_agent
from bot.runtime.server import _is_unexplained
from bot.runtime.settings import project_root
from tests.coach import free_port
from tests.conftest import make_var

WHOLE = gzip.compress(bytes(range(256)) * 400, mtime=0)
BREAK = {
    "cut off": lambda whole: whole[:-20],
    "other bytes": lambda whole: whole[: len(whole) // 2] + b"\0\1\2\3" + whole[len(whole) // 2 + 4 :],
    "no archive": lambda whole: b"this is no archive",
    "empty": lambda whole: b"",
}


@pytest.mark.parametrize("way", BREAK.values(), ids=BREAK)
def test_model_that_is_not_whole_is_refused(way: Callable[[bytes], bytes], tmp_path: Path) -> None:
    file = tmp_path / "pmo-coach.tar.gz"
    file.write_bytes(way(WHOLE))

    with pytest.raises(ModelError, match=r"pmo-coach\.tar\.gz .*: copy it anew, or train it again"):
        check_whole(file)


def test_whole_model_is_let_pass(tmp_path: Path) -> None:
    file = tmp_path / "pmo-coach.tar.gz"
    file.write_bytes(WHOLE)

    check_whole(file)


def test_archive_without_a_model_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "pmo-coach.tar.gz"
    file.write_bytes(WHOLE)

    with pytest.raises(ModelError, match="cannot be loaded"):
        asyncio.run(load_agent(file))


@pytest.mark.slow
def test_server_without_its_encoder_ends_with_a_sentence(model: Path, tmp_path: Path) -> None:
    environment = {
        "PMO_COACH_VAR": str(tmp_path),
        "PMO_COACH_MODEL": str(model),
        "PMO_COACH_PORT": str(free_port()),
    }

    ended = subprocess.run(
        [sys.executable, "-m", "bot.cli", "serve"], cwd=project_root(), env=environment, capture_output=True, text=True
    )

    assert ended.returncode == 1
    assert "Traceback" not in ended.stderr
    assert ended.stderr.splitlines() == [
        f"pmo-coach: The sentence encoder is not installed in {tmp_path}/encoder: run `pmo-coach encoder install`."
    ]


@pytest.mark.slow
def test_server_with_a_damaged_model_ends_with_a_sentence(model: Path, encoder: Path, tmp_path: Path) -> None:
    file = tmp_path / "damaged.tar.gz"
    file.write_bytes(model.read_bytes()[:-1000])
    environment = {
        "PMO_COACH_VAR": str(make_var(tmp_path, encoder)),
        "PMO_COACH_MODEL": str(file),
        "PMO_COACH_PORT": str(free_port()),
    }

    ended = subprocess.run(
        [sys.executable, "-m", "bot.cli", "serve"], cwd=project_root(), env=environment, capture_output=True, text=True
    )

    assert ended.returncode == 1
    assert "Traceback" not in ended.stderr
    assert ended.stderr.splitlines()[-1].startswith(f"pmo-coach: The model {file} is damaged")


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        (CoachError("explained"), False),
        (InvalidUsage("a client's"), False),
        (ServerError("ours"), True),
        (ValueError(), True),
    ],
    ids=["explained", "a client's fault", "ours", "not explained"],
)
def test_stack_is_logged_of_what_nobody_explains(error: Exception, expected: bool) -> None:
    record = logging.makeLogRecord({"exc_info": (type(error), error, None)})

    assert _is_unexplained(record) is expected
