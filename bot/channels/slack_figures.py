"""Figures as text that reads well in Slack; what a kind does not show, or no kind knows, follows as name and value."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from bot.channels.slack_text import BULLET, escaped, table_text

MOST = 16
"""A balance goes from minus this to plus this."""
HALF = 8
"""Signs on each side of the balance's middle."""
STATUS_MARKS = {"done": "☑", "dropped": "☒", "moved": "➜"}
_KEYS = {
    "table": ("columns", "rows"),
    "career_map": ("levels", "here", "between"),
    "balance": ("value", "items"),
    "plan": ("steps",),
}


def figure_text(kind: str, data: Mapping[str, Any]) -> str:
    """Return the figure in mrkdwn, with nothing left out."""
    try:
        drawn = _DRAWN[kind](data)
    except (KeyError, TypeError, ValueError, AttributeError):
        return _values({"figure": kind, **data})
    rest = {key: value for key, value in data.items() if key not in _KEYS[kind] and value not in (None, "", [], {})}
    return "\n".join(filter(None, (drawn, _values(rest))))


def _table(data: Mapping[str, Any]) -> str:
    return table_text([_show(title) for title in data["columns"]], [list(map(_show, row)) for row in data["rows"]])


def _career_map(data: Mapping[str, Any]) -> str:
    between = sorted(data.get("between") or ())
    lines = []
    for level in sorted(data["levels"], key=lambda level: level["number"], reverse=True):
        here = level["number"] == data.get("here")
        name = f"{level['number']} {_show(level['name'])}"
        asks = f": {_show(level['asks'])}" if level.get("asks") else ""
        lines.append(f"● *{name}*{asks}  ◂ you are here" if here else f"○ {name}{asks}")
        if between and level["number"] == between[-1]:
            lines.append("● *you are here, between the two*")
    return "\n".join(lines)


def _balance(data: Mapping[str, Any]) -> str:
    value = float(data["value"])
    place = round(max(-MOST, min(MOST, value)) / MOST * HALF) + HALF
    line = "".join("●" if sign == place else "┼" if sign == HALF else "─" for sign in range(2 * HALF + 1))
    items = [f"{BULLET} {_signed(float(item['points']))}  {_show(item['text'])}" for item in data.get("items") or ()]
    return "\n".join([f"grower `{line}` builder  ({_signed(value)})", *items])


def _signed(points: float) -> str:
    return f"{points:+g}" if points else "0"


def _plan(data: Mapping[str, Any]) -> str:
    lines = []
    for step in data["steps"]:
        status = _show(step.get("status"))
        details = " · ".join(filter(None, (_show(step.get("date")), status)))
        lines.append(
            f"{STATUS_MARKS.get(status.casefold(), '☐')} {_show(step['title'])}" + (f" ({details})" * bool(details))
        )
        extra = {key: value for key, value in step.items() if key not in ("title", "date", "status") and value}
        lines += [f"    {line}" for line in _values(extra).splitlines()]
    return "\n".join(lines)


_DRAWN = {"table": _table, "career_map": _career_map, "balance": _balance, "plan": _plan}


def _values(data: Mapping[str, Any]) -> str:
    return "\n".join(f"{BULLET} {escaped(str(key).replace('_', ' '))}: {_show(value)}" for key, value in data.items())


def _show(value: Any) -> str:
    """Return a JSON value as a person reads it, escaped."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, (str, int, float)):
        return escaped(" ".join(str(value).split()))
    if isinstance(value, Sequence) and all(isinstance(item, (str, int, float)) for item in value):
        return "; ".join(_show(item) for item in value)
    return escaped(json.dumps(value, ensure_ascii=False, default=str))
