"""The tables of the database, all in one `metadata`, which the migrations are compared with.

A module of tables is added by importing it here, so that whoever has `metadata` has them all.
"""

from bot.store.tables import certifications, conversations, knowledge, people, reviews, slack_events, topics
from bot.store.tables.metadata import metadata

KNOWLEDGE_TABLES = tuple(table for table in metadata.sorted_tables if table.info.get("knowledge"))
"""The tables that hold the knowledge, each after those it refers to."""

__all__ = [
    "KNOWLEDGE_TABLES",
    "certifications",
    "conversations",
    "knowledge",
    "metadata",
    "people",
    "reviews",
    "slack_events",
    "topics",
]
