"""Request ids and /metrics of the web channel."""

import asyncio
import logging

import pytest
from rasa.core.channels.channel import UserMessage

from bot.observing.request_ids import HEADER, current_request_id
from bot.records import Reply, ReplyKind
from tests.channels.web_server import WEB, Talk, WebServer
from tests.observing.reading import Scrape

ID = HEADER.lower()
GIVEN = "0123456789abcdef0123456789abcdef"


def scrape(server: WebServer) -> Scrape:
    answer = server.request("GET", "/metrics")
    assert answer.status == 200
    assert answer.headers["content-type"].startswith("text/plain")
    return Scrape(answer.body.decode())


@pytest.mark.parametrize(("method", "path"), [
    ("POST", f"{WEB}/session"), ("GET", "/health"), ("GET", "/nowhere"), ("POST", "/health"), ("GET", f"{WEB}/history"),
])  # fmt: skip
def test_every_answer_has_an_id_of_its_own(shared, method, path):
    ids = [shared.request(method, path).headers[ID] for _ in range(2)]

    assert len({*ids}) == 2
    assert all(len(each) == 24 for each in ids)


def test_an_answer_to_what_is_no_http_has_an_id(shared):
    answer = shared.raw(b"GET /health HTTP/1.1\r\nContent-Length: -1\r\n\r\n")

    assert b"400" in answer.splitlines()[0]
    assert b"x-request-id: " in answer.lower()


def test_an_id_is_taken_from_a_trusted_proxy_alone(shared):
    with WebServer(trusted_proxies=1) as behind_proxy:
        assert behind_proxy.request("GET", "/health", x_request_id=GIVEN).headers[ID] == GIVEN
    assert shared.request("GET", "/health", x_request_id=GIVEN).headers[ID] != GIVEN


@pytest.mark.parametrize("given", ["short", "with space in it", "a" * 65, "naïve-naïve", 'a"b\\c{}0000'])
def test_a_malformed_id_is_not_taken(given):
    with WebServer(trusted_proxies=1) as server:
        answer = server.request("GET", "/health", x_request_id=given.encode("latin-1"))
    assert answer.status == 200
    assert answer.headers[ID] != given


def test_the_id_reaches_the_turn_and_its_log_lines(server, caplog):
    seen: list[str] = []

    async def look(message: UserMessage) -> None:
        await asyncio.sleep(0)
        seen.append(current_request_id())
        logging.getLogger("bot.test").warning("in the turn")
        raise ValueError("a failure")

    server.rasa.before = look
    answers = [server.talk().say("hello") for _ in range(2)]

    assert seen == [answer.headers[ID] for answer in answers]


def test_turns_are_counted_by_channel_and_kind(server):
    server.rasa.replies["what?"] = [Reply("Yes."), Reply("Pardon?", ReplyKind.FALLBACK)]
    before = scrape(server)
    talk = server.talk()
    talk.say("hello")
    talk.say("what?")
    after = scrape(server)

    def gain(name: str, **labels: str) -> float:
        return after.value(name, **labels) - before.value(name, **labels)

    assert gain("pmo_coach_turns_total", channel="web", kind="answer") == 1
    assert gain("pmo_coach_turns_total", channel="web", kind="fallback") == 1
    assert gain("pmo_coach_stage_seconds_count", stage="turn") == 2
    assert gain("pmo_coach_http_requests_total", route="/webhooks/web/message", method="POST", status="200") == 2
    assert gain("pmo_coach_active_conversations") == 1


def test_turns_that_fail_are_counted_by_reason(server):
    async def fail(message: UserMessage) -> None:
        raise ValueError("a failure")

    before = scrape(server)
    broken, failing = server.talk(), server.talk()
    server.rasa.before = fail
    failing.say("hello")
    server.conversations.broken = True
    assert broken.say("hello").status == 503
    after = scrape(server)

    for reason in ("internal", "store"):
        name = "pmo_coach_turn_failures_total"
        assert after.value(name, reason=reason) - before.value(name, reason=reason) == 1
    name, labels = "pmo_coach_turns_total", {"channel": "web", "kind": "error"}
    assert after.value(name, **labels) - before.value(name, **labels) == 2
    assert after.value("pmo_coach_turns_in_flight") == 0


async def test_turns_in_flight_are_shown(server):
    started, go_on = asyncio.Event(), asyncio.Event()

    async def wait(message: UserMessage) -> None:
        loop.call_soon_threadsafe(started.set)
        while not go_on.is_set():
            await asyncio.sleep(0.01)

    loop = asyncio.get_running_loop()
    server.rasa.before = wait
    talk: Talk = await asyncio.to_thread(server.talk)
    saying = asyncio.create_task(asyncio.to_thread(talk.say, "hello"))
    await started.wait()
    during = await asyncio.to_thread(scrape, server)
    go_on.set()
    await saying

    assert during.value("pmo_coach_turns_in_flight") >= 1


def test_no_label_is_what_a_client_wrote(server):
    talk = server.talk()
    talk.say("Zanzibar")
    server.request("GET", "/Zanzibar")
    server.request("ZANZIBAR", "/health")
    server.request("GET", f"{WEB}/history?after=Zanzibar", token="Zanzibar")

    whole = server.request("GET", "/metrics").body.decode()
    assert "zanzibar" not in whole.lower()
    assert talk.id not in whole
