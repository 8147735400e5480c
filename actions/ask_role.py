"""Questions about roles and titles."""

from collections.abc import Sequence

from actions.question import QuestionAction
from actions.turn import Turn
from bot.coaching.acknowledging import acknowledge
from bot.coaching.answer import Answer
from bot.coaching.situation import Situation


class AskRole(QuestionAction):
    """Answers `ask_role`; a title alone, where the coach asked for one, is the answer to that."""

    intent = "ask_role"

    def answers(self, turn: Turn, situation: Situation) -> Sequence[Answer]:
        """Go on with the coach's own question where a title answers it, else tell about the role."""
        if turn.is_asked and situation.profile.role != turn.profile.role and not turn.question.values("facet"):
            return [acknowledge(situation, turn.profile)]
        return super().answers(turn, situation)
