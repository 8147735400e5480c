"""The action of a question of the domain: one intent, answered by coaching."""

from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import replace

from actions.answering import answered
from actions.base import CoachAction
from actions.turn import Turn
from bot.coaching.answer import Answer
from bot.coaching.situation import Situation


class QuestionAction(CoachAction, ABC):
    """Answers the questions of one intent; subclasses name it."""

    @property
    @abstractmethod
    def intent(self) -> str:
        """The intent that is answered; abstract, so that the SDK does not register this class itself."""

    def name(self) -> str:
        """Return the action's name: its intent's, after Rasa's custom."""
        return f"action_{self.intent}"

    def answers(self, turn: Turn, situation: Situation) -> Sequence[Answer]:
        """Answer the turn's question as one of this intent."""
        return [answered(replace(turn.question, intent=self.intent), turn, situation)]
