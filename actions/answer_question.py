"""An answer when no question is open: told so, with what could be asked instead."""

from collections.abc import Sequence

from actions.base import CoachAction
from actions.turn import Turn
from bot.coaching.answer import Answer
from bot.coaching.repair import nothing_asked
from bot.coaching.situation import Situation


class AnswerQuestion(CoachAction):
    """Answers `answer_question` outside of a form: a late press of a button, or words that answer nothing."""

    def name(self) -> str:
        """Return the action's name."""
        return "action_answer_question"

    def answers(self, turn: Turn, situation: Situation) -> Sequence[Answer]:
        """Say that no question is open."""
        return [nothing_asked(situation.knowledge)]
