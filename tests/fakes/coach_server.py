"""A coach made of paper: a server on loopback that speaks the web channel's HTTP API.

Tests script what it answers and look at what it was asked. `python -m tests.fakes.coach_server` runs it by
itself on PMO_COACH_PORT, for a look at the terminal without Rasa and as the server that a terminal starts.
"""

import json
import os
import sys
import threading
import time
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any, cast

Json = dict[str, Any]


def message(text: str = "", **more: Any) -> Json:
    """Return a message of the coach as it goes over the wire."""
    empty: Json = {"kind": "answer", "choices": [], "sources": [], "figure": None}
    return {"type": "message", "id": 1, "text": text, **empty, **more}


def choice(title: str, payload: str = "") -> Json:
    """Return a choice; its payload is made from the title when none is given."""
    return {"title": title, "payload": payload or f"/pick:{title}"}


def source(title: str, url: str | None = None, year: int | None = None, id: str = "") -> Json:
    """Return a source; its id is made from the title when none is given."""
    return {"id": id or title.upper(), "title": title, "url": url, "year": year}


@dataclass
class Answer:
    """What the server does with one message."""

    messages: Sequence[Json] = ()
    understood: bool = True
    delay: float = 0.0
    """Seconds before anything is sent."""
    pause: float = 0.0
    """Seconds before each line."""
    held: threading.Event | None = None
    """What is awaited after the first line."""
    status: int = 200
    error: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)
    raw: bytes | None = None
    """Sent as the body in place of everything, and then the connection ends."""
    hang_up: bool = False
    """Close the connection without a word."""

    def lines(self) -> list[bytes]:
        """Return the lines of the body."""
        done = {"type": "done", "understood": self.understood, "ms": 12}
        return [json.dumps(line).encode() + b"\n" for line in (*self.messages, done)]


@dataclass(frozen=True)
class Request:
    """A request as it came in."""

    method: str
    path: str
    token: str
    body: Any
    key: str = ""


Reply = Callable[[str], Answer]


def echo(said: str) -> Answer:
    """Answer with what was said."""
    return Answer([message(f"You said: {said}")])


class CoachServer:
    """Runs in a thread while its `with` block lasts; `url` is where."""

    def __init__(self, reply: Reply = echo, *, port: int = 0, home: str = "") -> None:
        """Answer with `reply`, unless something stands in `answers`; be the coach of that home."""
        self.reply = reply
        self.answers: deque[Answer] = deque()
        self.requests: list[Request] = []
        self.ready = True
        self.health = 200
        self.home = home
        self.expired: set[str] = set()
        self.plan: dict[str, bytes] | None = None
        self.histories: dict[str, list[Json]] = {}
        self.lock = threading.Lock()
        self._server = _Listener(("127.0.0.1", port), self)
        self.port = self._server.server_address[1]
        self.url = f"http://127.0.0.1:{self.port}"

    def __enter__(self) -> "CoachServer":
        """Start to listen."""
        threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Stop; nothing answers at the address any more."""
        self.stop()

    def stop(self) -> None:
        """Stop to listen."""
        self._server.shutdown()
        self._server.server_close()

    def said(self) -> list[Json]:
        """Return the bodies of the messages that came in."""
        return [request.body for request in self.requests if request.path == "/webhooks/web/message"]

    def open_session(self) -> Json:
        """Return a new conversation with its token."""
        with self.lock:
            name = f"conversation-{len(self.histories) + 1}"
            self.histories[name] = []
        return {"v": 1, "conversation": name, "token": f"token.{name}", "expires": "2030-01-01T00:00:00Z"}


class _Listener(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, address: tuple[str, int], coach: CoachServer) -> None:
        self.coach = coach
        super().__init__(address, _Handler)

    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing: clients that hang up are part of the tests."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    @property
    def coach(self) -> CoachServer:
        return cast(_Listener, self.server).coach

    def do_GET(self) -> None:
        self._note(None)
        if self.path == "/health":
            self._send(self.coach.health, {"alive": True}, {"PMO-Coach-Home": self.coach.home})
        elif self.path == "/ready":
            self._send(200 if self.coach.ready else 503, {"reasons": [] if self.coach.ready else ["model is loading"]})
        elif not self._allowed():
            return
        elif self.path.startswith("/webhooks/web/history"):
            self._send(200, {"v": 1, "messages": self.coach.histories[self._conversation]})
        else:
            self._export()

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers.get("Content-Length") or 0)) or b"null")
        self._note(body)
        if self.path == "/webhooks/web/session":
            self._send(201, self.coach.open_session())
        elif self.path == "/webhooks/web/message" and self._allowed():
            self._answer(body)
        elif self.path == "/webhooks/web/import" and self._allowed():
            self._import(body)

    def do_DELETE(self) -> None:
        self._note(None)
        if self._allowed():
            self.coach.histories[self._conversation] = []
            self._send(204, None)

    @property
    def _conversation(self) -> str:
        return (self.headers.get("Authorization") or "").removeprefix("Bearer token.")

    def _note(self, body: Any) -> None:
        token = (self.headers.get("Authorization") or "").removeprefix("Bearer ")
        self.coach.requests.append(
            Request(self.command, self.path, token, body, self.headers.get("Idempotency-Key", ""))
        )

    def _allowed(self) -> bool:
        known = self._conversation in self.coach.histories and self._conversation not in self.coach.expired
        if not known:
            self._refuse(401, "Begin a new conversation.", {})
        return known

    def _answer(self, body: Json) -> None:
        said = body.get("text") or body["payload"]
        answer = self.coach.answers.popleft() if self.coach.answers else self.coach.reply(said)
        time.sleep(answer.delay)
        if answer.hang_up:
            self.close_connection = True
        elif answer.status != 200:
            self._refuse(answer.status, answer.error, answer.headers)
        elif answer.raw is not None:
            self._stream([answer.raw])
        else:
            self._remember(said, answer)
            self._stream(answer.lines(), answer.pause, answer.held)

    def _remember(self, said: str, answer: Answer) -> None:
        history = self.coach.histories[self._conversation]
        history.append({"id": len(history) + 1, "from": "person", "time": "2026-01-01T00:00:00Z", "text": said})
        for line in answer.messages:
            history.append({**line, "id": len(history) + 1, "from": "coach", "time": "2026-01-01T00:00:00Z"})

    def _export(self) -> None:
        form = self.path.partition("format=")[2]
        if not self.path.startswith("/webhooks/web/export") or self.coach.plan is None:
            self._refuse(404, "There is nothing here.", {})
            return
        self._headers(200, {"Content-Length": str(len(self.coach.plan[form]))})
        self.wfile.write(self.coach.plan[form])

    def _import(self, body: Json) -> None:
        if self.coach.plan is None:
            self._refuse(404, "There is nothing here.", {})
        elif body["v"] != 1:
            self._refuse(422, "This file is not an export of version 1.", {})
        else:
            self._send(200, {"v": 1, "plans": len(body["plans"])})

    def _stream(self, lines: Sequence[bytes], pause: float = 0.0, held: threading.Event | None = None) -> None:
        self.close_connection = True
        self._headers(200, {"Content-Type": "application/x-ndjson", "Connection": "close"})
        for line in lines:
            time.sleep(pause)
            self.wfile.write(line)
            self.wfile.flush()
            if held is not None:
                held.wait(20)

    def _refuse(self, status: int, text: str, headers: Mapping[str, str]) -> None:
        self._send(status, {"error": {"code": f"e{status}", "text": text}}, headers)

    def _send(self, status: int, value: Any, headers: Mapping[str, str] | None = None) -> None:
        body = b"" if value is None else json.dumps(value).encode()
        self._headers(status, {"Content-Length": str(len(body)), **(headers or {})})
        self.wfile.write(body)

    def _headers(self, status: int, headers: Mapping[str, str]) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


def main() -> None:
    """Run on PMO_COACH_PORT as long as a real one would; die at once when PMO_COACH_TEST_DIE is set."""
    from bot.runtime.settings import read_settings
    from tests.fakes.showcase import showcase

    print("the paper coach starts", os.getpid(), os.environ["PMO_COACH_IDLE_SECONDS"], flush=True)
    if os.environ.get("PMO_COACH_TEST_DIE"):
        sys.exit("\x1b[31mno model found: run `make train`")
    time.sleep(float(os.environ.get("PMO_COACH_TEST_SLOW") or 0))
    settings = read_settings()
    server = CoachServer(showcase, port=settings.port, home=settings.home)
    server.plan = {"md": b"# Your plan\n\n- Book **P3O Foundation** by 1 March\n", "json": b"{}", "ics": b"BEGIN"}
    with server:
        time.sleep(float(os.environ.get("PMO_COACH_TEST_LIVES") or 60))


if __name__ == "__main__":
    main()
