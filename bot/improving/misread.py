"""Which messages the coach may have misread, and why we think so.

Messages of health, distress and crisis are never among them: nobody is to read those for the sake of an example. Nor
are answers to a form's questions, which may be any words, unless the person said that the reply was no good.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

from bot.improving.turns import Reading, Talk, Turn
from bot.records import Rating, ReplyKind

LITTLE = 0.4
"""A confidence below this is little: of such readings, about every third is wrong (docs/improving.md)."""
NEVER_SHOWN = frozenset({"out_of_scope_crisis", "out_of_scope_distress"})
MEANT_TO_ASK = frozenset({
    "complain", "something_else", "start_over", "go_back", "ask_more", "ask_why", "ask_source", "choose_option",
    "correct_reading", "acknowledge", "answer_question", "ask_capabilities", "forget_me", "join_team",
    "out_of_scope_namesake", "out_of_scope_noise",
})  # fmt: skip
"""Intents that the coach rightly answers by asking back, or by saying that it heard nothing to answer."""
NOT_READ = "nlu_fallback"
SOMETHING_ELSE = "something_else"


class Reason(Enum):
    """Why a message is taken for misread, the strongest first."""

    THUMBS_DOWN = "thumbs down"
    REJECTED = "“Something else” was chosen"
    NOT_UNDERSTOOD = "not understood"
    UNSURE = "asked back"
    LITTLE_CONFIDENCE = "answered with little confidence"


@dataclass(frozen=True)
class Misread:
    """A message that may have been misread; `text` is the person's own, to be masked before anybody reads it."""

    text: str
    reason: Reason
    readings: tuple[Reading, ...]
    person: str


def misread(talk: Talk) -> Iterator[Misread]:
    """Yield the messages of a talk that may have been misread, in their order."""
    for turn, after in zip(talk.turns, [*talk.turns[1:], None], strict=False):
        reason = _reason(turn, after)
        if reason is not None and turn.text.strip() and not turn.chosen:
            yield Misread(turn.text, reason, turn.readings, talk.id)


def _reason(turn: Turn, after: Turn | None) -> Reason | None:
    if turn.intent in NEVER_SHOWN or any(reading.intent in NEVER_SHOWN for reading in turn.readings[:2]):
        return None
    if any(reply.rating is Rating.DOWN for reply in turn.replies):
        return Reason.THUMBS_DOWN
    if turn.form is not None or turn.intent in MEANT_TO_ASK:
        return None
    if ReplyKind.CLARIFY.value in turn.kinds and after is not None and after.intent == SOMETHING_ELSE and after.chosen:
        return Reason.REJECTED
    if ReplyKind.FALLBACK.value in turn.kinds:
        return Reason.NOT_UNDERSTOOD
    if ReplyKind.CLARIFY.value in turn.kinds or turn.intent == NOT_READ:
        return Reason.UNSURE
    return Reason.LITTLE_CONFIDENCE if turn.confidence < LITTLE else None
