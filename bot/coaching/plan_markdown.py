"""Plans, and what is known of a person, as a page of Markdown that reads well as it stands and when it is rendered."""

import re
from collections.abc import Iterator, Sequence

from bot.coaching.days import day_in_words
from bot.coaching.plan_words import one_line, plan_sentence
from bot.records.plan import Plan, PlanChange, PlanStatus

STANDING = {
    PlanStatus.OPEN: "open",
    PlanStatus.DONE: "done",
    PlanStatus.MOVED: "moved, still to do",
    PlanStatus.DROPPED: "dropped",
}
_MARKS = re.compile(r"([\\`*_\[\]<>&~|$])")
_LIST_MARKS = re.compile(r"^([-+#=:]|\d+(?=[.)]))")


def export_markdown(plans: Sequence[Plan], *, profile: Sequence[str] = ()) -> str:
    """Return the page: the plans, the newest first, then what is known of the person, a line each.

    No text of the person can act as markup in it.
    """
    return "\n\n".join(_blocks(plans, profile)) + "\n"


def inert(text: str) -> str:
    """Return the text in one line in which nothing is markup."""
    escaped = _MARKS.sub(r"\\\1", one_line(text))
    return _LIST_MARKS.sub(lambda match: f"\\{match[1]}" if not match[1].isdigit() else f"{match[1]}\\", escaped)


def _blocks(plans: Sequence[Plan], profile: Sequence[str]) -> Iterator[str]:
    yield "# From PMO Coach"
    if not plans and not profile:
        yield "There is nothing here yet: no plan, and nothing about you."
    for plan in sorted(plans, key=lambda plan: plan.created, reverse=True):
        yield f"## Plan of {day_in_words(plan.created)}"
        yield f"**{inert(plan_sentence(plan))}**"
        yield "\n".join(_points(plan))
    if profile:
        yield "## What I told the coach"
        yield "\n".join(f"- {inert(line)}" for line in profile)


def _points(plan: Plan) -> Iterator[str]:
    yield f"- Status: {STANDING[plan.status]}"
    told = {"Goal": plan.goal, "Where I stand": plan.reality, "Action": plan.action, "When": plan.when}
    yield from (f"- {name}: {inert(text)}" for name, text in told.items() if text)
    if plan.options:
        yield "- Options:"
        yield from (f"  - {inert(option)}" for option in plan.options)
    if plan.due:
        yield f"- By: {day_in_words(plan.due)}"
    ratings = {"How realistic": plan.realistic, "How committed": plan.committed}
    yield from (f"- {name}: {rating} of 10" for name, rating in ratings.items() if rating is not None)
    if plan.history:
        yield "- What became of it:"
        yield from (f"  - {_told(change)}" for change in plan.history)


def _told(change: PlanChange) -> str:
    to = f" to {day_in_words(change.due)}" if change.status is PlanStatus.MOVED and change.due else ""
    return f"{day_in_words(change.day)}: {change.status.value}{to}"
