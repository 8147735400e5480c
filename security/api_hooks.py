"""What schemathesis is told beside docs/openapi.yaml. It runs in .venv-tools, without what the coach needs.

Every request that needs a token gets one of a conversation that has been talked in, so that there is a history to
read and a message to rate; erasing gets a conversation of its own, else all that follows would be without one. Half
of the ids and names that the description allows become such as there are: else all would end in "not found". The
lines of an answer, which no checker knows as JSON, are checked one by one.
"""

import hashlib
import json
import os
import urllib.request
from functools import cache
from pathlib import Path
from typing import Any

import schemathesis
import yaml
from jsonschema import Draft7Validator

from security.openapi import resolved

WEB = os.environ["SECURITY_API_URL"] + "/webhooks/web"
DOCUMENT: dict[str, Any] = yaml.safe_load(Path(os.environ["SECURITY_API_DOCUMENT"]).read_text(encoding="utf-8"))
NDJSON = "application/x-ndjson"


def _ask(method: str, path: str, body: dict[str, str] | None = None, token: str = "") -> bytes:
    headers = {"Content-Type": "application/json", **({"Authorization": f"Bearer {token}"} if token else {})}
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(WEB + path, data=data, headers=headers, method=method)
    with urllib.request.urlopen(request, timeout=30) as answer:
        return bytes(answer.read())


def _new_token() -> str:
    return str(json.loads(_ask("POST", "/session"))["token"])


@cache
def talk() -> tuple[str, int]:
    """Return the token of a conversation that has been talked in, and the id of a message that the coach said."""
    token = _new_token()
    first = _ask("POST", "/message", {"text": "what is a PMO?"}, token).splitlines()[0]
    return token, json.loads(first)["id"]


@cache
def widget() -> str:
    """Return the pinned name of the widget."""
    return f"widget.{hashlib.sha256(_ask('GET', '/widget.js')).hexdigest()[:16]}.js"


@schemathesis.auth(refresh_interval=None)
class Session:
    """Hands out tokens of the coach's own sessions."""

    def get(self, case: Any, context: Any) -> str:
        """Return a token for the case."""
        return _new_token() if case.method.upper() == "DELETE" else talk()[0]

    def set(self, case: Any, data: str, context: Any) -> None:
        """Put the token into the case."""
        case.headers = case.headers or {}
        case.headers["Authorization"] = f"Bearer {data}"


@schemathesis.hook  # type: ignore[untyped-decorator]
def map_body(context: Any, body: Any) -> Any:
    """Name a message that there is, in half of the bodies that name one as they should."""
    if isinstance(body, dict) and type(body.get("message")) is int and body["message"] > 0 and body["message"] % 2:
        return {**body, "message": talk()[1]}
    return body


@schemathesis.hook  # type: ignore[untyped-decorator]
def map_path_parameters(context: Any, path_parameters: Any) -> Any:
    """Name the widget that there is, in half of the addresses that name one."""
    if path_parameters and str(path_parameters.get("pinned", ""))[-4:] in {f"{digit}.js" for digit in "02468ace"}:
        return {**path_parameters, "pinned": widget()}
    return path_parameters


@schemathesis.deserializer(NDJSON)  # type: ignore[untyped-decorator]
def last_line(context: Any, response: Any) -> Any:
    """Return the last line of an answer, which the description is checked against; the others are checked below."""
    return json.loads(response.content.splitlines()[-1])


@schemathesis.check  # type: ignore[untyped-decorator]
def every_line_is_as_described(context: Any, response: Any, case: Any) -> None:
    """Fail for an answer with a line that the description does not allow, or without a last line that ends it."""
    if response.headers.get("content-type", [""])[0].partition(";")[0] != NDJSON:
        return
    lines = [json.loads(line) for line in response.content.splitlines()]
    for line in lines:
        _validator().validate(line)
    assert [line["type"] for line in lines[:-1]] == ["message"] * (len(lines) - 1)
    assert lines[-1]["type"] in ("done", "error")


@cache
def _validator() -> Draft7Validator:
    return Draft7Validator(resolved(DOCUMENT, {"$ref": "#/components/schemas/AnswerLine"}))
