"""Requests end in time, and each way to fail is told apart."""

import json
import socket
import threading
from collections.abc import Iterator

import pytest

from bot.terminal.client import CoachClient, Probe, probe
from bot.terminal.errors import (
    BrokenAnswerError,
    NoServerError,
    RefusedError,
    TimedOutError,
    UnreachableError,
    UsageError,
)
from bot.terminal.messages import CoachMessage, Done, Session
from bot.terminal.transport import Address, exchange, read_address
from tests.coach import free_port
from tests.fakes.coach_server import Answer, CoachServer, message


@pytest.fixture
def client(paper: CoachServer) -> CoachClient:
    return CoachClient(read_address(paper.url), timeout=5)


@pytest.fixture
def session(client: CoachClient) -> Session:
    return client.open_session()


def hear(client: CoachClient, session: Session, text: str = "hello") -> list[CoachMessage | Done]:
    return list(client.send(session, {"text": text}))


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("http://localhost:5005", Address("http", "localhost", 5005)),
        ("https://coach.example/", Address("https", "coach.example", 443)),
        (" http://[::1]:80/pmo/ ", Address("http", "::1", 80, "/pmo")),
    ],
)
def test_read_address(url: str, expected: Address) -> None:
    assert read_address(url) == expected
    assert read_address(expected.url) == expected


@pytest.mark.parametrize(
    "url",
    [
        "",
        "localhost:5005",
        "ftp://x",
        "http://",
        "http://a b",
        "http://x:99999",
        "http://u:p@x",
        "http://x?q",
        "http://\x1b",
    ],
)
def test_read_address_refuses_what_is_none(url: str) -> None:
    with pytest.raises(UsageError):
        read_address(url)


def test_send_yields_messages_as_they_arrive(paper: CoachServer, client: CoachClient, session: Session) -> None:
    held = threading.Event()
    paper.answers.append(Answer([message("one"), message("two")], held=held))

    events = client.send(session, {"text": "hello"})
    first = next(events)
    held.set()

    assert [first, *events] == [CoachMessage("one"), CoachMessage("two"), Done(True)]
    assert paper.requests[-1].body == {"text": "hello"}
    assert paper.requests[-1].token == session.token


def test_nobody_at_the_address() -> None:
    client = CoachClient(Address("http", "127.0.0.1", free_port()), timeout=5)

    with pytest.raises(UnreachableError, match="No PMO Coach can be reached at http://127"):
        client.open_session()


def test_a_host_that_cannot_exist() -> None:
    with pytest.raises(UnreachableError), exchange(Address("http", "a" * 70, 80), "GET", "/", timeout=5):
        pass


def test_a_server_that_hangs_up(paper: CoachServer, client: CoachClient, session: Session) -> None:
    paper.answers.append(Answer(hang_up=True))

    with pytest.raises(NoServerError, match="closed the connection") as raised:
        hear(client, session)

    assert not isinstance(raised.value, UnreachableError)


def test_what_was_not_answered_is_sent_again_under_its_key(
    paper: CoachServer, client: CoachClient, session: Session
) -> None:
    # GIVEN an answer that breaks off after its first message
    line = json.dumps(message("half")).encode() + b"\n"
    paper.answers += [Answer(hang_up=True), Answer(raw=line)]
    for error in (NoServerError, BrokenAnswerError):
        with pytest.raises(error):
            hear(client, session)
    # WHEN the same is said until it is answered, once more after that, and then something else
    for _ in range(2):
        hear(client, session)
    list(client.send(session, {"text": "another matter"}))
    # THEN what is one message has one key
    keys = [request.key for request in paper.requests if request.path.endswith("/message")]
    assert len(set(keys[:3])) == 1
    assert len({"", *keys}) == 4


def test_the_key_is_new_once_the_end_is_read(paper: CoachServer, client: CoachClient, session: Session) -> None:
    for _ in range(2):
        events = client.send(session, {"text": "yes"})
        while not isinstance(next(events), Done):
            pass
        events.close()

    assert len({request.key for request in paper.requests if request.path.endswith("/message")}) == 2


def test_an_answer_that_does_not_begin_in_time(paper: CoachServer, session: Session) -> None:
    paper.answers.append(Answer(delay=1.5))

    with pytest.raises(TimedOutError, match=r"within 0\.2 seconds"):
        hear(CoachClient(read_address(paper.url), timeout=0.2), session)


def test_an_answer_that_drips_does_not_last_longer_than_the_timeout(paper: CoachServer, session: Session) -> None:
    paper.answers.append(Answer([message(str(number)) for number in range(20)], pause=0.2))

    with pytest.raises(TimedOutError):
        hear(CoachClient(read_address(paper.url), timeout=0.5), session)


@pytest.mark.parametrize(
    "raw",
    [
        pytest.param(b'{"type": "message", "text": "half an ans', id="cut in a line"),
        pytest.param(b'{"type": "message", "text": "a"}\n', id="cut between lines"),
        pytest.param(b"", id="nothing"),
        pytest.param(b"<html>oops</html>\n", id="not JSON"),
        pytest.param(b"x" * 3 * 1024 * 1024, id="far too long"),
    ],
)
def test_an_answer_that_breaks(paper: CoachServer, client: CoachClient, session: Session, raw: bytes) -> None:
    paper.answers.append(Answer(raw=raw))

    with pytest.raises(BrokenAnswerError):
        hear(client, session)


@pytest.mark.parametrize(
    ("headers", "expected"),
    [
        ({}, "Slow down."),
        ({"Retry-After": "7"}, "Slow down. Try again in 7 seconds."),
        ({"Retry-After": "1"}, "Slow down. Try again in 1 second."),
        ({"Retry-After": "Wed, 21 Oct 2026 07:28:00 GMT"}, "Slow down."),
    ],
)
def test_a_refusal_has_the_text_of_the_server(
    paper: CoachServer, client: CoachClient, session: Session, headers: dict[str, str], expected: str
) -> None:
    paper.answers.append(Answer(status=429, error="Slow\x1b[1m down.", headers=headers))

    with pytest.raises(RefusedError) as raised:
        hear(client, session)

    assert (str(raised.value), raised.value.status, raised.value.code) == (expected, 429, "e429")


def respond(data: bytes) -> Iterator[str]:
    """Give the address of a server that answers one connection with the data."""
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def answer() -> None:
            connection, _ = listener.accept()
            with connection:
                connection.recv(65536)
                connection.sendall(data)

        thread = threading.Thread(target=answer, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        thread.join(5)


@pytest.mark.parametrize(
    ("data", "error", "words"),
    [
        (b"SSH-2.0-OpenSSH_9\r\n", NoServerError, "closed the connection"),
        (b"HTTP/1.1 502 Bad\r\nContent-Length: 4\r\n\r\noops", RefusedError, "HTTP status 502; is it a PMO Coach"),
        (b"HTTP/1.1 404 No\r\nContent-Length: 2\r\n\r\n{}", RefusedError, "HTTP status 404; is it a PMO Coach"),
        (b"HTTP/1.1 301 M\r\nLocation: https://x/\r\n\r\n", RefusedError, "sends us on to https://x/; give that"),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n", BrokenAnswerError, "broke"),
    ],
    ids=["no HTTP", "bad gateway", "another server", "redirect", "broken chunk"],
)
def test_servers_of_another_kind(data: bytes, error: type[Exception], words: str) -> None:
    for url in respond(data):
        with pytest.raises(error, match=words):
            CoachClient(read_address(url), timeout=5).open_session()


def test_the_other_routes(paper: CoachServer, client: CoachClient, session: Session) -> None:
    paper.plan = {"md": b"# Plan"}
    hear(client, session)

    assert len(client.history(session)) == 2
    assert client.export(session, "md") == b"# Plan"

    client.forget(session)

    assert client.history(session) == []
    assert {request.token for request in paper.requests[1:]} == {session.token}


def test_probe_gives_status_and_reasons(paper: CoachServer) -> None:
    address = read_address(paper.url)
    paper.ready = False

    assert probe(address, "/health", 5) == Probe(200, "", "")
    assert probe(address, "/ready", 5) == Probe(503, "model is loading", "")
    assert probe(Address("http", "127.0.0.1", free_port()), "/health", 5) is None


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (b'{"error": {"text": "database is down"}}', "database is down"),
        (b'{"reasons": {"model": "loading"}}', "model: loading"),
        (b"oops", ""),
    ],
)
def test_probe_reads_reasons_of_every_shape(body: bytes, expected: str) -> None:
    head = f"HTTP/1.1 503 No\r\nContent-Length: {len(body)}\r\n\r\n".encode()
    for url in respond(head + body):
        assert probe(read_address(url), "/ready", 5) == Probe(503, expected, "")
