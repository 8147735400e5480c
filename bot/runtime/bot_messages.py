"""What the coach said, from the events that Rasa makes of it."""

from collections.abc import Iterable, Iterator
from typing import Any

from rasa.shared.core.events import Event

from bot.records import Reply


def offered(events: Iterable[Event]) -> Iterator[tuple[str, str]]:
    """Yield the payload and the title of each choice that these events offer."""
    for event in events:
        if event.type_name == "bot":
            for choice in body_of_bot_message(event.as_dict())["choices"]:
                yield choice["payload"], choice["title"]


def body_of_bot_message(event: dict[str, Any]) -> dict[str, Any]:
    """Return what the coach said, as the web channel sends it, from a stored bot event.

    A reply of our actions is there as it was made; a response of domain.yml has its kind in its metadata.
    """
    metadata = event.get("metadata") or {}
    if isinstance(metadata.get("reply"), dict):
        return dict(metadata["reply"])
    buttons = (event.get("data") or {}).get("buttons") or []
    # Rasa's buttons may open a page instead: those have no payload, and nothing comes back of them.
    choices = [{"title": button["title"], "payload": button["payload"]} for button in buttons if "payload" in button]
    kind = (metadata.get("metadata") or {}).get("kind", Reply(text="").kind.value)
    return {"kind": kind, "text": event.get("text") or "", "choices": choices, "sources": [], "figure": None}
