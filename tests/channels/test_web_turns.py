"""Turns of one conversation never mix, those of several run beside each other, and each ends in time."""

import asyncio
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from http.client import HTTPConnection

import pytest
from rasa.core.channels.channel import UserMessage

from bot.channels import web
from bot.channels.turns import ATTEMPTS, Turns
from bot.errors import ConflictError, StoreError
from bot.records import Reply
from tests.channels.web_server import WEB, FakeConversations, FakeRasa, WebServer


@pytest.fixture
def hasty(monkeypatch: pytest.MonkeyPatch) -> Iterator[WebServer]:
    """A server whose turns may take a third of a second."""
    monkeypatch.setattr(web, "TURN_MARGIN", 0.0)
    with WebServer(actions_timeout=0.3) as server:
        yield server


def wait_until(condition: Callable[[], object], seconds: float = 5.0) -> None:
    deadline = time.monotonic() + seconds
    while not condition() and time.monotonic() < deadline:
        time.sleep(0.005)
    assert condition()


def test_each_answer_has_the_messages_to_its_own_question(server: WebServer) -> None:
    # GIVEN a Rasa that lets several messages of a conversation run at once
    most = 0

    async def dawdle(message: UserMessage) -> None:
        nonlocal most
        most = max(most, server.rasa.running)
        await asyncio.sleep(0.01)

    server.rasa.before = dawdle
    talk = server.talk()
    # WHEN one conversation sends ten messages at once
    said = [f"message {number}" for number in range(10)]
    with ThreadPoolExecutor(10) as threads:
        answers = list(threads.map(talk.say, said))
    # THEN each has its own answer
    for text, answer in zip(said, answers, strict=True):
        assert [line.get("text") for line in answer.lines] == [f"You said: {text}", None]
    assert most == 1


def test_conversations_do_not_wait_for_each_other(server: WebServer) -> None:
    together = threading.Barrier(2, timeout=5)

    async def meet(message: UserMessage) -> None:
        await asyncio.get_running_loop().run_in_executor(None, together.wait)

    server.rasa.before = meet
    with ThreadPoolExecutor(2) as threads:
        answers = list(threads.map(lambda talk: talk.say("hello"), [server.talk(), server.talk()]))

    assert [answer.lines[-1]["type"] for answer in answers] == ["done", "done"]


def test_turn_that_takes_too_long_is_given_up(hasty: WebServer) -> None:
    async def hang(message: UserMessage) -> None:
        if message.text == "hang":
            await asyncio.sleep(60)

    hasty.rasa.before = hang
    talk = hasty.talk()

    answer = talk.say("hang")

    assert answer.status == 200
    assert [(line["type"], line["code"]) for line in answer.lines] == [("error", "timeout")]
    assert hasty.rasa.running == 0
    assert talk.say("hello").lines[-1]["type"] == "done"


def test_turn_goes_on_when_the_client_hangs_up(server: WebServer) -> None:
    # GIVEN a turn under way
    release = threading.Event()

    async def wait(message: UserMessage) -> None:
        await asyncio.get_running_loop().run_in_executor(None, release.wait, 5)

    server.rasa.before = wait
    talk = server.talk()
    connection = HTTPConnection("127.0.0.1", server.port)
    headers = {"authorization": f"Bearer {talk.token}", "content-type": "application/json"}
    connection.request("POST", f"{WEB}/message", b'{"text": "hello"}', headers)
    wait_until(lambda: server.rasa.running)
    # WHEN the client goes away
    connection.close()
    time.sleep(0.05)
    release.set()
    # THEN the answer is in the history
    wait_until(lambda: len(talk.stored) == 2)
    assert [message["from"] for message in talk.history().json["messages"]] == ["person", "coach"]


def test_erasing_waits_for_the_turn_under_way(server: WebServer) -> None:
    # GIVEN a turn under way and another that waits
    release = threading.Event()

    async def wait(message: UserMessage) -> None:
        await asyncio.get_running_loop().run_in_executor(None, release.wait, 5)

    server.rasa.before = wait
    talk = server.talk()
    with ThreadPoolExecutor(3) as threads:
        first = threads.submit(talk.say, "hello")
        wait_until(lambda: server.rasa.running)
        # WHEN the conversation is erased and another message sent meanwhile
        erased = threads.submit(talk.erase)
        time.sleep(0.05)
        late = threads.submit(talk.say, "still there?")
        time.sleep(0.05)
        assert not erased.done()
        release.set()
        # THEN the turn ends, the conversation goes, and the late message finds nothing
        assert first.result().lines[-1]["type"] == "done"
        assert erased.result().status == 204
        assert late.result().code == "conversation_unknown"
    assert talk.id not in server.conversations.messages
    assert [message.text for message in talk.heard] == ["hello"]


def test_other_conversations_are_answered_while_large_bodies_arrive(server: WebServer) -> None:
    talk, other = server.talk(), server.talk()
    body = b'{"text": "' + b"x" * 10_000_000 + b'"}'
    with ThreadPoolExecutor(4) as threads:
        began = time.monotonic()
        large = [threads.submit(talk.send, body, content_type="application/json") for _ in range(4)]
        slowest = 0.0
        while not all(each.done() for each in large):
            asked = time.monotonic()
            assert other.say("hello").status == 200
            slowest = max(slowest, time.monotonic() - asked)
        took = time.monotonic() - began

    assert {(each.result().status, each.result().code) for each in large} == {(413, "too_large")}
    assert took < 5
    assert slowest < 1


async def test_a_turn_that_lost_to_another_server_is_run_again() -> None:
    store = FakeConversations()
    rasa = FakeRasa(store)
    await store.open("web-1")
    losses = 2

    async def lose(message: UserMessage) -> None:
        nonlocal losses
        losses -= 1
        if losses >= 0:
            store.add("web-1", "person", {"text": "meanwhile"})
            raise ConflictError("another was quicker")

    rasa.before = lose
    outcome = await Turns(rasa.handle_message, seconds=5).run(store, UserMessage("hello", sender_id="web-1"), key="k")

    assert [message.body["text"] for message in outcome.messages] == ["You said: hello"]
    texts = [message.body["text"] for message in store.messages["web-1"]]
    assert texts == ["meanwhile", "meanwhile", "hello", "You said: hello"]


async def test_a_turn_that_always_loses_is_an_error_that_is_told() -> None:
    store = FakeConversations()
    rasa = FakeRasa(store)
    await store.open("web-1")

    async def lose(message: UserMessage) -> None:
        raise ConflictError("another was quicker")

    rasa.before = lose
    with pytest.raises(StoreError):
        await Turns(rasa.handle_message, seconds=5).run(store, UserMessage("hello", sender_id="web-1"))
    assert len(rasa.heard) == ATTEMPTS


def test_what_failed_is_run_again_under_its_key(server: WebServer) -> None:
    talk = server.talk()
    server.conversations.broken = True
    assert talk.send({"text": "hello"}, idempotency_key="k1").status == 503
    server.conversations.broken = False

    async def fail(message: UserMessage) -> None:
        raise RuntimeError("a bug")

    server.rasa.before = fail
    assert talk.send({"text": "hello"}, idempotency_key="k1").lines[-1]["code"] == "internal"
    server.rasa.before = None

    answers = [talk.send({"text": "hello"}, idempotency_key="k1") for _ in range(2)]

    assert [answer.lines[0]["text"] for answer in answers] == ["You said: hello"] * 2
    assert len(talk.stored) == 2


def test_another_server_answers_what_this_one_answered(server: WebServer) -> None:
    with WebServer() as other:
        # GIVEN two servers with one store
        other.app.ctx.conversations = server.conversations
        other.rasa.conversations = server.conversations
        talk = server.talk()
        elsewhere = replace(talk, server=other)
        first = talk.send({"text": "hello"}, idempotency_key="k1")
        talk.say("something else")
        # WHEN the message comes to the other one again
        again = elsewhere.send({"text": "hello"}, idempotency_key="k1")
        # THEN it is not heard again
        assert again.lines[:-1] == first.lines[:-1]
        assert elsewhere.heard == []
        # AND what was erased there is not told here
        assert elsewhere.erase().status == 204
        assert talk.send({"text": "hello"}, idempotency_key="k1").code == "conversation_unknown"


async def test_no_lock_is_kept_of_an_idle_conversation() -> None:
    store = FakeConversations()
    turns = Turns(FakeRasa(store).handle_message, seconds=5)
    await store.open("web-1")

    outcomes = await asyncio.gather(
        *(turns.run(store, UserMessage(f"hello {number}", sender_id="web-1")) for number in range(3))
    )

    expected = [[Reply(f"You said: hello {number}").text] for number in range(3)]
    assert [[message.body["text"] for message in outcome.messages] for outcome in outcomes] == expected
    assert len(store.locks) == 0
    assert turns._running == set()


async def test_turn_that_is_cancelled_at_the_end_leaves_nothing() -> None:
    store = FakeConversations()
    store.slow = 60
    turns = Turns(FakeRasa(store).handle_message, seconds=60)
    waiting = asyncio.create_task(turns.run(store, UserMessage("hello", sender_id="web-1")))
    await asyncio.sleep(0)

    for task in set(turns._running):
        task.cancel()

    with pytest.raises(asyncio.CancelledError):
        await waiting
    assert turns._running == set()
