"""The check-in: "Last time you said X by Friday: done, moved or dropped?", told in the person's own words.

What became of the plan is kept as one text: "done", "moved", "dropped" or "missed" (not done, and not yet decided), and
after a colon what the same message told besides: the new date, or what got in the way. So nothing is asked twice.
"""

from bot.coaching.check_in_ending import conclude, kept_plan
from bot.coaching.check_in_reading import (
    DROPPED,
    MISSED,
    MOVED,
    besides,
    outcome_of,
    read_outcome,
    tells_of_moving,
    tells_progress,
    wants_to_drop,
)
from bot.coaching.days import day_in_words
from bot.coaching.form import Form, Heard, Moment, Reading, Step, Talk, Value
from bot.coaching.plan_ending import day_of
from bot.coaching.plan_form import day_options, read_day, read_words, tell_day
from bot.coaching.plan_talk import REPORT, is_open, progress_choices
from bot.coaching.plan_words import excerpt
from bot.records.coaching import Asking

OPTIONS = (("Done", "done"), ("Moved", "moved"), ("Dropped", "dropped"))
DROP_IT = ("Drop it", DROPPED)


def _open(talk: Talk) -> str:
    return "A short look back. There is no wrong answer." if kept_plan(talk) else "A look back, then."


def _ask_outcome(talk: Talk) -> Asking:
    plan = kept_plan(talk)
    said = f"you said “{excerpt(plan.action)}”" if plan else "you made a plan"
    by = f" by {day_in_words(plan.due)}" if plan and plan.due else ""
    return Asking(f"Last time {said}{by}. Done, moved or dropped?", OPTIONS)


def _ask_day(talk: Talk) -> Asking:
    if outcome_of(talk) == MOVED:
        return Asking("To when do you move it? Say it as you like: “next Friday”, “in two weeks”.", day_options(talk))
    return Asking("That happens. By when will you do it instead, or shall we drop it?", (*day_options(talk), DROP_IT))


def _read_day(heard: Heard, talk: Talk) -> Reading:
    return DROPPED if wants_to_drop(heard.text) else read_day(heard, talk)


def _known_day(talk: Talk) -> Value | None:
    """Return the new date, where the person told it with the move."""
    day = day_of(besides(talk)) if outcome_of(talk) == MOVED else None
    return day.isoformat() if day else None


def _known_reason(talk: Talk) -> Value | None:
    """Return what got in the way, where the person told it already."""
    return besides(talk) if _is_dropped(talk) and outcome_of(talk) in (DROPPED, MISSED) else None


def _ask_reason(talk: Talk) -> Asking:
    return Asking("What got in the way? A few words will do.")


def _has_plan(talk: Talk) -> bool:
    return kept_plan(talk) is not None


def _needs_day(talk: Talk) -> bool:
    return _has_plan(talk) and outcome_of(talk) in (MOVED, MISSED)


def _is_dropped(talk: Talk) -> bool:
    return outcome_of(talk) == DROPPED or (_needs_day(talk) and talk.answer("due") == DROPPED)


def _tell_outcome(value: Value, talk: Talk) -> str:
    return str(value).partition(":")[0].replace(MISSED, "not done yet")


def _tell_day(value: Value, talk: Talk) -> str:
    return DROPPED if value == DROPPED else tell_day(value, talk)


def _is_meant(moment: Moment) -> bool:
    """Tell whether the open plan is moved, asked for or not, or the coach just asked how it went and is told."""
    if moment.plan is not None and is_open(moment.plan) and tells_of_moving(moment.heard, moment.talk.today):
        return True
    offered = {choice.payload for choice in moment.offered}
    asked = REPORT.payload not in offered and {choice.payload for choice in progress_choices()} <= offered
    return asked and tells_progress(moment.heard, moment.talk.today)


CHECK_IN_FORM = Form(
    name="check_in_form",
    title="check-in",
    steps=(
        Step(
            id="outcome", ask=_ask_outcome, read=read_outcome, needed=_has_plan, tell=_tell_outcome,
            why="Looking back at what became of a plan is what makes the next one better.",
        ),
        Step(
            id="due", ask=_ask_day, read=_read_day, needed=_needs_day, known=_known_day, tell=_tell_day,
            said_back=True,
            why="A plan that is moved needs a new date, or it is only put off.",
        ),
        Step(
            id="reason", ask=_ask_reason, read=read_words, needed=_is_dropped, known=_known_reason, free=True,
            why="What got in the way says whether the action was too big, too early or the wrong one.",
        ),
    ),
    opening=_open,
    conclude=conclude,
    is_meant=_is_meant,
)  # fmt: skip
