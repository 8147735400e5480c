"""Records of what the profession knows beside certifications, and `Knowledge`, all of it in one value."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.records.career import Certification, Source
from bot.records.enums import Basis, Confidence, Level


@dataclass(frozen=True)
class AwardingBody:
    """An organisation that owns, examines or represents; `since` says what changed after the article."""

    id: str
    name: str
    aliases: tuple[str, ...]
    summary: str
    since: str | None
    website: str | None
    sources: tuple[str, ...]


@dataclass(frozen=True)
class LevelProfile:
    """What one of the four career levels is about; `asks` is what it asks of a person."""

    number: Level
    name: str
    summary: str
    article: str
    since: str | None
    work: tuple[str, ...]
    asks: tuple[str, ...]
    certifications: tuple[str, ...]
    sources: tuple[str, ...]


@dataclass(frozen=True)
class PmoKind:
    """A kind of PMO, or a scale by which people sort PMOs."""

    id: str
    name: str
    aliases: tuple[str, ...]
    summary: str
    article: str | None
    since: str | None
    sources: tuple[str, ...]


@dataclass(frozen=True)
class Role:
    """A job title of the field; `level` is None for delivery roles outside the PMO ladder."""

    id: str
    title: str
    aliases: tuple[str, ...]
    level: Level | None
    also: tuple[Level, ...]
    basis: Basis
    summary: str
    reason: str
    question: str | None
    sources: tuple[str, ...]
    confidence: Confidence


@dataclass(frozen=True)
class FunctionGroup:
    """A family of PMO functions."""

    id: str
    name: str
    sources: tuple[str, ...]


@dataclass(frozen=True)
class Function:
    """A service that a PMO gives; `levels` says in a sentence who does what of it at which level."""

    id: str
    name: str
    aliases: tuple[str, ...]
    group: str
    article: bool
    summary: str
    levels: str
    sources: tuple[str, ...]
    confidence: Confidence


@dataclass(frozen=True)
class Insight:
    """One of the article's five insights, with a small step to try and a question to reflect on."""

    number: int
    id: str
    name: str
    summary: str
    article: str
    since: str | None
    step: str
    question: str
    sources: tuple[str, ...]


@dataclass(frozen=True)
class Topic:
    """A question that people bring to a career coach, with its answer; found by meaning from `questions`."""

    id: str
    title: str
    questions: tuple[str, ...]
    answer: str
    more: str | None
    next: tuple[str, ...]
    article_facts: tuple[str, ...]
    sources: tuple[str, ...]


@dataclass(frozen=True)
class QuestionnaireItem:
    """One item of the builder or grower sheet; `builder_side` says whether agreeing, or A, points to builder."""

    id: str
    type: str
    builder_side: bool
    text: str
    option_a: str | None
    option_b: str | None
    sources: tuple[str, ...]


@dataclass(frozen=True)
class QuestionnaireBand:
    """A range of the balance, both ends included, with its label and what the coach says."""

    low: int
    high: int
    label: str
    say: str


@dataclass(frozen=True)
class Questionnaire:
    """The builder or grower sheet: items, answer scales in words, bands and advice for each result."""

    id: str
    intro: str
    validity: str
    items: tuple[QuestionnaireItem, ...]
    scales: Mapping[str, tuple[str, ...]]
    bands: tuple[QuestionnaireBand, ...]
    advice: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True)
class Knowledge:
    """Everything the coach knows of the profession, keyed by id, in the order of the content."""

    sources: Mapping[str, Source]
    bodies: Mapping[str, AwardingBody]
    levels: Mapping[Level, LevelProfile]
    kinds: Mapping[str, PmoKind]
    roles: Mapping[str, Role]
    groups: Mapping[str, FunctionGroup]
    functions: Mapping[str, Function]
    insights: Mapping[int, Insight]
    certifications: Mapping[str, Certification]
    topics: Mapping[str, Topic]
    questionnaire: Questionnaire
