"""The page, the sign of life and the readiness."""

import base64
import hashlib
import re

import pytest

from bot.channels import pages
from tests.channels.web_server import WebServer


def test_health_is_ok(shared: WebServer) -> None:
    answer = shared.request("GET", "/health")

    assert (answer.status, answer.json) == (200, {"status": "ok"})


def test_ready_when_model_and_store_are_there(shared: WebServer) -> None:
    answer = shared.request("GET", "/ready")

    assert (answer.status, answer.json) == (200, {"status": "ready"})


def test_not_ready_without_a_model(server: WebServer) -> None:
    server.rasa.is_ready = lambda: False  # type: ignore[method-assign]

    answer = server.request("GET", "/ready")

    assert (answer.status, answer.json) == (503, {"status": "not ready", "reasons": ["The model is not loaded."]})
    assert server.request("GET", "/health").status == 200


def test_not_ready_with_nothing(server: WebServer) -> None:
    del server.app.ctx.agent, server.app.ctx.conversations

    assert len(server.request("GET", "/ready").json["reasons"]) == 2


def test_not_ready_when_the_store_fails(server: WebServer) -> None:
    server.conversations.broken = True

    answer = server.request("GET", "/ready")

    assert (answer.status, answer.json["reasons"]) == (503, ["The store cannot be read and written."])


def test_not_ready_when_the_store_does_not_answer(server: WebServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pages, "CHECK_SECONDS", 0.1)
    server.conversations.slow = 5

    answer = server.request("GET", "/ready")

    assert (answer.status, answer.json["reasons"]) == (503, ["The store did not answer within 0.1 seconds."])


@pytest.mark.parametrize("path", ["/", "/health", "/ready"])
def test_head_has_the_headers_alone(shared: WebServer, path: str) -> None:
    answer, whole = shared.request("HEAD", path), shared.request("GET", path)

    assert (answer.status, answer.body) == (200, b"")
    assert answer.headers["content-type"] == whole.headers["content-type"]
    assert int(answer.headers["content-length"]) == len(whole.body)


def test_page_says_how_to_talk_and_loads_nothing(shared: WebServer) -> None:
    answer = shared.request("GET", "/")
    page = answer.body.decode()

    assert answer.status == 200
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert "make chat" in page
    assert not re.search(r"<script|https?://|\bon\w+=|style=", page)


def test_page_policy_allows_its_own_style_alone(shared: WebServer) -> None:
    answer = shared.request("GET", "/")
    style = re.search("<style>(.*)</style>", answer.body.decode(), re.DOTALL)

    assert style
    expected = base64.b64encode(hashlib.sha256(style[1].encode()).digest()).decode()
    policy = dict(part.strip().split(" ", 1) for part in answer.headers["content-security-policy"].split(";"))
    assert policy == {
        "default-src": "'none'",
        "img-src": "data:",
        "style-src": f"'sha256-{expected}'",
        "base-uri": "'none'",
        "form-action": "'none'",
        "frame-ancestors": "'none'",
    }
