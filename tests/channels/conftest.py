"""What the channels' tests share: one server for all that leaves no trace, and conversations with it."""

from collections.abc import Iterator

import pytest
from sanic import Sanic

from tests.channels.slack_place import Place, http_manifest
from tests.channels.web_server import Talk, WebServer
from tests.fakes.slack import FakeSlack


@pytest.fixture(scope="session", autouse=True)
def several_apps() -> Iterator[None]:
    """Let Sanic serve several apps in one process: otherwise it compiles its own methods anew from what it compiled."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Sanic, "test_mode", True)
        yield


@pytest.fixture(scope="session")
def shared() -> Iterator[WebServer]:
    """A server for tests that change nothing of it."""
    with WebServer() as server:
        yield server


@pytest.fixture
def talk(shared: WebServer) -> Talk:
    """A new conversation with the shared server."""
    return shared.talk()


@pytest.fixture
def server() -> Iterator[WebServer]:
    """A server of the test's own."""
    with WebServer() as server:
        yield server


@pytest.fixture
def place() -> Iterator[Place]:
    """A workspace of the test's own, with the coach in it over Socket Mode."""
    with Place() as place:
        yield place


@pytest.fixture
def http_place() -> Iterator[Place]:
    """A workspace of the test's own, with the coach in it over HTTP."""
    with FakeSlack(http_manifest()) as slack, Place(slack) as place:
        yield place
