"""Knowledge made up by Hypothesis: whatever the records can hold, as far as its references hold."""

from typing import Any

from hypothesis import strategies as st

from bot.records import (
    Basis,
    CertificationStatus,
    Confidence,
    FactStatus,
    Knowledge,
    Level,
    Prerequisite,
    PrerequisiteKind,
)
from tests.factories import (
    a_body,
    a_certification,
    a_fact,
    a_level,
    a_questionnaire,
    a_role,
    a_source,
    a_topic,
    some_knowledge,
)

# PostgreSQL keeps no NUL and UTF-8 no half of a pair; YAML has neither.
texts = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=12)
optional_texts = st.none() | texts
years = st.none() | st.integers(1900, 2100)
phrases = st.lists(texts, max_size=3, unique=True).map(tuple)
levels = st.lists(st.sampled_from(Level), max_size=4, unique=True).map(tuple)


@st.composite
def knowledges(draw: st.DrawFn) -> Knowledge:
    """Return a knowledge whose references, names and questions are in order."""
    ids = draw(st.lists(st.sampled_from("ABCDEFGH"), min_size=1, unique=True))
    cited = st.lists(st.sampled_from(ids), max_size=3, unique=True).map(tuple)
    names = draw(st.lists(texts, max_size=8, unique=True))
    certifications: list[Any] = []
    for key in draw(st.lists(st.sampled_from(["x", "y", "z"]), unique=True)):
        before = [certification.id for certification in certifications]
        certifications.append(draw(_certification(key, before, cited, tuple(names[len(before) * 2 :][:2]))))
    return some_knowledge(
        sources=[
            draw(st.builds(a_source, st.just(key), title=texts, date=texts, year=years, url=optional_texts))
            for key in ids
        ],
        bodies=[draw(st.builds(a_body, aliases=st.just(tuple(names)), since=optional_texts, sources=cited))],
        levels=[
            draw(st.builds(a_level, st.just(n), work=phrases, since=optional_texts, sources=cited)) for n in (2, 1)
        ],
        kinds=[],
        roles=[draw(_role(cited))],
        groups=[],
        functions=[],
        insights=[],
        certifications=certifications,
        topics=[draw(st.builds(a_topic, more=optional_texts, next=phrases, article_facts=phrases, sources=cited))],
        questionnaire=draw(_questionnaire()),
    )


def _certification(key: str, before: list[str], cited: Any, aliases: tuple[str, ...]) -> Any:
    others = st.lists(st.sampled_from(before), unique=True).map(tuple) if before else st.just(())
    needed = others.flatmap(
        lambda ids: st.tuples(*(st.builds(Prerequisite, st.just(id), st.sampled_from(PrerequisiteKind)) for id in ids))
    )
    fact = st.builds(
        a_fact,
        texts,
        value=texts,
        status=st.sampled_from([FactStatus.FOUND, FactStatus.DISPUTED]),
        confidence=st.sampled_from(Confidence),
        sources=cited,
        year=years,
        note=optional_texts,
    ) | st.builds(a_fact, texts, value=st.none(), sources=cited)
    return st.builds(
        a_certification,
        st.just(key),
        aliases=st.just(aliases),
        grade=optional_texts,
        body=st.none() | st.just("peoplecert"),
        status=st.sampled_from(CertificationStatus),
        levels=levels.map(lambda found: tuple(level for level in found if level < 3)),
        level_basis=st.sampled_from(Basis),
        regions=phrases,
        caution=optional_texts,
        prerequisites=needed,
        successors=others,
        sources=cited,
        facts=st.lists(fact, max_size=4, unique_by=lambda fact: fact.field).map(tuple),
    )


def _role(cited: Any) -> Any:
    few = st.sampled_from([Level.ONE, Level.TWO])
    also = st.lists(few, max_size=2, unique=True).map(tuple)
    return st.builds(a_role, aliases=phrases, level=st.none() | few, also=also, question=optional_texts, sources=cited)


def _questionnaire() -> Any:
    lists = st.dictionaries(texts, st.lists(texts, max_size=3).map(tuple), max_size=3)
    return st.builds(a_questionnaire, id=texts, items=st.just(()), scales=lists, advice=lists)
