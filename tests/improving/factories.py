"""Stored talks in a few words: events as Rasa stores them."""

import json
import time
from typing import Any

from bot.records import Rating
from bot.records.talks import StoredTalk, TalkEvent
from bot.store import Store

KNOWN = (
    "what is a the pmo do i need degree for my to of and manager with boss says p3o exam work analyst in is at this "
    "im i'm name an head about can you me tell as level years free use long thanks hi said"
)
COMMON = (
    f"{KNOWN} weather smith land rover jaguar who today phone mail number call since or script alert img src onerror "
    "bold red"
)
NOW = 1_800_000_000.0


def user(text: str, intent: str = "ask_topic", **more: Any) -> dict[str, Any]:
    """Return a message of a person; `payload` makes it a choice, `readings` are (intent, topic, share)."""
    readings = more.get("readings", ((intent, more.get("topic"), 0.5),))
    return {
        "event": "user",
        "text": text,
        "input_channel": more.get("channel", "web"),
        "metadata": {"payload": more["payload"]} if "payload" in more else {},
        "parse_data": {
            "intent": {"name": intent, "confidence": more.get("confidence", 0.9)},
            "topic": more.get("topic"),
            "entities": [{"entity": kind, "value": value} for kind, value in more.get("names", ())],
            "candidates": [{"intent": i, "topic": t, "probability": p} for i, t, p in readings],
        },
    }


def coach(kind: str = "answer", action: str = "action_ask_topic") -> list[dict[str, Any]]:
    """Return an action and the message it sends."""
    return [
        {"event": "action", "name": action},
        {"event": "bot", "text": "words of the coach", "metadata": {"reply": {"kind": kind}}},
    ]


def loop(name: str | None) -> dict[str, Any]:
    return {"event": "active_loop", "name": name}


def asked(slot: str | None) -> dict[str, Any]:
    return {"event": "slot", "name": "requested_slot", "value": slot}


def flat(*parts: Any) -> list[dict[str, Any]]:
    """Return the events of parts that are an event or a list of them."""
    return [event for part in parts for event in (part if isinstance(part, list) else [part])]


def a_talk(*parts: Any, person: str = "p1", at: float = NOW, ratings: dict[int, Rating] | None = None) -> StoredTalk:
    """Return a stored talk; numbers of events begin at 1."""
    events = tuple(
        TalkEvent(seq, at, event["event"], json.dumps(event, separators=(",", ":")))
        for seq, event in enumerate(flat(*parts), start=1)
    )
    return StoredTalk(person, events, ratings or {})


def put(store: Store, *parts: Any, person: str = "p1", at: float | None = None) -> None:
    """Store a talk as one turn."""
    now = time.time() if at is None else at
    rows = [(now, event["event"], json.dumps(event, separators=(",", ":"))) for event in flat(*parts)]
    with store.unit_of_work() as work:
        work.conversations.add_turn(person, rows, expected_seq=0, state="{}", offered={}, now=now)
