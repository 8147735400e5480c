"""Why a certification was not the one recommended: "why not P3O Practitioner?", "why not the second?".

The reasons are those of the ranking: what speaks for it, what held it back, and what the first one had over it. One
that is not in the ranking at all is held, replaced, no longer offered, or for other levels.
"""

import re
from collections.abc import Sequence

from bot.coaching.answer import Answer
from bot.coaching.next_qualification import rank_certifications
from bot.coaching.next_qualification_wording import MOST_WORDS, drawback, next_best, why_this_one
from bot.coaching.phrases import running
from bot.coaching.profile import level_of
from bot.coaching.qualification_candidates import is_candidate, nearby_levels, standing_for, wanted_now
from bot.coaching.situation import Situation
from bot.coaching.wishes import Wishes, wishes_in_focus
from bot.coaching.wording import bullets, fitting, joined, payload, reply, sentence
from bot.records import Certification, Choice, Focus, Knowledge, Level, Profile, Question, Recommendation

ALL_OTHERS = 2
_WHY_NOT = re.compile(
    r"\b(?:why|how come)\b.{0,30}?(?:\bnot\b|\w*n'?t\b|\binstead\b|\bover\b|\brather\b|\bbefore\b)", re.IGNORECASE
)


def asks_why_not(text: str) -> bool:
    """Tell whether the words ask why something was not chosen, or why something else was."""
    return _WHY_NOT.search(text) is not None


def why_not(question: Question, situation: Situation) -> Answer | None:
    """Say why the certifications that are named, or counted, were not the first; None where nothing was ranked."""
    knowledge, profile = situation.knowledge, situation.profile
    level = level_of(knowledge, profile)
    subject = situation.subject_of_certifications()
    wishes = wishes_in_focus(subject)
    ranked = rank_certifications(knowledge, profile, level, wishes) if level else ()
    if level is None:
        return _not_ruled_out(question, knowledge)
    asked = _asked(question, knowledge, ranked)
    if not ranked or not asked:
        return None
    best = ranked[0]
    if [each.id for each in asked] == [best.certification]:
        return why_this_one(knowledge, profile, best.certification, wishes)
    told = [_told(knowledge, profile, level, other, ranked, alone=len(asked) == 1) for other in asked]
    name = knowledge.certifications[best.certification].name
    first = f"**{name}** stays first: {running(_reasons(best))}"
    compared = payload("compare_certifications", certifications=f"{asked[0].id},{best.certification}")
    offers = [f"certification:{other.id}" for other in asked]
    text = fitting(MOST_WORDS, [[*told, first], [*told], [told[0]]])
    return Answer(
        reply(
            knowledge,
            *text,
            offers=[*offers, Choice("Compare it with the first", compared), "skill:assess_level"],
            sources=(*best.sources[:1], *(source for other in asked for source in other.sources[:1])),
        ),
        _kept(subject, best, ranked, knowledge, wishes),
    )  # fmt: skip


def _not_ruled_out(question: Question, knowledge: Knowledge) -> Answer | None:
    """Say that nothing was ranked yet, and whom the certification that is asked about is for."""
    certification = knowledge.certifications.get(question.value("certification") or "")
    if certification is None:
        return None
    told = "I have not ruled it out: I do not know your work yet, and that decides."
    name, reason = certification.name, running(certification.level_reason)
    return Answer(
        reply(
            knowledge,
            f"{told} About **{name}**: {reason}",
            offers=["skill:next_qualification", f"certification:{certification.id}", "skill:assess_level"],
            sources=certification.sources[:1],
        ),
        Focus("certification", certification.id),
    )


def _kept(
    subject: Focus | None, best: Recommendation, ranked: Sequence[Recommendation], knowledge: Knowledge, wishes: Wishes
) -> Focus:
    """Return the focus on the recommendation, so that "and its exam?" goes on being about it."""
    if subject is not None and subject.kind == "next_qualification" and subject.id == best.certification:
        return subject
    others = tuple(other.certification for other in next_best(knowledge, tuple(ranked)))
    return Focus("next_qualification", best.certification, wishes.facets(), others)


def _asked(question: Question, knowledge: Knowledge, ranked: Sequence[Recommendation]) -> list[Certification]:
    """Return what is asked about: those named, the one counted (the recommendation is the first), or all others."""
    named = [knowledge.certifications[c] for c in question.values("certification") if c in knowledge.certifications]
    if named:
        return named[:ALL_OTHERS]
    others = [knowledge.certifications[other.certification] for other in next_best(knowledge, tuple(ranked))]
    place = int(question.value("ordinal") or 0)
    if place == -1:
        return others[-1:]
    return others[place - 2 : place - 1] if place > 1 else others[:ALL_OTHERS]


def _told(
    knowledge: Knowledge,
    profile: Profile,
    level: Level,
    certification: Certification,
    ranked: Sequence[Recommendation],
    *,
    alone: bool,
) -> str:
    """Return what held one certification back, with what speaks for it where it is asked about alone."""
    name = certification.name
    place = next((place for place, each in enumerate(ranked) if each.certification == certification.id), None)
    if place is None:
        return f"**{name}** is not among them: {_left_out(knowledge, profile, level, certification)}"
    mine = ranked[place]
    against = [sentence(drawback(knowledge, mine)), *(c for c in mine.cautions if not c.endswith("must come first."))]
    if not alone:
        return f"**{name}**: {drawback(knowledge, mine)}"
    favour = f"For **{name}**: {running(_reasons(mine))}"
    return f"{favour}\n\nWhat held it back:\n{bullets(dict.fromkeys(against[:2]))}"


def _reasons(recommendation: Recommendation) -> str:
    return " ".join(part for part in (recommendation.why_now, recommendation.why) if part)


def _left_out(knowledge: Knowledge, profile: Profile, level: Level, certification: Certification) -> str:
    """Say why a certification was not weighed at all."""
    if certification.id in profile.held:
        return "you hold it."
    if certification.id in standing_for(knowledge, profile.held):
        return "what you hold stands on it."
    if certification.successors:
        names = joined([knowledge.certifications[c].name for c in certification.successors])
        return f"{names} took its place."
    if not is_candidate(certification, ()):
        return "I found nothing that says it can be taken today."
    if not set(certification.levels) & nearby_levels(level) and certification.id not in wanted_now(knowledge, profile):
        levels = joined([each.word for each in certification.levels])
        return f"it is for level {levels}, and I took you to be at level {level.word}."
    return "it did not fit what you told me."
