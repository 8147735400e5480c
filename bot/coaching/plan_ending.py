"""The conclusion of the plan: one sentence, "When ..., I will ... - by Friday 4 December 2026.", and its figure."""

import hashlib
import re
from dataclasses import replace
from datetime import date

from bot.coaching.dates import is_deadline
from bot.coaching.figures import plan as plan_figure
from bot.coaching.form import Talk, Value
from bot.coaching.plan_export import plan_to_json
from bot.coaching.plan_words import bare_action, excerpt, plan_sentence
from bot.coaching.reading import LONGEST
from bot.coaching.wording import payload, reply
from bot.records import Choice, Reply
from bot.records.coaching import Ending
from bot.records.plan import Plan, PlanStatus

ENOUGH = 7
"""The rating below which the coach asks what would raise it; a rule of our own."""
HIGHEST = 10
ID_LENGTH = 16
MOST_OPTIONS = 10
EXPORT = Choice("Take it with me", payload("export_data"))
AGAIN = Choice("Make another plan", payload("make_plan", form="yes"))
NEW = Choice("Make a plan", payload("make_plan", form="yes"))
NEXT = Choice("What should I take next?", payload("next_qualification", form="yes"))
LEVEL = Choice("Which level am I?", payload("assess_level", form="yes"))
NOTHING = (
    "You skipped everything, so there is no plan, and that is fine. It takes one action; come back when you have it."
)
NO_ACTION = "Without an action there is no plan to keep yet. When one comes to mind, we can make it together."
NO_DATE = "It has no date yet. Say **make a plan** to give it one."
LAPSED = "The date you named has passed by now, so the plan has none. You can make it again with a new one."
LATER = "Next time I ask you how it went: done, moved or dropped."


def conclude(talk: Talk) -> Ending:
    """Say the plan in one sentence and keep it; without an action there is none, and that is said kindly."""
    plan = plan_of(talk)
    if plan is None:
        told = any(text_of(talk, step) for step in ("goal", "reality", "options"))
        said = _quoting_goal(talk) if told else NOTHING
        return Ending((reply(talk.knowledge, said),), offers=(NEW, NEXT, LEVEL))
    return Ending((_told(talk, plan),), plan=plan_to_json(plan), offers=(EXPORT, AGAIN, NEXT))


def plan_of(talk: Talk) -> Plan | None:
    """Return the plan that the answers make; None without an action."""
    action = text_of(talk, "action")
    if action is None:
        return None
    plan = Plan(
        id="",
        goal=text_of(talk, "goal"),
        reality=text_of(talk, "reality"),
        options=_options(talk),
        action=bare_action(action),
        when=_moment(talk),
        due=_due(talk),
        realistic=number_of(talk, "realistic"),
        committed=number_of(talk, "committed"),
        status=PlanStatus.OPEN,
        created=talk.today,
    )
    return replace(plan, id=_id(plan))


def _moment(talk: Talk) -> str | None:
    """Return the moment that sets the action off; None for what is a deadline, which the plan has as its date."""
    when = text_of(talk, "when")
    return None if when is not None and is_deadline(when, talk.today) else when


def text_of(talk: Talk, step: str) -> str | None:
    """Return the words that answer the question; None where it was skipped or holds no words."""
    value = talk.answer(step)
    return value.strip()[:LONGEST] if isinstance(value, str) and re.search(r"\w", value[:LONGEST]) else None


def number_of(talk: Talk, step: str) -> int | None:
    """Return the rating that answers the question; None where there is none from 0 to 10."""
    value = talk.answer(step)
    return value if type(value) is int and 0 <= value <= HIGHEST else None


def day_of(value: Value) -> date | None:
    """Return the day of an ISO date; None for anything else."""
    try:
        return date.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None


def _due(talk: Talk) -> date | None:
    due = day_of(talk.answer("due"))
    return due if due is not None and due >= talk.today else None


def ways_named(talk: Talk) -> tuple[str, ...]:
    """Return the ways that were named, one by one."""
    parts = [part.strip() for part in re.split(r"[;\n]|,? or |,", text_of(talk, "options") or "")]
    return tuple(part for part in parts if re.search(r"\w", part))[:MOST_OPTIONS]


def _options(talk: Talk) -> tuple[str, ...]:
    """Return the ways that were named, and what would make the action an 8."""
    single = ways_named(talk)
    smaller = text_of(talk, "smaller")
    return (*single, *([smaller] if smaller else []))


def _id(plan: Plan) -> str:
    """Return an id of what is planned and when it was: the same plan of one person has one id."""
    told = "\n".join(str(part) for part in (plan.created, plan.goal, plan.action, plan.when, plan.due))
    return hashlib.sha256(told.encode("utf-8", "replace")).hexdigest()[:ID_LENGTH]


def _told(talk: Talk, plan: Plan) -> Reply:
    goal = f"It serves your goal: “{excerpt(plan.goal)}”." if plan.goal else None
    lapsed = day_of(talk.answer("due")) is not None
    date_words = None if plan.due else LAPSED if lapsed else NO_DATE
    said = reply(talk.knowledge, f"**Your plan:** {plan_sentence(plan)}", goal, _doubt(talk), date_words, LATER)
    return replace(said, figure=plan_figure(plan))


def _doubt(talk: Talk) -> str | None:
    """Say what to do about a low rating: what the person said would raise it, or else to make it smaller."""
    ratings = [rating for step in ("realistic", "committed") if (rating := number_of(talk, step)) is not None]
    if not ratings or min(ratings) >= ENOUGH:
        return None
    smaller = text_of(talk, "smaller")
    if smaller:
        return f"To make it an 8, you said “{excerpt(smaller)}”. See to that first."
    return f"You gave it a {min(ratings)}. If it stalls, make the action smaller rather than drop it."


def _quoting_goal(talk: Talk) -> str:
    goal = text_of(talk, "goal")
    return f"Your goal: “{excerpt(goal)}”. {NO_ACTION}" if goal else NO_ACTION
