"""What to offer after an answer about a certification: what is not told yet, what replaced it, what compares."""

from collections.abc import Sequence

from bot.coaching.certification_facts import EXAM, known_facts, successors_of
from bot.coaching.wording import MAX_TITLE, offered, payload
from bot.records import Certification, CertificationStatus, Choice, Knowledge

UNTOLD = ("exam", "prerequisites", "audience", "study_time", "validity_renewal", "content", "owner")
TOPICS = {
    "price": ("certificate_prices", "asking_employer_to_pay"),
    "pass_rate": ("pass_rates", "study_approach"),
    "worth": ("is_a_certificate_worth_it", "certificate_or_experience"),
    "booking": ("choosing_a_provider", "certificate_prices"),
    "validity_renewal": ("renewal_in_general",),
}
OFFERED = (CertificationStatus.CURRENT, CertificationStatus.RENAMED, CertificationStatus.UNCLEAR)
AFTER_FACETS = 4


def offers_after(
    knowledge: Knowledge, certification: Certification, asked: Sequence[str], scheme: Sequence[Certification]
) -> list[str | Choice]:
    """Return two to four sensible next choices."""
    if scheme and not asked:
        return _offers_of_scheme(knowledge, scheme)
    if certification.status is CertificationStatus.NOT_FOUND:
        return offered(knowledge, ["skill:next_qualification", "name_clashes", "certificates_for_beginners"])
    offers: list[str | Choice] = [f"certification:{c.id}" for c in successors_of(knowledge, certification)]
    offers += _siblings(certification, asked, scheme)
    offers += [topic for facet in asked for topic in TOPICS.get(facet, ())][:2]
    untold = _untold(certification, asked)
    offers += [f"certification:{certification.id}#{facet}" for facet in untold[: 1 if offers else 2]]
    unclear = bool(asked) and certification.status is CertificationStatus.UNCLEAR
    offers += alternatives(certification) if unclear or len(untold) < 2 else ()
    rival = rival_of(knowledge, certification)
    if rival is not None and certification.status in OFFERED:
        offers.append(compare_choice(certification, rival))
    offers += [] if asked else ["skill:more"]
    return offered(knowledge, offers)[:AFTER_FACETS]


def _offers_of_scheme(knowledge: Knowledge, scheme: Sequence[Certification]) -> list[str | Choice]:
    offers: list[str | Choice] = [f"certification:{member.id}" for member in scheme]
    return offered(knowledge, [*offers, compare_choice(scheme[0], scheme[1], "What is the difference?")])


def _siblings(
    certification: Certification, asked: Sequence[str], scheme: Sequence[Certification]
) -> list[str | Choice]:
    """Return the same question about the others of the scheme, where the scheme was meant."""
    return [
        Choice(f"And {member.name}?"[:MAX_TITLE], payload("ask_certification", certification=member.id, facet=asked[0]))
        for member in scheme
        if member.id != certification.id
    ]


def _untold(certification: Certification, asked: Sequence[str]) -> list[str]:
    """Return what is known of a certification and was not asked yet."""
    known = {fact.field for fact in known_facts(certification, (*EXAM, *UNTOLD, "owner_now", "awarding_body"))}
    known |= {"exam"} if known & set(EXAM) else set()
    known |= {"owner"} if known & {"owner_now", "awarding_body"} else set()
    told = {*asked, *(("exam",) if set(asked) & set(EXAM) else ()), *(() if asked else ("owner",))}
    if certification.status is CertificationStatus.NOT_A_CERTIFICATE:
        told |= {"exam", "prerequisites"}
    return [facet for facet in UNTOLD if facet in known and facet not in told]


def alternatives(certification: Certification) -> list[str | Choice]:
    """Return the way to the other certifications of its level."""
    if not certification.levels:
        return []
    level = certification.levels[0]
    return [
        Choice(f"Alternatives at level {level.word}", payload("ask_level", level=int(level), facet="certifications"))
    ]


def rival_of(knowledge: Knowledge, certification: Certification) -> Certification | None:
    """Return what to compare a certification with: about PMOs, on offer, for a level it shares, not of its scheme.

    One of the same body comes first, then one of the same level, then one that the article names and that surely runs.
    """
    rivals = [c for c in knowledge.certifications.values() if _rivals(certification, c)]
    rivals.sort(
        key=lambda other: (
            other.body != certification.body,
            other.levels[0] != certification.levels[0],
            not other.article,
            other.status is CertificationStatus.UNCLEAR,
        )
    )
    return next(iter(rivals), None)


def _rivals(one: Certification, other: Certification) -> bool:
    same_scheme = one.family == other.family and (one.grade or other.grade)
    comparable = other.id != one.id and other.about == "pmo" and other.status in OFFERED
    return comparable and not same_scheme and bool(set(one.levels) & set(other.levels))


def compare_choice(one: Certification, other: Certification, title: str | None = None) -> Choice:
    """Return the choice that compares two certifications."""
    titles = [
        title or "",
        f"{one.name} or {other.name}?",
        f"Compare with {other.name}",
        "Compare it with a similar one",
    ]
    fitting = next(words for words in titles if words and len(words) <= MAX_TITLE)
    return Choice(fitting, payload("compare_certifications", certifications=f"{one.id},{other.id}"))
