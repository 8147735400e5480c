"""Floods and trickles: each is answered as documented while another person's chat goes on."""

import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest

from tests.channels.web_server import WEB, WebServer
from tests.coach import chatting

pytestmark = pytest.mark.slow

SLOWEST = 2.0
"""Seconds that another person's answer may take at the 95th percentile; `make bench-web` measures how few it does."""


@contextmanager
def while_another_talks(server: WebServer) -> Iterator[None]:
    """Let another person talk meanwhile, who must be answered each time, and quickly."""
    talk, statuses = server.talk(), set()
    with chatting(lambda: statuses.add(talk.say("hello").status), pause=0.03) as taken:
        yield
    assert statuses == {200}
    assert sorted(taken)[int(len(taken) * 0.95)] < SLOWEST


def _together(work: Callable[[], None], count: int) -> None:
    threads = [threading.Thread(target=work) for _ in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def test_ten_thousand_requests_from_one_address_are_limited() -> None:
    statuses: list[int] = []
    with (
        WebServer(rate_address=600, rate_conversation=10_000, trusted_proxies=1) as server,
        while_another_talks(server),
    ):

        def flood() -> None:
            with socket.create_connection(("127.0.0.1", server.port), timeout=20) as connection:
                head = (
                    f"POST {WEB}/session HTTP/1.1\r\nHost: a\r\nX-Forwarded-For: 9.9.9.9\r\nContent-Length: 0\r\n\r\n"
                )
                for _ in range(500):
                    connection.sendall(head.encode())
                    statuses.append(int(connection.recv(65536).split(b" ", 2)[1]))

        _together(flood, 20)

    assert statuses.count(201) == 600
    assert statuses.count(429) == 9_400


def test_fifty_slow_connections_hold_up_nobody() -> None:
    with WebServer() as server, while_another_talks(server):
        connections = [socket.create_connection(("127.0.0.1", server.port)) for _ in range(50)]
        for trickle in (b"POST /webhooks/web/message HTTP/1.1\r\n", b"Host: a\r\n", b"X-", b"a", b"b"):
            for connection in connections:
                connection.sendall(trickle)
            time.sleep(0.2)
        for connection in connections:
            connection.close()


def test_ten_megabytes_are_refused_while_others_talk() -> None:
    with WebServer() as server, while_another_talks(server):
        answers = [server.talk().send(b"x" * 10_000_000) for _ in range(3)]

    assert [(answer.status, answer.code) for answer in answers] == [(413, "too_large")] * 3
