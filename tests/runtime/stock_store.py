"""Rasa's own tracker store beside ours, and a talk with everything in it."""

from datetime import datetime
from pathlib import Path

from dateutil.tz import UTC
from rasa.core.tracker_store import SQLTrackerStore
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import (
    ActionExecuted,
    ActionExecutionRejected,
    ActionReverted,
    ActiveLoop,
    AgentUttered,
    AllSlotsReset,
    BotUttered,
    ConversationPaused,
    ConversationResumed,
    DefinePrevUserUtteredFeaturization,
    EntitiesAdded,
    Event,
    FollowupAction,
    LoopInterrupted,
    ReminderCancelled,
    ReminderScheduled,
    Restarted,
    SessionStarted,
    SlotSet,
    StoryExported,
    UserUtteranceReverted,
    UserUttered,
)
from rasa.shared.core.trackers import DialogueStateTracker

DOMAIN = Domain.from_yaml(
    """
    version: "3.1"
    intents: [greet]
    entities: [role]
    slots:
      focus: {type: any, influence_conversation: false, mappings: [{type: custom}]}
      role: {type: any, influence_conversation: false, mappings: [{type: custom}]}
    forms: {a_form: {required_slots: [role]}}
    actions: [action_x]
    """
)

GREETING = {
    "intent": {"name": "greet", "confidence": 0.9},
    "entities": [{"entity": "role", "value": "pmo_lead", "start": 0, "end": 3}],
    "text": "héllo 👋",
}


def a_greeting(text: str = "héllo 👋") -> UserUttered:
    """Return what a person said, with all that Rasa knows of it."""
    return UserUttered(
        text,
        GREETING["intent"],
        GREETING["entities"],
        {**GREETING, "text": text},
        input_channel="rest",
        message_id="m1",
        metadata={"from": "a test"},
    )


def buttons(*choices: tuple[str, str]) -> BotUttered:
    """Return what a coach said, with choices (title, payload)."""
    offered = [{"title": title, "payload": payload} for title, payload in choices]
    return BotUttered("Which?", {"buttons": offered}, metadata={"utter_action": "utter_which"})


EVENTS: dict[str, Event] = {
    event.type_name: event
    for event in (
        a_greeting(),
        buttons(("One", "/one"), ("Two", '/two{"a": 1}')),
        ActionExecuted("action_x", policy="RulePolicy", confidence=1.0, metadata={"a": [1, None]}),
        ActionExecutionRejected("action_x", "RulePolicy", 0.5),
        ActionReverted(),
        ActiveLoop("a_form"),
        AgentUttered("hello from a person", {"a": 1}),
        AllSlotsReset(),
        ConversationPaused(),
        ConversationResumed(),
        DefinePrevUserUtteredFeaturization(True),
        EntitiesAdded([{"entity": "role", "value": "pmo_lead", "start": 0, "end": 3}]),
        FollowupAction("action_x"),
        LoopInterrupted(True),
        ReminderCancelled("reminder", "greet", [{"entity": "role", "value": "pmo_lead"}]),
        ReminderScheduled("greet", datetime(2026, 1, 2, tzinfo=UTC), None, "reminder"),
        Restarted(),
        SessionStarted(),
        SlotSet("role", {"nested": ["pmo_lead", 3, None, True]}),
        StoryExported(),
        UserUtteranceReverted(),
    )
}


def stock_store(folder: Path) -> SQLTrackerStore:
    """Return Rasa's own store in a SQLite file of the folder."""
    return SQLTrackerStore(DOMAIN, dialect="sqlite", db=str(folder / "rasa.db"))


def a_tracker(sender: str, *events: Event) -> DialogueStateTracker:
    """Return a tracker with those events."""
    tracker = DialogueStateTracker(sender, DOMAIN.slots)
    for event in events:
        tracker.update(event, DOMAIN)
    return tracker


def a_turn(text: str, *more: Event) -> list[Event]:
    """Return the events of a turn: a message, what followed, an answer, and listening again."""
    return [a_greeting(text), *more, BotUttered(f"You said: {text}"), ActionExecuted("action_listen")]


def a_beginning() -> list[Event]:
    """Return the events with which a session begins."""
    return [ActionExecuted("action_session_start"), SessionStarted(), ActionExecuted("action_listen")]
