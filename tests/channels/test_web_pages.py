"""The page, the sign of life and the readiness."""

import re

import pytest

from bot.channels import pages
from bot.errors import UnwritableError
from bot.terminal.client import Probe, probe
from bot.terminal.transport import read_address
from tests.channels.web_server import WebServer


def test_health_is_ok(shared: WebServer) -> None:
    answer = shared.request("GET", "/health")

    assert (answer.status, answer.json) == (200, {"status": "ok"})


def test_health_tells_a_terminal_whose_coach_it_is(shared: WebServer) -> None:
    told = probe(read_address(f"http://127.0.0.1:{shared.port}"), "/health", 5)

    assert told == Probe(200, "", shared.settings.home)


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


def test_not_ready_when_the_store_takes_nothing_and_why(server: WebServer, monkeypatch: pytest.MonkeyPatch) -> None:
    async def check() -> None:
        raise UnwritableError("The store cannot be written: its disk is full.")

    monkeypatch.setattr(server.conversations, "check", check)

    answer = server.request("GET", "/ready")

    assert (answer.status, answer.json["reasons"]) == (503, ["The store cannot be written: its disk is full."])


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


def test_page_has_the_coach_and_nothing_inline(shared: WebServer) -> None:
    answer = shared.request("GET", "/")
    page = answer.body.decode()

    assert answer.status == 200
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert "<pmo-coach" in page
    assert not re.search(r"""<style|<script>|\bon\w+=|style=|<\w+[^>]*\s(?:src|href)="(?!/webhooks/web/|#)""", page)


def test_page_loads_only_what_is_there(shared: WebServer) -> None:
    page = shared.request("GET", "/").body.decode()
    addresses = set(re.findall(r'(?:src|href)="(/[^"]+)"', page))

    assert len(addresses) == 4
    assert {shared.request("GET", address).status for address in addresses} == {200}


def test_page_policy_allows_files_of_our_own_alone(shared: WebServer) -> None:
    answer = shared.request("GET", "/")

    assert dict(part.split(" ", 1) for part in answer.headers["content-security-policy"].split("; ")) == {
        "default-src": "'none'",
        "script-src": "'self'",
        "style-src": "'self'",
        "connect-src": "'self'",
        "img-src": "'self' data:",
        "base-uri": "'none'",
        "form-action": "'none'",
        "frame-ancestors": "'none'",
    }
