"""The four figures of a reply as data; each channel draws them as well as it can, or tells them in words.

- `career_map`: `levels` (each `number`, `name`, `asks`), `here` (a number or None), `between` (two numbers or None).
- `balance`: `value` from -16, all grower, to +16, all builder; `items`, each with its `text` and its `points`.
- `plan`: `steps`, each with its `title`, `date` in words and `status`.
- `table`: `columns`, the titles, and `rows`, as many cells each.
"""

from collections.abc import Iterable, Sequence

from bot.coaching.days import day_in_words
from bot.records import Figure, Knowledge, Level
from bot.records.plan import Plan


def career_map(
    knowledge: Knowledge, *, here: Level | None = None, between: tuple[Level, Level] | None = None
) -> Figure:
    """Return the four levels with the person's place: on a level, or between two of them, which then counts alone."""
    levels = [
        {"number": int(profile.number), "name": profile.name, "asks": list(profile.asks)}
        for profile in knowledge.levels.values()
    ]
    data = {
        "levels": levels,
        "here": int(here) if here and not between else None,
        "between": sorted(int(level) for level in between) if between else None,
    }
    return Figure("career_map", data)


def balance(value: int, items: Iterable[tuple[str, int]]) -> Figure:
    """Return the balance of builder and grower, with what each answer, in words, gave to it."""
    return Figure("balance", {"value": value, "items": [{"text": text, "points": points} for text, points in items]})


def plan(*plans: Plan) -> Figure:
    """Return what is to be done, a step for each plan, with its date and how it stands."""
    steps = [
        {"title": each.action, "date": day_in_words(each.due) if each.due else None, "status": each.status.value}
        for each in plans
    ]
    return Figure("plan", {"steps": steps})


def table(columns: Sequence[str], rows: Iterable[Sequence[str | int]]) -> Figure:
    """Return a table."""
    return Figure("table", {"columns": list(columns), "rows": [list(row) for row in rows]})
