"""One turn as an action sees it: what was asked, who asks, what the talk is about. Read from Rasa's tracker."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timezone
from typing import Any

from rasa_sdk.events import SlotSet
from rasa_sdk.interfaces import Tracker

from bot.coaching.form import Heard
from bot.coaching.form_wording import STILL_UNREAD, UNREAD
from bot.coaching.plan_export import plan_from_json
from bot.coaching.profile import SLOTS_OF_PROFILE, profile_from_slots, update_profile
from bot.records import (
    Choice,
    Focus,
    Mention,
    Profile,
    Question,
    ReplyKind,
    ResultKind,
    SourceLink,
    StoredResult,
)
from bot.records.plan import Plan

TRAIL_LENGTH = 5
PAUSED = "paused_form"
"""The slot with the name of the form that was stopped on the way."""
JUST = 4
"""Within so many messages of the coach's a form was just finished: its question whether to remember comes after it."""
AWAY_SECONDS = 12 * 3600
"""Who was silent for so long has been away, and is asked how their plan went."""


@dataclass(frozen=True)
class Turn:
    """What an action needs to know: the questions of the message, the person, the focus and how it came there."""

    questions: tuple[Question, ...]
    readings: tuple[tuple[str, str | None, float], ...]
    profile: Profile
    focus: Focus | None
    trail: tuple[Focus, ...]
    offered: tuple[Choice, ...]
    sources: tuple[SourceLink, ...]
    misunderstandings: int
    day: date
    away: bool
    form: str | None
    paused: str | None
    said: str
    finished: str | None
    stored_plan: Mapping[str, Any] | None
    results: tuple[StoredResult, ...]
    whole: Question | None = None
    """The whole message where several questions are in it: what a part that asks nothing tells of the person."""

    @property
    def question(self) -> Question:
        """The message's question, the first where it has several."""
        return self.questions[0]

    @property
    def heard(self) -> Heard:
        """The whole message as a form's question reads it."""
        whole = " ".join(question.text for question in self.questions)
        return Heard(whole, replace(self.question, text=whole))

    @property
    def plan(self) -> Plan | None:
        """The plan that the conversation keeps."""
        return None if self.stored_plan is None else plan_from_json(self.stored_plan)

    @property
    def unread(self) -> bool:
        """True when the coach could not read the message before this one either."""
        return self.said.startswith((UNREAD, STILL_UNREAD))

    @property
    def is_about_next(self) -> bool:
        """True when the talk is about the next qualification."""
        return self.focus is not None and self.focus.kind == "next_qualification"

    @property
    def is_asked(self) -> bool:
        """True when the coach's last question, about the person's work or title, still waits for its answer."""
        return self.focus is not None and self.focus.waits


def read_turn(tracker: Tracker) -> Turn:
    """Return the turn that the tracker's latest message opens."""
    message: Mapping[str, Any] = tracker.latest_message
    spoken = [event for event in tracker.events if event.get("event") == "bot"]
    questions = _questions(message)
    return Turn(
        questions=questions,
        whole=_question(message) if len(questions) > 1 and message.get("text") else None,
        readings=tuple(
            (reading["intent"], reading.get("topic"), float(reading["probability"]))
            for reading in message.get("candidates") or ()
        ),
        profile=profile_from_slots(tracker.slots),
        focus=_focus(tracker.slots.get("focus")),
        trail=tuple(focus for data in tracker.slots.get("trail") or () if (focus := _focus(data))),
        offered=_offered(spoken),
        sources=_sources(spoken),
        misunderstandings=_misunderstandings(spoken),
        day=day_of(tracker),
        away=_was_away(tracker.events),
        form=(tracker.active_loop or {}).get("name"),
        paused=tracker.slots.get(PAUSED),
        said=(spoken[-1].get("text") or "") if spoken else "",
        finished=_finished(spoken),
        stored_plan=tracker.slots.get("plan"),
        results=tuple(stored_result(data, last_time(tracker)) for data in tracker.slots.get("results") or ()),
    )


def profile_after(turn: Turn) -> Profile:
    """Return the profile with everything that the message says of the person."""
    profile = turn.profile
    for question in (*([turn.whole] if turn.whole else []), *turn.questions):
        profile = update_profile(profile, question, awaited=turn.is_asked, about_next=turn.is_about_next)
    return profile


def day_of(tracker: Tracker) -> date:
    """Return the day of the latest message, where the server is."""
    return last_time(tracker).astimezone().date()


def last_time(tracker: Tracker) -> datetime:
    """Return when the latest message came."""
    times = (event["timestamp"] for event in reversed(tracker.events) if event.get("event") == "user")
    return datetime.fromtimestamp(next(times, 0.0), timezone.utc)


def stored_result(data: Mapping[str, Any], taken: datetime) -> StoredResult:
    """Return a result of the conversation as it is remembered of the person."""
    return StoredResult(ResultKind(data["kind"]), taken, data["data"])


def _was_away(events: Sequence[Mapping[str, Any]]) -> bool:
    """Tell whether the latest message came long after what was said before it."""
    times = [float(event["timestamp"]) for event in events if event.get("event") in ("user", "bot")]
    places = [place for place, event in enumerate(e for e in events if e.get("event") in ("user", "bot"))
              if event["event"] == "user"]  # fmt: skip
    return bool(places) and places[-1] > 0 and times[places[-1]] - times[places[-1] - 1] > AWAY_SECONDS


def _questions(message: Mapping[str, Any]) -> tuple[Question, ...]:
    stored = message.get("questions") or [
        {
            "text": message.get("text") or "",
            "intent": (message.get("intent") or {}).get("name") or "",
            "confidence": (message.get("intent") or {}).get("confidence") or 0.0,
            "topic": message.get("topic"),
            "entities": message.get("entities") or [],
        }
    ]
    return tuple(_question(data) for data in stored)


def _question(data: Mapping[str, Any]) -> Question:
    mentions = tuple(_mention(entity, data["text"], int(data.get("start") or 0)) for entity in data["entities"])
    topic = data.get("topic") or next((m.value for m in mentions if m.entity == "topic"), None)
    intent = data["intent"]
    if isinstance(intent, Mapping):
        return Question(data["text"], intent.get("name") or "", float(intent.get("confidence") or 0.0), topic, mentions)
    return Question(data["text"], intent, float(data["confidence"]), topic, mentions)


def _mention(entity: Mapping[str, Any], text: str, offset: int) -> Mention:
    start, end = int(entity.get("start") or 0) - offset, int(entity.get("end") or 0) - offset
    chosen = start >= end
    return Mention(
        entity=entity["entity"],
        value=str(entity["value"]),
        text="" if chosen else text[start:end],
        start=start,
        end=end,
        held=entity.get("held"),
        wanted=bool(entity.get("wanted")),
    )


def _focus(data: Any) -> Focus | None:
    if not isinstance(data, Mapping) or "kind" not in data:
        return None
    return Focus(data["kind"], data["id"], tuple(data.get("facets") or ()), tuple(data.get("offered") or ()))


def _offered(spoken: Sequence[Mapping[str, Any]]) -> tuple[Choice, ...]:
    for event in reversed(spoken):
        reply = (event.get("metadata") or {}).get("reply")
        choices = reply["choices"] if reply else (event.get("data") or {}).get("buttons") or ()
        if choices:
            return tuple(Choice(choice["title"], choice["payload"]) for choice in choices)
    return ()


def _sources(spoken: Sequence[Mapping[str, Any]]) -> tuple[SourceLink, ...]:
    """Return the sources of the last reply that had some."""
    for event in reversed(spoken):
        if sources := ((event.get("metadata") or {}).get("reply") or {}).get("sources"):
            return tuple(SourceLink(**source) for source in sources)
    return ()


def _finished(spoken: Sequence[Mapping[str, Any]]) -> str | None:
    """Return the form that the coach's last few messages concluded."""
    last = ((event.get("metadata") or {}).get("finished") for event in reversed(spoken[-JUST:]))
    return next((str(name) for name in last if name), None)


def _misunderstandings(spoken: Sequence[Mapping[str, Any]]) -> int:
    """Count how many of the coach's last messages in a row said that it did not understand."""
    count = 0
    for event in reversed(spoken):
        kind = ((event.get("metadata") or {}).get("reply") or {}).get("kind")
        if kind not in (ReplyKind.FALLBACK.value, ReplyKind.CLARIFY.value):
            break
        count += 1
    return count


def profile_events(before: Profile, after: Profile) -> list[dict[str, Any]]:
    """Return the slot events for what changed in the profile."""
    old, new = vars(before), vars(after)
    return [
        SlotSet(name, list(new[name]) if isinstance(new[name], tuple) else new[name])
        for name in SLOTS_OF_PROFILE
        if old[name] != new[name]
    ]


def focus_events(turn: Turn, focus: Focus | None) -> list[dict[str, Any]]:
    """Return the slot events that move the focus, keeping the way back short."""
    if focus is None or focus == turn.focus:
        return []
    trail = [*turn.trail, *([turn.focus] if turn.focus else [])][-TRAIL_LENGTH:]
    return [SlotSet("focus", focus.to_json()), SlotSet("trail", [item.to_json() for item in trail])]
