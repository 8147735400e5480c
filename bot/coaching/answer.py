"""An answer: a reply, and what the talk is about after it."""

from dataclasses import dataclass

from bot.records import Focus, Profile, Reply


@dataclass(frozen=True)
class Answer:
    """A reply, and what the talk is about after it; without a focus the talk's subject stays as it was.

    `start` names a form that begins now; an answer may be no more than that. `profile` is what a choice told of the
    person, where it was named by its number rather than pressed.
    """

    reply: Reply | None
    focus: Focus | None = None
    start: str | None = None
    profile: Profile | None = None
