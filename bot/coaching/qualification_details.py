"""The three best next qualifications side by side, and what "Tell me more" says of each of them."""

from collections.abc import Sequence

from bot.coaching.answer import Answer
from bot.coaching.entry_rules import renewal_due
from bot.coaching.next_qualification import NO_WISHES, rank_certifications
from bot.coaching.next_qualification_wording import drawback, next_best
from bot.coaching.phrases import first_sentence
from bot.coaching.profile import level_of
from bot.coaching.wishes import Wishes
from bot.coaching.wording import joined, payload, reply, sentence
from bot.records import Choice, Figure, Focus, Knowledge, Level, Profile, Recommendation

DETAILS = "details"
COMING_FIRST = "must come first."


def best_three(knowledge: Knowledge, ranked: Sequence[Recommendation]) -> tuple[Recommendation, ...]:
    """Return the best one and the next two, each of another scheme."""
    return (ranked[0], *next_best(knowledge, tuple(ranked)))


def three_compared(knowledge: Knowledge, three: Sequence[Recommendation]) -> Figure:
    """Return the table that sets them side by side: level, why, why now, what comes first, what to beware of."""
    rows = {
        "Level": [joined([level.word for level in _levels(knowledge, r)]) for r in three],
        "Why": [r.why for r in three],
        "Why now": [r.why_now or "-" for r in three],
        "Why not first": ["It is the first.", *(sentence(drawback(knowledge, r)) for r in three[1:])],
        "Comes first": [chain(knowledge, r) or "nothing" for r in three],
        "Beware": [_first_doubt(r) for r in three],
    }
    columns = ["", *(knowledge.certifications[r.certification].name for r in three)]
    return Figure("table", {"columns": columns, "rows": [[title, *cells] for title, cells in rows.items()]})


def chain(knowledge: Knowledge, recommendation: Recommendation) -> str:
    """Return what comes before it, in the order to take it; empty where nothing does."""
    return ", then ".join(knowledge.certifications[c].name for c in recommendation.first)


def doubts(recommendation: Recommendation) -> tuple[str, ...]:
    """Return its cautions without the one that the prerequisite chain says already."""
    return tuple(caution for caution in recommendation.cautions if not caution.endswith(COMING_FIRST))


def more_of_them(knowledge: Knowledge, profile: Profile, focus: Focus, wishes: Wishes = NO_WISHES) -> Answer | None:
    """Tell of each of the best three what comes first and what to beware of; None when that was told, or none fits."""
    level = level_of(knowledge, profile)
    ranked = rank_certifications(knowledge, profile, level, wishes) if level else ()
    if not ranked or DETAILS in focus.facets:
        return None
    three = best_three(knowledge, ranked)
    best = three[0].certification
    said = [_told_of(knowledge, r) for r in three]
    due = [words for words in renewals(knowledge, profile, wishes) if words not in " ".join(said)]
    offers: list[str | Choice] = [
        Choice("Why not the others?", payload("ask_why")),
        f"certification:{best}#exam",
        _plan(best),
    ]
    made = reply(
        knowledge,
        *said,
        " ".join(due[:1]),
        offers=offers,
        sources=[*(s for r in three for s in r.sources), *renewal_sources(knowledge, profile, wishes)],
    )
    facets = (*focus.facets, DETAILS)
    return Answer(made, Focus("next_qualification", best, facets, tuple(r.certification for r in three[1:])))


def renewals(knowledge: Knowledge, profile: Profile, wishes: Wishes) -> tuple[str, ...]:
    """Say which of what is held is due for renewal, by the rules in the facts."""
    held = (knowledge.certifications[c] for c in profile.held if c in knowledge.certifications)
    told = (renewal_due(c, wishes.got(c.id), wishes.year) for c in held)
    return tuple(words for words in told if words is not None)


def renewal_sources(knowledge: Knowledge, profile: Profile, wishes: Wishes) -> tuple[str, ...]:
    """Return what the rules of renewal rest on, for what is due."""
    held = (knowledge.certifications[c] for c in profile.held if c in knowledge.certifications)
    due = (c.fact("validity_renewal") for c in held if renewal_due(c, wishes.got(c.id), wishes.year))
    return tuple(source for fact in due if fact is not None for source in fact.sources)


def _told_of(knowledge: Knowledge, recommendation: Recommendation) -> str:
    first = chain(knowledge, recommendation)
    name = knowledge.certifications[recommendation.certification].name
    before = f"First {first}." if first else ""
    return " ".join(part for part in (f"**{name}**:", before, *doubts(recommendation)[:2]) if part)


def _first_doubt(recommendation: Recommendation) -> str:
    return next((first_sentence(doubt) for doubt in doubts(recommendation)), "-")


def _levels(knowledge: Knowledge, recommendation: Recommendation) -> tuple[Level, ...]:
    return knowledge.certifications[recommendation.certification].levels


def _plan(certification: str) -> Choice:
    return Choice("Make a plan for it", payload("make_plan", certification=certification))
