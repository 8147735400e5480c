"""A stored talk read as turns: what a person said, how it was read, what the coach said to it, which form was open.

Whatever cannot be read (broken JSON, values of other types) is passed over and counted: one strange row must not keep
anybody from the rest.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from bot.records import Rating, ReplyKind
from bot.records.talks import StoredTalk, TalkEvent

LONGEST_TEXT = 500
"""Characters of a message that are looked at."""


@dataclass(frozen=True)
class Reading:
    """What a message may have meant: an intent, the topic if it is a question of one, and how likely."""

    intent: str
    topic: str | None
    share: float


@dataclass(frozen=True)
class Said:
    """One message of the coach: its kind, the action that sent it, how it was rated."""

    kind: str
    action: str
    rating: Rating | None


@dataclass(frozen=True)
class Turn:
    """One message of a person with all that came of it; `form` is the one that was open, `chosen` a button's intent."""

    text: str
    intent: str
    topic: str | None
    confidence: float
    readings: tuple[Reading, ...]
    names: frozenset[tuple[str, str]]
    chosen: bool
    form: str | None
    time: float
    replies: tuple[Said, ...] = ()

    @property
    def kinds(self) -> frozenset[str]:
        """The kinds of the coach's messages."""
        return frozenset(reply.kind for reply in self.replies)


@dataclass(frozen=True)
class FormRun:
    """A form from its start to its end: the question that was open last, and whether the form was finished."""

    form: str
    question: str | None = None
    finished: bool = False


@dataclass(frozen=True)
class Talk:
    """A conversation as it is counted; `open_form` tells that its last form has not ended."""

    id: str
    channel: str
    turns: tuple[Turn, ...]
    forms: tuple[FormRun, ...]
    open_form: bool
    last: float
    unreadable: int


@dataclass
class _Reader:
    """Reads the events of one talk in order."""

    ratings: Mapping[int, Rating]
    channel: str = "unknown"
    turns: list[Turn] = field(default_factory=list)
    forms: list[FormRun] = field(default_factory=list)
    form: str | None = None
    action: str = ""
    last: float = 0.0
    unreadable: int = 0

    def take(self, event: TalkEvent) -> None:
        data = _object(event.data)
        if data is None:
            self.unreadable += 1
            return
        self.last = event.time
        if event.type == "user":
            self._user(data, event.time)
        elif event.type == "bot":
            self._bot(data, event.seq)
        elif event.type == "action":
            self.action = _text(data.get("name"))
        elif event.type == "active_loop":
            self._loop(data.get("name"))
        elif event.type == "slot" and data.get("name") == "requested_slot" and isinstance(data.get("value"), str):
            self._question(data["value"])

    def _user(self, data: Mapping[str, Any], time: float) -> None:
        self.channel = _text(data.get("input_channel")) or self.channel
        self.turns.append(replace(_turn(data), form=self.form, time=time))

    def _bot(self, data: Mapping[str, Any], seq: int) -> None:
        if self.turns:
            said = Said(_kind(data), self.action, self.ratings.get(seq))
            self.turns[-1] = replace(self.turns[-1], replies=(*self.turns[-1].replies, said))

    def _loop(self, name: Any) -> None:
        if isinstance(name, str) and name:
            self.form = name
            self.forms.append(FormRun(name))
        elif self.form is not None:
            # A form that concludes gives an answer; one that was stopped or handed over gives none of its own.
            concluded = any(
                said.kind == ReplyKind.ANSWER.value and said.action == self.form
                for said in (self.turns[-1].replies if self.turns else ())
            )
            self.forms[-1] = replace(self.forms[-1], finished=concluded)
            self.form = None

    def _question(self, slot: str) -> None:
        if self.form is not None:
            self.forms[-1] = replace(self.forms[-1], question=slot)


def read_talk(stored: StoredTalk) -> Talk:
    """Return the talk as turns and forms."""
    reader = _Reader(stored.ratings)
    for event in stored.events:
        reader.take(event)
    return Talk(
        stored.id,
        reader.channel,
        tuple(reader.turns),
        tuple(reader.forms),
        reader.form is not None,
        reader.last,
        reader.unreadable,
    )


def _turn(data: Mapping[str, Any]) -> Turn:
    read = _mapping(data.get("parse_data"))
    intent = _mapping(read.get("intent"))
    payload = _mapping(data.get("metadata")).get("payload")
    names = frozenset(
        (_text(found.get("entity")), _text(found.get("value"))) for found in _mappings(read.get("entities"))
    )
    topic = read.get("topic") or next((value for entity, value in names if entity == "topic"), None)
    return Turn(
        text=_text(data.get("text"))[:LONGEST_TEXT],
        intent=_text(intent.get("name")),
        topic=topic if isinstance(topic, str) else None,
        confidence=_number(intent.get("confidence")),
        readings=_readings(read.get("candidates")),
        names=names,
        chosen=isinstance(payload, str),
        form=None,
        time=0.0,
    )


def _readings(candidates: Any) -> tuple[Reading, ...]:
    return tuple(
        Reading(_text(one.get("intent")), _text(one.get("topic")) or None, _number(one.get("probability")))
        for one in _mappings(candidates)
    )


def _kind(data: Mapping[str, Any]) -> str:
    """Return the kind of what the coach said: of a reply of our actions, or of a response of domain.yml."""
    metadata = _mapping(data.get("metadata"))
    reply, response = _mapping(metadata.get("reply")), _mapping(metadata.get("metadata"))
    return _text(reply.get("kind")) or _text(response.get("kind")) or ReplyKind.ANSWER.value


def _object(text: str) -> Mapping[str, Any] | None:
    try:
        data = json.loads(text)
    except (ValueError, TypeError, RecursionError):
        return None
    return data if isinstance(data, dict) else None


def _mapping(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}


def _mappings(value: Any) -> Sequence[Mapping[str, Any]]:
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""


def _number(value: Any) -> float:
    return float(value) if isinstance(value, int | float) else 0.0
