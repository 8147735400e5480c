"""Turns entries that were found sound into the frozen records."""

from collections.abc import Iterable
from typing import Any

from bot.content.entries import Library
from bot.records import (
    AwardingBody,
    Basis,
    Certification,
    CertificationStatus,
    Confidence,
    Fact,
    FactStatus,
    Function,
    FunctionGroup,
    Insight,
    Knowledge,
    Level,
    LevelProfile,
    PmoKind,
    Prerequisite,
    PrerequisiteKind,
    Questionnaire,
    QuestionnaireBand,
    QuestionnaireItem,
    Role,
    Source,
    Topic,
)

Data = dict[str, Any]


def build_knowledge(library: Library) -> Knowledge:
    """Return the records of all entries; the library must have been checked before."""
    return Knowledge(
        sources={entry.key: _source(entry.data) for entry in library.of("sources")},
        bodies={entry.key: _body(entry.data) for entry in library.of("bodies")},
        levels={Level(entry.data["number"]): _level_profile(entry.data) for entry in library.of("levels")},
        kinds={entry.key: _kind(entry.data) for entry in library.of("kinds")},
        roles={entry.key: _role(entry.data) for entry in library.of("roles")},
        groups={entry.key: _group(entry.data) for entry in library.of("groups")},
        functions={entry.key: _function(entry.data) for entry in library.of("functions")},
        insights={int(entry.data["number"]): _insight(entry.data) for entry in library.of("insights")},
        certifications={entry.key: _certification(entry.data) for entry in library.of("certifications")},
        topics={entry.key: _topic(entry.data) for entry in library.of("topics")},
        questionnaire=_questionnaire(library.of("questionnaire")[0].data),
    )


def _text(data: Data, key: str) -> str:
    """Return a text of the entry, without the line ends that YAML's blocks may leave at its end."""
    return str(data[key]).strip()


def _maybe(data: Data, key: str) -> str | None:
    """Return a text that may be null or not told."""
    return None if data.get(key) is None else _text(data, key)


def _year(data: Data) -> int | None:
    """Return the year, which may be null or not told."""
    return None if data.get("year") is None else int(data["year"])


def _texts(data: Data, key: str) -> tuple[str, ...]:
    """Return a list of texts, each once; the list may be not told."""
    return tuple(dict.fromkeys(str(text).strip() for text in data.get(key) or ()))


def _levels(numbers: Iterable[int] | None) -> tuple[Level, ...]:
    """Return the levels of those numbers."""
    return tuple(Level(number) for number in numbers or ())


def _source(data: Data) -> Source:
    """Return the source of an entry."""
    return Source(
        id=data["id"],
        title=_text(data, "title"),
        publisher=_text(data, "publisher"),
        date=_text(data, "date"),
        year=_year(data),
        url=_maybe(data, "url"),
        reliability=data["reliability"],
    )


def _body(data: Data) -> AwardingBody:
    """Return the awarding body of an entry."""
    return AwardingBody(
        id=data["id"],
        name=_text(data, "name"),
        aliases=_texts(data, "aliases"),
        summary=_text(data, "summary"),
        since=_maybe(data, "since"),
        website=_maybe(data, "website"),
        sources=_texts(data, "sources"),
    )


def _level_profile(data: Data) -> LevelProfile:
    """Return the level of an entry."""
    return LevelProfile(
        number=Level(data["number"]),
        name=_text(data, "name"),
        summary=_text(data, "summary"),
        article=_text(data, "article"),
        since=_maybe(data, "since"),
        work=_texts(data, "work"),
        asks=_texts(data, "asks"),
        certifications=_texts(data, "certifications"),
        sources=_texts(data, "sources"),
    )


def _kind(data: Data) -> PmoKind:
    """Return the kind of PMO of an entry."""
    return PmoKind(
        id=data["id"],
        name=_text(data, "name"),
        aliases=_texts(data, "aliases"),
        summary=_text(data, "summary"),
        article=_maybe(data, "article"),
        since=_maybe(data, "since"),
        sources=_texts(data, "sources"),
    )


def _role(data: Data) -> Role:
    """Return the role of an entry."""
    return Role(
        id=data["id"],
        title=_text(data, "title"),
        aliases=_texts(data, "aliases"),
        level=None if data["level"] is None else Level(data["level"]),
        also=_levels(data.get("also")),
        basis=Basis(data["basis"]),
        summary=_text(data, "summary"),
        reason=_text(data, "reason"),
        question=_maybe(data, "question"),
        sources=_texts(data, "sources"),
        confidence=Confidence(data["confidence"]),
    )


def _group(data: Data) -> FunctionGroup:
    """Return the group of functions of an entry."""
    return FunctionGroup(id=data["id"], name=_text(data, "name"), sources=_texts(data, "sources"))


def _function(data: Data) -> Function:
    """Return the function of an entry."""
    return Function(
        id=data["id"],
        name=_text(data, "name"),
        aliases=_texts(data, "aliases"),
        group=data["group"],
        article=data["article"],
        summary=_text(data, "summary"),
        levels=_text(data, "levels"),
        sources=_texts(data, "sources"),
        confidence=Confidence(data["confidence"]),
    )


def _insight(data: Data) -> Insight:
    """Return the insight of an entry."""
    return Insight(
        number=int(data["number"]),
        id=data["id"],
        name=_text(data, "name"),
        summary=_text(data, "summary"),
        article=_text(data, "article"),
        since=_maybe(data, "since"),
        step=_text(data, "try"),
        question=_text(data, "question"),
        sources=_texts(data, "sources"),
    )


def _certification(data: Data) -> Certification:
    """Return the certification of an entry, with its facts and relations."""
    return Certification(
        id=data["id"],
        name=_text(data, "name"),
        full_name=_text(data, "full_name"),
        aliases=_texts(data, "aliases"),
        family=data["family"],
        grade=data.get("grade"),
        body=data.get("body"),
        status=CertificationStatus(data["status"]),
        levels=_levels(data["levels"]),
        level_basis=Basis(data["level_basis"]),
        about=data["about"],
        style=data["style"],
        regions=_texts(data, "regions"),
        summary=_text(data, "summary"),
        level_reason=_text(data, "level_reason"),
        ask=_text(data, "ask"),
        caution=_maybe(data, "caution"),
        prerequisites=tuple(_prerequisite(needed) for needed in data.get("prerequisites") or ()),
        requirement=_maybe(data, "requirement"),
        successors=_texts(data, "successors"),
        article=_maybe(data, "article"),
        sources=_texts(data, "sources"),
        confidence=Confidence(data["confidence"]),
        facts=tuple(_fact(fact) for fact in data.get("facts") or ()),
    )


def _prerequisite(data: Data) -> Prerequisite:
    """Return a certification that another one asks for."""
    return Prerequisite(data["certification"], PrerequisiteKind(data["kind"]))


def _fact(data: Data) -> Fact:
    """Return a fact of a certification."""
    return Fact(
        field=data["field"],
        value=_maybe(data, "value"),
        status=FactStatus(data["status"]),
        confidence=Confidence(data["confidence"]),
        sources=_texts(data, "sources"),
        year=_year(data),
        note=_maybe(data, "note"),
    )


def _topic(data: Data) -> Topic:
    """Return the topic of an entry."""
    return Topic(
        id=data["id"],
        title=_text(data, "title"),
        questions=_texts(data, "questions"),
        answer=_text(data, "answer"),
        more=_maybe(data, "more"),
        next=_texts(data, "next"),
        article_facts=_texts(data, "article_facts"),
        sources=_texts(data, "sources"),
    )


def _questionnaire(data: Data) -> Questionnaire:
    """Return the questionnaire of the entry."""
    return Questionnaire(
        id=data["id"],
        intro=_text(data, "intro"),
        validity=_text(data, "validity"),
        items=tuple(
            QuestionnaireItem(
                id=item["id"],
                type=item["type"],
                builder_side=(item.get("keyed") or item.get("a_is")) == "builder",
                text=_text(item, "text"),
                option_a=_maybe(item, "option_a"),
                option_b=_maybe(item, "option_b"),
                sources=_texts(item, "sources"),
            )
            for item in data["items"]
        ),
        scales={name: _texts(data["scales"], name) for name in data["scales"]},
        bands=tuple(
            QuestionnaireBand(int(band["from"]), int(band["to"]), band["label"], _text(band, "say"))
            for band in data["bands"]
        ),
        advice={name: _texts(data["advice"], name) for name in data["advice"]},
    )
