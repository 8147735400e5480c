"""Two servers, one person: answered in order, once, whichever server hears what; nothing is lost when one dies."""

import json
import os
import shutil
import socket
import subprocess
import time
import uuid
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from sqlalchemy import create_engine

from tests.coach import Coach, Talk, free_port
from tests.conftest import make_var, served
from tests.runtime.servers import POSTGRES, REDIS, SHARED, address

MESSAGE = "/webhooks/web/message"
QUICK = ["what is a PMO?", "does ppso still exist", "which certifications are there for a PMO?"]


@contextmanager
def database(kind: str, folder: Path) -> Iterator[str]:
    """Give the address of an empty database."""
    if kind == "redis":
        yield f"sqlite:///{folder}/shared.db"
        return
    name = f"coach_{uuid.uuid4().hex}"
    engine = create_engine(address(POSTGRES), future=True, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.exec_driver_sql(f"CREATE DATABASE {name}")
    yield engine.url.set(database=name).render_as_string(hide_password=False)
    with engine.connect() as connection:
        connection.exec_driver_sql(f"DROP DATABASE {name} WITH (FORCE)")
    engine.dispose()


@contextmanager
def servers(kind: str, folder: Path, encoder: Path, **more: str) -> Iterator[list[served]]:
    """Serve twice from one database, with what that kind of locks needs."""
    shared = {"PMO_COACH_SECRET": "the secret that both servers sign with", **more}
    if kind == "redis" and "PMO_COACH_REDIS_URL" not in more:
        shared["PMO_COACH_REDIS_URL"] = address(REDIS)
    with database(kind, folder) as url:
        places = []
        for name in ("one", "two"):
            (folder / name).mkdir()
            var = make_var(folder / name, encoder)
            places.append(served(var, PMO_COACH_DATABASE_URL=url, **shared))
        yield places


@pytest.fixture(scope="module", params=SHARED)
def pair(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, encoder: Path, model: Path
) -> Iterator[list[Coach]]:
    """Two servers that share a database, and Redis or not."""
    folder = tmp_path_factory.mktemp("pair")
    with servers(request.param, folder, encoder) as (one, two), one as first, two as second:
        yield [first, second]


def say(coach: Coach, talk: Talk, text: str, *, key: str = "") -> list[dict[str, Any]]:
    """Say something to one of the servers and return the lines of its answer."""
    headers = {"Idempotency-Key": key} if key else {}
    status, answer, _ = coach.request("POST", MESSAGE, token=talk.token, body={"text": text}, headers=headers)
    assert status == 200, answer
    return [json.loads(line) for line in answer.splitlines()]


def test_quick_messages_of_one_person_are_answered_one_by_one(pair: list[Coach]) -> None:
    # GIVEN messages that reach two busy servers at once
    talk = pair[0].talk()
    said = QUICK * 2
    with ThreadPoolExecutor(6) as threads:
        answers = list(threads.map(lambda number: say(pair[number % 2], talk, said[number]), range(6)))
    # THEN each is heard once, and each answer follows its own question
    history = talk.history()
    assert sorted(message["text"] for message in history if message["from"] == "person") == sorted(said)
    places = {message["id"]: place for place, message in enumerate(history)}
    for text, lines in zip(said, answers, strict=True):
        assert lines[-1]["type"] == "done"
        assert history[places[lines[0]["id"]] - 1]["text"] == text
    told = sorted(message["id"] for lines in answers for message in lines[:-1])
    assert told == [message["id"] for message in history if message["from"] == "coach"]


def test_people_on_both_servers_lose_and_double_nothing(pair: list[Coach]) -> None:
    talks = [pair[number % 2].talk() for number in range(6)]

    def chat(number: int) -> list[str]:
        said = [f"what is a PMO? I ask as number {number} for the time {time}" for time in range(5)]
        for turn, text in enumerate(said):
            assert say(pair[(number + turn) % 2], talks[number], text)[-1]["type"] == "done"
        return said

    with ThreadPoolExecutor(6) as threads:
        said = list(threads.map(chat, range(6)))

    for talk, texts in zip(talks, said, strict=True):
        history = talk.history()
        assert [message["text"] for message in history if message["from"] == "person"] == texts
        assert [message["id"] for message in history] == sorted({message["id"] for message in history})


def take_locks_away() -> None:
    """Take away every lock that there is, as whoever reaches Redis, or may end connections of PostgreSQL, can."""
    if url := os.environ.get(REDIS):
        from redis import Redis

        with Redis.from_url(url) as redis:
            for key in redis.scan_iter("pmo-coach:turn:*"):
                redis.delete(key)
    if url := os.environ.get(POSTGRES):
        engine = create_engine(url, future=True, isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            connection.exec_driver_sql("SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory'")
        engine.dispose()


def test_locks_that_are_taken_away_lose_and_double_nothing(pair: list[Coach]) -> None:
    talk, said, done = pair[0].talk(), [f"what is a PMO? I ask for the time {time}" for time in range(12)], Event()

    def is_answered(number: int) -> bool:
        status, answer, _ = pair[number % 2].request("POST", MESSAGE, token=talk.token, body={"text": said[number]})
        return status == 200 and json.loads(answer.splitlines()[-1])["type"] == "done"

    def keep_taking() -> None:
        while not done.wait(0.01):
            take_locks_away()

    with ThreadPoolExecutor(7) as threads:
        taking = threads.submit(keep_taking)
        answered = list(threads.map(is_answered, range(12)))
        done.set()
        taking.result()

    history = talk.history()
    assert any(answered)
    # Who is told to wait was not heard; who is answered was heard once.
    assert sorted(message["text"] for message in history if message["from"] == "person") == sorted(
        text for text, told in zip(said, answered, strict=True) if told
    )
    assert [message["id"] for message in history] == sorted({message["id"] for message in history})


def test_the_other_server_knows_a_message_by_its_key(pair: list[Coach]) -> None:
    talk = pair[0].talk()
    first = say(pair[0], talk, QUICK[0], key="k1")
    say(pair[1], talk, QUICK[1], key="k2")

    again = say(pair[1], talk, QUICK[0], key="k1")
    with ThreadPoolExecutor(4) as threads:
        at_once = list(threads.map(lambda number: say(pair[number % 2], talk, QUICK[2], key="k3"), range(4)))

    assert again[:-1] == first[:-1]
    assert all(lines[:-1] == at_once[0][:-1] for lines in at_once)
    assert [message["text"] for message in talk.history() if message["from"] == "person"] == QUICK


def test_what_is_erased_on_one_server_is_gone_on_the_other(pair: list[Coach]) -> None:
    talk = pair[0].talk()
    for coach in pair:
        say(coach, talk, QUICK[0], key="k1")
    assert pair[1].request("DELETE", "/webhooks/web/history", token=talk.token)[0] == 204

    for coach in pair:
        status, answer, _ = coach.request(
            "POST", MESSAGE, token=talk.token, body={"text": QUICK[0]}, headers={"Idempotency-Key": "k1"}
        )
        assert (status, json.loads(answer)["error"]["code"]) == (401, "conversation_unknown")


@pytest.mark.parametrize("kind", SHARED)
def test_a_killed_server_loses_nothing_and_holds_up_nobody(kind: str, tmp_path: Path, encoder: Path) -> None:
    with servers(kind, tmp_path, encoder) as (one, two), one as first, two as second:
        # GIVEN a message that was answered, and some that are under way when the server is killed
        talk = first.talk()
        answered = say(first, talk, QUICK[0], key="k0")
        with ThreadPoolExecutor(3) as threads:
            for key in ("k1", "k2", "k3"):
                threads.submit(say, first, talk, QUICK[1], key=key)
            time.sleep(0.01)
            first.process.kill()
        first.process.wait()
        # WHEN the client repeats them all to the other server
        again = [say(second, talk, QUICK[1] if key != "k0" else QUICK[0], key=key) for key in ("k0", "k1", "k2", "k3")]
        # THEN each is answered, and heard once
        assert again[0][:-1] == answered[:-1]
        assert all(lines[-1]["type"] == "done" for lines in again)
        heard = [message["text"] for message in Talk(second, "", talk.token).history() if message["from"] == "person"]
        assert heard == [QUICK[0], *[QUICK[1]] * 3]


class OwnRedis:
    """A Redis of the test's own, to be stopped and started."""

    def __init__(self, folder: Path) -> None:
        program = shutil.which("redis-server")
        if program is None:
            pytest.skip("redis-server is not installed")
        self.port = free_port()
        self._command = [program, "--port", str(self.port), "--bind", "127.0.0.1", "--save", "", "--dir", str(folder)]

    @contextmanager
    def running(self) -> Iterator[None]:
        """Run while the block does."""
        process = subprocess.Popen(self._command, stdout=subprocess.DEVNULL)
        try:
            deadline = time.monotonic() + 10
            while True:
                try:
                    socket.create_connection(("127.0.0.1", self.port)).close()
                    break
                except OSError:
                    assert time.monotonic() < deadline
                    time.sleep(0.02)
            yield
        finally:
            process.kill()
            process.wait()


@pytest.mark.redis
def test_without_redis_people_are_asked_to_wait_and_then_go_on(tmp_path: Path, encoder: Path, model: Path) -> None:
    redis = OwnRedis(tmp_path)
    address = f"redis://127.0.0.1:{redis.port}/0"
    with servers("redis", tmp_path, encoder, PMO_COACH_REDIS_URL=address) as (one, _):
        with redis.running():
            coach = one.__enter__()
            talk = coach.talk()
            talk.say(QUICK[0])
        try:
            # Redis is gone.
            status, answer, headers = coach.request("POST", MESSAGE, token=talk.token, body={"text": QUICK[1]})
            assert (status, json.loads(answer)["error"]["code"]) == (503, "store_unavailable")
            assert "in a moment" in json.loads(answer)["error"]["text"]
            assert int(headers["retry-after"]) > 0
            status, answer, _ = coach.request("GET", "/ready")
            assert (status, json.loads(answer)["reasons"]) == (
                503,
                ["Redis, which the servers share, does not answer."],
            )
            assert len([message for message in talk.history() if message["from"] == "person"]) == 1
            with redis.running():
                # And it is back.
                assert coach.request("GET", "/ready")[0] == 200
                talk.say(QUICK[1])
            assert [message["text"] for message in talk.history() if message["from"] == "person"] == QUICK[:2]
        finally:
            one.__exit__()
