"""Nothing is lost and nothing is answered twice: retries, 429, 500, dropped sockets, restarts, failing stores."""

import asyncio
import time
from collections import Counter

import pytest
from rasa.core.channels.channel import UserMessage

from bot.channels import slack_connection, slack_desk, slack_posting
from bot.channels.http_errors import store_unavailable
from bot.channels.slack_events import Kind, Request
from bot.channels.slack_events import Place as Spot
from bot.channels.slack_log import Remembered
from bot.channels.slack_waiting import Waiting
from bot.channels.turns import Failure
from bot.channels.wire import APOLOGIES
from bot.records import Reply
from tests.channels.slack_place import FakeLog, Place
from tests.channels.web_server import FakeConversations
from tests.fakes.slack import BOT_USER, TEAM, FakeSlack, Trouble

ME = f"<@{BOT_USER}>"


@pytest.fixture(autouse=True)
def no_long_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(slack_posting, "FIRST_WAIT", 0.02)
    monkeypatch.setattr(slack_desk, "TEND_SECONDS", 0.2)
    monkeypatch.setattr(slack_connection, "FIRST_WAIT", 0.1)


def test_event_that_comes_four_times_is_answered_once(place: Place):
    place.slack.say("U1", "hello", copies=4)
    place.slack.say("U1", "done", copies=2)

    answers = place.slack.wait_for_answers("U1", 2)
    place.slack.wait_until_quiet()
    assert [each["text"] for each in answers] == ["You said: hello", "You said: done"]


def test_many_events_in_any_order_through_a_bad_slack_are_each_answered_once(place: Place):
    place.slack.trouble = Trouble(too_many=0.05, broken_before=0.01, broken_after=0.01, retry_after=0)
    people = [f"U{number}" for number in range(20)]
    events = []
    for number in range(200):
        person = people[number % 20]
        ts = place.slack.say(person, f"message {number}", deliver=False)
        message = next(each for each in place.slack.messages[place.slack.direct(person)] if each["ts"] == ts)
        events += place.slack.events_of(message)

    place.slack.deliver_shuffled(events, 4)
    place.slack.wait(lambda: sum(len(place.slack.answers(person)) for person in people) >= 200, 60)
    place.slack.wait_until_quiet()
    time.sleep(0.3)

    said = Counter(answer["text"] for person in people for answer in place.slack.answers(person))
    assert said == Counter(f"You said: message {number}" for number in range(200))
    assert place.slack.wrong == []


def test_post_waits_as_long_as_slack_says(place: Place):
    place.slack.fail_next("chat.postMessage", 429)
    began = time.monotonic()
    place.slack.say("U1", "hello")

    place.slack.wait_for_answers("U1", 1)
    assert time.monotonic() - began >= 1


def test_posts_keep_to_one_a_second_in_a_channel(place: Place):
    place.slack.trouble = Trouble(posts_per_second=1)
    place.slack.invite("C1", "U1")
    for number in range(3):
        place.slack.say("U1", f"{ME} question {number}", "C1")

    place.slack.wait(lambda: len(place.slack.posts("C1")) == 3)


@pytest.mark.parametrize("thread", [False, True])
def test_post_that_arrived_though_slack_said_500_is_not_sent_again(place: Place, thread):
    place.slack.invite("C1", "U1")
    place.slack.fail_next("chat.postMessage", 500, done=True)
    if thread:
        place.slack.say("U1", f"{ME} hello", "C1")
    else:
        place.slack.say("U1", "hello")
    channel = "C1" if thread else "D1"

    place.slack.wait(lambda: place.slack.posts(channel))
    place.slack.wait(lambda: place.slack.calls["conversations.replies" if thread else "conversations.history"])
    time.sleep(0.2)
    assert len(place.slack.posts(channel)) == 1
    assert place.slack.calls["chat.postMessage"] == 1


def test_post_that_did_not_arrive_is_sent_again(place: Place):
    place.slack.fail_next("chat.postMessage", 500, 503, 500)
    place.slack.say("U1", "hello")

    place.slack.wait_for_answers("U1", 1)
    assert place.slack.calls["chat.postMessage"] == 4


def test_hidden_answer_is_sent_until_it_arrives(place: Place):
    place.slack.trouble = Trouble(retry_after=0)
    place.slack.fail_next("response", 500, 429)
    address = place.slack.command("U1", "hello")

    place.slack.wait(lambda: place.slack.hidden[address])


def test_channel_that_is_gone_does_not_hold_up_anything(place: Place):
    place.slack.invite("C1", "U1")
    place.slack.members["C1"].discard(BOT_USER)
    place.slack.say("U1", f"{ME} hello", "C1")
    place.slack.say("U1", "hello")

    place.slack.wait_for_answers("U1", 1)
    place.slack.wait(lambda: all(each is None for each in place.log.known.values()))


@pytest.mark.parametrize("politely", [False, True])
def test_nothing_is_lost_when_the_socket_drops_twenty_times(place: Place, politely):
    place.slack.retry_seconds = 0.5
    for number in range(20):
        place.slack.say("U1", f"before {number}")
        before = place.slack.connections
        place.slack.drop_sockets(politely=politely)
        place.slack.say("U1", f"after {number}")
        place.slack.wait(lambda before=before: place.slack.connections > before)

    place.slack.wait_until_quiet()
    place.slack.wait_for_answers("U1", 40)
    said = Counter(answer["text"] for answer in place.slack.answers("U1"))
    assert set(said.values()) == {1}
    assert place.ready()["connected"]


def test_failure_in_the_background_is_told(place: Place):
    async def fail(message: UserMessage) -> None:
        raise ValueError("nobody saw it coming")

    place.rasa.before = fail
    place.slack.say("U1", "hello")

    assert place.slack.wait_for_answers("U1", 1)[0]["text"] == APOLOGIES[Failure.INTERNAL]


def test_failure_of_the_reader_is_told(place: Place):
    async def fail(text: str) -> None:
        raise ValueError("nobody saw it coming")

    place.reader.read = fail
    place.slack.invite("C1", "U1")
    place.slack.say("U1", f"{ME} hello", "C1")

    (post,) = place.slack.wait(lambda: place.slack.posts("C1"))
    assert post["text"] == APOLOGIES[Failure.INTERNAL]


def test_failing_store_of_conversations_is_told(place: Place):
    place.conversations.broken = True
    place.slack.say("U1", "hello")

    assert place.slack.wait_for_answers("U1", 1)[0]["text"] == store_unavailable().text


def test_failing_log_is_told_once_and_what_comes_after_it_is_answered(place: Place):
    place.log.broken = True
    place.slack.say("U1", "hello", copies=3)
    assert place.slack.wait_for_answers("U1", 1)[0]["text"] == store_unavailable().text

    place.log.broken = False
    place.slack.say("U1", "hello again")

    answers = place.slack.wait_for_answers("U1", 2)
    assert [each["text"] for each in answers[1:]] == ["You said: hello again"]


def test_conversation_erased_under_the_message_is_opened_again(place: Place):
    place.slack.say("U1", "one")
    place.slack.wait_for_answers("U1", 1)
    place.conversations.messages.clear()
    place.slack.say("U1", "two")

    assert place.slack.wait_for_answers("U1", 2)[1]["text"] == "You said: two"


class LeftBehind:
    """What a process that was killed leaves: a log, conversations, a Slack that goes on."""

    def __init__(self, slack: FakeSlack, place: Spot, text: str = "hello") -> None:
        self.slack, self.log, self.conversations = slack, FakeLog(), FakeConversations()
        self.request = Request(f"{place.channel}:{place.ts}", Kind.SAID, TEAM, "U1", place, text, mentions_us=True)
        self.log.known[self.request.id] = (self.request, 1_767_225_600.0)

    def heard(self, answer: str) -> None:
        """Have it run the turn before it was killed."""
        conversation = self.request.conversation
        self.conversations.messages[conversation] = []
        self.conversations.begun[conversation, self.request.id] = 0
        self.conversations.add(conversation, "person", {"text": self.request.text})
        self.conversations.add(conversation, "coach", Reply(answer).to_json())

    def go_on(self) -> Place:
        """Start another process on it."""
        return Place(self.slack, log=self.log, conversations=self.conversations)


def test_request_of_a_killed_process_is_answered_after_the_restart():
    with FakeSlack() as slack:
        spot = Spot(slack.direct("U1"), ts=slack.next_ts())
        left = LeftBehind(slack, spot)
        with left.go_on() as place:
            assert slack.wait_for_answers("U1", 1)[0]["text"] == "You said: hello"
            slack.wait(lambda: left.log.known[left.request.id] is None)
            assert place.heard() == ["hello"]


def test_turn_of_a_killed_process_is_told_and_not_run_again():
    with FakeSlack() as slack:
        left = LeftBehind(slack, Spot(slack.direct("U1"), ts=slack.next_ts()))
        left.heard("What I said before I died.")
        with left.go_on() as place:
            assert slack.wait_for_answers("U1", 1)[0]["text"] == "What I said before I died."
            assert place.heard() == []


def test_answer_that_a_killed_process_posted_is_not_posted_again():
    with FakeSlack() as slack:
        left = LeftBehind(slack, Spot(slack.direct("U1"), ts=slack.next_ts()))
        left.heard("Posted already.")
        metadata = {"event_type": "pmo_coach_answer", "event_payload": {"key": f"{left.request.id}:0"}}
        posted = {"channel": "D1", "text": "Posted already.", "blocks": [], "metadata": metadata}
        assert slack._do_chat_postMessage(posted)["ok"]
        with left.go_on():
            slack.wait(lambda: left.log.known[left.request.id] is None)
            assert len(slack.answers("U1")) == 1


def test_personal_request_of_a_killed_process_stays_personal():
    with FakeSlack() as slack:
        slack.invite("C1", "U1")
        ts = slack.next_ts()
        left = LeftBehind(slack, Spot("C1", ts, ts, public=True), "which level am I?")
        with left.go_on():
            slack.wait(lambda: slack.posts("C1"))
            assert slack.wait_for_answers("U1", 1)[0]["text"] == "You said: which level am I?"


def test_server_that_stops_finishes_its_answers():
    async def wait(message: UserMessage) -> None:
        await asyncio.sleep(0.5)

    with FakeSlack() as slack:
        with Place(slack) as place:
            place.rasa.before = wait
            slack.say("U1", "hello")
            slack.wait_until_quiet()
        assert [each["text"] for each in slack.answers("U1")] == ["You said: hello"]


async def test_finished_request_is_not_taken_up_again_when_the_log_missed_it():
    log = FakeLog()
    request = Request("r1", Kind.SAID, "T1", "U1", Spot("D1"))
    remembered = Remembered(log)
    assert await remembered.claim(request)
    log.broken = True
    await remembered.finish("r1")
    log.broken = False

    assert await remembered.tend([], starting=True) == []
    assert log.known["r1"] is None


async def test_what_is_worked_on_is_not_taken_up_a_second_time():
    log = FakeLog()
    request = Request("r1", Kind.SAID, "T1", "U1", Spot("D1"))
    remembered = Remembered(log)
    await remembered.claim(request)

    assert await remembered.tend(["r1"], starting=True) == []
    assert [each.request for each in await remembered.tend([], starting=True)] == [request]


async def test_log_that_fails_leaves_nothing_to_do():
    log = FakeLog(broken=True)

    assert await Remembered(log).tend([], starting=True) == []


async def test_memory_of_ids_is_bounded(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("bot.channels.slack_log.REMEMBERED", 2)
    remembered = Remembered(FakeLog())
    for number in range(5):
        await remembered.claim(Request(f"r{number}", Kind.SAID, "T1", "U1", Spot("D1")))

    assert list(remembered._seen) == ["r3", "r4"]


def test_waiting_messages_are_few_and_go_after_a_while(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("bot.channels.slack_waiting.MOST", 2)
    waiting = Waiting()
    requests = [Request(f"r{n}", Kind.SAID, "T1", "U1", Spot("C1", "1.0", public=True)) for n in range(3)]
    for request in requests:
        waiting.keep(request)
    assert waiting.those_of("slack:T1:C1:1.0") == requests[1:]
    assert waiting.those_of("slack:T1:C1:1.0") == []

    waiting.keep(requests[0])
    monkeypatch.setattr("bot.channels.slack_waiting.KEPT_SECONDS", -1.0)
    assert waiting.those_of("slack:T1:C1:1.0") == []
