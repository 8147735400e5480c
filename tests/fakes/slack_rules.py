"""What Slack documents of its scopes and of the limits of Block Kit, as checks that name what is wrong."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

Json = Mapping[str, Any]

SCOPES_OF_METHODS: dict[str, tuple[str, ...]] = {
    "auth.test": (),
    "apps.connections.open": ("connections:write",),
    "chat.postMessage": ("chat:write",),
    "chat.update": ("chat:write",),
    "chat.postEphemeral": ("chat:write",),
    "conversations.history": ("channels:history", "groups:history", "im:history"),
    "conversations.replies": ("channels:history", "groups:history", "im:history"),
    "conversations.open": ("im:write",),
    "views.open": (),
    "views.publish": (),
    "assistant.threads.setStatus": ("assistant:write",),
    "assistant.threads.setSuggestedPrompts": ("assistant:write",),
}
"""One of these is needed."""
SCOPES_OF_EVENTS = {
    "app_mention": "app_mentions:read",
    "message.im": "im:history",
    "message.channels": "channels:history",
    "message.groups": "groups:history",
    "app_home_opened": None,
}
BLOCKS = {"message": 50, "modal": 100, "home": 100}
TYPES = {
    "message": {"section", "context", "actions", "divider", "header", "context_actions", "markdown", "table"},
    "modal": {"section", "context", "actions", "divider", "header", "input"},
    "home": {"section", "context", "actions", "divider", "header", "input"},
}
PINGS = re.compile(r"<(?:[@!#]|https?:[^|>]*\|?[^>]*<)")


def problems_of_blocks(blocks: Sequence[Json], surface: str = "message") -> list[str]:
    """Return everything that Slack would refuse."""
    found = [] if len(blocks) <= BLOCKS[surface] else [f"{len(blocks)} blocks"]
    ids = [block["block_id"] for block in blocks if block.get("block_id")]
    found += [] if len(ids) == len(set(ids)) else ["a block_id comes twice"]
    if sum(_length(block) for block in blocks) > 13_200:
        found.append("msg_blocks_too_long")
    for number, block in enumerate(blocks):
        found += [f"block {number}: {problem}" for problem in _problems_of_block(block, surface)]
    return found


def _length(value: Any) -> int:
    if isinstance(value, Mapping):
        return sum(len(v) if k == "text" and isinstance(v, str) else _length(v) for k, v in value.items())
    return sum(map(_length, value)) if isinstance(value, list) else 0


def _problems_of_block(block: Json, surface: str) -> Iterator[str]:
    kind = block.get("type")
    if kind not in TYPES[surface]:
        yield f"a {kind} cannot stand in a {surface}"
    if not 0 < len(block.get("block_id", "b")) <= 255:
        yield "block_id"
    if kind == "section":
        yield from _problems_of_text(block.get("text"), 3000)
    elif kind == "header":
        yield from _problems_of_text(block.get("text"), 150, ("plain_text",))
    elif kind == "context":
        yield from _count(block["elements"], 10)
        for element in block["elements"]:
            yield from _problems_of_text(element, 3000)
    elif kind == "actions":
        yield from _count(block["elements"], 25)
        yield from _problems_of_elements(block["elements"])
    elif kind == "context_actions":
        yield from _count(block["elements"], 5)
        yield from _problems_of_elements(block["elements"])
    elif kind == "input":
        yield from _problems_of_text(block.get("label"), 2000, ("plain_text",))
        yield from _problems_of_elements([block["element"]])


def _count(elements: Sequence[Any], most: int) -> Iterator[str]:
    if not 0 < len(elements) <= most:
        yield f"{len(elements)} elements"


def _problems_of_elements(elements: Sequence[Json]) -> Iterator[str]:
    ids = [element["action_id"] for element in elements]
    if len(ids) != len(set(ids)):
        yield "an action_id comes twice"
    for element in elements:
        if not 0 < len(element["action_id"]) <= 255:
            yield "action_id"
        yield from _PROBLEMS_OF[element["type"]](element)


def _problems_of_button(button: Json) -> Iterator[str]:
    yield from _problems_of_text(button.get("text"), 75, ("plain_text",))
    if not len(button.get("value", "")) <= 2000:
        yield "a button's value"
    if confirm := button.get("confirm"):
        for name, most in (("title", 100), ("text", 300), ("confirm", 30), ("deny", 30)):
            yield from _problems_of_text(confirm.get(name), most)


def _problems_of_feedback(element: Json) -> Iterator[str]:
    for name in ("positive_button", "negative_button"):
        yield from _problems_of_text(element[name].get("text"), 75, ("plain_text",))
        if not 0 < len(element[name].get("value", "")) <= 2000:
            yield f"{name}'s value"


def _problems_of_radio(element: Json) -> Iterator[str]:
    yield from _count(element["options"], 10)
    for option in element["options"]:
        yield from _problems_of_text(option.get("text"), 75)
        if not 0 < len(option["value"]) <= 150:
            yield "an option's value"


_PROBLEMS_OF = {
    "button": _problems_of_button,
    "feedback_buttons": _problems_of_feedback,
    "radio_buttons": _problems_of_radio,
}


def _problems_of_text(text: Any, most: int, kinds: Sequence[str] = ("plain_text", "mrkdwn")) -> Iterator[str]:
    if not isinstance(text, Mapping) or text.get("type") not in kinds:
        yield f"no text of {kinds}"
    elif not 0 < len(text["text"]) <= most:
        yield f"{len(text['text'])} characters of {most}"


def problems_of_view(view: Json) -> list[str]:
    """Return everything that Slack would refuse of a modal or of App Home."""
    found = problems_of_blocks(view["blocks"], view["type"])
    if view["type"] == "modal":
        for name in ("title", "submit", "close"):
            found += list(_problems_of_text(view.get(name), 24, ("plain_text",)))
    return found


def problems_of_message(message: Json) -> list[str]:
    """Return everything that Slack would refuse, or that would ping somebody."""
    blocks = message.get("blocks") or []
    found = problems_of_blocks(blocks)
    if not (message.get("text") or blocks):
        found.append("no_text")
    if len(message.get("text") or "") > 4000:
        found.append("a text that is cut")
    return found


def words_of(value: Any) -> str:
    """Return all that a person reads in blocks, in one text."""
    if isinstance(value, Mapping):
        return " ".join(
            str(each) if key == "text" and isinstance(each, str) else words_of(each)
            for key, each in value.items()
            if key not in ("confirm", "value", "block_id", "action_id", "type")
        )
    return " ".join(map(words_of, value)) if isinstance(value, (list, tuple)) else ""
