"""Plans as a calendar file (RFC 5545) that Outlook, Google and Apple open.

Each plan that is still to be done and has a date is an event of that whole day, for not every calendar shows to-dos.
Its id stays, and its sequence grows with each change, so that a later file moves the event and does not double it.
"""

from collections.abc import Sequence
from datetime import date, datetime, timedelta, timezone
from typing import Any

from bot.coaching.plan_markdown import STANDING
from bot.coaching.plan_words import excerpt, one_line, plan_sentence
from bot.records.plan import Plan, PlanStatus

PRODUCT = "-//PMO Coach//Plan//EN"
REMINDER = timedelta(hours=-15)
"""Before the day begins: nine in the morning of the day before. Outlook knows no reminder after the beginning."""
LONGEST_SUMMARY = 120


def export_ics(plans: Sequence[Plan], *, now: datetime) -> str:
    """Return the calendar of what is still to be done, with CRLF and folded lines; plans without a date are left out.

    `now` is the time of the export; one without a zone is taken for UTC.
    """
    from icalendar import Calendar  # 7 MB and 60 ms, only for the one who takes the plan along

    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    for plan in plans:
        if plan.status in (PlanStatus.OPEN, PlanStatus.MOVED) and plan.due is not None:
            calendar.add_component(_event(plan, plan.due, now))
    return str(calendar.to_ical().decode("utf-8"))


def _event(plan: Plan, due: date, now: datetime) -> Any:
    from icalendar import Event

    event = Event()
    event.add("uid", f"{one_line(plan.id)}@pmo-coach")
    event.add("dtstamp", now.astimezone(timezone.utc) if now.tzinfo else now.replace(tzinfo=timezone.utc))
    event.add("sequence", len(plan.history))
    event.add("dtstart", due)
    if due < date.max:  # the last day that there is has no next; without an end an event is of one day
        event.add("dtend", due + timedelta(days=1))
    event.add("summary", excerpt(plan.action, LONGEST_SUMMARY))
    event.add("description", _description(plan))
    event.add("transp", "TRANSPARENT")
    event.add_component(_alarm(plan))
    return event


def _alarm(plan: Plan) -> Any:
    from icalendar import Alarm

    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", excerpt(plan.action, LONGEST_SUMMARY))
    alarm.add("trigger", REMINDER)
    return alarm


def _description(plan: Plan) -> str:
    goal = f"Goal: {one_line(plan.goal)}" if plan.goal else None
    return "\n".join(filter(None, (plan_sentence(plan), goal, f"Status: {STANDING[plan.status]}")))
