"""Which qualification comes next: a ranking whose every point has a reason that can be told.

Each candidate (`qualification_candidates`) gains and loses the points of the judgements that hold of it
(`qualification_judgements`), and is recommended with what they say. The sums are not hidden (`Recommendation.score`).
"""

from collections.abc import Iterator

from bot.coaching.entry_rules import renewal_due, study_fact
from bot.coaching.qualification_candidates import Candidate, candidates
from bot.coaching.qualification_judgements import JUDGEMENTS, Told
from bot.coaching.wishes import Wishes, time_reason
from bot.records import Fact, Knowledge, Level, Profile, Recommendation

NO_WISHES = Wishes()
MOST_REASONS = 2
"""How many reasons of a kind are told."""


def rank_certifications(
    knowledge: Knowledge, profile: Profile, level: Level, wishes: Wishes = NO_WISHES
) -> tuple[Recommendation, ...]:
    """Return what to take next, best first: never one that is held, superseded or below the level without a reason.

    Prerequisites that are missing are named in `first`, in the order to take them. A superseded one that the person
    named is weighed as its successor.
    """
    weighed = [_weigh(candidate) for candidate in candidates(knowledge, profile, level, wishes)]
    return tuple(sorted(weighed, key=lambda one: (-one.score, one.certification)))


def _weigh(candidate: Candidate) -> Recommendation:
    """Return the recommendation that the judgements make of a candidate."""
    score = 0
    said: dict[Told, list[str]] = {told: [] for told in Told}
    for judgement in JUDGEMENTS:
        sentences = judgement.sign(candidate)
        score += judgement.points * len(sentences)
        said[judgement.told] += sentences
    return Recommendation(
        certification=candidate.certification.id,
        first=candidate.first,
        why=" ".join(said[Told.WHY][:MOST_REASONS]) or candidate.certification.summary,
        why_now=" ".join(said[Told.NOW][:MOST_REASONS]),
        cautions=tuple(dict.fromkeys(said[Told.CAUTION])),
        sources=_sources(candidate),
        score=score,
    )


def _sources(candidate: Candidate) -> tuple[str, ...]:
    """Return what is cited: the certification's own sources, and those of the facts that were weighed."""
    cited = [source for fact in _facts(candidate) for source in fact.sources]
    return tuple(dict.fromkeys([*candidate.certification.sources, *cited]))


def _facts(candidate: Candidate) -> Iterator[Fact]:
    """Yield the facts on which judgements rest: how long what is held lasts, and how long learning takes."""
    wishes = candidate.wishes
    for need in candidate.certification.prerequisites:
        other = candidate.knowledge.certifications[need.certification]
        fact = other.fact("validity_renewal")
        if fact and renewal_due(other, wishes.got(other.id), wishes.year):
            yield fact
    points, _, _ = time_reason(candidate.certification, wishes.time)
    fact = study_fact(candidate.certification)
    if fact and points:
        yield fact
