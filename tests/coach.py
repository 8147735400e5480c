"""A client of the web channel for tests: talk to a running coach in one line."""

import http.client
import json
import socket
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

START_SECONDS = 60.0
DAY = 24 * 3600.0
LONG_AGO = 700 * DAY


def free_port() -> int:
    """Return a port of loopback that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_until_ready(url: str, process: "subprocess.Popen[bytes]", log: Path) -> None:
    """Wait until the server is ready; raise with the end of its log when it is not."""
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        try:
            if Coach(url, process).request("GET", "/ready")[0] == 200:
                return
        except OSError:
            pass
        time.sleep(0.1)
    raise RuntimeError(f"the coach did not start:\n{log.read_text(errors='replace')[-2000:]}")


@contextmanager
def chatting(say: Callable[[], object], *, pause: float) -> Iterator[list[float]]:
    """Have somebody say one thing after another while the block runs; give how many seconds each answer took."""
    taken: list[float] = []
    done = threading.Event()

    def chat() -> None:
        while not done.is_set():
            begun = time.monotonic()
            say()
            taken.append(time.monotonic() - begun)
            done.wait(pause)

    thread = threading.Thread(target=chat)
    thread.start()
    try:
        yield taken
    finally:
        done.set()
        thread.join()


class Coach:
    """A running coach."""

    def __init__(self, url: str, process: "subprocess.Popen[bytes]") -> None:
        self.url, self.process = url, process

    def request(
        self,
        method: str,
        path: str,
        *,
        token: str | None = None,
        body: Any = None,
        headers: dict[str, str] | None = None,
    ) -> tuple[int, bytes, dict[str, str]]:
        """Send a request and return status, body and headers (names in lower case)."""
        parts = urlsplit(self.url)
        connection = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=30)
        sent = dict(headers or {})
        if token:
            sent["Authorization"] = f"Bearer {token}"
        data = body
        if body is not None and not isinstance(body, bytes):
            data = json.dumps(body).encode()
            sent.setdefault("Content-Type", "application/json")
        try:
            connection.request(method, path, body=data, headers=sent)
            answer = connection.getresponse()
            return answer.status, answer.read(), {name.lower(): value for name, value in answer.getheaders()}
        finally:
            connection.close()

    def talk(self) -> "Talk":
        """Open a conversation."""
        status, body, _ = self.request("POST", "/webhooks/web/session")
        assert status == 201, body
        session = json.loads(body)
        return Talk(self, session["conversation"], session["token"])


class Clock:
    """The clock of a coach that lives in the past (tests/fakes/coach_in_time.py), to be turned on by the test."""

    def __init__(self, file: Path) -> None:
        self.file, self._ago = file, LONG_AGO
        self.turn_on(days=0)

    def turn_on(self, *, days: float) -> None:
        """Let so many days go by at once."""
        self._ago -= days * DAY
        assert self._ago >= 0, "the coach lives in the past, never in the future"
        self.file.write_text(str(self._ago), encoding="ascii")


class Talk:
    """One conversation with a running coach."""

    def __init__(self, coach: Coach, conversation: str, token: str) -> None:
        self.coach, self.conversation, self.token = coach, conversation, token
        self.choices: list[dict[str, str]] = []

    def say(self, text: str) -> list[dict[str, Any]]:
        """Send a text and return the coach's messages."""
        return self._send({"text": text})

    def choose(self, title: str) -> list[dict[str, Any]]:
        """Choose the last offered choice whose title begins so."""
        payload = next(choice["payload"] for choice in self.choices if choice["title"].startswith(title))
        return self._send({"payload": payload})

    def _send(self, body: dict[str, str]) -> list[dict[str, Any]]:
        status, answer, _ = self.coach.request("POST", "/webhooks/web/message", token=self.token, body=body)
        assert status == 200, answer
        lines = [json.loads(line) for line in answer.splitlines()]
        assert lines[-1]["type"] == "done", lines
        messages = lines[:-1]
        self.choices = [choice for message in messages for choice in message["choices"]] or self.choices
        return messages

    def history(self, after: int = 0) -> list[dict[str, Any]]:
        """Return the conversation as the server stored it."""
        status, body, _ = self.coach.request("GET", f"/webhooks/web/history?after={after}", token=self.token)
        assert status == 200, body
        return list(json.loads(body)["messages"])
