"""Which of the certifications compared is the one for this person, by the ranking that recommends."""

from collections.abc import Sequence

from bot.coaching.next_qualification import rank_certifications
from bot.coaching.next_qualification_wording import drawback
from bot.coaching.phrases import running
from bot.coaching.profile import level_of
from bot.coaching.situation import Situation
from bot.coaching.wishes import wishes_in_focus


def advice(situation: Situation, ids: Sequence[str]) -> str | None:
    """Say which of them comes first for the person, and what held the next one back; None where the ranking cannot."""
    knowledge, profile = situation.knowledge, situation.profile
    level = level_of(knowledge, profile)
    if level is None:
        return None
    ranked = rank_certifications(knowledge, profile, level, wishes_in_focus(situation.focus))
    compared = [each for each in ranked if each.certification in ids]
    if not compared:
        return None
    best, *others = compared
    name = knowledge.certifications[best.certification].name
    told = f"For you, at level {level.word}, **{name}** comes first: {running(best.why_now or best.why)}"
    if not others:
        return told
    other = knowledge.certifications[others[0].certification].name
    return f"{told} As for {other}: {drawback(knowledge, others[0])}"
