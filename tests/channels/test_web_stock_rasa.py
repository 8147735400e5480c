"""Stock `rasa run` can make the channel from credentials.yml and serve it in an app of its own."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from rasa.core.run import configure_app, create_http_input_channels

from bot.channels.web import WebChannel
from bot.runtime.settings import Settings
from tests.channels.web_server import SECRET, WEB, WebServer

FRIEND = "https://intranet.example"


@pytest.fixture
def stock(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[WebServer]:
    """A server whose app and channel Rasa made."""
    credentials = tmp_path / "credentials.yml"
    credentials.write_text("bot.channels.web.WebChannel:\n")
    monkeypatch.setenv("PMO_COACH_SECRET", SECRET)
    monkeypatch.setenv("PMO_COACH_ORIGINS", FRIEND)
    app = configure_app(create_http_input_channels(None, str(credentials)), enable_api=False, use_uvloop=None)
    with WebServer(app) as server:
        yield server


def test_channel_is_made_with_the_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PMO_COACH_VAR", str(tmp_path))

    channel = WebChannel.from_credentials(None)

    assert (channel.name(), channel.url_prefix()) == ("web", "web")
    assert (tmp_path / "secret").is_file()


def test_stock_rasa_serves_a_conversation(stock: WebServer) -> None:
    talk = stock.talk()

    assert talk.say("hello").lines[0]["text"] == "You said: hello"
    assert len(talk.history().json["messages"]) == 2
    assert talk.send(b"x" * 1_000_000, content_type="application/json").status == 413
    assert talk.erase().status == 204
    assert talk.history().code == "conversation_unknown"


def test_stock_rasa_answers_errors_as_json(stock: WebServer) -> None:
    answer = stock.request("GET", "/nowhere")

    assert (answer.status, answer.code) == (404, "not_found")
    assert answer.headers["x-content-type-options"] == "nosniff"


def test_stock_rasa_lets_allowed_origins_ask_first(stock: WebServer) -> None:
    allowed = stock.request("OPTIONS", f"{WEB}/message", origin=FRIEND)
    other = stock.request("OPTIONS", f"{WEB}/message", origin="https://evil.example")

    assert allowed.status in (200, 204)
    assert allowed.headers["access-control-allow-origin"] == FRIEND
    assert allowed.headers["access-control-allow-headers"] == "Authorization, Content-Type, Idempotency-Key"
    assert "access-control-allow-origin" not in other.headers
    assert stock.request("POST", f"{WEB}/session", origin="https://evil.example").status == 403


def test_turn_may_take_as_long_as_its_actions() -> None:
    with WebServer(actions_timeout=120.0) as server:
        assert server.app.config.RESPONSE_TIMEOUT > 125
    assert Settings().actions_timeout < 60
