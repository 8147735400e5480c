"""Hello: to somebody new, to somebody who comes back, and in the middle of a form."""

from collections.abc import Sequence

from actions.base import CoachAction, reminder_of
from actions.turn import Turn
from bot.coaching.answer import Answer
from bot.coaching.forms import FORMS
from bot.coaching.greeting import greet, greet_in_form
from bot.coaching.situation import Situation


class Greet(CoachAction):
    """Answers `greet`."""

    def name(self) -> str:
        """Return the action's name."""
        return "action_greet"

    def answers(self, turn: Turn, situation: Situation) -> Sequence[Answer]:
        """Greet; who comes back to a form was welcomed by it."""
        knowledge = situation.knowledge
        if turn.form is not None:
            return [] if turn.away else [greet_in_form(knowledge)]
        reminded = turn.away and reminder_of(turn, knowledge) is not None
        paused = FORMS.get(turn.paused or "")
        return [greet(knowledge, turn.profile, away=turn.away, paused=paused, reminded=reminded)]
