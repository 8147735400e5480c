"""The words of a recommendation: why this, why now, why not the others, what comes first, what to beware of."""

from collections.abc import Sequence
from dataclasses import replace

from bot.coaching.answer import Answer
from bot.coaching.assess_level import work_choices
from bot.coaching.entry_rules import TOO_SOON
from bot.coaching.next_qualification import NO_WISHES, rank_certifications
from bot.coaching.phrases import first_sentence, running
from bot.coaching.profile import level_of
from bot.coaching.wishes import Wishes
from bot.coaching.wording import bullets, fitting, joined, payload, reply
from bot.records import (
    CertificationStatus,
    Choice,
    Focus,
    Knowledge,
    Level,
    Profile,
    Recommendation,
    ReplyKind,
)

ALTERNATIVES = 2
MOST_WORDS = 90
"""What a reply may have before its first choice."""


def answer_next_qualification(knowledge: Knowledge, profile: Profile, wishes: Wishes = NO_WISHES) -> Answer:
    """Recommend what to take next, or ask for the one thing that is missing: where the person stands."""
    level = level_of(knowledge, profile)
    if level is None:
        return _ask_for_level(knowledge, profile, wishes)
    ranked = rank_certifications(knowledge, profile, level, wishes)
    if not ranked:
        return Answer(reply(knowledge, nothing_fits(level), offers=[f"level:{int(level)}", "learning_besides_courses"]))
    best, others = ranked[0], next_best(knowledge, ranked)
    offered = tuple(r.certification for r in others)
    focus = Focus("next_qualification", best.certification, wishes.facets(), offered)
    return Answer(
        reply(
            knowledge,
            *_in_brief(knowledge, best, others, profile),
            offers=_offers(knowledge, best, others, profile),
            sources=(*best.sources, *(source for other in others for source in other.sources[:1])),
        ),
        focus,
    )


def _in_brief(
    knowledge: Knowledge, best: Recommendation, others: tuple[Recommendation, ...], profile: Profile
) -> Sequence[str | None]:
    """Return the parts of a recommendation; what is told on "Why?" and "Tell me more" gives way where it is long."""
    hint = None if profile.held or profile.not_held else "Tell me which certificates you hold, and I will look again."
    opening, after, careful = headline(knowledge, best), _others(knowledge, others), beware(knowledge, best)
    short = headline(knowledge, replace(best, why=first_sentence(best.why)))
    one = _others(knowledge, others[:1])
    return fitting(
        MOST_WORDS,
        [
            (opening, after, careful, hint),
            (short, after, careful, hint),
            (short, after, careful),
            (short, one, careful),
            (short, one),
            (short,),
        ],
    )


def why_this_one(
    knowledge: Knowledge, profile: Profile, certification_id: str, wishes: Wishes = NO_WISHES
) -> Answer | None:
    """Explain a recommendation in full: its reasons, what speaks against it, and why the others came after."""
    level = level_of(knowledge, profile)
    ranked = rank_certifications(knowledge, profile, level, wishes) if level else ()
    chosen = next((r for r in ranked if r.certification == certification_id), None)
    if chosen is None or level is None:
        return None
    certification = knowledge.certifications[certification_id]
    told = [f"I took you to be at level {level.word}.", chosen.why, chosen.why_now, certification.level_reason]
    against = [f"- {caution}" for caution in chosen.cautions[:2]]
    after = [
        f"- **{knowledge.certifications[other.certification].name}** came after it: {drawback(knowledge, other)}"
        for other in next_best(knowledge, ranked)
        if other.certification != certification_id
    ]
    return Answer(
        reply(
            knowledge,
            bullets(line for line in told if line),
            "\n".join(["What speaks for care:", *against]) if against else None,
            "\n".join(after),
            "Your level and what you hold weigh most. Tell me if either is wrong and I will think again.",
            offers=["skill:assess_level", f"certification:{certification_id}#prerequisites", f"level:{int(level)}"],
            sources=chosen.sources,
        ),
        Focus("next_qualification", certification_id, facets=wishes.facets()),
    )


def headline(knowledge: Knowledge, best: Recommendation) -> str:
    """Name what fits best, what comes before it, why now and why at all."""
    certification = knowledge.certifications[best.certification]
    first = [knowledge.certifications[c].name for c in best.first]
    opening = f"**{certification.name}** fits best as your next step."
    if first:
        opening = f"**{first[0]}** comes first, on the way to **{certification.name}**, which fits best."
    return " ".join(part for part in (opening, best.why_now, best.why) if part)


def next_best(knowledge: Knowledge, ranked: tuple[Recommendation, ...]) -> tuple[Recommendation, ...]:
    """Return the next best ones, each of another scheme than those before it, so that they are real choices."""
    seen = {knowledge.certifications[ranked[0].certification].family}
    chosen = []
    for other in ranked[1:]:
        family = knowledge.certifications[other.certification].family
        if family not in seen:
            seen.add(family)
            chosen.append(other)
    return tuple(chosen[:ALTERNATIVES])


def _others(knowledge: Knowledge, others: tuple[Recommendation, ...]) -> str | None:
    if not others:
        return None
    lines = [
        f"- **{knowledge.certifications[other.certification].name}**: {drawback(knowledge, other)}" for other in others
    ]
    return "\n".join(["Why not the others first:", *lines])


def drawback(knowledge: Knowledge, other: Recommendation) -> str:
    """Say why a recommendation is not the first."""
    certification = knowledge.certifications[other.certification]
    if short := next((caution for caution in other.cautions if caution.startswith(TOO_SOON)), None):
        return running(short)
    if other.first:
        names = joined([knowledge.certifications[c].name for c in other.first])
        return f"you would need {names} first."
    if certification.status is CertificationStatus.UNCLEAR:
        character = _character(certification.style)
        return f"{character}, but too little about it is published to be sure. Ask {certification.ask}."
    if certification.about != "pmo":
        return f"good, but about {certification.about.replace('_', ' ')}s rather than PMOs."
    return f"{_character(certification.style)}; it suits level {certification.levels[0].word}."


def _character(style: str) -> str:
    return {
        "practice": "more hands-on", "framework": "more of a framework", "leadership": "more about leading",
        "method": "a method", "competence": "built on competences",
    }.get(style, "another style")  # fmt: skip


def beware(knowledge: Knowledge, best: Recommendation) -> str:
    """Return the first thing to be careful about, and whom to ask before booking."""
    certification = knowledge.certifications[best.certification]
    doubts = [caution for caution in best.cautions if not caution.endswith("must come first.")][:1]
    if any(" ask " in f" {doubt.lower()} " for doubt in doubts):
        return doubts[0]
    return " ".join([*doubts, f"Check today's exam rules with {certification.ask} before you book."])


def _offers(
    knowledge: Knowledge, best: Recommendation, others: tuple[Recommendation, ...], profile: Profile
) -> list[str | Choice]:
    offers: list[str | Choice] = ["skill:why", f"certification:{best.certification}#exam"]
    if others:
        ids = f"{best.certification},{others[0].certification}"
        names = [knowledge.certifications[c].name for c in ids.split(",")]
        title = f"{names[0]} or {names[1]}?"
        offers.append(Choice(title if len(title) <= 40 else "Compare the first two",
                             payload("compare_certifications", certifications=ids)))  # fmt: skip
    if profile.region is None:
        offers += [Choice("I am in the UK", payload("next_qualification", region="uk")),
                   Choice("I am in the US", payload("next_qualification", region="us"))]  # fmt: skip
    if profile.preference is None:
        offers.append(Choice("I prefer hands-on learning", payload("next_qualification", preference="practice")))
    return offers


def _ask_for_level(knowledge: Knowledge, profile: Profile, wishes: Wishes) -> Answer:
    role = knowledge.roles.get(profile.role or "")
    known = "What comes next depends on where you stand."
    if role is not None:
        known = f"{role.title} is a delivery role, so your next step depends on the PMO work you want to do."
    return Answer(
        reply(knowledge, f"{known} What is your job title, or which of these is nearest to your work?",
              offers=work_choices("next_qualification"), kind=ReplyKind.ASK),
        Focus("next_qualification", "", wishes.facets()),
    )  # fmt: skip


def nothing_fits(level: Level) -> str:
    """Say that there is no certification left to recommend at that level."""
    return (
        f"I know of no certification beyond what you hold that fits level {level.word}. Experience, people skills and "
        "a wider view of the business may serve you better now than another exam."
    )
