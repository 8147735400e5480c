"""Tables of the profession: sources, awarding bodies, levels, kinds of PMO, roles, functions, insights.

A column's key is the name of its record's field, so that rows and records are made of each other without a list of
names in between. Knowledge is replaced as a whole when the content changes: a table outside it that remembers an id
of the knowledge (a certification somebody holds) keeps it as plain text, without a foreign key.
"""

import sqlalchemy as sa

from bot.records import Basis, Confidence
from bot.store.tables.metadata import (
    KNOWLEDGE,
    LevelNumber,
    entries,
    listed,
    metadata,
    optional,
    refers_to,
    required,
    sources_of,
    vocabulary,
)

seeding = sa.Table(
    "seeding",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True, autoincrement=False),
    required("digest", sa.String(64)),
    required("seeded_at", sa.DateTime(timezone=True), server_default=sa.func.now()),
    sa.CheckConstraint("id = 1", name="one_row"),
    info=KNOWLEDGE,
)

sources = entries(
    "sources",
    sa.Column("id", sa.Text, primary_key=True),
    required("title"),
    required("publisher"),
    required("date"),
    optional("year", sa.Integer),
    optional("url"),
    required("reliability"),
)

bodies = entries(
    "awarding_bodies",
    sa.Column("id", sa.Text, primary_key=True),
    required("name"),
    required("summary"),
    optional("since"),
    optional("website"),
)
body_aliases = listed("awarding_body_aliases", "awarding_body_id", "awarding_bodies.id", required("alias", unique=True))
body_sources = sources_of("awarding_body_sources", "awarding_body_id", "awarding_bodies.id")

levels = entries(
    "levels",
    sa.Column("number", LevelNumber, primary_key=True, autoincrement=False),
    required("name"),
    required("summary"),
    required("article"),
    optional("since"),
    sa.CheckConstraint("number BETWEEN 1 AND 4", name="number"),
)
level_work = listed("level_work", "level", "levels.number", required("line"))
level_asks = listed("level_asks", "level", "levels.number", required("line"))
level_certifications = listed(
    "level_certifications",
    "level",
    "levels.number",
    refers_to("certification_id", "certifications.id"),
    sa.UniqueConstraint("level", "certification_id"),
)
level_sources = sources_of("level_sources", "level", "levels.number")

kinds = entries(
    "pmo_kinds",
    sa.Column("id", sa.Text, primary_key=True),
    required("name"),
    required("summary"),
    optional("article"),
    optional("since"),
)
kind_aliases = listed("pmo_kind_aliases", "pmo_kind_id", "pmo_kinds.id", required("alias", unique=True))
kind_sources = sources_of("pmo_kind_sources", "pmo_kind_id", "pmo_kinds.id")

roles = entries(
    "roles",
    sa.Column("id", sa.Text, primary_key=True),
    required("title"),
    optional("level", LevelNumber, sa.ForeignKey("levels.number")),
    required("basis", vocabulary(Basis, "basis")),
    required("summary"),
    required("reason"),
    optional("question"),
    required("confidence", vocabulary(Confidence, "confidence")),
)
role_aliases = listed("role_aliases", "role_id", "roles.id", required("alias", unique=True))
role_levels = listed(
    "role_levels",
    "role_id",
    "roles.id",
    required("level", LevelNumber, sa.ForeignKey("levels.number")),
    sa.UniqueConstraint("role_id", "level"),
)
role_sources = sources_of("role_sources", "role_id", "roles.id")

groups = entries("function_groups", sa.Column("id", sa.Text, primary_key=True), required("name"))
group_sources = sources_of("function_group_sources", "function_group_id", "function_groups.id")

functions = entries(
    "functions",
    sa.Column("id", sa.Text, primary_key=True),
    required("name"),
    refers_to("function_group_id", "function_groups.id", key="group"),
    required("article", sa.Boolean),
    required("summary"),
    required("levels"),
    required("confidence", vocabulary(Confidence, "confidence")),
)
function_aliases = listed("function_aliases", "function_id", "functions.id", required("alias", unique=True))
function_sources = sources_of("function_sources", "function_id", "functions.id")

insights = entries(
    "insights",
    sa.Column("id", sa.Text, primary_key=True),
    required("number", sa.Integer, unique=True),
    required("name"),
    required("summary"),
    required("article"),
    optional("since"),
    required("step"),
    required("question"),
    sa.CheckConstraint("number BETWEEN 1 AND 5", name="number"),
)
insight_sources = sources_of("insight_sources", "insight_id", "insights.id")
