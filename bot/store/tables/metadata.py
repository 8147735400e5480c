"""The one `MetaData` of the database, and the columns and tables that its modules are written with."""

from enum import Enum
from typing import Any

import sqlalchemy as sa
from sqlalchemy.types import TypeDecorator

from bot.records import Level

metadata = sa.MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
    }
)

KNOWLEDGE = {"knowledge": True}
"""Marks the tables that are emptied and filled again when the content has changed."""

_LONGEST_WORD = 40


class LevelNumber(TypeDecorator):  # type: ignore[type-arg]  # generic in the stubs, not in SQLAlchemy 1.4
    """A level, kept as its number."""

    impl = sa.Integer
    cache_ok = True

    def process_bind_param(self, value: Level | None, dialect: Any) -> int | None:
        """Return the number of the level."""
        return None if value is None else int(value)

    def process_result_value(self, value: int | None, dialect: Any) -> Level | None:
        """Return the level of the number."""
        return None if value is None else Level(value)


def required(name: str, kind: Any = sa.Text, *more: Any, **options: Any) -> sa.Column[Any]:
    """Return a column that must have a value; a text unless told otherwise."""
    return sa.Column(name, kind, *more, nullable=False, **options)


def optional(name: str, kind: Any = sa.Text, *more: Any, **options: Any) -> sa.Column[Any]:
    """Return a column that may be null; a text unless told otherwise."""
    return sa.Column(name, kind, *more, nullable=True, **options)


def vocabulary(words: type[Enum], name: str) -> sa.Enum:
    """Return the type of a column that holds one of those words and refuses any other."""
    return sa.Enum(
        words,
        name=name,
        native_enum=False,
        create_constraint=True,
        length=_LONGEST_WORD,
        values_callable=lambda enum: [member.value for member in enum],
    )


def refers_to(name: str, target: str, **options: Any) -> sa.Column[Any]:
    """Return a column that must name a row of another table; `target` is "table.column"."""
    return sa.Column(name, sa.ForeignKey(target), nullable=False, **options)


def entries(name: str, *columns: Any) -> sa.Table:
    """Return the table of a kind of entries, the first column their key; `position` is their place in the content."""
    return sa.Table(name, metadata, *columns, required("position", sa.Integer), info=KNOWLEDGE)


def listed(name: str, owner: str, target: str, *values: Any) -> sa.Table:
    """Return the table of what each owner lists: its columns are the owner, the place in the list and the values."""
    return sa.Table(
        name,
        metadata,
        refers_to(owner, target, primary_key=True),
        sa.Column("position", sa.Integer, primary_key=True, autoincrement=False),
        *values,
        info=KNOWLEDGE,
    )


def sources_of(name: str, owner: str, target: str) -> sa.Table:
    """Return the table of the sources that each owner rests on."""
    source = refers_to("source_id", "sources.id")
    return listed(name, owner, target, source, sa.UniqueConstraint(owner, "source_id"))
