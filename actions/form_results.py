"""What a form found, as a conversation keeps it: the results of earlier talks, the plan, the answers."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from rasa_sdk.events import SlotSet
from rasa_sdk.interfaces import Tracker

from actions.base import Events
from actions.turn import Turn
from bot.coaching.correcting import corrected
from bot.coaching.form import Form, Heard, Talk
from bot.coaching.hearing import Move, Outcome
from bot.records.coaching import Ending, Refused, Result

KEPT_RESULTS = 6
"""How many results of earlier talks a conversation keeps, the newest."""


def earlier_results(tracker: Tracker) -> tuple[Result, ...]:
    """Return what earlier talks found, the oldest first, and the plan that they made."""
    found = [
        Result(result["kind"], date.fromisoformat(result["day"]), result["data"])
        for result in tracker.slots.get("results") or ()
    ]
    plan = tracker.slots.get("plan")
    return (*found, *([Result("plan", date.fromisoformat(plan["created"]), plan)] if plan else ()))


def results_kept(ending: Ending, talk: Talk) -> Events:
    """Return the events that keep what the form found, for this conversation."""
    events = []
    if ending.result is not None:
        earlier = [result for result in talk.earlier if result.kind != "plan"]
        results = [*earlier, ending.result][-KEPT_RESULTS:]
        stored = [{"kind": r.kind, "day": r.day.isoformat(), "data": dict(r.data)} for r in results]
        events.append(SlotSet("results", stored))
    if ending.plan is not None:
        events.append(SlotSet("plan", dict(ending.plan)))
    return events


def changed_afterwards(form: Form, turn: Turn, talk: Talk) -> Outcome | None:
    """Return what becomes of the answers of a form just finished, where the message changes one; else None.

    "Change answer 5 to B", said under the result of the sheet.
    """
    result = next((r for r in reversed(talk.earlier) if f"{r.kind}_form" == form.name), None)
    if form.answers_of is None or turn.finished != form.name or result is None:
        return None
    given = replace(talk, answers=form.answers_of(result.data))
    change = corrected(form, given, None, Heard(turn.question.text, turn.question))
    if change is None or isinstance(change[1], Refused):
        return None
    return Outcome(Move.CORRECTED, {**given.answers, change[0].id: change[1]}, change[0])


def as_json(value: Any) -> Any:
    """Return an answer as a slot keeps it."""
    return dict(value) if isinstance(value, Mapping) else value
