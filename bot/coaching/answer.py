"""An answer: a reply, and what the talk is about after it."""

from dataclasses import dataclass

from bot.records import Focus, Reply


@dataclass(frozen=True)
class Answer:
    """A reply, and what the talk is about after it; without a focus the talk's subject stays as it was.

    `start` names a form that begins now; an answer may be no more than that.
    """

    reply: Reply | None
    focus: Focus | None = None
    start: str | None = None
