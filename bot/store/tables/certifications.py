"""Tables of certifications: what they are, what they ask for, what replaced them, and the facts known of them."""

import sqlalchemy as sa

from bot.records import Basis, CertificationStatus, Confidence, FactStatus, PrerequisiteKind
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

_OWNER = "certifications.id"

certifications = entries(
    "certifications",
    sa.Column("id", sa.Text, primary_key=True),
    required("name"),
    required("full_name"),
    required("family"),
    optional("grade"),
    optional("awarding_body_id", sa.Text, sa.ForeignKey("awarding_bodies.id"), key="body"),
    required("status", vocabulary(CertificationStatus, "status")),
    required("level_basis", vocabulary(Basis, "level_basis")),
    required("about"),
    required("style"),
    required("summary"),
    required("level_reason"),
    required("ask"),
    optional("caution"),
    optional("requirement"),
    optional("article"),
    required("confidence", vocabulary(Confidence, "confidence")),
)
certification_aliases = listed("certification_aliases", "certification_id", _OWNER, required("alias", unique=True))
certification_levels = listed(
    "certification_levels",
    "certification_id",
    _OWNER,
    required("level", LevelNumber, sa.ForeignKey("levels.number")),
    sa.UniqueConstraint("certification_id", "level"),
)
certification_regions = listed(
    "certification_regions",
    "certification_id",
    _OWNER,
    required("region"),
    sa.UniqueConstraint("certification_id", "region"),
)
certification_prerequisites = listed(
    "certification_prerequisites",
    "certification_id",
    _OWNER,
    refers_to("needed_id", _OWNER),
    required("kind", vocabulary(PrerequisiteKind, "kind")),
    sa.UniqueConstraint("certification_id", "needed_id"),
    sa.CheckConstraint("certification_id <> needed_id", name="not_itself"),
)
certification_successors = listed(
    "certification_successors",
    "certification_id",
    _OWNER,
    refers_to("successor_id", _OWNER),
    sa.UniqueConstraint("certification_id", "successor_id"),
    sa.CheckConstraint("certification_id <> successor_id", name="not_itself"),
)
certification_sources = sources_of("certification_sources", "certification_id", _OWNER)

facts = sa.Table(
    "facts",
    metadata,
    refers_to("certification_id", _OWNER, primary_key=True),
    sa.Column("field", sa.Text, primary_key=True),
    optional("value"),
    required("status", vocabulary(FactStatus, "status")),
    required("confidence", vocabulary(Confidence, "confidence")),
    optional("year", sa.Integer),
    optional("note"),
    required("position", sa.Integer),
    # What was found has a value, what was not found has none; what is disputed may have one.
    sa.CheckConstraint("status <> 'found' OR value IS NOT NULL", name="found_has_value"),
    sa.CheckConstraint("status <> 'not_found' OR value IS NULL", name="not_found_has_none"),
    info=KNOWLEDGE,
)
fact_sources = sa.Table(
    "fact_sources",
    metadata,
    sa.Column("certification_id", sa.Text, primary_key=True),
    sa.Column("field", sa.Text, primary_key=True),
    sa.Column("position", sa.Integer, primary_key=True, autoincrement=False),
    refers_to("source_id", "sources.id"),
    sa.ForeignKeyConstraint(["certification_id", "field"], ["facts.certification_id", "facts.field"]),
    sa.UniqueConstraint("certification_id", "field", "source_id"),
    info=KNOWLEDGE,
)
