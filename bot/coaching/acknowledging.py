"""Taking in what a person tells: say back what was understood, and offer what it makes possible."""

import re
from dataclasses import replace

from bot.coaching.answer import Answer
from bot.coaching.assess_level import assess_level
from bot.coaching.kindness import is_loss, kind_word
from bot.coaching.next_qualification_wording import answer_next_qualification
from bot.coaching.phrases import running
from bot.coaching.profile import describe_profile
from bot.coaching.situation import Situation
from bot.coaching.wishes import wishes_in_focus
from bot.coaching.wording import bullets, compose, joined, reply
from bot.records import Profile, ReplyKind

ASKS_TITLE = "Thank you. What would help me most is your job title, and which certificates you hold."
COUNTS_WORK = (
    "Thank you. What you do counts for more than your title. The level check asks about it and weighs the two."
)
STILL_COUNTS = (
    "What you built in those years is yours still. When you are ready, we look at what it is worth elsewhere."
)
LAPSED = (
    "I count it as learned and not as current: what asks for it may want it renewed or taken again. On a CV, name the "
    "year; I keep no years in my notes."
)
_LAPSED = re.compile(
    r"\b(?:expired|lapsed|ran out|run out|out of date|no longer (?:valid|current))\b"
    r"(?:\W+(?:in|since|back in|about|around|now)\b)?\W*(?P<since>(?:19|20)\d\d|last year|this year|years ago)?",
    re.IGNORECASE,
)
OFFERS = ("skill:next_qualification", "skill:assess_level")


def acknowledge(situation: Situation, before: Profile, *, said: str = "") -> Answer:
    """Answer the question that waited for this, or say back what is new; kindly where `said` tells of a loss.

    An answer that was given already is not given again: that it stays is said in a sentence.
    """
    told = _noted(situation, before, said)
    lapsed = _lapsed(said) if situation.profile.held != before.held else None
    if lapsed is None or told.reply is None:
        return told
    return replace(told, reply=replace(told.reply, text=compose(told.reply.text, lapsed)))


def _lapsed(said: str) -> str | None:
    """Return what is said of a certificate that is told to be out of date, and since when."""
    if (told := _LAPSED.search(said)) is None:
        return None
    since = f" ({told['since']})" if told["since"] else ""
    return f"Part of that has lapsed{since}, as you say. {LAPSED}"


def _noted(situation: Situation, before: Profile, said: str) -> Answer:
    knowledge, profile, focus = situation.knowledge, situation.profile, situation.focus
    known = set(describe_profile(knowledge, before))
    new = [line for line in describe_profile(knowledge, profile) if line not in known]
    if focus is not None and focus.kind == "next_qualification" and (new or not focus.id or profile != before):
        return _again(situation, answer_next_qualification(knowledge, profile, wishes_in_focus(focus)), new)
    if focus is not None and focus.kind == "assess_level" and profile != before:
        return _again(situation, assess_level(knowledge, profile), new, was=assess_level(knowledge, before))
    if is_loss(said):
        noted = f"I have noted: {joined([_in_short(line) for line in new])}." if new else None
        return Answer(
            reply(knowledge, kind_word(said), noted, STILL_COUNTS, offers=["redundancy", "skill:assess_level"])
        )
    if not new:
        thanks = ASKS_TITLE if profile.role is None else COUNTS_WORK
        return Answer(
            reply(
                knowledge, thanks, offers=["skill:assess_level", "skill:next_qualification"], kind=ReplyKind.SMALLTALK
            )
        )
    return Answer(
        reply(knowledge, "Noted:", bullets(new), "What shall we look at?", offers=OFFERS, kind=ReplyKind.SMALLTALK)
    )


def _again(situation: Situation, answer: Answer, new: list[str], *, was: Answer | None = None) -> Answer:
    """Return the answer with what was noted before it; one that stays as it was, in short."""
    focus, told = situation.focus, answer.reply
    if told is None or focus is None or not focus.id:
        return answer
    noted = f"Noted: {joined([_in_short(line) for line in new])}." if new else "Noted."
    if was is not None and was.reply is not None and was.reply.text == told.text:
        stays = "Your level stays where it was: the work you do decides it, more than years or certificates."
        return replace(answer, reply=replace(told, text=compose(noted, stays)))
    if was is None and answer.focus is not None and answer.focus.id == focus.id:
        name = situation.knowledge.certifications[focus.id].name
        stays = f"**{name}** stays my suggestion: your level and what you hold weigh most."
        return replace(answer, reply=replace(told, text=compose(noted, stays)))
    return replace(answer, reply=replace(told, text=compose(noted, told.text)))


def _in_short(line: str) -> str:
    """Return a line of the profile as it stands in a sentence: "3 years", "you hold P3O Foundation"."""
    about, _, value = line.partition(": ")
    return running(f"{about} {value}") if about.startswith("You ") else value
