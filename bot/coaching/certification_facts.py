"""Facts of a certification in words: a value with the year of its source, or the plain statement that it is unknown.

The content keeps a fact as a fragment ("60 minutes"). Here it becomes a list item or a bold answer with a sentence
after it. An unknown never shows a value, and whatever somebody might book by ends with whom to check it with.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from bot.coaching.phrases import running
from bot.coaching.wording import joined, sentence
from bot.records import Certification, CertificationStatus, Confidence, Fact, FactStatus, Knowledge

EXAM = ("exam_format", "exam_duration", "pass_mark", "open_or_closed_book")
LABELS = {
    "exam_format": "Exam format",
    "exam_duration": "Exam length",
    "pass_mark": "Pass mark",
    "open_or_closed_book": "Books",
    "prerequisites": "Comes first",
    "validity_renewal": "Renewal",
    "study_time": "Study time",
    "audience": "For whom",
    "content": "Covers",
    "character": "Character",
    "enough_on_its_own": "On its own",
    "use_case": "Use",
    "superlative": "Most advanced?",
    "criticism": "Criticism",
    "guide_edition": "Guide",
    "older_scheme": "Older exam",
    "oral_exam": "Oral exam",
    "launched": "Launch",
    "owner_change": "History",
    "new_name": "New name",
    "replaced_by": "Replaced by",
    "name_clash": "Not to be mixed up",
}
NOUNS = {
    "exam_format": "format of the {} exam",
    "exam_duration": "length of the {} exam",
    "pass_mark": "pass mark for {}",
    "open_or_closed_book": "rule on books in the {} exam",
    "validity_renewal": "renewal rule for {}",
    "study_time": "study time I found for {}",
    "prerequisites": "entry rule I found for {}",
}
UNKNOWN = {
    "exam_format": "exam format",
    "exam_duration": "exam length",
    "pass_mark": "pass mark",
    "open_or_closed_book": "open-book rule",
    "validity_renewal": "renewal rule",
    "study_time": "study time",
    "prerequisites": "entry rules",
    "audience": "word on whom it is for",
    "content": "syllabus",
}


@dataclass(frozen=True)
class Told:
    """A facet told in words, and the sources of exactly what is told."""

    text: str
    sources: tuple[str, ...] = ()


Teller = Callable[[Knowledge, Certification], Told]


def value_of(certification: Certification, field: str) -> str | None:
    """Return what is known of a field, or None."""
    fact = certification.fact(field)
    return fact.value if fact else None


def known_facts(certification: Certification, fields: Iterable[str]) -> tuple[Fact, ...]:
    """Return the facts of those fields that have a value, in the order of the fields."""
    facts = (certification.fact(field) for field in fields)
    return tuple(fact for fact in facts if fact is not None and fact.value)


def sources_of(facts: Iterable[Fact]) -> tuple[str, ...]:
    """Return the sources of facts, each once."""
    return tuple(dict.fromkeys(source for fact in facts for source in fact.sources))


def successors_of(knowledge: Knowledge, certification: Certification) -> tuple[Certification, ...]:
    """Return what replaced a certification."""
    return tuple(knowledge.certifications[c] for c in certification.successors if c in knowledge.certifications)


def year_of(knowledge: Knowledge, fact: Fact) -> int | None:
    """Return the year that a fact speaks of, else that of its newest dated source."""
    years = [knowledge.sources[source].year for source in fact.sources if source in knowledge.sources]
    return fact.year or max((year for year in years if year), default=None)


def label(field: str, words: str | None = None) -> str:
    """Return how the list item of a field begins."""
    words = words or LABELS[field]
    return f"- **{words}{'' if words.endswith('?') else ':'}**"


def fact_line(knowledge: Knowledge, fact: Fact, *, with_year: bool = True, with_note: bool = False) -> str:
    """Return a known fact as a list item: its label, its value, its year, a warning where the source is weak."""
    year = year_of(knowledge, fact) if with_year else None
    marks = [str(year)] if year and str(year) not in (fact.value or "") else []
    marks += ["sources differ"] if fact.status is FactStatus.DISPUTED else []
    marks += ["weak source"] if fact.confidence is Confidence.LOW else []
    value = running(fact.value or "")
    tail = f" ({', '.join(marks)})" if marks else ""
    told = f"{label(fact.field)} {value}{tail}"
    return f"{told}. {fact.note}" if with_note and fact.note else told


def statement(knowledge: Knowledge, certification: Certification, fact: Fact) -> str:
    """Return a known fact as a direct answer: the value in bold, then what it is and as of when."""
    first, _, rest = (fact.value or "").partition(". ")
    is_or_was = "was" if certification.status is CertificationStatus.SUPERSEDED else "is"
    noun = NOUNS[fact.field].format(certification.name)
    year = year_of(knowledge, fact)
    dated = f"as of {year}" if year else "from a source without a date"
    told = f"**{sentence(first)}** {sentence(rest) if rest else ''}".strip()
    differ = "Sources differ on this." if fact.status is FactStatus.DISPUTED else ""
    what = "" if year and str(year) in (fact.value or "") else f"That {is_or_was} the {noun}, {dated}."
    parts = (told, what, differ, fact.note)
    return " ".join(part for part in parts if part)


def dont_know(knowledge: Knowledge, certification: Certification, fields: Sequence[str]) -> str:
    """Say that something is unknown, what little is known about it, and who would know."""
    facts = [fact for field in fields if (fact := certification.fact(field))]
    note = _without_ask(next((fact.note for fact in facts if fact.note), ""))
    if certification.status is CertificationStatus.NOT_A_CERTIFICATE and note:
        return f"{note} It is {running(certification.summary)}"
    nouns = "exam rules" if set(fields) >= set(EXAM) else joined([UNKNOWN[field] for field in fields], word="or")
    if any(fact.status is FactStatus.DISPUTED for fact in facts):
        told = f"I don't know the {nouns} of {certification.name} for certain."
    else:
        told = f"I don't know: I found no {nouns} for {certification.name} in a source I trust, so I won't guess."
    return " ".join(part for part in (told, note, ask(knowledge, certification)) if part)


def ask(knowledge: Knowledge, certification: Certification) -> str:
    """Say whom to ask; where it is unclear whether the certification runs, ask that too; what took its place."""
    unclear = certification.status is CertificationStatus.UNCLEAR
    told = f"Ask {certification.ask}{', and ask too whether it runs at present' if unclear else ''}."
    names = joined([f"**{successor.name}**" for successor in successors_of(knowledge, certification)])
    return f"{told} {names} took its place." if names else told


def check_first(knowledge: Knowledge, certification: Certification, facts: Iterable[Fact] = ()) -> str:
    """Say how old what was told is, and whom to check it with; of what has gone, what took its place."""
    after = successors_of(knowledge, certification)
    if after:
        names = joined([f"**{successor.name}**" for successor in after])
        return f"Read that as history: {names} took its place. For today's rules, ask {certification.ask}."
    if certification.status is CertificationStatus.NOT_A_CERTIFICATE:
        return f"Ask {certification.ask} what is current."
    years = {year_of(knowledge, fact) for fact in facts}
    check = f"check with {certification.ask} before you book."
    if years == {None}:
        return f"My sources for this carry no date, so {check}"
    if len(years) == 1:
        return f"That is as of {next(iter(years))}; {check}"
    return sentence(check)


def _without_ask(note: str) -> str:
    """Return a note without the "ask PMI" at its end, where whom to ask is said in full right after it."""
    short = re.sub(r"\s*Ask \w+\.$", "", note)
    return re.sub(r"[;,]?(?: and)? ask \w+\.$", ".", short)


def names_of(certifications: Sequence[Certification]) -> str:
    """Return their names as a sentence lists them."""
    return joined([certification.name for certification in certifications])
