"""Taking in what a person tells: say back what was understood, and offer what it makes possible."""

from bot.coaching.answer import Answer
from bot.coaching.assess_level import assess_level
from bot.coaching.next_qualification_wording import answer_next_qualification
from bot.coaching.profile import describe_profile
from bot.coaching.situation import Situation
from bot.coaching.wishes import wishes_in_focus
from bot.coaching.wording import bullets, reply
from bot.records import Profile, ReplyKind

ASKS_TITLE = "Thank you. What would help me most is your job title, and which certificates you hold."
COUNTS_WORK = (
    "Thank you. What you do counts for more than your title. The level check asks about it and weighs the two."
)


def acknowledge(situation: Situation, before: Profile) -> Answer:
    """Answer the question that waited for this, or say back what is new."""
    knowledge, profile, focus = situation.knowledge, situation.profile, situation.focus
    if focus is not None and focus.kind == "next_qualification":
        return answer_next_qualification(knowledge, profile, wishes_in_focus(focus))
    if focus is not None and focus.kind == "assess_level" and profile != before:
        return assess_level(knowledge, profile)
    known = set(describe_profile(knowledge, before))
    new = [line for line in describe_profile(knowledge, profile) if line not in known]
    if not new:
        said = ASKS_TITLE if profile.role is None else COUNTS_WORK
        return Answer(
            reply(knowledge, said, offers=["skill:assess_level", "skill:next_qualification"], kind=ReplyKind.SMALLTALK)
        )
    return Answer(
        reply(
            knowledge,
            "Noted:",
            bullets(new),
            "What shall we look at?",
            offers=["skill:next_qualification", "skill:assess_level"],
            kind=ReplyKind.SMALLTALK,
        )
    )
