"""An address that the server cannot have is told in a sentence, before anything is loaded."""

import socket
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from bot.runtime.listening import AddressError, check_address
from bot.runtime.settings import Settings, project_root
from tests.coach import free_port

NOT_OURS = "192.0.2.1"
"""Of a net for examples (RFC 5737), which no machine has."""


@pytest.fixture
def taken() -> Iterator[int]:
    """Give a port on which somebody listens."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server.getsockname()[1]


def settings(**given: object) -> Settings:
    """Return settings for a free port of this machine, but for those given."""
    return replace(Settings(), **{"host": "127.0.0.1", "port": free_port(), **given})


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "0.0.0.0"])
def test_free_address_is_accepted_and_left_free(host: str) -> None:
    given = settings(host=host)

    check_address(given)
    check_address(given)


def test_taken_port_is_told(taken: int) -> None:
    with pytest.raises(AddressError, match=f"port {taken} of 127.0.0.1: it is taken.*PMO_COACH_PORT"):
        check_address(settings(port=taken))


def test_address_of_another_machine_is_told() -> None:
    with pytest.raises(AddressError, match=f"{NOT_OURS}: this machine has no such address.*PMO_COACH_HOST"):
        check_address(settings(host=NOT_OURS))


def test_name_that_is_no_address_is_told() -> None:
    with pytest.raises(AddressError, match=r"PMO_COACH_HOST cannot be no\.such\.invalid"):
        check_address(settings(host="no.such.invalid"))


def test_server_ends_with_the_sentence(taken: int, tmp_path: Path) -> None:
    environment = {"PMO_COACH_VAR": str(tmp_path), "PMO_COACH_PORT": str(taken)}

    ended = subprocess.run(
        [sys.executable, "-m", "bot.cli", "serve"], cwd=project_root(), env=environment, capture_output=True, text=True
    )

    assert (ended.returncode, ended.stdout) == (1, "")
    assert ended.stderr.startswith(f"pmo-coach: The server cannot listen on port {taken}")
    assert ended.stderr.count("\n") == 1
