"""A plan as JSON, and back again; what a person takes along: Markdown to read, JSON to import, ICS for a calendar."""

import json
import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from bot.coaching.plan_calendar import export_ics
from bot.coaching.plan_markdown import export_markdown
from bot.errors import PlanError
from bot.records.plan import Plan, PlanChange, PlanStatus

__all__ = ["export_ics", "export_json", "export_markdown", "import_json", "plan_from_json", "plan_to_json"]

VERSION = 1
LONGEST = 1000
"""Characters of a text of a plan, of any that is imported too."""
MOST = 200
"""How many options, changes or plans there may be."""
HIGHEST = 10
_HALVES = re.compile("[\ud800-\udfff]")
"""Halves of characters, which JSON can hold and no file can."""


def plan_to_json(plan: Plan) -> dict[str, Any]:
    """Return the plan as plain JSON values; days are written as ISO dates."""
    return {
        "id": plan.id,
        "goal": plan.goal,
        "reality": plan.reality,
        "options": list(plan.options),
        "action": plan.action,
        "when": plan.when,
        "due": _iso(plan.due),
        "realistic": plan.realistic,
        "committed": plan.committed,
        "status": plan.status.value,
        "created": plan.created.isoformat(),
        "history": [
            {"day": change.day.isoformat(), "status": change.status.value, "due": _iso(change.due)}
            for change in plan.history
        ],
    }


def plan_from_json(data: object) -> Plan:
    """Return the plan that the values tell; raise PlanError, which names the field, where one is missing or wrong."""
    told = _mapping(data, "plan")
    return Plan(
        id=_text(told, "id"),
        goal=_optional(told, "goal", _text),
        reality=_optional(told, "reality", _text),
        options=tuple(_text({"options": option}, "options") for option in _list(told, "options")),
        action=_text(told, "action"),
        when=_optional(told, "when", _text),
        due=_optional(told, "due", _day),
        realistic=_optional(told, "realistic", _of_ten),
        committed=_optional(told, "committed", _of_ten),
        status=_status(told, "status"),
        created=_day(told, "created"),
        history=tuple(_change(change) for change in _list(told, "history")),
    )


def export_json(plans: Sequence[Plan], *, profile: Sequence[str] = ()) -> str:
    """Return all of it as JSON, which `import_json` reads again; `profile` is what is known of the person, as lines."""
    data = {"v": VERSION, "profile": list(profile), "plans": [plan_to_json(plan) for plan in plans]}
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"


def import_json(text: str) -> tuple[Plan, ...]:
    """Return the plans of an export; raise PlanError where the text is none, or of another version."""
    try:
        data = json.loads(text)
    except (ValueError, RecursionError) as exc:
        raise PlanError("This file is not JSON. Export the plan as JSON, and import that file.") from exc
    told = _mapping(data, "file")
    if told.get("v") != VERSION:
        raise PlanError(f"This file is not an export of version {VERSION}. Export the plan again, and import that.")
    return tuple(plan_from_json(plan) for plan in _list(told, "plans"))


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _change(data: object) -> PlanChange:
    told = _mapping(data, "history")
    return PlanChange(_day(told, "day"), _status(told, "status"), _optional(told, "due", _day))


def _mapping(data: object, name: str) -> Mapping[str, Any]:
    if not isinstance(data, Mapping):
        raise PlanError(f"The {name} should be an object of names and values.")
    return data


def _list(told: Mapping[str, Any], name: str) -> Sequence[Any]:
    found = told.get(name)
    if not isinstance(found, (list, tuple)) or len(found) > MOST:
        raise PlanError(f"“{name}” should be a list of at most {MOST} entries.")
    return found


def _optional(told: Mapping[str, Any], name: str, read: Callable[[Mapping[str, Any], str], Any]) -> Any:
    return None if told.get(name) is None else read(told, name)


def _text(told: Mapping[str, Any], name: str) -> str:
    found = told.get(name)
    if isinstance(found, str) and found.strip() and len(found) <= LONGEST and not _HALVES.search(found):
        return found
    raise PlanError(f"“{name}” should be a text of at most {LONGEST:,} characters.")


def _of_ten(told: Mapping[str, Any], name: str) -> int:
    found = told.get(name)
    if type(found) is int and 0 <= found <= HIGHEST:
        return found
    raise PlanError(f"“{name}” should be a whole number from 0 to {HIGHEST}.")


def _day(told: Mapping[str, Any], name: str) -> date:
    found = told.get(name)
    try:
        return date.fromisoformat(found if isinstance(found, str) else "")
    except ValueError as exc:
        raise PlanError(f"“{name}” should be a day such as 2027-01-31.") from exc


def _status(told: Mapping[str, Any], name: str) -> PlanStatus:
    found = told.get(name)
    if isinstance(found, str) and found in [status.value for status in PlanStatus]:
        return PlanStatus(found)
    raise PlanError(f"“{name}” should be open, done, moved or dropped.")
