"""Floods and trickles from one address, and another person's chat with the same coach meanwhile."""

import http.client
import socket
import threading
import time
from collections import Counter
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from urllib.parse import urlsplit

from benchmarks.channels import Measured, serving
from benchmarks.messages import HELD_OUT, read_utterances, varied
from benchmarks.talking import Protocol, answers
from tests.coach import Coach, chatting

REQUESTS = 10_000
AT_ONCE = 4
BODIES = 20
BODY = b"x" * 10_000_000
SLOW = 50
MOST_MILLISECONDS = 100.0
ATTACKER = "127.0.0.2"
LIMIT = 600


def measure_floods(var: Path) -> Measured:
    """Have one address do its worst in three ways, while somebody at another talks with the coach."""
    with serving(var, _is_ready, PMO_COACH_RATE_CONVERSATION="100000", PMO_COACH_RATE_ADDRESS=str(LIMIT)) as url:
        parts = {
            "alone": _measured(url, lambda: time.sleep(3)),
            "requests": _measured(url, lambda: _flood(url)),
            "bodies": _measured(url, lambda: _send_bodies(url)),
            "slow connections": _measured(url, lambda: _trickle(url)),
        }
    worst = max(milliseconds for name, (milliseconds, _) in parts.items() if name != "alone")
    note = ", ".join(f"{name} {milliseconds:.0f} ms {said}".strip() for name, (milliseconds, said) in parts.items())
    return Measured(f"{worst:.0f} ms", worst <= MOST_MILLISECONDS, note)


def _is_ready(url: str) -> bool:
    return answers(Protocol.COACH, url, "what is a pmo?")


def _measured(url: str, attack: Callable[[], str | None]) -> tuple[float, str]:
    """Return the 95th percentile of the other person's answers, and what became of the attack."""
    texts = iter(varied([each.text for each in read_utterances(HELD_OUT)], 4000))
    talk = Coach(url, None).talk()  # type: ignore[arg-type]
    with chatting(lambda: talk.say(next(texts)), pause=0.05) as taken:
        said = attack() or ""
    return sorted(taken)[int(len(taken) * 0.95)] * 1000, said


def _connection(url: str) -> socket.socket:
    parts = urlsplit(url)
    return socket.create_connection((parts.hostname or "", parts.port or 80), 20, source_address=(ATTACKER, 0))


def _flood(url: str) -> str:
    """Send ten thousand requests as fast as they are answered."""
    statuses: list[int] = []

    def send() -> None:
        with _connection(url) as connection:
            for _ in range(REQUESTS // AT_ONCE):
                connection.sendall(b"POST /webhooks/web/session HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n\r\n")
                statuses.append(int(connection.recv(65536).split(b" ", 2)[1]))

    threads = [threading.Thread(target=send) for _ in range(AT_ONCE)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return f"({_told(statuses)})"


def _send_bodies(url: str) -> str:
    """Send bodies of ten megabytes."""
    parts, statuses = urlsplit(url), []
    for _ in range(BODIES):
        client = http.client.HTTPConnection(parts.hostname or "", parts.port, 20, source_address=(ATTACKER, 0))
        try:
            client.request("POST", "/webhooks/web/message", BODY, {"Content-Type": "application/json"})
            statuses.append(client.getresponse().status)
        except OSError:
            statuses.append(0)  # the server hung up in mid-body
        client.close()
    return f"({_told(statuses)})"


def _trickle(url: str) -> None:
    """Hold fifty connections, each of which says a letter at a time."""
    with ExitStack() as stack:
        connections = [stack.enter_context(_connection(url)) for _ in range(SLOW)]
        for letter in b"POST /webhooks/web/message HTTP/1.1\r\n":
            for connection in connections:
                connection.sendall(bytes([letter]))
            time.sleep(0.1)


def _told(statuses: list[int]) -> str:
    return ", ".join(f"{count:,} times {status or 'hung up'}" for status, count in sorted(Counter(statuses).items()))
