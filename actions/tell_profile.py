"""What people tell of themselves: noted, told back, and put to use where a question waits for it."""

from collections.abc import Sequence

from actions.base import CoachAction
from actions.turn import Turn
from bot.coaching.acknowledging import acknowledge
from bot.coaching.answer import Answer
from bot.coaching.situation import Situation


class TellProfile(CoachAction):
    """Notes what the person told; goes on with the question that asked for it, if one did."""

    def name(self) -> str:
        """Return the action's name."""
        return "action_tell_profile"

    def answers(self, turn: Turn, situation: Situation) -> Sequence[Answer]:
        """Say what was noted, or answer the question that it completes."""
        return [acknowledge(situation, turn.profile, said=turn.question.text)]
