"""A web site under the strict policy that has the widget, before a coach made of paper.

It speaks the web channel's API as it is, history by id included, and can lose an answer, in whole or in part.
"""

import json
import threading
import time
from collections import deque
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, cast

from bot.channels.files import WIDGET
from bot.channels.pages import CONTENT_SECURITY_POLICY
from tests.fakes.coach_server import Json, message

POLICY = CONTENT_SECURITY_POLICY.replace("frame-ancestors 'none'", "frame-ancestors 'self'; frame-src 'self'")
PAGE = """<!DOCTYPE html><html lang="en"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width"><title>A site</title><link rel="icon" href="data:,">{head}</head>
<body><main><h1>A site</h1><p>Its text.</p>{body}</main></body></html>"""
SCRIPT = '<script src="/webhooks/web/widget.js" data-title="PMO Coach" data-lang="en" defer></script>'
HOSTILE = "* { all: unset !important; } pmo-coach { display: none !important; }"
HOSTILE_HEAD = '<link rel="stylesheet" href="/hostile.css"><script src="/extended.js"></script>'
EXTENDED = "Array.prototype.more = function () {}; Object.prototype.extra = 1;"


def echo(said: str) -> list[Json]:
    """Answer with what was said."""
    return [message(f"You said: {said}")]


class Host:
    """Serves while its `with` block lasts."""

    def __init__(self, reply: Callable[[str], list[Json]] = echo) -> None:
        """Answer with `reply`; `mishaps` says what happens to the next answers: "", "lost", "cut"."""
        self.reply, self.mishaps = reply, deque[str]()
        self.conversations: dict[str, list[Json]] = {}
        self.refused: set[str] = set()
        self.rated: list[Json] = []
        self.turns: dict[str, list[Json]] = {}
        self.delay = 0.0
        self.policy, self.widget = POLICY, WIDGET.read_bytes()
        self.pages = {
            "/": PAGE.format(head=SCRIPT, body=""),
            "/hostile": PAGE.format(
                head=f'<link rel="stylesheet" href="/hostile.css"><script src="/extended.js"></script>{SCRIPT}', body=""
            ),
            "/frame": PAGE.format(head="", body='<iframe title="Inner" src="/" width="700" height="700"></iframe>'),
            "/de": PAGE.format(head=SCRIPT.replace('"en"', '"de"'), body=""),
        }
        self.lock = threading.Lock()
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
        self.server.daemon_threads = True
        cast(Any, self.server).host = self
        self.url = f"http://127.0.0.1:{self.server.server_address[1]}"

    def __enter__(self) -> "Host":
        threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        return self

    def __exit__(self, *details: object) -> None:
        self.server.shutdown()
        self.server.server_close()

    def embed(self, coach: str) -> str:
        """Return the address of a page that has the widget of another server, and the policy that this takes."""
        self.policy = f"script-src {coach}; connect-src {coach}; default-src 'none'; img-src data:"
        self.pages["/embedded"] = PAGE.format(head=SCRIPT.replace('src="', f'src="{coach}'), body="")
        return f"{self.url}/embedded"

    def messages(self) -> list[Json]:
        """Return all that is stored, in order."""
        return [each for kept in self.conversations.values() for each in kept]

    def turn(self, token: str, body: Json, key: str) -> list[Json]:
        """Store what was said and its answer, as the real coach does at the end of a turn; return the answer."""
        with self.lock:
            if key in self.turns:
                return self.turns[key]
            kept = self.conversations[token]
            title = next(
                (
                    choice["title"]
                    for each in kept
                    for choice in each.get("choices", [])
                    if choice["payload"] == body.get("payload")
                ),
                "",
            )
            said = body.get("text") or title
            first = (kept[-1]["id"] if kept else 0) + 3
            kept.append(
                {
                    "id": first,
                    "from": "person",
                    "time": "2026-01-01T00:00:00Z",
                    "text": said,
                    **({"payload": body["payload"]} if title else {}),
                }
            )
            answers = [
                {**each, "id": first + place, "from": "coach", "time": ""}
                for place, each in enumerate(self.reply(said), 1)
            ]
            kept.extend(answers)
            self.turns[key] = answers
            return answers


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    wbufsize = -1

    @property
    def host(self) -> Host:
        return cast(Host, cast(Any, self.server).host)

    @property
    def token(self) -> str:
        return (self.headers.get("Authorization") or "").removeprefix("Bearer ")

    def do_GET(self) -> None:
        path, _, query = self.path.partition("?")
        if path in self.host.pages:
            self._send(200, self.host.pages[path].encode(), "text/html; charset=utf-8")
        elif path == "/webhooks/web/widget.js":
            self._send(200, self.host.widget, "text/javascript; charset=utf-8")
        elif path == "/hostile.css":
            self._send(200, HOSTILE.encode(), "text/css")
        elif path == "/extended.js":
            self._send(200, EXTENDED.encode(), "text/javascript")
        elif self._may() and path == "/webhooks/web/history":
            after = int(query.partition("=")[2] or 0)
            self._json(
                200, {"v": 1, "messages": [each for each in self.host.conversations[self.token] if each["id"] > after]}
            )
        elif self._may():
            self._send(200, b"BEGIN:VCALENDAR", "text/calendar")

    def do_DELETE(self) -> None:
        if self._may():
            del self.host.conversations[self.token]
            self._send(204, b"", "")

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers.get("Content-Length") or 0)) or b"null")
        if self.path.endswith("/session"):
            token = f"t{len(self.host.conversations) + 1}-{time.monotonic_ns()}"
            self.host.conversations[token] = []
            self._json(201, {"v": 1, "conversation": "web-x", "token": token, "expires": "2030-01-01T00:00:00Z"})
        elif self._may() and self.path.endswith("/feedback"):
            self.host.rated.append(body)
            self._send(204, b"", "")
        elif self._may():
            self._answer(body)

    def _answer(self, body: Json) -> None:
        answers = self.host.turn(self.token, body, self.headers["Idempotency-Key"])
        time.sleep(self.host.delay)
        mishap = self.host.mishaps.popleft() if self.host.mishaps else ""
        lines = [*answers, {"type": "done", "understood": True, "ms": 1}]
        data = "".join(json.dumps(line) + "\n" for line in lines).encode()
        self.close_connection = True
        if mishap == "lost":
            return
        self.send_response(200)
        self.send_header("Content-Type", "application/x-ndjson")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data[: len(data) // 3] if mishap == "cut" else data)

    def _may(self) -> bool:
        if self.token in self.host.conversations and self.token not in self.host.refused:
            return True
        self._json(401, {"error": {"code": "token_expired", "text": "Begin a new conversation."}})
        return False

    def _json(self, status: int, value: Any) -> None:
        self._send(status, json.dumps(value).encode(), "application/json")

    def _send(self, status: int, body: bytes, kind: str) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Security-Policy", self.host.policy)
        if status != 204:
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""
