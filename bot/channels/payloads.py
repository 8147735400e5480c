"""Payloads: what a choice sends back, `/intent{"entity": "value"}`, and the reading that Rasa gets of it.

Rasa's own reading would need the text to begin with "/", and would show that to the person as what they said. With
`parse_data` given, no understanding runs: the intent is what the choice means, the text is the choice's title.
"""

import json
import re
from typing import Any

from rasa.core.channels.channel import CollectingOutputChannel, UserMessage

from bot.channels.texts import as_sent
from bot.errors import ChannelError

_PAYLOAD = re.compile(r"/(?P<intent>[\w.-]+)\s*(?P<entities>\{.*\})?", re.DOTALL)


def typed_message(conversation: str, text: str, *, channel: str) -> UserMessage:
    """Return Rasa's message for a typed text, which never becomes a command."""
    return UserMessage(as_sent(text), CollectingOutputChannel(), conversation, input_channel=channel, metadata={})


def chosen_message(conversation: str, payload: str, title: str, *, channel: str) -> UserMessage:
    """Return Rasa's message for a chosen payload; raise ChannelError when it is none."""
    return UserMessage(
        as_sent(title),
        CollectingOutputChannel(),
        conversation,
        parse_data=parse_data(payload, title),
        input_channel=channel,
        metadata={"payload": payload},
    )


def parse_data(payload: str, title: str) -> dict[str, Any]:
    """Return the payload as Rasa's parse data; raise ChannelError when it is none."""
    match = _PAYLOAD.fullmatch(payload.strip())
    if match is None:
        raise ChannelError("A choice's payload is /intent or /intent followed by a JSON object.")
    return {
        "text": title,
        "intent": {"name": match["intent"], "confidence": 1.0},
        "entities": _entities(match["entities"] or "{}"),
        "questions": None,
    }


def _entities(text: str) -> list[dict[str, Any]]:
    try:
        values = json.loads(text)
    except ValueError as exc:
        raise ChannelError("What follows the intent of a choice's payload is a JSON object.") from exc
    return [
        {"entity": name, "value": value, "start": 0, "end": 0, "extractor": "payload"}
        for name, given in values.items()
        for value in (given if isinstance(given, list) else [given])
    ]
