"""Plans: making one, looking at it, telling how it went."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from actions.base import CoachAction
from actions.form import CoachForm
from actions.turn import Turn
from bot.coaching.answer import Answer
from bot.coaching.check_in_form import CHECK_IN_FORM
from bot.coaching.form import Talk
from bot.coaching.plan_bringing import brought_to_plan
from bot.coaching.plan_form import PLAN_FORM
from bot.coaching.plan_talk import is_open, offer_to_replace, tell_plan
from bot.coaching.situation import Situation


class MakePlan(CoachAction):
    """Answers `make_plan`: begins a plan, unless one is open and nobody asked for another."""

    def name(self) -> str:
        """Return the action's name."""
        return "action_make_plan"

    def answers(self, turn: Turn, situation: Situation) -> Sequence[Answer]:
        """Begin the form, or tell of the plan that is open."""
        plan = turn.plan
        if plan is not None and is_open(plan) and not turn.question.values("form"):
            return [offer_to_replace(situation.knowledge, plan)]
        return [Answer(None, start=PLAN_FORM.name)]


class AskPlan(CoachAction):
    """Answers `ask_plan`."""

    def name(self) -> str:
        """Return the action's name."""
        return "action_ask_plan"

    def answers(self, turn: Turn, situation: Situation) -> Sequence[Answer]:
        """Tell the plan and how it stands."""
        return [tell_plan(situation.knowledge, turn.plan, turn.day)]


class ReportProgress(CoachAction):
    """Answers `report_progress`: asks how the open plan went."""

    def name(self) -> str:
        """Return the action's name."""
        return "action_report_progress"

    def answers(self, turn: Turn, situation: Situation) -> Sequence[Answer]:
        """Begin the check-in, or say that there is nothing to check."""
        plan = turn.plan
        if plan is None or not is_open(plan):
            return [tell_plan(situation.knowledge, plan, turn.day)]
        return [Answer(None, start=CHECK_IN_FORM.name)]


class ValidatePlanForm(CoachForm):
    """Carries the plan."""

    form = PLAN_FORM

    def prefilled(self, turn: Turn, talk: Talk, *, begins: bool) -> Mapping[str, Any]:
        """Return the goal, and the action, that the message which began the plan brought with it."""
        return brought_to_plan(turn.question, talk.knowledge, turn.focus) if begins else {}

    def noted(self, brought: Mapping[str, Any]) -> str | None:
        """Say back what was brought, and how to change it."""
        goal = brought.get("goal")
        return f"Your goal: {goal}. Say “change answer 1 to …” to put it in your own words." if goal else None


class ValidateCheckInForm(CoachForm):
    """Carries the check-in."""

    form = CHECK_IN_FORM

    def prefilled(self, turn: Turn, talk: Talk, *, begins: bool) -> Mapping[str, Any]:
        """Return how it went, where the message that began the check-in says so already."""
        first, heard, pressed = self.form.steps[0], turn.heard, turn.question.value("value")
        told = pressed if turn.question.intent == "report_progress" else None
        value = first.read(replace(heard, text=told or heard.text), talk) if told or begins else None
        return {first.id: value} if isinstance(value, str) else {}
