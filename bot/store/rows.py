"""The whole knowledge as rows of its tables, and back: `from_rows(to_rows(k))` is `k`, order included."""

from collections.abc import Mapping

from sqlalchemy import Table

from bot.records import Certification, Fact, Knowledge, Questionnaire, QuestionnaireBand, QuestionnaireItem
from bot.store import shapes
from bot.store.shapes import Found, Listing, Rows, Shape
from bot.store.tables import certifications as c
from bot.store.tables import topics as t

_ITEMS = Shape(QuestionnaireItem, t.items, {"sources": Listing(t.item_sources)})
_BANDS = Listing(t.bands, QuestionnaireBand)
_FACT_SOURCES = Listing(c.fact_sources)


def to_rows(knowledge: Knowledge) -> Rows:
    """Return the rows of the knowledge by table."""
    rows: Rows = {}
    shapes.SOURCES.write(rows, knowledge.sources.values())
    shapes.BODIES.write(rows, knowledge.bodies.values())
    shapes.LEVELS.write(rows, knowledge.levels.values())
    shapes.KINDS.write(rows, knowledge.kinds.values())
    shapes.ROLES.write(rows, knowledge.roles.values())
    shapes.GROUPS.write(rows, knowledge.groups.values())
    shapes.FUNCTIONS.write(rows, knowledge.functions.values())
    shapes.INSIGHTS.write(rows, knowledge.insights.values())
    shapes.CERTIFICATIONS.write(rows, knowledge.certifications.values())
    for certification in knowledge.certifications.values():
        _write_facts(rows, certification)
    shapes.TOPICS.write(rows, knowledge.topics.values())
    _write_questionnaire(rows, knowledge.questionnaire)
    return rows


def from_rows(found: Found) -> Knowledge | None:
    """Return the knowledge that the rows of all its tables hold, or None where no questionnaire is among them.

    Rows come as tuples in the order of their table's columns, sorted by position.
    """
    questionnaire = _read_questionnaire(found)
    if questionnaire is None:
        return None
    return Knowledge(
        sources=shapes.SOURCES.read(found),
        bodies=shapes.BODIES.read(found),
        levels=shapes.LEVELS.read(found),
        kinds=shapes.KINDS.read(found),
        roles=shapes.ROLES.read(found),
        groups=shapes.GROUPS.read(found),
        functions=shapes.FUNCTIONS.read(found),
        insights={insight.number: insight for insight in shapes.INSIGHTS.read(found).values()},
        certifications=shapes.CERTIFICATIONS.read(found, facts=_read_facts(found)),
        topics=shapes.TOPICS.read(found),
        questionnaire=questionnaire,
    )


def _write_facts(rows: Rows, certification: Certification) -> None:
    """Add the rows of a certification's facts."""
    Shape(Fact, c.facts).write(rows, certification.facts, certification_id=certification.id)
    for fact in certification.facts:
        _FACT_SOURCES.write(rows, (certification.id, fact.field), fact.sources)


def _read_facts(found: Found) -> dict[str, tuple[Fact, ...]]:
    """Return the facts by certification."""
    sources = _FACT_SOURCES.read(found)
    names = c.facts.c.keys()
    facts: dict[str, tuple[Fact, ...]] = {}
    for row in found[c.facts]:
        values = dict(zip(names, row, strict=True))
        owner = values.pop("certification_id")
        del values["position"]
        fact = Fact(**values, sources=sources.get((owner, values["field"]), ()))
        facts[owner] = (*facts.get(owner, ()), fact)
    return facts


def _write_questionnaire(rows: Rows, questionnaire: Questionnaire) -> None:
    """Add the rows of the questionnaire."""
    owner = questionnaire.id
    rows[t.questionnaires] = [{name: getattr(questionnaire, name) for name in t.questionnaires.c.keys()}]
    _ITEMS.write(rows, questionnaire.items, questionnaire_id=owner)
    _BANDS.write(rows, (owner,), questionnaire.bands)
    _write_named(rows, owner, (t.scales, t.scale_labels), questionnaire.scales)
    _write_named(rows, owner, (t.results, t.advice), questionnaire.advice)


def _read_questionnaire(found: Found) -> Questionnaire | None:
    """Return the questionnaire, if there is one."""
    for owner, intro, validity in found[t.questionnaires]:
        return Questionnaire(
            id=owner,
            intro=intro,
            validity=validity,
            items=tuple(_ITEMS.read(found).values()),
            scales=_read_named(found, owner, (t.scales, t.scale_labels)),
            bands=_BANDS.read(found).get(owner, ()),
            advice=_read_named(found, owner, (t.results, t.advice)),
        )
    return None


def _write_named(rows: Rows, owner: str, tables: tuple[Table, Table], lists: Mapping[str, tuple[str, ...]]) -> None:
    """Add the rows of lists that have names, empty lists too."""
    names, lines = tables
    Listing(names).write(rows, (owner,), lists)
    for name, items in lists.items():
        Listing(lines).write(rows, (owner, name), items)


def _read_named(found: Found, owner: str, tables: tuple[Table, Table]) -> dict[str, tuple[str, ...]]:
    """Return lists by name, empty ones too."""
    names, lines = tables
    held = Listing(lines).read(found)
    return {name: held.get((owner, name), ()) for name in Listing(names).read(found).get(owner, ())}
