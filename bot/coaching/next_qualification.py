"""Which qualification comes next: a ranking whose every point has a reason that can be told.

A certification is a candidate unless the person holds it, it is superseded (its successor stands for it), or it is no
certification at all. It gains points for fitting the level the person works at or the one above, for serving the goal,
for being about PMOs, for following from what is held, for the article's word, for the wished style, region and time; it
loses some where a prerequisite is missing or where little is known of it, and many where the experience that was told
is too short for its entry rule. The weights are ours; the reasons are told, the sums are not hidden
(`Recommendation.score`).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from bot.coaching.entry_rules import entry_told, renewal_due, shortfall, stands_in, study_fact
from bot.coaching.wishes import Wishes, goal_reason, haste_caution, time_reason
from bot.coaching.wording import joined
from bot.records import (
    Certification,
    CertificationStatus,
    Confidence,
    Knowledge,
    Level,
    PrerequisiteKind,
    Profile,
    Recommendation,
)

OFFERED = (CertificationStatus.CURRENT, CertificationStatus.RENAMED, CertificationStatus.UNCLEAR)

ABOVE, SAME, WITHIN = 6, 4, 2
ABOUT_PMO, ABOUT_MANY = 6, 2
FOLLOWS, COMPLETES, NAMED, STYLE, REGION = 5, 2, 2, 3, 4
ELSEWHERE, MISSING, UNCLEAR, TOO_HIGH, WISHED = -5, -4, -3, -8, 4
GOAL, HASTE, REPLACES_HELD, NOT_YET = 8, -2, -8, -20
NO_WISHES = Wishes()
OTHER_LEVEL = "It sits"
"""How it is said that a certification is for another level."""
READY_MONTHS = 24
REQUIRED_MONTHS = 36
"""What the entry rules of certifications with such rules commonly ask for."""
HIGHER_PLACES = ("portfolio", "programme")


@dataclass
class _Case:
    """A candidate with the points it gathered and the reasons for them."""

    certification: Certification
    score: int = 0
    why: list[str] = field(default_factory=list)
    why_now: list[str] = field(default_factory=list)
    cautions: list[str] = field(default_factory=list)
    sources: list[str] = field(default_factory=list)
    first: tuple[str, ...] = ()

    def add(self, points: int, why: str | None = None, *, now: str | None = None) -> None:
        self.score += points
        self.why += [why] if why else []
        self.why_now += [now] if now else []


def rank_certifications(
    knowledge: Knowledge, profile: Profile, level: Level, wishes: Wishes = NO_WISHES
) -> tuple[Recommendation, ...]:
    """Return what to take next, best first: never one that is held, superseded or below the level without a reason.

    Prerequisites that are missing are named in `first`, in the order to take them. A superseded one that the person
    named is weighed as its successor.
    """
    held = standing_for(knowledge, profile.held)
    wanted = wanted_now(knowledge, profile)
    cases = [
        _weigh(knowledge, certification, profile, level, held, wishes)
        for certification in knowledge.certifications.values()
        if is_candidate(certification, held) and _fits(certification, level, wanted)
    ]
    ranked = sorted(cases, key=lambda case: (-case.score, case.certification.id))
    return tuple(_recommendation(case) for case in ranked)


def is_candidate(certification: Certification, held: Iterable[str]) -> bool:
    """Tell whether a certification can be taken at all by somebody who holds those."""
    return certification.status in OFFERED and certification.id not in held and bool(certification.levels)


def standing_for(knowledge: Knowledge, held: Iterable[str]) -> frozenset[str]:
    """Return what is held, with what holding it implies: a certification's own required prerequisites."""
    known: set[str] = set()
    todo = [certification for certification in held if certification in knowledge.certifications]
    while todo:
        current = todo.pop()
        if current not in known:
            known.add(current)
            needs = knowledge.certifications[current].prerequisites
            todo += [need.certification for need in needs if need.kind is PrerequisiteKind.REQUIRED]
    return frozenset(known)


def wanted_now(knowledge: Knowledge, profile: Profile) -> Mapping[str, str]:
    """Return what the person named as wanted, as it is sold today, each with what it was named as."""
    now: dict[str, str] = {}
    for named in profile.wanted:
        certification = knowledge.certifications.get(named)
        for current in (certification.successors or (named,)) if certification is not None else ():
            now.setdefault(current, named)
    return now


def missing_first(knowledge: Knowledge, certification: Certification, held: frozenset[str]) -> tuple[str, ...]:
    """Return the required certifications that are not held, deepest first."""
    chain: list[str] = []
    for need in certification.prerequisites:
        if need.kind is PrerequisiteKind.REQUIRED and need.certification not in held:
            inner = knowledge.certifications[need.certification]
            chain += [*missing_first(knowledge, inner, held), need.certification]
    return tuple(dict.fromkeys(chain))


def _fits(certification: Certification, level: Level, wanted: Iterable[str]) -> bool:
    """Keep what suits the level or the next one; anything the person named themselves stays, with its caution."""
    return bool(nearby_levels(level) & set(certification.levels)) or certification.id in wanted


def nearby_levels(level: Level) -> set[Level]:
    """Return the level and the one above it, which a next step may be for."""
    return {level, Level(min(int(level) + 1, 4))}


def _weigh(
    knowledge: Knowledge,
    certification: Certification,
    profile: Profile,
    level: Level,
    held: frozenset[str],
    wishes: Wishes,
) -> _Case:
    case = _Case(certification, sources=list(certification.sources))
    _weigh_level(case, level, profile)
    if reason := goal_reason(certification, profile.goal, level):
        case.add(GOAL, reason)
    _weigh_subject(case, level)
    _weigh_experience(case, profile, held)
    _weigh_ways_in(knowledge, case, profile, level, held)
    _weigh_held(knowledge, case, held)
    _weigh_age(knowledge, case, wishes)
    _weigh_wishes(knowledge, case, profile)
    _weigh_time(case, wishes)
    _weigh_doubts(case, profile, level, held)
    return case


def _weigh_level(case: _Case, level: Level, profile: Profile) -> None:
    best = case.certification.levels[0]
    ahead = Level(min(int(level) + 1, 4))
    experienced = _ready_for_more(profile, level)
    if best == ahead and ahead != level:
        case.add(ABOVE if experienced else SAME - 1,
                 f"It is aimed at level {best.word} work, one above where you stand.")  # fmt: skip
    elif best == level:
        case.add(SAME if experienced and ahead != level else ABOVE, f"It fits level {best.word}, where you stand.")
    elif level in case.certification.levels or ahead in case.certification.levels:
        case.add(WITHIN, f"It can serve at level {(level if level in case.certification.levels else ahead).word} too.")
    else:
        case.add(TOO_HIGH)
        side = "below" if best < level else "above"
        case.cautions.append(f"{OTHER_LEVEL} {side} your level: {case.certification.level_reason}")


def _ready_for_more(profile: Profile, level: Level) -> bool:
    """Say whether to look one level up: something is held already, or there are two years in the work."""
    return bool(profile.held) or (profile.experience_months or 0) >= READY_MONTHS


def _weigh_subject(case: _Case, level: Level) -> None:
    about = case.certification.about
    if about == "pmo":
        case.add(ABOUT_PMO, "It is about PMOs, not about running single projects.")
    elif about in HIGHER_PLACES and level >= Level.TWO:
        case.add(ABOUT_MANY, f"It is about {about}s, which many PMOs serve.")
    if case.certification.article:
        case.add(NAMED, "The article names it.")


def _weigh_held(knowledge: Knowledge, case: _Case, held: frozenset[str]) -> None:
    certification = case.certification
    for need in certification.prerequisites:
        if need.certification in held:
            name = knowledge.certifications[need.certification].name
            asks = {PrerequisiteKind.REQUIRED: "asks for", PrerequisiteKind.ADVISED: "builds on"}.get(
                need.kind, "accepts"
            )
            case.add(FOLLOWS, now=f"It {asks} {name}, which you hold.")
            break
    else:
        family = {knowledge.certifications[c].family for c in held if c in knowledge.certifications}
        if certification.family in family and certification.levels[0] >= Level.THREE:
            case.add(COMPLETES, now="You know its scheme already.")
    case.first = missing_first(knowledge, certification, held)
    if case.first:
        names = [knowledge.certifications[c].name for c in case.first]
        case.add(MISSING * len(case.first))
        case.cautions.append(f"{' and '.join(names)} must come first.")
    for old in sorted(held):
        if certification.id in knowledge.certifications[old].successors:
            case.add(REPLACES_HELD)
            case.cautions.append(
                f"It replaced {knowledge.certifications[old].name}, which you hold; ask whether yours still counts."
            )


def _weigh_experience(case: _Case, profile: Profile, held: frozenset[str]) -> None:
    """Put what the person's experience is too short for behind all else, and say so before any other caution."""
    if missing := shortfall(case.certification, profile, held):
        case.add(NOT_YET)
        case.cautions.append(missing)


def _weigh_ways_in(knowledge: Knowledge, case: _Case, profile: Profile, level: Level, held: frozenset[str]) -> None:
    """Name what would open the door, where the person told of nothing that does and has not the level's work yet."""
    doors = [n.certification for n in case.certification.prerequisites if n.kind is PrerequisiteKind.ONE_OF]
    seasoned = (profile.experience_months or 0) >= REQUIRED_MONTHS or case.certification.levels[0] <= level
    if doors and not seasoned and not stands_in(case.certification, held):
        case.add(MISSING)
        names = joined([knowledge.certifications[door].name for door in doors], word="or")
        case.cautions.append(f"It wants experience or a certificate such as {names}, and you told me of neither.")
    for need in case.certification.prerequisites:
        if need.kind is PrerequisiteKind.ADVISED and need.certification not in held:
            case.add(MISSING)
            case.cautions.append(
                f"It builds on {knowledge.certifications[need.certification].name}, so look there first."
            )


def _weigh_age(knowledge: Knowledge, case: _Case, wishes: Wishes) -> None:
    """Ask whether what it builds on is still good, where that was got long ago."""
    for need in case.certification.prerequisites:
        other = knowledge.certifications[need.certification]
        if due := renewal_due(other, wishes.got(other.id), wishes.year):
            case.cautions.append(due)
            fact = other.fact("validity_renewal")
            case.sources += fact.sources if fact else ()


def _weigh_time(case: _Case, wishes: Wishes) -> None:
    points, reason, caution = time_reason(case.certification, wishes.time)
    case.add(points, now=reason)
    fact = study_fact(case.certification)
    case.sources += fact.sources if fact and points else ()
    haste = haste_caution(case.certification, wishes.time, len(case.first) + 1)
    case.add(HASTE if haste else 0)
    case.cautions += [told for told in (caution, haste) if told]


def _weigh_wishes(knowledge: Knowledge, case: _Case, profile: Profile) -> None:
    certification = case.certification
    if profile.preference and certification.style == profile.preference:
        like = "hands-on, as you like it" if profile.preference == "practice" else "a framework, as you like it"
        case.add(STYLE, f"It is {like}.")
    if profile.region and profile.region in certification.regions:
        case.add(REGION, "It is well placed in your region.")
    elif profile.region and "any" not in certification.regions:
        case.add(ELSEWHERE)
        case.cautions.append("It is asked for mostly in other regions.")
    named = wanted_now(knowledge, profile).get(certification.id)
    if named == certification.id:
        case.add(WISHED, now="You named it yourself.")
    elif named is not None:
        case.add(WISHED, now=f"You named {knowledge.certifications[named].name}, and it took that one's place.")


def _weigh_doubts(case: _Case, profile: Profile, level: Level, held: frozenset[str]) -> None:
    certification = case.certification
    if certification.status is CertificationStatus.UNCLEAR:
        case.add(UNCLEAR)
    if certification.confidence is Confidence.LOW:
        case.add(UNCLEAR)
    if certification.caution:
        case.cautions.append(certification.caution)
    if entry := entry_told(certification, profile, held):
        if level is Level.ONE and (profile.experience_months or 0) < REQUIRED_MONTHS:
            case.add(MISSING)
        case.cautions.append(entry)


def _recommendation(case: _Case) -> Recommendation:
    certification = case.certification
    return Recommendation(
        certification=certification.id,
        first=case.first,
        why=" ".join(case.why[:2]) or certification.summary,
        why_now=" ".join(case.why_now[:2]),
        cautions=tuple(dict.fromkeys(case.cautions)),
        sources=tuple(dict.fromkeys(case.sources)),
        score=case.score,
    )
