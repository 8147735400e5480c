"""A `Reply` as Slack's Block Kit: pure functions, and never a block over Slack's limits.

What a turn says becomes one post, its text as sections, its choices as buttons, its sources as small print. Where it
is longer than a post may be, it goes on in a further one; nothing is cut off.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from bot.channels.slack_events import CHOICE, FEEDBACK, OPEN_SHEET
from bot.channels.slack_figures import figure_text
from bot.channels.slack_limits import (
    ALL_TEXT,
    BLOCKS_OF_MESSAGE,
    BUTTON_TEXT,
    BUTTON_VALUE,
    CONTEXT_TEXT,
    MESSAGE_TEXT,
    SECTION_TEXT,
)
from bot.channels.slack_text import escaped, link, mrkdwn, plain
from bot.records import Choice, Figure, Reply, ReplyKind, SourceLink

ELLIPSIS = "…"
ENDING_BLOCKS = 2
"""Kept free in each post, for what is added under the last reply."""
FIRST_OF_SHEET = "builder_grower_bg1"
RATED_KINDS = (ReplyKind.ANSWER, ReplyKind.FALLBACK, ReplyKind.OUT_OF_SCOPE)

Block = dict[str, Any]


@dataclass(frozen=True)
class Post:
    """One message for Slack: its blocks, and its text for notifications and screen readers."""

    text: str
    blocks: tuple[Block, ...]


def posts(replies: Sequence[Reply], *, rating: str | None = None) -> tuple[Post, ...]:
    """Return the posts that say the replies, in order: one, unless they are over Slack's limits.

    With `rating`, what a thumb up or down sends back, the last post asks for it.
    """
    blocks = [block for number, reply in enumerate(replies) for block in _reply_blocks(reply, number)]
    rated = rating and any(reply.kind in RATED_KINDS for reply in replies)
    text = _notification(replies)
    batches = list(_batches(blocks))
    if rated and batches:
        batches[-1] = [*batches[-1], rating_block(str(rating))]
    return tuple(
        Post(text if not number else f"{text[: MESSAGE_TEXT - 20]} ({number + 1})", _numbered(batch))
        for number, batch in enumerate(batches)
    )


def _notification(replies: Sequence[Reply]) -> str:
    text = "\n\n".join(filter(None, (plain(reply.text) for reply in replies))) or "PMO Coach"
    return text if len(text) <= MESSAGE_TEXT else _cut(text, MESSAGE_TEXT)


def _reply_blocks(reply: Reply, number: int) -> Iterator[Block]:
    if number:
        yield {"type": "divider"}
    parts = mrkdwn(reply.text)
    if reply.figure is not None and (figure := figure_text(reply.figure.kind, reply.figure.data)) not in parts:
        parts.append(figure)  # a comparison has its table in its text too
    yield from (_section(text) for text in _joined(parts, SECTION_TEXT))
    yield from (context(text) for text in _joined(_source_lines(reply.sources), CONTEXT_TEXT, gap=" · "))
    yield from choice_blocks(reply.choices)


def choice_blocks(choices: Sequence[Choice]) -> Iterator[Block]:
    """Yield the buttons of the choices, and above them the whole titles of those that a button cannot show."""
    if long := [choice.title for choice in choices if len(choice.title) > BUTTON_TEXT]:
        yield from map(context, _joined([f"• {escaped(title)}" for title in long], CONTEXT_TEXT, gap="\n"))
    buttons = [
        _button(choice.title, f"{CHOICE}:{number}", choice.payload)
        for number, choice in enumerate(choices)
        if len(choice.payload) <= BUTTON_VALUE
    ]
    if any(FIRST_OF_SHEET in choice.payload for choice in choices):
        buttons.append(sheet_button())
    if buttons:
        yield {"type": "actions", "elements": buttons}


def sheet_button() -> Block:
    """Return the button that opens the builder or grower sheet as a dialog."""
    return _button("All eight at once", OPEN_SHEET, "sheet")


def _button(title: str, action: str, value: str) -> Block:
    words = {"type": "plain_text", "text": shortened(title, BUTTON_TEXT) or ELLIPSIS}
    return {"type": "button", "action_id": action, "text": words, "value": value}


def rating_block(rating: str) -> Block:
    """Return the thumbs under an answer; a click sends the rating's id and up or down."""

    def thumb(words: str, way: str) -> Block:
        return {"text": {"type": "plain_text", "text": words}, "accessibility_label": words, "value": f"{way}:{rating}"}

    thumbs = {
        "type": "feedback_buttons",
        "action_id": FEEDBACK,
        "positive_button": thumb("Helpful", "up"),
        "negative_button": thumb("Not helpful", "down"),
    }
    return {"type": "context_actions", "elements": [thumbs]}


def spent(blocks: Sequence[Block], block: str | None, title: str) -> tuple[Block, ...]:
    """Return the blocks of a message with the buttons that were used replaced by the choice that was made."""
    chosen = context(f"You chose: *{shortened(escaped(title).replace('*', ''), CONTEXT_TEXT - 20)}*")
    made = [
        {**chosen, "block_id": f"{each.get('block_id', '')[:200]}:spent"}
        if each.get("type") == "actions" and each.get("block_id") == block
        else each
        for each in blocks
    ]
    return tuple(made)


def shortened(text: str, most: int) -> str:
    """Return the text, or so much of it as fits with an ellipsis."""
    text = " ".join(text.split())
    return text if len(text) <= most else text[: most - 1].rstrip() + ELLIPSIS


def _source_lines(sources: Sequence[SourceLink]) -> list[str]:
    lines = []
    for source in sources:
        year = f", {source.year}" if source.year else ""
        lines.append((link(source.url, source.title) if source.url else escaped(source.title)) + year)
    return [f"Sources: {lines[0]}", *lines[1:]] if lines else []


def _section(text: str) -> Block:
    return {"type": "section", "text": {"type": "mrkdwn", "text": text, "verbatim": True}, "expand": True}


def context(text: str) -> Block:
    """Return a small line under something else."""
    return {"type": "context", "elements": [{"type": "mrkdwn", "text": text, "verbatim": True}]}


def _joined(parts: Sequence[str], most: int, *, gap: str = "\n\n") -> Iterator[str]:
    """Yield the parts, put together as long as they stay within `most` characters."""
    kept = ""
    for part in (piece for whole in parts for piece in _pieces(whole, most)):
        if kept and len(kept) + len(gap) + len(part) > most:
            yield kept
            kept = part
        else:
            kept = f"{kept}{gap}{part}" if kept else part
    if kept:
        yield kept


def _pieces(text: str, most: int) -> Iterator[str]:
    """Yield the text in pieces of at most `most` characters, broken at a line, else at a space, else where it must."""
    while len(text) > most:
        piece = _cut(text, most)
        yield piece
        text = text[len(piece) :].lstrip()
    if text:
        yield text


def _cut(text: str, most: int) -> str:
    """Return the beginning of a text, which ends neither within a sign such as `&amp;` nor within a link."""
    for sign in ("\n", " "):
        end = text.rfind(sign, most // 2, most)
        if end > 0 and _is_whole(text[:end]):
            return text[:end]
    end = most
    while end > 1 and not _is_whole(text[:end]):
        end -= 1
    return text[:end] if end > 1 else text[:most]


def _is_whole(text: str) -> bool:
    return text.rfind("<") <= text.rfind(">") and text.rfind("&") <= text.rfind(";")


def _batches(blocks: Sequence[Block]) -> Iterator[list[Block]]:
    """Yield the blocks of each post."""
    batch: list[Block] = []
    size = 0
    for block in blocks:
        length = _length(block)
        if batch and (len(batch) >= BLOCKS_OF_MESSAGE - ENDING_BLOCKS or size + length > ALL_TEXT):
            yield batch
            batch, size = [], 0
        batch.append(block)
        size += length
    if batch:
        yield batch


def _length(value: Any) -> int:
    """Return how many characters of text a block holds."""
    if isinstance(value, dict):
        return sum(
            len(each) if key == "text" and isinstance(each, str) else _length(each) for key, each in value.items()
        )
    return sum(map(_length, value)) if isinstance(value, list) else 0


def _numbered(batch: Sequence[Block]) -> tuple[Block, ...]:
    """Return the blocks with ids of their own, by which a click says which one it was."""
    return tuple({**block, "block_id": f"b{number}"} for number, block in enumerate(batch))


def reply_of(body: dict[str, Any]) -> Reply:
    """Return the reply of its JSON, as the store of conversations keeps it."""
    figure = body.get("figure")
    return Reply(
        str(body.get("text") or ""),
        ReplyKind(body.get("kind") or ReplyKind.ANSWER.value),
        tuple(Choice(str(each["title"]), str(each["payload"])) for each in body.get("choices") or ()),
        tuple(SourceLink(**each) for each in body.get("sources") or ()),
        Figure(figure["kind"], figure["data"]) if figure else None,
    )
