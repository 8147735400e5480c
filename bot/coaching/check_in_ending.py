"""The conclusion of the check-in: what became of the plan, the plan as it stands now, and how to go on."""

from dataclasses import replace
from datetime import date

from bot.coaching.check_in_reading import DONE, DROPPED, MISSED, MOVED, besides, outcome_of
from bot.coaching.days import day_in_words
from bot.coaching.figures import plan as plan_figure
from bot.coaching.form import Talk
from bot.coaching.plan_ending import AGAIN, EXPORT, LEVEL, NEW, NEXT, day_of, text_of
from bot.coaching.plan_export import MOST, plan_from_json, plan_to_json
from bot.coaching.plan_words import excerpt, plan_sentence
from bot.coaching.wording import reply
from bot.errors import PlanError
from bot.records import Choice, Reply
from bot.records.coaching import Ending
from bot.records.plan import Plan, PlanChange, PlanStatus

OFTEN = 2
"""So many moves say that the action is too big, or the wrong one; a rule of our own."""
NO_PLAN = "You have no plan with me, so there is nothing to look back at. Shall we make one? It takes a few minutes."
AS_IT_IS = "Then your plan stays as it is."
NEXT_STEP = "What comes next is yours to choose: another action, or a look at what to learn."
SMALLER = "If the goal still matters, a smaller action may fit better."


def kept_plan(talk: Talk) -> Plan | None:
    """Return the newest plan that the talk brings with it; None where there is none that can be read."""
    for result in reversed(talk.earlier):
        if result.kind == "plan":
            try:
                return plan_from_json(result.data)
            except PlanError:
                return None
    return None


def conclude(talk: Talk) -> Ending:
    """Say what became of the plan, and keep the change in its history."""
    plan = kept_plan(talk)
    if plan is None:
        return Ending((reply(talk.knowledge, NO_PLAN),), offers=(NEW, NEXT, LEVEL))
    status = _status(talk)
    if status is None:
        return Ending((reply(talk.knowledge, AS_IT_IS),), offers=(EXPORT, NEXT))
    changed = _changed(plan, status, _due(talk, plan, status), talk.today)
    return Ending((_told(talk, changed),), plan=plan_to_json(changed), offers=_offers(changed))


def _status(talk: Talk) -> PlanStatus | None:
    outcome, due = outcome_of(talk), talk.answer("due")
    if outcome in (MOVED, MISSED) and due == DROPPED:
        return PlanStatus.DROPPED
    if outcome == MISSED:
        return PlanStatus.OPEN if _new_day(talk) is None else PlanStatus.MOVED
    statuses = {DONE: PlanStatus.DONE, MOVED: PlanStatus.MOVED, DROPPED: PlanStatus.DROPPED}
    return statuses.get(outcome or "")


def _due(talk: Talk, plan: Plan, status: PlanStatus) -> date | None:
    """Return the date from now on: a moved plan has its new one or none, any other the one it had."""
    return _new_day(talk) if status is PlanStatus.MOVED else plan.due


def _new_day(talk: Talk) -> date | None:
    day = day_of(talk.answer("due"))
    return day if day is not None and day >= talk.today else None


def _changed(plan: Plan, status: PlanStatus, due: date | None, today: date) -> Plan:
    history = (*plan.history, PlanChange(today, status, due))
    return replace(plan, status=status, due=due, history=history[-MOST:])


def _told(talk: Talk, plan: Plan) -> Reply:
    telling = {
        PlanStatus.DONE: _tell_done,
        PlanStatus.MOVED: _tell_moved,
        PlanStatus.DROPPED: _tell_dropped,
        PlanStatus.OPEN: _tell_open,
    }
    return replace(reply(talk.knowledge, *telling[plan.status](talk, plan)), figure=plan_figure(plan))


def _tell_done(talk: Talk, plan: Plan) -> tuple[str, ...]:
    return ("**Done.** You said you would, and you did.", NEXT_STEP)


def _tell_moved(talk: Talk, plan: Plan) -> tuple[str, ...]:
    said = (
        f"**Moved.** {plan_sentence(plan)}" if plan.due else "**Moved**, with no date yet. Tell me when you have one."
    )
    times = sum(change.status is PlanStatus.MOVED for change in plan.history)
    if times < OFTEN:
        return (said,)
    return (said, f"It has moved {times} times now. A smaller first step may be what it needs.")


def _tell_dropped(talk: Talk, plan: Plan) -> tuple[str, ...]:
    reason = text_of(talk, "reason") or (besides(talk) if outcome_of(talk) in (DROPPED, MISSED) else None)
    because = f"What got in the way, you said: “{excerpt(reason)}”." if reason else ""
    return (f"**Dropped.** That is an answer too. {because}".strip(), SMALLER)


def _tell_open(talk: Talk, plan: Plan) -> tuple[str, ...]:
    by = f", by {day_in_words(plan.due)}" if plan.due and plan.due >= talk.today else ", without a new date"
    return (f"It stays open{by}. Tell me when it is done, moved or dropped.",)


def _offers(plan: Plan) -> tuple[Choice, ...]:
    if plan.status in (PlanStatus.DONE, PlanStatus.DROPPED):
        return (AGAIN, NEXT, EXPORT)
    return (EXPORT, NEXT, AGAIN)
