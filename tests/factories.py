"""Factories of records for tests: everything has a plain value, and a test names only what it is about."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

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
    Questionnaire,
    QuestionnaireBand,
    QuestionnaireItem,
    Role,
    Source,
    Topic,
)


def a_source(id: str = "ARTICLE", **told: Any) -> Source:
    """Return a source."""
    given = Source(
        id=id,
        title=f"The page {id}",
        publisher="A publisher",
        date="2018-09",
        year=2018,
        url=None,
        reliability="article",
    )
    return replace(given, **told)


def a_body(id: str = "peoplecert", **told: Any) -> AwardingBody:
    """Return an awarding body."""
    given = AwardingBody(
        id=id,
        name=id.title(),
        aliases=(),
        summary=f"{id} sets exams.",
        since=None,
        website="example.org",
        sources=("ARTICLE",),
    )
    return replace(given, **told)


def a_level(number: int = 1, **told: Any) -> LevelProfile:
    """Return one of the four levels."""
    given = LevelProfile(
        number=Level(number),
        name=f"Level {number}",
        summary=f"What level {number} is about.",
        article=f"What the article says of level {number}.",
        since=None,
        work=("Plan", "Report"),
        asks=("Care",),
        certifications=(),
        sources=("ARTICLE",),
    )
    return replace(given, **told)


def a_kind(id: str = "programme_office", **told: Any) -> PmoKind:
    """Return a kind of PMO."""
    name = id.replace("_", " ")
    given = PmoKind(
        id=id, name=name, aliases=(), summary=f"What a {name} is.", article=None, since=None, sources=("ARTICLE",)
    )
    return replace(given, **told)


def a_role(id: str = "pmo_analyst", **told: Any) -> Role:
    """Return a role."""
    given = Role(
        id=id,
        title=id.replace("_", " ").title(),
        aliases=(),
        level=Level.TWO,
        also=(),
        basis=Basis.ARTICLE,
        summary="Supports several projects.",
        reason="The article names it.",
        question=None,
        sources=("ARTICLE",),
        confidence=Confidence.HIGH,
    )
    return replace(given, **told)


def a_group(id: str = "group_support", **told: Any) -> FunctionGroup:
    """Return a group of functions."""
    return replace(FunctionGroup(id=id, name="Support", sources=("ARTICLE",)), **told)


def a_function(id: str = "reporting", **told: Any) -> Function:
    """Return a function of a PMO."""
    given = Function(
        id=id,
        name=id.title(),
        aliases=(),
        group="group_support",
        article=True,
        summary="Gathers progress.",
        levels="Level one collects, level three decides.",
        sources=("ARTICLE",),
        confidence=Confidence.MEDIUM,
    )
    return replace(given, **told)


def an_insight(number: int = 1, **told: Any) -> Insight:
    """Return one of the five insights."""
    given = Insight(
        number=number,
        id=f"insight_{number}",
        name=f"Insight {number}",
        summary="Start from the need.",
        article="The article says so.",
        since=None,
        step="Ask one person.",
        question="What would they miss?",
        sources=("ARTICLE",),
    )
    return replace(given, **told)


def a_fact(field: str = "exam_format", **told: Any) -> Fact:
    """Return a fact of a certification; with `value=None` it is one that was not found."""
    given = Fact(field=field, value="40 questions", status=FactStatus.FOUND, confidence=Confidence.HIGH)
    if "value" in told and told["value"] is None:
        given = replace(given, status=FactStatus.NOT_FOUND, confidence=Confidence.NONE)
    else:
        given = replace(given, sources=("ARTICLE",), year=2018)
    return replace(given, **told)


def a_certification(id: str = "p3o_foundation", **told: Any) -> Certification:
    """Return a certification without facts or relations."""
    name = id.replace("_", " ").title()
    given = Certification(
        id=id,
        name=name,
        full_name=f"{name} Certificate",
        aliases=(),
        family=id.split("_")[0],
        grade="foundation",
        body=None,
        status=CertificationStatus.CURRENT,
        levels=(Level.TWO,),
        level_basis=Basis.ARTICLE,
        about="pmo",
        style="framework",
        regions=("any",),
        summary=f"{name} teaches a framework.",
        level_reason="The article puts it there.",
        ask="PeopleCert (peoplecert.org)",
        sources=("ARTICLE",),
    )
    return replace(given, **told)


def a_topic(id: str = "setting_up_a_pmo", **told: Any) -> Topic:
    """Return a topic with three questions of its own."""
    title = id.replace("_", " ").capitalize()
    given = Topic(
        id=id,
        title=title[:40],
        questions=tuple(f"{opening} {title.lower()}" for opening in ("what about", "tell me of", "and")),
        answer=f"This is what I know of {title.lower()}.",
        more=None,
        next=(),
        article_facts=(),
        sources=("ARTICLE",),
    )
    return replace(given, **told)


def an_item(id: str = "BG1", **told: Any) -> QuestionnaireItem:
    """Return an item of the questionnaire, to agree with or not."""
    given = QuestionnaireItem(
        id=id,
        type="likert",
        builder_side=True,
        text="A blank page appeals to me.",
        option_a=None,
        option_b=None,
        sources=("ARTICLE",),
    )
    return replace(given, **told)


def a_questionnaire(**told: Any) -> Questionnaire:
    """Return a questionnaire of two items."""
    given = Questionnaire(
        id="builder_or_grower",
        intro="Two short questions.",
        validity="Not a test.",
        items=(
            an_item(),
            an_item("BG2", type="forced_choice", builder_side=False, option_a="Keep it", option_b="Begin anew"),
        ),
        scales={"likert": ("no", "rather no", "neither", "rather yes", "yes"), "forced_choice": ("A", "a", "b", "B")},
        bands=(
            QuestionnaireBand(2, 4, "builder_clear", "A builder."),
            QuestionnaireBand(-1, 1, "mixed", "Some of both."),
            QuestionnaireBand(-4, -2, "grower_clear", "A grower."),
        ),
        advice={"builder": ("Start one.",), "grower": ("Lift one.",), "mixed": (), "early_levels": ("Try both.",)},
    )
    return replace(given, **told)


def some_knowledge(**told: Any) -> Knowledge:
    """Return a small knowledge that agrees with itself; a kind's entries may be given, as records."""
    keys = {"levels": "number", "insights": "number"}
    given: dict[str, Iterable[Any]] = {
        "sources": (a_source(),),
        "bodies": (a_body(),),
        "levels": tuple(a_level(number) for number in (1, 2, 3, 4)),
        "kinds": (a_kind(),),
        "roles": (a_role(),),
        "groups": (a_group(),),
        "functions": (a_function(),),
        "insights": tuple(an_insight(number) for number in (1, 2, 3, 4, 5)),
        "certifications": (a_certification(),),
        "topics": (a_topic(),),
    }
    questionnaire = told.pop("questionnaire", a_questionnaire())
    kinds = {
        kind: {getattr(entry, keys.get(kind, "id")): entry for entry in told.get(kind, entries)}
        for kind, entries in given.items()
    }
    return Knowledge(**kinds, questionnaire=questionnaire)
