"""Files of what is remembered of a person: everything as JSON, plans to read and plans for a calendar.

JSON is complete, and the same whatever the coach learns to say. Markdown and calendar come from
`bot.coaching.plan_export`, which words plans for people. Who is not remembered still takes along what the
conversation itself knows.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, replace
from datetime import date, datetime
from enum import Enum
from typing import Any

from bot.coaching.memory import told_of
from bot.coaching.plan_export import export_ics, export_markdown, import_json, plan_from_json, plan_to_json
from bot.coaching.plan_talk import is_open
from bot.coaching.profile import profile_from_slots
from bot.records import Knowledge, Memory, Plan

VERSION = 1

NAMES_THINGS = frozenset({"md"})
"""The formats in which roles and certifications are named, which takes the knowledge."""

Exporter = Callable[[Memory, str, datetime, Knowledge | None], bytes]


def export(memory: Memory, format: str, now: datetime, knowledge: Knowledge | None = None) -> bytes:
    """Return the memory as a file; `format` is json, md or ics. Without knowledge, what is told of oneself has ids."""
    return _WRITERS[format](memory, now, knowledge).encode()


def plans_in(text: str) -> tuple[Plan, ...]:
    """Return the plans of an export in JSON, the oldest first; raise PlanError, which says what is wrong."""
    return tuple(sorted(import_json(text), key=lambda plan: plan.created))


def plan_slot(plans: Sequence[Plan]) -> dict[str, Any]:
    """Return the plan that a conversation goes on with, as its slot holds it: the newest open one, else the newest."""
    return plan_to_json(max(plans, key=lambda plan: (is_open(plan), plan.created)))


def with_slots(memory: Memory, slots: Mapping[str, Any]) -> Memory:
    """Return the memory with what only the conversation's slots know, for who is not remembered beyond it."""
    profile, plan = profile_from_slots(slots), slots.get("plan")
    plans = memory.plans or ((plan_from_json(plan),) if plan else ())
    return replace(memory, profile=memory.profile if memory.profile_known else profile, plans=plans)


def memory_json(memory: Memory) -> dict[str, Any]:
    """Return everything that is remembered as plain JSON values, without the person's id, which opens nothing."""
    value: dict[str, Any] = _plain(asdict(memory))
    del value["person"]
    return {"v": VERSION, **value}


def _as_json(memory: Memory, now: datetime, knowledge: Knowledge | None) -> str:
    exported = {"exported": now.isoformat(timespec="seconds"), **memory_json(memory)}
    return json.dumps(exported, ensure_ascii=False, indent=2) + "\n"


def _as_markdown(memory: Memory, now: datetime, knowledge: Knowledge | None) -> str:
    if knowledge is not None:
        return export_markdown(memory.plans, profile=told_of(knowledge, memory.profile))
    told = memory_json(memory)["profile"]
    profile = [f"{name.replace('_', ' ')}: {_listed(value)}" for name, value in told.items() if value]
    return export_markdown(memory.plans, profile=profile)


def _as_calendar(memory: Memory, now: datetime, knowledge: Knowledge | None) -> str:
    return export_ics(memory.plans, now=now)


def _listed(value: object) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)


def _plain(value: Any) -> Any:
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {str(key): _plain(item) for key, item in value.items()}
    return [_plain(item) for item in value] if isinstance(value, list | tuple) else value


_WRITERS: Mapping[str, Callable[[Memory, datetime, Knowledge | None], str]] = {
    "json": _as_json,
    "md": _as_markdown,
    "ics": _as_calendar,
}
