"""The stream of events to a real RabbitMQ, which comes and goes."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.runtime.event_stream import QUEUE
from tests.conftest import make_var, served
from tests.fakes.rabbit import Rabbit

pytestmark = [pytest.mark.rabbitmq, pytest.mark.slow]
MARK = "Zanzibar"


@pytest.fixture
def rabbit(tmp_path: Path) -> Iterator[Rabbit]:
    folder = tmp_path / "rabbit"
    folder.mkdir()
    with Rabbit(folder) as rabbit:
        yield rabbit


@pytest.fixture
def var(tmp_path: Path, encoder: Path, model: Path) -> Path:
    return make_var(tmp_path, encoder)


def kinds(events: list[dict[str, object]], conversation: str) -> list[object]:
    return [event["event"] for event in events if event["sender_id"] == conversation]


async def test_what_happens_reaches_the_broker_without_texts(rabbit, var):
    with served(var, PMO_COACH_EVENT_BROKER_URL=rabbit.url) as coach:
        talk = coach.talk()
        talk.say(f"I am {MARK}, what is a PMO?")
        first = await rabbit.take_turns(QUEUE, 1)

    assert {"user", "action", "bot"} <= {*kinds(first, talk.conversation)}
    assert MARK not in json.dumps(first)


async def test_texts_go_along_when_that_is_asked_for(rabbit, var):
    with served(var, PMO_COACH_EVENT_BROKER_URL=rabbit.url, PMO_COACH_EVENT_BROKER_TEXT="yes") as coach:
        coach.talk().say(f"I am {MARK}, what is a PMO?")
        events = await rabbit.take_turns(QUEUE, 1)

    assert MARK in json.dumps(events)


async def test_a_broker_that_goes_and_comes_back_gets_what_it_missed_in_order(rabbit, var):
    with served(var, PMO_COACH_EVENT_BROKER_URL=rabbit.url) as coach:
        talk = coach.talk()
        talk.say("what is a PMO?")
        await rabbit.take_turns(QUEUE, 1)
        rabbit.stop()
        for _ in range(3):
            assert talk.say("what is a PMO?")
        rabbit.start()
        talk.say("thank you")
        after = await rabbit.take_turns(QUEUE, 4)
        status = coach.request("GET", "/ready")[0]

    times = [event["timestamp"] for event in after if event["event"] == "user"]
    assert status == 200
    assert times == sorted(times)
    assert len({*times}) == 4
