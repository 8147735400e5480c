"""What it takes to get a certification: what comes first, the exam, the study, the renewal; and whom it is for."""

from collections.abc import Sequence

from bot.coaching.certification_facts import (
    EXAM,
    UNKNOWN,
    Teller,
    Told,
    ask,
    check_first,
    dont_know,
    fact_line,
    known_facts,
    sources_of,
    statement,
    year_of,
)
from bot.coaching.certification_worth import tell_level
from bot.coaching.phrases import bold_first, running
from bot.coaching.wording import compose, joined, sentence
from bot.records import Certification, CertificationStatus, Confidence, Fact, Knowledge, PrerequisiteKind

SHORT_RULE = 6
"""A requirement of so few words says no more than the certification it names."""


def tell_fact(field: str) -> Teller:
    """Return what tells one fact alone: the value, as of when, and whom to check it with."""

    def tell(knowledge: Knowledge, certification: Certification) -> Told:
        facts = known_facts(certification, (field,))
        if not facts or certification.status is CertificationStatus.NOT_A_CERTIFICATE:
            return _no_exam(certification) if facts else Told(dont_know(knowledge, certification, (field,)))
        if facts[0].confidence is Confidence.LOW:
            return _traces(knowledge, certification, facts, f"{running(facts[0].value or '')}.")
        told = (statement(knowledge, certification, facts[0]), check_first(knowledge, certification))
        return Told(" ".join(told), facts[0].sources)

    return tell


def tell_exam(knowledge: Knowledge, certification: Certification, fields: Sequence[str] = EXAM) -> Told:
    """Tell several exam facts together; where all of them are weak, say so before they are read."""
    facts = known_facts(certification, fields)
    if not facts:
        return Told(dont_know(knowledge, certification, fields))
    if certification.status is CertificationStatus.NOT_A_CERTIFICATE:
        return _no_exam(certification)
    several_dates = len({year_of(knowledge, fact) for fact in facts}) > 1
    lines = "\n".join(fact_line(knowledge, fact, with_year=several_dates) for fact in facts)
    if all(fact.confidence is Confidence.LOW for fact in facts):
        return _traces(knowledge, certification, facts, f"\n\n{lines}", _missing(facts, fields))
    note = next((fact.note for fact in facts if fact.note), None)
    closing = (note, _missing(facts, fields), check_first(knowledge, certification, facts))
    text = compose(f"The **{certification.name}** exam:", lines, " ".join(part for part in closing if part))
    return Told(text, sources_of(facts))


def _traces(
    knowledge: Knowledge, certification: Certification, facts: Sequence[Fact], traces: str, missing: str = ""
) -> Told:
    """Tell what rests on weak sources alone: first that it is not known, then the traces."""
    note = next((fact.note for fact in facts if fact.note), None)
    opening = "I don't know for certain, and I won't guess. The only trace I have of the"
    closing = " ".join(part for part in (note, missing, ask(knowledge, certification)) if part)
    gap = "\n\n" if missing else " "
    return Told(compose(f"{opening} {certification.name} exam: {traces}{gap}{closing}"), sources_of(facts))


def _missing(facts: Sequence[Fact], fields: Sequence[str]) -> str:
    """Name what was looked for in vain."""
    missing = [f"the {UNKNOWN[field]}" for field in fields if field not in {fact.field for fact in facts}]
    return f"I don't know {joined(missing, word='or')}." if missing else ""


def _no_exam(certification: Certification) -> Told:
    facts = known_facts(certification, ("exam_format",))
    parts = [bold_first(facts[0].value or "") if facts else certification.summary, certification.caution]
    return Told(" ".join(part for part in parts if part), sources_of(facts) or certification.sources)


def tell_prerequisites(knowledge: Knowledge, certification: Certification) -> Told:
    """Tell what comes first: certifications by how much they are needed, then the rule in words."""
    facts = known_facts(certification, ("prerequisites",))
    told = [*_before(knowledge, certification), *_rule(knowledge, certification)]
    if not told and not facts:
        return Told(dont_know(knowledge, certification, ("prerequisites",)))
    if not told:
        told.append(_value_alone(certification, facts[0]))
    told += [fact.note for fact in facts if fact.note]
    told.append(check_first(knowledge, certification, facts))
    return Told(" ".join(told), sources_of(facts) or certification.sources)


def names_before(knowledge: Knowledge, certification: Certification, kind: PrerequisiteKind) -> list[str]:
    """Return the names of the certifications that come first in that way."""
    needs = [need.certification for need in certification.prerequisites if need.kind is kind]
    return [knowledge.certifications[need].name for need in needs if need in knowledge.certifications]


def _before(knowledge: Knowledge, certification: Certification) -> list[str]:
    told = []
    required = names_before(knowledge, certification, PrerequisiteKind.REQUIRED)
    if required and not _names_all(certification.requirement, required):
        need = "needed" if certification.status is CertificationStatus.SUPERSEDED else "need"
        told.append(f"You {need} **{joined(required)}** first.")
    if advised := names_before(knowledge, certification, PrerequisiteKind.ADVISED):
        told.append(f"**{joined(advised)}** is the natural step before it.")
    return told


def _names_all(rule: str | None, names: Sequence[str]) -> bool:
    """Tell whether a rule names these certifications and says more than that."""
    return rule is not None and len(rule.split()) > SHORT_RULE and all(name in rule for name in names)


def _rule(knowledge: Knowledge, certification: Certification) -> list[str]:
    rule, facts = certification.requirement, known_facts(certification, ("prerequisites",))
    if facts and facts[0].note and not certification.prerequisites:
        rule = facts[0].value
    told = []
    if rule and not (
        names_before(knowledge, certification, PrerequisiteKind.REQUIRED) and len(rule.split()) <= SHORT_RULE
    ):
        told.append(sentence(rule) if _before(knowledge, certification) else bold_first(rule))
    doors = names_before(knowledge, certification, PrerequisiteKind.ONE_OF)
    if len(doors) > 1:
        told.append(f"Certificates that can count: {joined(doors)}.")
    return told


def _value_alone(certification: Certification, fact: Fact) -> str:
    if fact.value == "None":
        return f"**Nothing.** You can start with {certification.name} straight away."
    return bold_first(fact.value or "")


def tell_audience(knowledge: Knowledge, certification: Certification) -> Told:
    """Tell whom a certification is for."""
    facts = known_facts(certification, ("audience",))
    if not facts:
        opening = f"I found no official word on whom {certification.name} is for."
        text = f"{opening} {tell_level(knowledge, certification).text} {ask(knowledge, certification)}"
        return Told(text, certification.sources)
    verb = "was for" if certification.status is CertificationStatus.SUPERSEDED else "is for"
    level = tell_level(knowledge, certification).text
    parts = (_with_value(certification, verb, facts[0]), facts[0].note, level)
    return Told(" ".join(part for part in parts if part), (*facts[0].sources, *certification.sources[:1]))


def _with_value(certification: Certification, verb: str, fact: Fact) -> str:
    """Return the sentence "X covers ..."; a value that tells two grades apart stands on its own."""
    value = fact.value or ""
    graded = ":" in value and value.partition(":")[0] in f"{certification.name} {certification.full_name}"
    return f"**{certification.name}.** {value}." if graded else f"**{certification.name}** {verb} {running(value)}."


def tell_content(knowledge: Knowledge, certification: Certification) -> Told:
    """Tell what a certification covers, and what is said for and against how it does."""
    covers = known_facts(certification, ("content",))
    said = known_facts(certification, ("character", "criticism"))
    lines = "\n".join(fact_line(knowledge, fact, with_note=True) for fact in said)
    if covers:
        verb = "covered" if certification.status is CertificationStatus.SUPERSEDED else "covers"
        opening = _with_value(certification, verb, covers[0])
        return Told(compose(opening, lines), sources_of((*covers, *said)))
    opening = f"**{certification.name}**: {running(certification.summary)} I found no syllabus to go further by."
    text = compose(f"{opening} {ask(knowledge, certification)}", lines)
    return Told(text, (*certification.sources, *sources_of(said)))
