"""The importer of plans: JSON that a person may have changed, or that never was a plan."""

import contextlib
import json
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime, timezone

from bot.coaching.plan_export import export_ics, export_json, export_markdown, import_json
from bot.errors import PlanError
from bot.records.plan import Plan, PlanChange, PlanStatus
from security.fuzz import Target

NOW = datetime(2026, 1, 1, tzinfo=timezone.utc)
PLAN = Plan(
    id="p1",
    goal="a goal",
    reality=None,
    options=("a", "b"),
    action="write to Ann",
    when="next month",
    due=date(2026, 2, 1),
    realistic=8,
    committed=9,
    status=PlanStatus.OPEN,
    created=date(2026, 1, 1),
    history=(PlanChange(date(2026, 1, 9), PlanStatus.MOVED, date(2026, 2, 1)),),
)


def seeds() -> Iterable[bytes]:
    """Yield an export, a small one, and what is almost one."""
    yield export_json([PLAN], profile=["PMO analyst"]).encode()
    yield json.dumps(json.loads(export_json([PLAN, PLAN])), separators=(",", ":")).encode()
    yield export_json([replace(PLAN, due=day) for day in (date.min, date.max)]).encode()
    yield b'{"v": 1, "profile": [], "plans": []}'
    yield b"[[[[[[[[1e999]]]]]]]]"


def target() -> Target:
    """Return what imports bytes as a plan, and exports again what was one."""

    def read(data: bytes) -> None:
        with contextlib.suppress(PlanError):
            plans = import_json(data.decode("utf-8", "surrogateescape"))
            assert import_json(export_json(plans)) == plans, "a plan changes on its way"
            export_markdown(plans).encode()
            export_ics(plans, now=NOW)

    return read
