"""Whatever comes over the wire is answered in JSON, with the right status and the security headers."""

import logging
import socket

import pytest
from sanic.request import Request

from bot.channels import bodies
from bot.channels.http_errors import install_error_handlers
from bot.runtime.settings import Settings
from tests.channels.web_server import WEB, Response, Talk, WebServer, make_app

CHUNK = b"2000\r\n" + b"x" * 0x2000 + b"\r\n"
HEADERS = (
    "x-content-type-options",
    "x-frame-options",
    "referrer-policy",
    "content-security-policy",
    "permissions-policy",
    "cross-origin-opener-policy",
    "cross-origin-resource-policy",
    "cache-control",
)


def status_of(answer: bytes) -> int:
    assert b'{"error": {"code": "' in answer, answer
    assert b"nosniff" in answer
    return int(answer.split(b" ", 2)[1])


def head(talk: Talk, *lines: str) -> bytes:
    first = (
        f"POST {WEB}/message HTTP/1.1",
        "Host: x",
        f"Authorization: Bearer {talk.token}",
        "Content-Type: application/json",
    )
    return "\r\n".join([*first, *lines, "", ""]).encode()


@pytest.mark.parametrize(
    ("method", "path", "status", "code"),
    [
        ("GET", "/nowhere", 404, "not_found"),
        ("POST", "/", 405, "method_not_allowed"),
        ("GET", "/favicon.ico", 404, "not_found"),
        ("GET", "/webhooks/rest/webhook", 404, "not_found"),
        ("GET", "/conversations/x/tracker", 404, "not_found"),
        ("GET", f"{WEB}/", 404, "not_found"),
        ("GET", f"{WEB}/feedback", 405, "method_not_allowed"),
        ("DELETE", f"{WEB}/export?format=md", 405, "method_not_allowed"),
        ("GET", f"{WEB}/session", 405, "method_not_allowed"),
        ("GET", f"{WEB}/message", 405, "method_not_allowed"),
        ("PUT", f"{WEB}/message", 405, "method_not_allowed"),
        ("TRACE", f"{WEB}/message", 405, "method_not_allowed"),
        ("BREW", f"{WEB}/message", 405, "method_not_allowed"),
        ("POST", f"{WEB}/history", 405, "method_not_allowed"),
    ],
)
def test_unknown_routes_and_methods(shared: WebServer, method: str, path: str, status: int, code: str) -> None:
    answer = shared.request(method, path)

    assert (answer.status, answer.code) == (status, code)
    assert ("allow" in answer.headers) == (status == 405)


def test_allow_names_the_methods(shared: WebServer) -> None:
    allowed = shared.request("PUT", f"{WEB}/history").headers["allow"]

    assert set(allowed.split(", ")) == {"GET", "DELETE", "OPTIONS"}


@pytest.mark.parametrize(
    ("method", "path"),
    [("GET", "/"), ("GET", "/health"), ("GET", "/ready"), ("GET", "/no"), ("PUT", "/"), ("POST", f"{WEB}/session"),
     ("POST", f"{WEB}/message"), ("GET", f"{WEB}/history"), ("OPTIONS", f"{WEB}/history")],
)  # fmt: skip
def test_every_answer_has_the_security_headers(shared: WebServer, method: str, path: str) -> None:
    headers = shared.request(method, path).headers

    assert [name for name in HEADERS if name not in headers] == []
    assert headers["x-content-type-options"] == "nosniff"
    assert "frame-ancestors 'none'" in headers["content-security-policy"]
    assert "server" not in headers
    if path.startswith(WEB):
        assert headers["cache-control"] == "no-store"


def test_erasing_and_answers_have_the_security_headers(talk: Talk) -> None:
    for answer in (talk.say("hello"), talk.history(), talk.erase()):
        assert [name for name in HEADERS if name not in answer.headers] == []


@pytest.mark.parametrize(
    "request_head",
    [
        pytest.param(b"nonsense", id="nonsense"),
        pytest.param(b"GET / HTTP/9.9", id="unknown version"),
        pytest.param(b"GET  / HTTP/1.1", id="two spaces"),
        pytest.param(b"GET http://[ HTTP/1.1", id="broken address"),
        pytest.param(b"GET http://host HTTP/1.1", id="address without a path"),
        pytest.param(b"CONNECT host:80 HTTP/1.1", id="connect"),
        pytest.param(b"GET /\x7f\xc3\xa9 HTTP/1.1", id="address not in ASCII"),
        pytest.param(b"GET / HTTP/1.1\r\nno colon", id="header without a colon"),
        pytest.param(b"POST / HTTP/1.1\r\nContent-Length: -5", id="negative length"),
        pytest.param(b"POST / HTTP/1.1\r\nContent-Length: five", id="length in words"),
        pytest.param(b"POST / HTTP/1.1\r\nContent-Length: 5\r\nContent-Length: 6", id="two lengths"),
        pytest.param(b"POST / HTTP/1.1\r\nContent-Length: 5\r\nTransfer-Encoding: chunked", id="length and chunks"),
        pytest.param(b"POST / HTTP/1.1\r\nTransfer-Encoding: gzip, chunked", id="unknown encoding"),
    ],
)
def test_malformed_heads_are_bad_requests(shared: WebServer, request_head: bytes) -> None:
    assert status_of(shared.raw(request_head + b"\r\n\r\n")) == 400


def test_other_expectations_fail(shared: WebServer) -> None:
    answer = shared.raw(b"POST / HTTP/1.1\r\nContent-Length: 5\r\nExpect: wonders\r\n\r\n")

    assert status_of(answer) == 417


def test_address_in_broken_utf8_ends_the_connection_only(shared: WebServer) -> None:
    shared.raw(b"GET /\xff HTTP/1.1\r\n\r\n")

    assert shared.request("GET", "/health").status == 200


def test_large_head_is_refused(shared: WebServer) -> None:
    assert status_of(shared.raw(b"GET / HTTP/1.1\r\nX: " + b"x" * 20_000 + b"\r\n\r\n")) == 431


@pytest.mark.parametrize("size", [16 * 1024 + 1, 1_000_000, 10_000_000])
def test_large_body_is_refused(talk: Talk, size: int) -> None:
    answer = talk.send(b" " * size, content_type="application/json")

    assert (answer.status, answer.code) == (413, "too_large")
    assert answer.headers["connection"] == "close"
    assert talk.say("still there?").status == 200


def test_large_body_without_a_length_is_refused(talk: Talk) -> None:
    answer = talk.server.raw(head(talk, "Transfer-Encoding: chunked") + CHUNK * 3 + b"0\r\n\r\n")

    assert status_of(answer) == 413


def test_endless_body_is_refused(talk: Talk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bodies, "DISCARD_SECONDS", 0.1)
    monkeypatch.setattr(bodies, "MOST_DISCARDED", 0x4000)

    answer = talk.server.raw(head(talk, "Transfer-Encoding: chunked") + CHUNK * 8)

    assert status_of(answer) == 413


def test_large_body_that_never_comes_is_refused(talk: Talk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bodies, "DISCARD_SECONDS", 0.1)

    assert status_of(talk.server.raw(head(talk, "Content-Length: 99999999"))) == 413


def test_client_that_asks_first_need_not_send_a_large_body(talk: Talk) -> None:
    answer = talk.server.raw(head(talk, "Content-Length: 99999999", "Expect: 100-continue"))

    assert b"HTTP/1.1 413 " in answer


def test_client_that_asks_first_may_send_a_small_body(talk: Talk) -> None:
    with socket.create_connection(("127.0.0.1", talk.server.port), timeout=5) as connection:
        connection.sendall(head(talk, "Content-Length: 16", "Expect: 100-continue", "Connection: close"))
        assert connection.recv(100) == b"HTTP/1.1 100 Continue\r\n\r\n"
        connection.sendall(b'{"text": "hello"}'[:16])
        assert connection.recv(100).startswith(b"HTTP/1.1 400 ")


def test_chunked_message_is_read(talk: Talk) -> None:
    body = b'7\r\n{"text"\r\n9\r\n: "hello"\r\n1\r\n}\r\n0\r\n\r\n'

    answer = talk.server.raw(head(talk, "Transfer-Encoding: chunked", "Connection: close") + body)

    assert b"You said: hello" in answer


def test_broken_chunks_are_a_bad_request(talk: Talk) -> None:
    assert status_of(talk.server.raw(head(talk, "Transfer-Encoding: chunked") + b"zz\r\nhello\r\n")) == 400


def test_body_that_does_not_arrive_is_given_up(talk: Talk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bodies, "READ_SECONDS", 0.1)

    assert status_of(talk.server.raw(head(talk, "Content-Length: 10") + b"{")) == 408


def test_head_that_does_not_arrive_is_given_up() -> None:
    with WebServer() as server:
        server.app.config.update({"REQUEST_TIMEOUT": 0.1})

        assert status_of(server.raw(b"GET / HTTP/1.1\r\nHost")) == 408


def test_connection_takes_several_requests(talk: Talk) -> None:
    message = head(talk, "Content-Length: 17") + b'{"text": "hello"}'

    answer = talk.server.raw(message * 2 + b"GET /health HTTP/1.1\r\nConnection: close\r\n\r\n")

    assert answer.count(b"HTTP/1.1 200 OK") == 3


def test_exception_in_a_route_says_nothing_of_itself(caplog: pytest.LogCaptureFixture) -> None:
    app = make_app(Settings())

    async def fail(request: Request, words: str) -> None:
        raise ValueError(words)

    app.add_route(fail, "/fail/<words>")
    with WebServer(app) as server, caplog.at_level(logging.INFO):
        answer = server.request("GET", "/fail/private")

    assert (answer.status, answer.code) == (500, "internal")
    assert b"private" not in answer.body
    assert "ValueError at GET /fail/<" in caplog.text
    assert "raise ValueError(words)" in caplog.text
    assert "private" not in caplog.text


def test_nothing_said_is_logged(server: WebServer, caplog: pytest.LogCaptureFixture) -> None:
    talk = server.talk()
    with caplog.at_level(logging.DEBUG):
        answers: list[Response] = [talk.say("my private words"), talk.send({"payload": "/private"}), talk.erase()]

    assert [answer.status for answer in answers] == [200, 409, 204]
    assert "private" not in caplog.text


def test_error_handlers_are_installed_once() -> None:
    app = make_app(Settings())
    before = len(app.response_middleware), len(app.error_handler.handlers)

    install_error_handlers(app)

    assert (len(app.response_middleware), len(app.error_handler.handlers)) == before
