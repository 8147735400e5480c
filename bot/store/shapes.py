"""How each record of the knowledge lies in the tables: which table, and which lists beside it.

A shape reads rows into records and writes records into rows without naming a field: the columns of an entry's table
are keyed by the record's fields. It knows no connection, so that what is written and what is read can be held
against each other in one place.
"""

from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import astuple, dataclass, field, fields
from typing import Any

from sqlalchemy import Table

from bot.records import (
    AwardingBody,
    Certification,
    Function,
    FunctionGroup,
    Insight,
    LevelProfile,
    PmoKind,
    Prerequisite,
    Role,
    Source,
    Topic,
)
from bot.store.tables import certifications as c
from bot.store.tables import knowledge as k
from bot.store.tables import topics as t

Values = dict[str, Any]
Rows = dict[Table, list[Values]]
Found = Mapping[Table, list[tuple[Any, ...]]]


@dataclass(frozen=True)
class Listing:
    """A table of what owners list: columns of the owner, the place in the list, and then the values of an item."""

    table: Table
    make: Callable[..., Any] | None = None

    def write(self, rows: Rows, owner: tuple[Hashable, ...], items: Iterable[Any]) -> None:
        """Add the rows of an owner's items."""
        columns = self.table.c.keys()
        for position, item in enumerate(items):
            values = astuple(item) if self.make else (item,)
            rows.setdefault(self.table, []).append(dict(zip(columns, (*owner, position, *values), strict=True)))

    def read(self, found: Found) -> dict[Any, tuple[Any, ...]]:
        """Return the items of each owner, in order; an owner of several columns is a tuple."""
        place = self.table.c.keys().index("position")
        items: dict[Any, list[Any]] = {}
        for row in found[self.table]:
            owner = row[0] if place == 1 else row[:place]
            items.setdefault(owner, []).append(self.make(*row[place + 1 :]) if self.make else row[-1])
        return {owner: tuple(listed) for owner, listed in items.items()}


@dataclass(frozen=True)
class Shape:
    """A kind of entries: its record, its table, and the listing of each field that the table does not hold."""

    record: type[Any]
    table: Table
    lists: Mapping[str, Listing] = field(default_factory=dict)
    key: str = "id"

    def write(self, rows: Rows, records: Iterable[Any], **more: Any) -> None:
        """Add the rows of the records in their order; `more` are values that every row has."""
        for position, record in enumerate(records):
            given = {"position": position, **more}
            columns = [name for name in self.table.c.keys() if name not in given]
            row = {name: getattr(record, name) for name in columns}
            rows.setdefault(self.table, []).append({**row, **given})
            for name, listing in self.lists.items():
                listing.write(rows, (getattr(record, self.key),), getattr(record, name))

    def read(self, found: Found, **more: Mapping[Any, tuple[Any, ...]]) -> dict[Any, Any]:
        """Return the records by key, in order; `more` are lists that were read elsewhere, by field and key."""
        lists = {name: listing.read(found) for name, listing in self.lists.items()} | more
        told = {field.name for field in fields(self.record)}
        kept = [(at, name) for at, name in enumerate(self.table.c.keys()) if name in told]
        records: dict[Any, Any] = {}
        for row in found[self.table]:
            values = {name: row[at] for at, name in kept}
            owner = values[self.key]
            values.update((name, items.get(owner, ())) for name, items in lists.items())
            records[owner] = self.record(**values)
        return records


SOURCES = Shape(Source, k.sources)
BODIES = Shape(AwardingBody, k.bodies, {"aliases": Listing(k.body_aliases), "sources": Listing(k.body_sources)})
LEVELS = Shape(
    LevelProfile,
    k.levels,
    {
        "work": Listing(k.level_work),
        "asks": Listing(k.level_asks),
        "certifications": Listing(k.level_certifications),
        "sources": Listing(k.level_sources),
    },
    key="number",
)
KINDS = Shape(PmoKind, k.kinds, {"aliases": Listing(k.kind_aliases), "sources": Listing(k.kind_sources)})
ROLES = Shape(
    Role,
    k.roles,
    {"aliases": Listing(k.role_aliases), "also": Listing(k.role_levels), "sources": Listing(k.role_sources)},
)
GROUPS = Shape(FunctionGroup, k.groups, {"sources": Listing(k.group_sources)})
FUNCTIONS = Shape(
    Function, k.functions, {"aliases": Listing(k.function_aliases), "sources": Listing(k.function_sources)}
)
INSIGHTS = Shape(Insight, k.insights, {"sources": Listing(k.insight_sources)})
CERTIFICATIONS = Shape(
    Certification,
    c.certifications,
    {
        "aliases": Listing(c.certification_aliases),
        "levels": Listing(c.certification_levels),
        "regions": Listing(c.certification_regions),
        "prerequisites": Listing(c.certification_prerequisites, Prerequisite),
        "successors": Listing(c.certification_successors),
        "sources": Listing(c.certification_sources),
    },
)
TOPICS = Shape(
    Topic,
    t.topics,
    {
        "questions": Listing(t.topic_questions),
        "next": Listing(t.topic_next),
        "article_facts": Listing(t.topic_article_facts),
        "sources": Listing(t.topic_sources),
    },
)
