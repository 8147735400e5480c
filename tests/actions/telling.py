"""Telling an action something, as Rasa does: a message with what was understood of it, and the talk before it."""

from typing import Any

from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.interfaces import Tracker

from actions.base import CoachAction


def chosen(**values: str) -> list[dict[str, Any]]:
    """Return the entities that a choice's payload carries."""
    return [{"entity": entity, "value": value} for entity, value in values.items()]


def bot(*choices: tuple[str, str]) -> dict[str, Any]:
    buttons = [{"title": title, "payload": payload} for title, payload in choices]
    return {"event": "bot", "text": "?", "data": {"buttons": buttons}, "timestamp": 1.0}


def understood(text: str, intent: str, *, entities: Any = (), **more: Any) -> dict[str, Any]:
    """Return a message as Rasa understood it; `more` is what our own components add."""
    found = [{"start": 0, "end": 0, **entity} for entity in entities]
    return {"text": text, "intent": {"name": intent, "confidence": 1.0}, "entities": found, **more}


def tracker(
    text: str = "",
    intent: str = "x",
    *,
    entities: Any = (),
    slots: Any = None,
    before: Any = (),
    form: str | None = None,
) -> Tracker:
    loop = {"name": form} if form else {}
    events = [*before, {"event": "user", "text": text, "timestamp": 2.0}]
    return Tracker("p", slots or {}, understood(text, intent, entities=entities), events, False, None, loop, "x")


async def run(action: CoachAction, told: Tracker) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Return what the action says and the events that it returns."""
    dispatcher = CollectingDispatcher()
    events = await action.run(dispatcher, told, {})
    return dispatcher.messages, events
