"""Pages of other origins are refused unless the settings allow them, and then get CORS headers."""

from collections.abc import Iterator

import pytest

from bot.channels.origins import Origin, parse_origin
from tests.channels.web_server import WEB, WebServer

FRIEND = "https://intranet.example"


@pytest.fixture(scope="module")
def friendly() -> Iterator[WebServer]:
    with WebServer(origins=(FRIEND, "http://localhost:3000")) as server:
        yield server


@pytest.fixture(scope="module")
def proxied() -> Iterator[WebServer]:
    with WebServer(trusted_proxies=1) as server:
        yield server


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("https://Coach.Example", Origin("https", "coach.example", 443)),
        ("http://[::1]:80", Origin("http", "::1", 80)),
        ("null", None),
        ("", None),
        ("https://a.example/path", None),
        ("https://user@a.example", None),
        ("https://a.example:99999", None),
        ("https://[", None),
        ("file://", None),
        ("chrome-extension://abc", None),
    ],
)
def test_origin_is_parsed(text: str, expected: Origin | None) -> None:
    assert parse_origin(text) == expected


@pytest.mark.parametrize(
    "route",
    [("POST", "session"), ("POST", "message"), ("GET", "history"), ("DELETE", "history"), ("OPTIONS", "message")],
    ids=" ".join,
)
@pytest.mark.parametrize(
    "origin", ["https://evil.example", "null", "http://127.0.0.1", "https://127.0.0.1:{port}", "nonsense"]
)
def test_other_origins_are_refused(shared: WebServer, route: tuple[str, str], origin: str) -> None:
    answer = shared.request(route[0], f"{WEB}/{route[1]}", origin=origin.format(port=shared.port))

    assert (answer.status, answer.code) == (403, "origin_not_allowed")
    assert not [name for name in answer.headers if name.startswith("access-control")]
    assert answer.headers["vary"] == "Origin"


def test_own_origin_needs_no_permission(shared: WebServer) -> None:
    answer = shared.request("POST", f"{WEB}/session", origin=f"http://127.0.0.1:{shared.port}")

    assert answer.status == 201
    assert "access-control-allow-origin" not in answer.headers


def test_host_decides_what_is_our_own(shared: WebServer) -> None:
    assert (
        shared.request("POST", f"{WEB}/session", host="coach.example", origin="http://coach.example:80").status == 201
    )
    assert (
        shared.request("POST", f"{WEB}/session", host="coach.example", origin="http://coach.example:81").status == 403
    )


@pytest.mark.parametrize("origin", [FRIEND, "http://localhost:3000", "https://INTRANET.example:443"])
def test_allowed_origin_may_read_answers(friendly: WebServer, origin: str) -> None:
    answer = friendly.request("POST", f"{WEB}/session", origin=origin)

    assert answer.status == 201
    assert answer.headers["access-control-allow-origin"] == origin
    assert answer.headers["access-control-expose-headers"] == "Retry-After"
    assert "access-control-allow-credentials" not in answer.headers


def test_allowed_origin_may_read_errors(friendly: WebServer) -> None:
    answer = friendly.request("GET", f"{WEB}/history", origin=FRIEND)

    assert answer.status == 401
    assert answer.headers["access-control-allow-origin"] == FRIEND


@pytest.mark.parametrize(
    ("path", "methods"),
    [("session", "POST, OPTIONS"), ("message", "POST, OPTIONS"), ("history", "GET, DELETE, OPTIONS")],
)
def test_preflight_of_an_allowed_origin(friendly: WebServer, path: str, methods: str) -> None:
    answer = friendly.request("OPTIONS", f"{WEB}/{path}", origin=FRIEND, access_control_request_method="POST")

    assert (answer.status, answer.body) == (204, b"")
    assert answer.headers["access-control-allow-origin"] == FRIEND
    assert answer.headers["access-control-allow-methods"] == methods
    assert answer.headers["access-control-allow-headers"] == "Authorization, Content-Type, Idempotency-Key"
    assert answer.headers["access-control-max-age"] == "600"


def test_forwarded_host_is_believed_of_a_proxy(proxied: WebServer) -> None:
    forwarded = {"x_forwarded_proto": "https", "x_forwarded_host": "coach.example"}

    assert proxied.request("POST", f"{WEB}/session", origin="https://coach.example", **forwarded).status == 201
    assert proxied.request("POST", f"{WEB}/session", origin="http://coach.example", **forwarded).status == 403


def test_forwarded_host_is_not_believed_of_a_client(shared: WebServer) -> None:
    forwarded = {"x_forwarded_proto": "https", "x_forwarded_host": "evil.example"}

    assert shared.request("POST", f"{WEB}/session", origin="https://evil.example", **forwarded).status == 403


def test_two_origins_are_none(friendly: WebServer) -> None:
    head = (
        f"POST {WEB}/session HTTP/1.1\r\nHost: x\r\nConnection: close\r\nOrigin: {FRIEND}\r\nOrigin: {FRIEND}\r\n\r\n"
    )

    assert friendly.raw(head.encode()).startswith(b"HTTP/1.1 403 ")
