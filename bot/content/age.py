"""How old the sources are that each statement of the knowledge rests on."""

import calendar
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from bot.records import Fact, Knowledge, Source

_DATE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?(?!\d)")


@dataclass(frozen=True)
class Age:
    """An entry, or one fact of it, with the date of its newest source; None where no source has a date."""

    kind: str
    id: str
    fact: str | None
    sources: tuple[str, ...]
    newest: date | None


def ages(knowledge: Knowledge) -> Iterator[Age]:
    """Yield the age of each entry and fact that rests on sources, in the order of the content."""
    for kind in ("bodies", "levels", "kinds", "roles", "groups", "functions", "insights", "certifications", "topics"):
        for key, entry in getattr(knowledge, kind).items():
            if entry.sources:
                name = f"level:{int(key)}" if kind == "levels" else entry.id
                yield Age(kind, name, None, entry.sources, _newest(knowledge, entry.sources))
            for fact in getattr(entry, "facts", ()):
                if fact.sources:
                    yield Age(kind, entry.id, fact.field, fact.sources, _fact_date(knowledge, fact))
    for item in knowledge.questionnaire.items:
        if item.sources:
            yield Age("questionnaire", item.id, None, item.sources, _newest(knowledge, item.sources))


def older_than(found: Iterable[Age], *, months: int, today: date) -> list[Age]:
    """Return those whose newest source is older than so many months, the oldest first; undated ones are left out."""
    limit = months_before(today, months)
    stale = [(age.newest, age) for age in found if age.newest is not None and age.newest < limit]
    return [age for _, age in sorted(stale, key=lambda pair: pair[0])]


def months_before(day: date, months: int) -> date:
    """Return the same day so many months before, or that month's last day where it has no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    if year < 1:
        return date.min
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def source_date(source: Source) -> date | None:
    """Return the last day that a source may be of: a month counts as its last day, a year as its 31 December."""
    written = _DATE.match(source.date)
    if written:
        year, month, day = (int(part) if part else None for part in written.groups())
        try:
            return date(year or 0, month or 12, day or calendar.monthrange(year or 0, month or 12)[1])
        except (ValueError, calendar.IllegalMonthError):
            pass  # "2024-99" is no date; the year that goes with it may be one
    return None if source.year is None else date(source.year, 12, 31)


def _newest(knowledge: Knowledge, sources: Iterable[str]) -> date | None:
    """Return the date of the newest of the sources."""
    dates = (source_date(knowledge.sources[source]) for source in sources)
    return max((day for day in dates if day is not None), default=None)


def _fact_date(knowledge: Knowledge, fact: Fact) -> date | None:
    """Return the date of a fact's newest source, else the end of the fact's own year."""
    newest = _newest(knowledge, fact.sources)
    return date(fact.year, 12, 31) if newest is None and fact.year is not None else newest
