"""What people tell of themselves: noted, told back, and put to use where a question waits for it."""

from collections.abc import Sequence

from actions.base import CoachAction
from actions.turn import Turn
from bot.coaching.acknowledging import acknowledge, remembered
from bot.coaching.answer import Answer
from bot.coaching.answering import Situation


class TellProfile(CoachAction):
    """Notes what the person told; goes on with the question that asked for it, if one did."""

    def name(self) -> str:
        """Return the action's name."""
        return "action_tell_profile"

    def answers(self, turn: Turn, situation: Situation) -> Sequence[Answer]:
        """Say what was noted, or answer the question that it completes."""
        return [acknowledge(situation, turn.profile)]


class ShowProfile(CoachAction):
    """Tells what is remembered of the person."""

    def name(self) -> str:
        """Return the action's name."""
        return "action_show_profile"

    def answers(self, turn: Turn, situation: Situation) -> Sequence[Answer]:
        """List what was noted."""
        return [remembered(situation)]
