"""The tables of the knowledge.

Written by hand, with helpers of its own: it must go on making these tables whatever becomes of `bot.store.tables`.
"""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

BASIS = ("article", "cited", "judgement")
CONFIDENCE = ("high", "medium", "low", "none")
STATUS = ("current", "renamed", "superseded", "unclear", "not_a_certificate", "not_found")
FACT_STATUS = ("found", "not_found", "disputed")
PREREQUISITE = ("required", "advised", "one_of")

CREATED = """
seeding sources awarding_bodies levels pmo_kinds roles function_groups functions insights certifications facts topics
questionnaires questionnaire_items questionnaire_bands questionnaire_scales questionnaire_scale_labels
questionnaire_results questionnaire_advice fact_sources awarding_body_aliases pmo_kind_aliases role_aliases
function_aliases certification_aliases level_work level_asks level_certifications role_levels certification_levels
certification_regions certification_prerequisites certification_successors topic_questions topic_next
topic_article_facts awarding_body_sources level_sources pmo_kind_sources role_sources function_group_sources
function_sources insight_sources certification_sources topic_sources questionnaire_item_sources
""".split()
"""The tables, each after those it refers to."""


def upgrade() -> None:
    """Make the tables, each after those it refers to."""
    _create_ground()
    _create_work()
    _create_certifications()
    _create_facts()
    _create_fact_sources()
    _create_topics()
    _create_questionnaire()
    _create_named_lists("questionnaire_scales", "scale", "questionnaire_scale_labels")
    _create_named_lists("questionnaire_results", "result", "questionnaire_advice")
    _create_aliases()
    _create_lists()
    _create_relations()
    _create_sources()


def downgrade() -> None:
    """Drop the tables."""
    for name in reversed(CREATED):
        op.drop_table(name)


def _text(name: str, *, null: bool = False) -> sa.Column[Any]:
    return sa.Column(name, sa.Text(), nullable=null)


def _number(name: str, *, null: bool = False) -> sa.Column[Any]:
    return sa.Column(name, sa.Integer(), nullable=null, autoincrement=False)


def _word(name: str) -> sa.Column[Any]:
    return sa.Column(name, sa.String(40), nullable=False)


def _pk(table: str, *columns: str) -> sa.PrimaryKeyConstraint:
    return sa.PrimaryKeyConstraint(*columns, name=op.f(f"pk_{table}"))


def _fk(table: str, column: str, target: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [target], name=op.f(f"fk_{table}_{column}"))


def _uq(table: str, *columns: str) -> sa.UniqueConstraint:
    return sa.UniqueConstraint(*columns, name=op.f(f"uq_{table}_{'_'.join(columns)}"))


def _ck(table: str, name: str, condition: str) -> sa.CheckConstraint:
    return sa.CheckConstraint(condition, name=op.f(f"ck_{table}_{name}"))


def _one_of(table: str, column: str, words: tuple[str, ...]) -> sa.CheckConstraint:
    return _ck(table, column, f"{column} IN ({', '.join(repr(word) for word in words)})")


def _entries(table: str, *columns: Any) -> None:
    op.create_table(table, *columns, _number("position"), _pk(table, columns[0].name))


def _listed(table: str, owner: str, target: str, *values: Any) -> None:
    kind = _number if target == "levels.number" else _text
    op.create_table(
        table, kind(owner), _number("position"), *values, _pk(table, owner, "position"), _fk(table, owner, target)
    )


def _link(table: str, owner: str, target: str, other: str, other_target: str, *more: Any) -> None:
    column = _number(other) if other_target == "levels.number" else _text(other)
    _listed(table, owner, target, column, *more, _fk(table, other, other_target), _uq(table, owner, other))


def _create_ground() -> None:
    op.create_table(
        "seeding",
        _number("id"),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("seeded_at", sa.DateTime(timezone=True), server_default=sa.func.now(), nullable=False),
        _ck("seeding", "one_row", "id = 1"),
        _pk("seeding", "id"),
    )
    source = ("id", "title", "publisher", "date", "reliability")
    _entries("sources", *map(_text, source), _number("year", null=True), _text("url", null=True))
    since = _text("since", null=True)
    _entries("awarding_bodies", *map(_text, ("id", "name", "summary")), since, _text("website", null=True))
    number = _ck("levels", "number", "number BETWEEN 1 AND 4")
    told = [_text(name) for name in ("name", "summary", "article")]
    _entries("levels", _number("number"), *told, _text("since", null=True), number)
    optional = [_text(name, null=True) for name in ("article", "since")]
    _entries("pmo_kinds", *map(_text, ("id", "name", "summary")), *optional)


def _create_work() -> None:
    _entries(
        "roles",
        *map(_text, ("id", "title", "summary", "reason")),
        _number("level", null=True),
        _text("question", null=True),
        _word("basis"),
        _word("confidence"),
        _fk("roles", "level", "levels.number"),
        _one_of("roles", "basis", BASIS),
        _one_of("roles", "confidence", CONFIDENCE),
    )
    _entries("function_groups", *map(_text, ("id", "name")))
    _entries(
        "functions",
        *map(_text, ("id", "name", "function_group_id", "summary", "levels")),
        sa.Column("article", sa.Boolean(), nullable=False),
        _word("confidence"),
        _fk("functions", "function_group_id", "function_groups.id"),
        _one_of("functions", "confidence", CONFIDENCE),
    )
    _entries(
        "insights",
        *map(_text, ("id", "name", "summary", "article", "step", "question")),
        _number("number"),
        _text("since", null=True),
        _uq("insights", "number"),
        _ck("insights", "number", "number BETWEEN 1 AND 5"),
    )


def _create_certifications() -> None:
    table = "certifications"
    told = ("id", "name", "full_name", "family", "about", "style", "summary", "level_reason", "ask")
    optional = ("grade", "awarding_body_id", "caution", "requirement", "article")
    _entries(
        table,
        *map(_text, told),
        *[_text(name, null=True) for name in optional],
        *map(_word, ("status", "level_basis", "confidence")),
        _fk(table, "awarding_body_id", "awarding_bodies.id"),
        _one_of(table, "status", STATUS),
        _one_of(table, "level_basis", BASIS),
        _one_of(table, "confidence", CONFIDENCE),
    )


def _create_facts() -> None:
    op.create_table(
        "facts",
        *map(_text, ("certification_id", "field")),
        _text("value", null=True),
        *map(_word, ("status", "confidence")),
        _number("year", null=True),
        _text("note", null=True),
        _number("position"),
        _pk("facts", "certification_id", "field"),
        _fk("facts", "certification_id", "certifications.id"),
        _one_of("facts", "status", FACT_STATUS),
        _one_of("facts", "confidence", CONFIDENCE),
        _ck("facts", "found_has_value", "status <> 'found' OR value IS NOT NULL"),
        _ck("facts", "not_found_has_none", "status <> 'not_found' OR value IS NULL"),
    )


def _create_fact_sources() -> None:
    table = "fact_sources"
    op.create_table(
        table,
        *map(_text, ("certification_id", "field")),
        _number("position"),
        _text("source_id"),
        _pk(table, "certification_id", "field", "position"),
        sa.ForeignKeyConstraint(
            ["certification_id", "field"],
            ["facts.certification_id", "facts.field"],
            name=op.f("fk_fact_sources_certification_id"),
        ),
        _fk(table, "source_id", "sources.id"),
        _uq(table, "certification_id", "field", "source_id"),
    )


def _create_topics() -> None:
    _entries("topics", *map(_text, ("id", "title", "answer")), _text("more", null=True))


def _create_questionnaire() -> None:
    op.create_table("questionnaires", *map(_text, ("id", "intro", "validity")), _pk("questionnaires", "id"))
    table = "questionnaire_items"
    _entries(
        table,
        *map(_text, ("id", "questionnaire_id", "text")),
        *[_text(name, null=True) for name in ("option_a", "option_b")],
        sa.Column("type", sa.String(20), nullable=False),
        sa.Column("builder_side", sa.Boolean(), nullable=False),
        _fk(table, "questionnaire_id", "questionnaires.id"),
        _one_of(table, "type", ("likert", "forced_choice")),
    )
    table = "questionnaire_bands"
    columns = (*map(_number, ("low", "high")), *map(_text, ("label", "say")), _ck(table, "low_to_high", "low <= high"))
    _listed(table, "questionnaire_id", "questionnaires.id", *columns)


def _create_named_lists(names: str, key: str, lines: str) -> None:
    _listed(names, "questionnaire_id", "questionnaires.id", _text(key), _uq(names, "questionnaire_id", key))
    op.create_table(
        lines,
        *map(_text, ("questionnaire_id", key)),
        _number("position"),
        _text("line"),
        _pk(lines, "questionnaire_id", key, "position"),
        sa.ForeignKeyConstraint(
            ["questionnaire_id", key],
            [f"{names}.questionnaire_id", f"{names}.{key}"],
            name=op.f(f"fk_{lines}_questionnaire_id"),
        ),
    )


def _create_aliases() -> None:
    for owner, target in (
        ("awarding_body", "awarding_bodies"),
        ("pmo_kind", "pmo_kinds"),
        ("role", "roles"),
        ("function", "functions"),
        ("certification", "certifications"),
    ):
        table = f"{owner}_aliases"
        _listed(table, f"{owner}_id", f"{target}.id", _text("alias"), _uq(table, "alias"))


def _create_lists() -> None:
    _listed("level_work", "level", "levels.number", _text("line"))
    _listed("level_asks", "level", "levels.number", _text("line"))
    table = "certification_regions"
    _listed(table, "certification_id", "certifications.id", _text("region"), _uq(table, "certification_id", "region"))
    table = "topic_questions"
    _listed(table, "topic_id", "topics.id", _text("question"), _uq(table, "question"))
    _listed("topic_next", "topic_id", "topics.id", _text("reference"))
    _listed("topic_article_facts", "topic_id", "topics.id", _text("fact"))


def _create_relations() -> None:
    _link("level_certifications", "level", "levels.number", "certification_id", "certifications.id")
    _link("role_levels", "role_id", "roles.id", "level", "levels.number")
    _link("certification_levels", "certification_id", "certifications.id", "level", "levels.number")
    for table, other, more in (
        ("certification_prerequisites", "needed_id", True),
        ("certification_successors", "successor_id", False),
    ):
        kind = (_word("kind"), _one_of(table, "kind", PREREQUISITE)) if more else ()
        itself = _ck(table, "not_itself", f"certification_id <> {other}")
        _link(table, "certification_id", "certifications.id", other, "certifications.id", *kind, itself)


def _create_sources() -> None:
    for table, owner, target in (
        ("awarding_body_sources", "awarding_body_id", "awarding_bodies.id"),
        ("level_sources", "level", "levels.number"),
        ("pmo_kind_sources", "pmo_kind_id", "pmo_kinds.id"),
        ("role_sources", "role_id", "roles.id"),
        ("function_group_sources", "function_group_id", "function_groups.id"),
        ("function_sources", "function_id", "functions.id"),
        ("insight_sources", "insight_id", "insights.id"),
        ("certification_sources", "certification_id", "certifications.id"),
        ("topic_sources", "topic_id", "topics.id"),
        ("questionnaire_item_sources", "item_id", "questionnaire_items.id"),
    ):
        _link(table, owner, target, "source_id", "sources.id")
