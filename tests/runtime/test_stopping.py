"""SIGTERM: what has begun is ended, kept and answered; meanwhile /ready says 503."""

import json
import signal
import socket
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from tests.coach import Coach, free_port
from tests.conftest import ROOT, make_var, served

ANSWER = json.dumps({"events": [], "responses": [{"text": "Slow, but sure."}]}).encode()


class SlowActions:
    """An action server that answers when it is let go."""

    def __init__(self) -> None:
        self.called, self.go_on = threading.Event(), threading.Event()
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                self.rfile.read(int(self.headers["Content-Length"]))
                outer.called.set()
                outer.go_on.wait(20)
                self.send_response(200)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(ANSWER)))
                self.end_headers()
                self.wfile.write(ANSWER)

            def log_message(self, *args: object) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}/webhook"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()


@pytest.fixture
def actions() -> Iterator[SlowActions]:
    actions = SlowActions()
    yield actions
    actions.go_on.set()
    actions.server.shutdown()
    actions.server.server_close()


@pytest.fixture
def var(tmp_path: Path, encoder: Path, model: Path) -> Path:
    return make_var(tmp_path, encoder)


def said(var: Path) -> list[str]:
    with sqlite3.connect(var / "pmo-coach.db") as connection:
        rows = connection.execute("SELECT data FROM conversation_events WHERE type IN ('user', 'bot') ORDER BY seq")
        return [json.loads(data)["text"] for (data,) in rows]


def test_a_turn_under_way_is_answered(var, actions):
    answers = []
    with served(var, PMO_COACH_ACTIONS_URL=actions.url) as coach:
        talk = coach.talk()
        saying = threading.Thread(target=lambda: answers.extend(talk.say("what is a PMO?")))
        saying.start()
        assert actions.called.wait(20)
        coach.process.send_signal(signal.SIGTERM)
        wait_until_refused(coach)
        actions.go_on.set()
        saying.join(20)
        assert coach.process.wait(20) == 0

    assert [answer["text"] for answer in answers] == ["Slow, but sure."]
    assert said(var) == ["what is a PMO?", "Slow, but sure."]


def test_a_turn_whose_client_hung_up_is_kept(var, actions):
    with served(var, PMO_COACH_ACTIONS_URL=actions.url) as coach:
        talk, port = coach.talk(), int(coach.url.rpartition(":")[2])
        body = b'{"text": "what is a PMO?"}'
        head = f"POST /webhooks/web/message HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {talk.token}\r\n"
        head += f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
        with socket.create_connection(("127.0.0.1", port)) as connection:
            connection.sendall(head.encode() + body)
            assert actions.called.wait(20)
        coach.process.send_signal(signal.SIGTERM)
        wait_until_refused(coach)
        actions.go_on.set()
        assert coach.process.wait(20) == 0

    assert said(var) == ["what is a PMO?", "Slow, but sure."]


def test_a_stopping_server_is_not_ready_yet_still_answers(var):
    with served(var, PMO_COACH_DRAIN_SECONDS="600") as coach:
        talk = coach.talk()
        coach.process.send_signal(signal.SIGTERM)
        status, body = wait_until_not_ready(coach)
        assert (status, json.loads(body)["reasons"]) == (503, ["The server is stopping."])
        assert talk.say("does ppso still exist")
        assert coach.request("GET", "/health")[2]["connection"] == "close"
        coach.process.send_signal(signal.SIGTERM)
        assert coach.process.wait(20) == 0


def test_an_idle_connection_does_not_hold_up_the_stop(var):
    with served(var) as coach, socket.create_connection(("127.0.0.1", int(coach.url.rpartition(":")[2]))) as idle:
        idle.sendall(b"GET /health HTTP/1.1\r\nHost: x\r\n\r\n")
        assert b"200 OK" in idle.recv(4096)
        coach.process.send_signal(signal.SIGTERM)
        assert coach.process.wait(9) == 0
    assert "ERROR" not in (var / "server.log").read_text(encoding="utf-8")


def test_a_server_that_nobody_asks_stops_by_itself(var):
    # Sooner than it has loaded its model: the time is counted from when it serves.
    environment = {"PMO_COACH_VAR": str(var), "PMO_COACH_PORT": str(free_port()), "PMO_COACH_IDLE_SECONDS": "0.1"}

    ended = subprocess.run(
        [sys.executable, "-m", "bot.cli", "serve"],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        timeout=60,
    )

    assert (ended.returncode, len(ended.stderr.splitlines())) == (0, 1)


def wait_until_refused(coach: Coach) -> None:
    """Wait until the server takes no more connections."""
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline:
        try:
            coach.request("GET", "/health")
        except OSError:
            return
        time.sleep(0.05)
    raise AssertionError("the server still takes connections")


def wait_until_not_ready(coach: Coach) -> tuple[int, bytes]:
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline:
        status, body, _ = coach.request("GET", "/ready")
        if status != 200:
            return status, body
        time.sleep(0.05)
    raise AssertionError("the server is ready all the time")
