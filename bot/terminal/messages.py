"""What the server sends, read from JSON into records; anything malformed is a BrokenAnswerError.

Text is cleaned here, once, on its way in. A payload is not shown to anybody and goes back as it came.
"""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from bot.records.reply import Choice, Figure, SourceLink
from bot.terminal.cleaning import clean_line, clean_text, clean_value
from bot.terminal.errors import BrokenAnswerError, RefusedError


@dataclass(frozen=True)
class Session:
    """A conversation with a server and the token that opens it."""

    conversation: str
    token: str
    expires: str = ""


@dataclass(frozen=True)
class CoachMessage:
    """One message of the coach; `kind` stays text, so that a newer server may know more kinds."""

    text: str
    kind: str = "answer"
    choices: tuple[Choice, ...] = ()
    sources: tuple[SourceLink, ...] = ()
    figure: Figure | None = None

    def to_json(self) -> dict[str, Any]:
        """Return the message as `--json` prints it."""
        figure = None if self.figure is None else {"kind": self.figure.kind, "data": dict(self.figure.data)}
        return {
            "kind": self.kind,
            "text": self.text,
            "choices": [asdict(choice) for choice in self.choices],
            "sources": [asdict(source) for source in self.sources],
            "figure": figure,
        }


@dataclass(frozen=True)
class PersonMessage:
    """What the person said, as the history tells it."""

    text: str


@dataclass(frozen=True)
class Done:
    """The answer is complete."""

    understood: bool


def read_object(data: bytes) -> dict[str, Any]:
    """Return the JSON object in the data; raise BrokenAnswerError when there is none."""
    try:
        value = json.loads(data)
    except (ValueError, RecursionError) as exc:
        raise BrokenAnswerError("The server sent something that is not JSON.") from exc
    if not isinstance(value, dict):
        raise BrokenAnswerError("The server sent JSON of an unexpected shape.")
    return value


def read_session(data: bytes) -> Session:
    """Return the session that the server opened."""
    value = read_object(data)
    session = Session(_text(value, "conversation"), _text(value, "token"), str(value.get("expires", "")))
    if not all(text.isascii() and text.isprintable() and text for text in (session.conversation, session.token)):
        raise BrokenAnswerError("The server opened a conversation whose id or token cannot be used.")
    return session


def read_event(data: bytes) -> CoachMessage | Done | None:
    """Return what one line of an answer says, None for a kind of line that we do not know.

    Raises RefusedError for the line that ends a failed answer.
    """
    value = read_object(data)
    kind = value.get("type")
    if kind == "message":
        return read_message(value)
    if kind == "done":
        return Done(understood=value.get("understood") is not False)
    if kind == "error":
        text = clean_line(str(value.get("text") or "")) or "The coach could not answer. Please try again."
        raise RefusedError(text, status=200, code=str(value.get("code", "")))
    return None


def read_history(data: bytes) -> list[CoachMessage | PersonMessage]:
    """Return both sides of the conversation, in order."""
    entries = read_object(data).get("messages")
    if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        raise BrokenAnswerError("The server sent a history that cannot be read.")
    return [
        PersonMessage(clean_text(str(entry.get("text") or entry.get("title") or "")))
        if entry.get("from") == "person" else read_message(entry)
        for entry in entries
    ]  # fmt: skip


def read_message(value: Mapping[str, Any]) -> CoachMessage:
    """Return the message in a JSON object."""
    return CoachMessage(
        text=clean_text(_text(value, "text")),
        kind=clean_line(str(value.get("kind") or "answer")),
        choices=tuple(
            Choice(clean_line(_text(item, "title")), _text(item, "payload")) for item in _objects(value, "choices")
        ),
        sources=tuple(_source(source) for source in _objects(value, "sources")),
        figure=_figure(value.get("figure")),
    )


def _text(value: Mapping[str, Any], key: str) -> str:
    text = value.get(key)
    if not isinstance(text, str):
        raise BrokenAnswerError(f"The server sent a message without {key!r}.")
    return text


def _objects(value: Mapping[str, Any], key: str) -> list[dict[str, Any]]:
    objects = value.get(key) or []
    if not isinstance(objects, list) or not all(isinstance(item, dict) for item in objects):
        raise BrokenAnswerError(f"The server sent {key} that cannot be read.")
    return objects


def _source(value: Mapping[str, Any]) -> SourceLink:
    url, year = value.get("url"), value.get("year")
    return SourceLink(
        id=clean_line(str(value.get("id") or "")),
        title=clean_line(_text(value, "title")),
        url=clean_line(url) if isinstance(url, str) and url else None,
        year=year if isinstance(year, int) and not isinstance(year, bool) else None,
    )


def _figure(value: Any) -> Figure | None:
    if value is None:
        return None
    if not isinstance(value, dict):
        return Figure("unknown", {"value": clean_value(value)})
    data = value.get("data")
    if not isinstance(data, dict):
        data = {key: item for key, item in value.items() if key != "kind"}
    return Figure(clean_line(str(value.get("kind") or "unknown")), clean_value(data))
