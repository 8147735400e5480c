"""The facets of a certification that people ask for, each with what tells it alone and as an item of a list."""

from collections.abc import Sequence

from bot.coaching.certification_entry import (
    names_before,
    tell_audience,
    tell_content,
    tell_exam,
    tell_fact,
    tell_prerequisites,
)
from bot.coaching.certification_facts import (
    EXAM,
    UNKNOWN,
    Teller,
    Told,
    check_first,
    dont_know,
    fact_line,
    known_facts,
    label,
    sources_of,
)
from bot.coaching.certification_identity import tell_name, tell_owner, tell_status
from bot.coaching.certification_worth import (
    level_words,
    tell_booking,
    tell_level,
    tell_pass_rate,
    tell_price,
    tell_worth,
)
from bot.coaching.wording import compose, joined
from bot.records import Certification, CertificationStatus, Fact, FactStatus, Knowledge, PrerequisiteKind

SAME_AS = {"asks": "prerequisites", "roles": "audience", "work": "audience"}
"""Words that ask this much of a certification where nothing clearer is asked ("the jobs it is for")."""
TELLERS: dict[str, Teller] = {
    "name": tell_name,
    "exam": tell_exam,
    **{field: tell_fact(field) for field in (*EXAM, "validity_renewal", "study_time")},
    "prerequisites": tell_prerequisites,
    "owner": tell_owner,
    "status": tell_status,
    "audience": tell_audience,
    "content": tell_content,
    "price": tell_price,
    "pass_rate": tell_pass_rate,
    "worth": tell_worth,
    "booking": tell_booking,
    "level": tell_level,
}
STATUS_ITEMS = {
    CertificationStatus.CURRENT: "yes, as far as I can see",
    CertificationStatus.RENAMED: "yes, under a changed name",
    CertificationStatus.SUPERSEDED: "no, it has been replaced",
    CertificationStatus.UNCLEAR: "I could not confirm it",
    CertificationStatus.NOT_A_CERTIFICATE: "yes, but it is not a certificate",
    CertificationStatus.NOT_FOUND: "I found no such certificate",
}


def facets_asked(facets: Sequence[str]) -> tuple[str, ...]:
    """Return the facets that can be told of a certification, each once, in the order asked.

    A part of the exam that is asked for says more than the word "exam" beside it.
    """
    asked = [facet for facet in facets if facet in TELLERS] or [SAME_AS[facet] for facet in facets if facet in SAME_AS]
    parts = any(facet in EXAM for facet in asked)
    return tuple(dict.fromkeys(facet for facet in asked if not (parts and facet == "exam")))


def tell_facets(knowledge: Knowledge, certification: Certification, facets: Sequence[str]) -> Told:
    """Tell what was asked: one facet in sentences, several as a list in the order asked."""
    if len(facets) == 1:
        return TELLERS[facets[0]](knowledge, certification)
    fields = tuple(dict.fromkeys(field for facet in facets for field in (EXAM if facet == "exam" else (facet,))))
    if all(field in EXAM for field in fields):
        return tell_exam(knowledge, certification, fields)
    facts = known_facts(certification, [field for field in fields if field in UNKNOWN])
    if not facts and all(field in UNKNOWN for field in fields):
        return Told(dont_know(knowledge, certification, fields))
    items = [_item(knowledge, certification, field) for field in fields]
    closing = check_first(knowledge, certification) if any(field in UNKNOWN for field in fields) else None
    text = compose(f"**{certification.name}**, in the order you asked:", "\n".join(i.text for i in items), closing)
    return Told(text, tuple(dict.fromkeys(source for item in items for source in item.sources)))


def _item(knowledge: Knowledge, certification: Certification, facet: str) -> Told:
    facts = known_facts(certification, _fields(facet))
    if facet == "prerequisites":
        return _prerequisites_item(knowledge, certification, facts)
    if facet in UNKNOWN:
        return Told(fact_line(knowledge, facts[0]), facts[0].sources) if facts else Told(_unknown(certification, facet))
    values = {
        "name": ("Full name", certification.full_name),
        "level": ("Level", level_words(certification.levels).partition(" ")[2] or "none that I would name"),
        "owner": ("Run by", facts[0].value if facts else "not known to me"),
        "status": ("Still offered?", STATUS_ITEMS[certification.status]),
        "price": ("Price", "I quote none; ask for a written offer"),
        "pass_rate": ("Pass rate", "none that I could cite"),
        "worth": ("Worth it?", _worth(certification)),
        "booking": ("Booking", f"ask {certification.ask}"),
    }
    words, value = values[facet]
    sources = sources_of(facts) or certification.sources[:2]
    return Told(f"{label(facet, words)} {value}", () if facet in ("price", "pass_rate") else sources)


def _fields(facet: str) -> tuple[str, ...]:
    fields = {"owner": ("owner_now", "awarding_body"), "name": ("full_name",), "status": ("replaced_by", "new_name")}
    return fields.get(facet, (facet,))


def _worth(certification: Certification) -> str:
    if certification.levels and certification.status is not CertificationStatus.SUPERSEDED:
        return f"it can be, at {level_words(certification.levels)}; no certificate promises a job"
    return "not as a new choice"


def _unknown(certification: Certification, field: str) -> str:
    fact = certification.fact(field)
    if certification.status is CertificationStatus.NOT_A_CERTIFICATE:
        return f"{label(field)} does not apply"
    disputed = fact is not None and fact.status is FactStatus.DISPUTED
    return f"{label(field)} {'sources contradict each other' if disputed else 'not known to me'}"


def _prerequisites_item(knowledge: Knowledge, certification: Certification, facts: Sequence[Fact]) -> Told:
    required = names_before(knowledge, certification, PrerequisiteKind.REQUIRED)
    if required:
        return Told(f"{label('prerequisites')} {joined(required)}", sources_of(facts) or certification.sources)
    if facts:
        return Told(fact_line(knowledge, facts[0]), facts[0].sources)
    return Told(_unknown(certification, "prerequisites"))
