"""What goes over the wire: messages of a conversation as lines of NDJSON and as a history."""

import json
from collections.abc import Mapping
from datetime import datetime, timezone
from typing import Any

from sanic.response import HTTPResponse

from bot.channels.conversations import StoredMessage
from bot.channels.texts import shown_text
from bot.channels.turns import COACH, Failure, Outcome
from bot.records import ReplyKind

NDJSON_TYPE = "application/x-ndjson"
VERSION = 1
NOT_UNDERSTOOD = (ReplyKind.FALLBACK.value, ReplyKind.ERROR.value)

APOLOGIES = {
    Failure.INTERNAL: "Sorry, something went wrong on my side. Please send your message again; if that does not help, "
    "say it in other words.",
    Failure.TIMEOUT: "Sorry, that took me too long, so I stopped. Please send your message again in a moment.",
    Failure.NO_ANSWER: "Sorry, I have no answer to that. Please say it in other words.",
}


def answer_response(outcome: Outcome, *, milliseconds: int) -> HTTPResponse:
    """Return the answer to a message: a line for each message of the coach, and a last line that says how it went."""
    lines = [{"type": "message", "id": message.id, **_coach_body(message.body)} for message in outcome.messages]
    lines.append(_last_line(outcome, lines, milliseconds))
    text = "".join(json.dumps(line) + "\n" for line in lines)
    return HTTPResponse(text, content_type=NDJSON_TYPE)


def history_value(messages: list[StoredMessage]) -> dict[str, Any]:
    """Return the messages of both sides as the history shows them."""
    return {"v": VERSION, "messages": [_history_entry(message) for message in messages]}


def iso_time(seconds: float) -> str:
    """Return a time in seconds since the epoch as ISO 8601 in UTC."""
    text = datetime.fromtimestamp(seconds, timezone.utc).isoformat(timespec="milliseconds")
    return text.replace("+00:00", "Z")


def _last_line(outcome: Outcome, lines: list[dict[str, Any]], milliseconds: int) -> dict[str, Any]:
    if outcome.failure:
        return {"type": "error", "code": outcome.failure.value, "text": APOLOGIES[outcome.failure]}
    understood = not any(line["kind"] in NOT_UNDERSTOOD for line in lines)
    return {"type": "done", "understood": understood, "ms": milliseconds}


def _history_entry(message: StoredMessage) -> dict[str, Any]:
    body = _coach_body(message.body) if message.sender == COACH else _person_body(message.body)
    return {"id": message.id, "from": message.sender, "time": iso_time(message.time), **body}


def _coach_body(body: Mapping[str, Any]) -> dict[str, Any]:
    empty: dict[str, Any] = {"kind": ReplyKind.ANSWER.value, "text": "", "choices": [], "sources": [], "figure": None}
    return {name: body.get(name, default) for name, default in empty.items()}


def _person_body(body: Mapping[str, Any]) -> dict[str, Any]:
    more = {name: body[name] for name in ("title", "payload") if body.get(name)}
    return {"text": shown_text(body.get("text") or ""), **more}
