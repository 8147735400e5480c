"""The figures' data, read into shapes that can be drawn; what does not fit becomes a small table.

No figure is lost: an unknown kind, a known kind with unexpected data and any extra key of the data are
shown as rows of name and value.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.records.reply import Figure
from bot.terminal.cleaning import clean_line

BALANCE_LIMIT = 16
"""A balance goes from minus this to plus this."""


@dataclass(frozen=True)
class Grid:
    """A table: its columns' titles, perhaps none, and its rows, all of the same length."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Step:
    """A level on the career map; the person is on it (`here`), or between it and the next lower (`below`)."""

    number: str
    name: str
    asks: tuple[str, ...]
    here: bool = False
    below: bool = False


@dataclass(frozen=True)
class CareerMap:
    """The levels, the highest first, and the person's place among them."""

    steps: tuple[Step, ...]


@dataclass(frozen=True)
class Balance:
    """A value between grower (negative) and builder (positive), with what each answer gave."""

    value: float
    items: tuple[tuple[str, float], ...]


@dataclass(frozen=True)
class PlanStep:
    """Something to do, when it is due and how it stands."""

    title: str
    date: str
    status: str


@dataclass(frozen=True)
class PlanFigure:
    """The steps of a plan, in order."""

    steps: tuple[PlanStep, ...]


Shape = Grid | CareerMap | Balance | PlanFigure


def read_figure(figure: Figure) -> list[Shape]:
    """Return what is to be drawn: the figure's shape, then a table of all that it does not show."""
    reader, known = _READERS.get(figure.kind, (None, ()))
    if reader is None:
        return [_values({"figure": figure.kind, **figure.data})]
    try:
        shape = reader(figure.data)
    except (KeyError, TypeError, ValueError, AttributeError):
        return [_values({"figure": figure.kind, **figure.data})]
    rest = {key: value for key, value in figure.data.items() if key not in known and value not in (None, "", [], {})}
    return [shape, _values(rest)] if rest else [shape]


def signed(points: float) -> str:
    """Return the number with its sign: "+2", "-1", "0"."""
    return f"{points:+g}" if points else "0"


def _table(data: Mapping[str, Any]) -> Grid:
    columns = tuple(_show(title) for title in _sequence(data["columns"]))
    rows = [tuple(_show(cell) for cell in _sequence(row)) for row in _sequence(data["rows"])]
    width = max((len(row) for row in (columns, *rows)), default=0)
    return Grid(_pad(columns, width) if columns else (), tuple(_pad(row, width) for row in rows))


def _career_map(data: Mapping[str, Any]) -> CareerMap:
    here, upper = data.get("here"), max(_sequence(data.get("between") or ()), default=None)
    levels = sorted(_sequence(data["levels"]), key=lambda level: level["number"], reverse=True)
    return CareerMap(
        tuple(
            Step(
                _show(level["number"]), _show(level["name"]), _lines(level.get("asks")),
                here=level["number"] == here, below=level["number"] == upper,
            )
            for level in levels
        )
    )  # fmt: skip


def _lines(value: Any) -> tuple[str, ...]:
    """Return the lines of a list, or the one line that another value makes; none of what is empty."""
    values = value if isinstance(value, (list, tuple)) else [value]
    return tuple(filter(None, map(_show, values)))


def _balance(data: Mapping[str, Any]) -> Balance:
    items = tuple((_show(item["text"]), float(item["points"])) for item in _sequence(data.get("items") or ()))
    value = float(data["value"])
    if not -BALANCE_LIMIT <= value <= BALANCE_LIMIT:
        raise ValueError(value)
    return Balance(value, items)


def _plan(data: Mapping[str, Any]) -> PlanFigure:
    return PlanFigure(
        tuple(
            PlanStep(_show(step["title"]), _show(step.get("date")), _show(step.get("status")))
            for step in _sequence(data["steps"])
        )
    )


_READERS: Mapping[str, tuple[Any, tuple[str, ...]]] = {
    "table": (_table, ("columns", "rows")),
    "career_map": (_career_map, ("levels", "here", "between")),
    "balance": (_balance, ("value", "items")),
    "plan": (_plan, ("steps",)),
}


def _values(data: Mapping[str, Any]) -> Grid:
    return Grid((), tuple((clean_line(key).replace("_", " "), _show(value)) for key, value in data.items()))


def _sequence(value: Any) -> Sequence[Any]:
    if not isinstance(value, (list, tuple)):
        raise TypeError(value)
    return value


def _pad(row: Sequence[str], width: int) -> tuple[str, ...]:
    return (*row, *[""] * (width - len(row)))


def _show(value: Any) -> str:
    """Return a JSON value as a person reads it."""
    if value is None:
        return ""
    if isinstance(value, str):
        return clean_line(value)
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, (list, tuple)) and all(isinstance(item, (str, int, float)) for item in value):
        return "; ".join(_show(item) for item in value)
    return clean_line(json.dumps(value, ensure_ascii=False, default=str))
