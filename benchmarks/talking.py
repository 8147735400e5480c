"""Talking to a server: a client process for what is measured, and one plain message to see that it answers."""

import http.client
import json
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Any
from urllib.parse import urlsplit

from benchmarks.environment import child_environment
from benchmarks.records import BenchmarkError, Say
from bot.runtime.settings import project_root

ANSWER_SECONDS = 30.0
CLIENT = (sys.executable, "-m", "benchmarks.workers.load")


class Protocol(Enum):
    """How a server is spoken to: the coach's HTTP API, or the REST channel of stock Rasa."""

    COACH = "coach"
    REST = "rest"


@dataclass(frozen=True)
class Talks:
    """What talking took: the seconds of it all, and the milliseconds of every message of every conversation."""

    seconds: float
    times: tuple[tuple[float, ...], ...]

    @property
    def all_times(self) -> list[float]:
        """The milliseconds of all messages."""
        return [milliseconds for talk in self.times for milliseconds in talk]


def hold_talks(
    protocol: Protocol,
    url: str,
    talks: Sequence[Sequence[str]],
    say: Say,
    *,
    people: int = 1,
    tokens: Sequence[str] = (),
) -> Talks:
    """Hold the conversations, `people` of them at once; raise BenchmarkError when a message is not answered.

    The first talks go on with the conversations of these tokens, the others open new ones.
    """
    job = {
        "protocol": protocol.value, "url": url, "talks": [list(talk) for talk in talks], "people": people,
        "tokens": list(tokens),
    }  # fmt: skip
    total = sum(map(len, talks))
    with subprocess.Popen(
        CLIENT, cwd=project_root(), env=child_environment(), stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        start_new_session=True,
    ) as client:  # fmt: skip
        assert client.stdin is not None
        assert client.stdout is not None
        try:
            client.stdin.write(json.dumps(job))
            client.stdin.close()
            last: dict[str, Any] = {}
            for line in client.stdout:
                last = json.loads(line)
                if "answered" in last:
                    say(f"{last['answered']} of {total} messages")
        finally:
            client.terminate()
    if "times" not in last:
        raise BenchmarkError(last.get("refused", "the client ended early"))
    return Talks(last["seconds"], tuple(map(tuple, last["times"])))


def answers(protocol: Protocol, url: str, text: str) -> bool:
    """Tell whether the server is there and answers a message."""
    try:
        if protocol is Protocol.REST:
            return _post(url, "/webhooks/rest/webhook", {"sender": "first", "message": text})[0] == 200
        status, body = _post(url, "/webhooks/web/session", None)
        if status != 201:
            return False
        status, body = _post(url, "/webhooks/web/message", {"text": text}, token=json.loads(body)["token"])
        return status == 200 and json.loads(body.splitlines()[-1])["type"] == "done"
    except (OSError, http.client.HTTPException):
        return False


def _post(url: str, path: str, body: dict[str, str] | None, *, token: str = "") -> tuple[int, bytes]:
    parts = urlsplit(url)
    connection = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=ANSWER_SECONDS)
    headers = {"Content-Type": "application/json"} if body is not None else {}
    headers |= {"Authorization": f"Bearer {token}"} if token else {}
    try:
        connection.request("POST", path, json.dumps(body) if body is not None else None, headers)
        answer = connection.getresponse()
        return answer.status, answer.read()
    finally:
        connection.close()
