"""docs/openapi.yaml names every route of the app and no other, and describes what they really answer."""

import re
from typing import Any

import pytest
import yaml
from jsonschema import Draft7Validator  # type: ignore[import-untyped]

from bot.channels.files import widget_file
from bot.records import Choice, Figure, Reply, ReplyKind, SourceLink
from bot.runtime.settings import Settings, project_root
from security.openapi import resolved
from tests.channels.web_server import WEB, Response, Talk, WebServer, make_app

DOCUMENT: dict[str, Any] = yaml.safe_load((project_root() / "docs/openapi.yaml").read_text(encoding="utf-8"))
METHODS = {"get", "head", "post", "put", "patch", "delete", "options", "trace"}


def check(method: str, path: str, answer: Response) -> None:
    """Assert that the answer's status, type, headers and body are those of the document."""
    described = resolved(DOCUMENT, DOCUMENT["paths"][path][method]["responses"])[str(answer.status)]
    for name in described.get("headers", {}):
        if not name.startswith("Access-Control"):
            assert name.lower() in answer.headers
    if "content" not in described:
        assert answer.body == b""
        return
    ((kind, content),) = [
        (each, content)
        for each, content in described["content"].items()
        if each == answer.headers["content-type"].partition(";")[0]
    ]
    values = {"application/json": lambda: [answer.json], "application/x-ndjson": lambda: answer.lines}
    for value in values.get(kind, lambda: [answer.body.decode()])():
        Draft7Validator(content["schema"]).validate(value)


def test_every_route_is_described_and_every_description_has_a_route() -> None:
    app = make_app(Settings())
    routes = {
        (re.sub("<([a-z]+):[^>]*>", r"{\1}", f"/{route.path}"), method.lower())
        for route in app.router.routes
        for method in route.methods
    }

    described = {
        (path, method) for path, operations in DOCUMENT["paths"].items() for method in METHODS & set(operations)
    }

    assert described == routes


def test_operations_have_names_of_their_own() -> None:
    operations = [operation for path in DOCUMENT["paths"].values() for operation in path.values()]

    assert len({operation["operationId"] for operation in operations}) == len(operations)


def test_session_and_history_are_as_described(server: WebServer) -> None:
    check("post", f"{WEB}/session", server.request("POST", f"{WEB}/session"))
    talk = server.talk()
    talk.offer("Yes", "/affirm")
    talk.send({"payload": "/affirm"})
    check("get", f"{WEB}/history", talk.history())
    check("get", f"{WEB}/history", talk.history("?after=x"))
    check("options", f"{WEB}/history", server.request("OPTIONS", f"{WEB}/history"))
    check("delete", f"{WEB}/history", talk.erase())
    check("get", f"{WEB}/history", talk.history())
    server.conversations.broken = True
    check("post", f"{WEB}/session", server.request("POST", f"{WEB}/session"))


@pytest.mark.parametrize(
    "body",
    [{"text": "hello"}, {"text": "silence"}, {"text": "everything"}, {"text": " "}, {"text": 1}, {"text": "x" * 2000},
     {"payload": "/no"}, b"plain"],
    ids=["text", "silence", "everything", "empty", "number", "long", "not offered", "not JSON"],
)  # fmt: skip
def test_answers_are_as_described(server: WebServer, body: Any) -> None:
    sources = (SourceLink("F1", "A"), SourceLink("F2", "B", "https://example.org", 2020))
    everything = Reply("All", ReplyKind.ASK, (Choice("A", "/a"),), sources, Figure("table", {"rows": []}))
    server.rasa.replies.update({"silence": [], "everything": [everything]})

    check("post", f"{WEB}/message", server.talk().send(body))


@pytest.mark.parametrize("form", ["json", "md", "ics", "pdf"])
def test_exports_are_as_described(talk: Talk, form: str) -> None:
    check("get", f"{WEB}/export", talk.server.request("GET", f"{WEB}/export?format={form}", token=talk.token))
    check("options", f"{WEB}/export", talk.server.request("OPTIONS", f"{WEB}/export"))


@pytest.mark.parametrize(
    "body", [{"message": 6, "rating": "up"}, {"message": 5, "rating": "up"}, {"message": 6}, b"plain"]
)
def test_feedback_is_as_described(talk: Talk, body: Any) -> None:
    talk.say("hello")

    check("post", f"{WEB}/feedback", talk.server.request("POST", f"{WEB}/feedback", body, token=talk.token))
    check("options", f"{WEB}/feedback", talk.server.request("OPTIONS", f"{WEB}/feedback"))


def test_refusals_are_as_described() -> None:
    with WebServer(rate_address=1) as server:
        check("post", f"{WEB}/session", server.request("POST", f"{WEB}/session", origin="null"))
        server.request("POST", f"{WEB}/session")
        check("post", f"{WEB}/session", server.request("POST", f"{WEB}/session"))
        check("post", f"{WEB}/message", server.request("POST", f"{WEB}/message"))
        check("options", f"{WEB}/message", server.request("OPTIONS", f"{WEB}/message", origin="null"))


@pytest.mark.parametrize("method", ["get", "head"])
@pytest.mark.parametrize("name", ["widget.js", "page.css", "page.js", "mark.svg"])
def test_files_are_as_described(shared: WebServer, method: str, name: str) -> None:
    check(method, f"{WEB}/{name}", shared.request(method.upper(), f"{WEB}/{name}"))


@pytest.mark.parametrize("digest", [widget_file().digest, "0" * 16])
def test_pinned_widget_is_as_described(shared: WebServer, digest: str) -> None:
    check("get", f"{WEB}/{{pinned}}", shared.request("GET", f"{WEB}/widget.{digest}.js"))


@pytest.mark.parametrize("method", ["get", "head"])
@pytest.mark.parametrize("path", ["/", "/health", "/ready"])
def test_pages_are_as_described(server: WebServer, method: str, path: str) -> None:
    check(method, path, server.request(method.upper(), path))
    server.conversations.broken = True
    check(method, path, server.request(method.upper(), path))
