"""Records of certifications, the facts known of them and the sources these rest on."""

from dataclasses import dataclass

from bot.records.enums import Basis, CertificationStatus, Confidence, FactStatus, Level, PrerequisiteKind


@dataclass(frozen=True)
class Source:
    """A page or text that a statement rests on; `date` is the page's own, in words, `year` its year if known."""

    id: str
    title: str
    publisher: str
    date: str
    year: int | None
    url: str | None
    reliability: str


@dataclass(frozen=True)
class Fact:
    """One thing known, or known to be unknown, of a certification; `value` is None unless it was found."""

    field: str
    value: str | None
    status: FactStatus
    confidence: Confidence
    sources: tuple[str, ...] = ()
    year: int | None = None
    note: str | None = None


@dataclass(frozen=True)
class Prerequisite:
    """A certification that another one asks for first."""

    certification: str
    kind: PrerequisiteKind


@dataclass(frozen=True)
class Certification:
    """A qualification that PMO people ask about; `levels` are those it fits, best first."""

    id: str
    name: str
    full_name: str
    aliases: tuple[str, ...]
    family: str
    grade: str | None
    body: str | None
    status: CertificationStatus
    levels: tuple[Level, ...]
    level_basis: Basis
    about: str
    style: str
    regions: tuple[str, ...]
    summary: str
    level_reason: str
    ask: str
    caution: str | None = None
    prerequisites: tuple[Prerequisite, ...] = ()
    requirement: str | None = None
    successors: tuple[str, ...] = ()
    article: str | None = None
    sources: tuple[str, ...] = ()
    confidence: Confidence = Confidence.MEDIUM
    facts: tuple[Fact, ...] = ()

    def fact(self, field: str) -> Fact | None:
        """Return the fact of that field, or None where nobody looked for it."""
        return next((fact for fact in self.facts if fact.field == field), None)
