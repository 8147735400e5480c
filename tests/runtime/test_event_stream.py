"""The stream of events: it never holds up a turn, and holds nothing that anybody wrote unless that is asked for."""

import asyncio
import json

import pytest
from rasa.shared.core.events import ActionExecuted, ActiveLoop, BotUttered, SlotSet, UserUttered

from bot.observing import metrics
from bot.runtime.event_stream import EventStream, without_text
from tests.coach import free_port

MARK = "Zanzibar"
EVENTS = [
    UserUttered(
        MARK,
        {"name": "ask_topic", "confidence": 0.9},
        [{"entity": "role", "value": MARK}],
        {"text": MARK, "intent": {"name": "ask_topic", "confidence": 0.9}, "topic": "burnout", "candidates": [MARK]},
        input_channel="web",
        metadata={"payload": MARK},
    ),
    BotUttered(MARK, {"buttons": [{"title": MARK}]}, {"reply": {"kind": "answer", "text": MARK}}),
    SlotSet("goal", MARK),
    ActiveLoop("plan_form"),
    ActionExecuted("action_ask_topic", "RulePolicy", 1.0),
]


def bodies() -> list[dict[str, object]]:
    return [{"sender_id": "web-1", **event.as_dict()} for event in EVENTS]


def test_events_without_text_say_what_happened():
    user, bot, slot, loop, action = map(without_text, bodies())

    assert MARK not in json.dumps([user, bot, slot, loop, action])
    assert user["intent"] == {"name": "ask_topic", "confidence": 0.9}
    assert (user["topic"], user["input_channel"], user["sender_id"]) == ("burnout", "web", "web-1")
    assert (bot["kind"], slot["name"], loop["name"]) == ("answer", "goal", "plan_form")
    assert (action["name"], action["policy"], action["confidence"]) == ("action_ask_topic", "RulePolicy", 1.0)
    assert all(each["timestamp"] for each in (user, bot, slot, loop, action))


@pytest.fixture
def nowhere() -> str:
    return f"amqp://guest:guest@127.0.0.1:{free_port()}/"


async def test_a_broker_that_is_down_holds_up_nobody(nowhere):
    stream = EventStream(nowhere, with_text=False, most_waiting=3)
    stream.start()
    dropped = metrics.EVENTS_DROPPED._value.get()
    for body in bodies():
        stream.publish(body)
    await asyncio.sleep(0.1)

    assert [event["event"] for event in stream._waiting] == ["slot", "active_loop", "action"]
    assert metrics.EVENTS_DROPPED._value.get() - dropped == 2
    assert metrics.EVENTS_WAITING._value.get() == 3
    stream._task.cancel()


async def test_stopping_waits_a_little_and_tells_what_was_not_taken(nowhere, monkeypatch, caplog):
    monkeypatch.setattr("bot.runtime.event_stream.LAST_SECONDS", 0.05)
    stream = EventStream(nowhere, with_text=False)
    stream.start()
    stream.publish(bodies()[0])
    await stream.close()

    assert "1 events of the stream were not taken" in caplog.text
    assert stream._task.done()
