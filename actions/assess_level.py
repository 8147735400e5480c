"""Where a person stands on the four levels."""

from collections.abc import Mapping
from typing import Any

from actions.form import CoachForm
from actions.form_meant import moment_of
from actions.question import QuestionAction
from actions.turn import Turn
from bot.coaching.form import Talk
from bot.coaching.level_form import LEVEL_FORM
from bot.coaching.level_settling import settled_by


class AssessLevel(QuestionAction):
    """Answers `assess_level`."""

    intent = "assess_level"


class ValidateLevelForm(CoachForm):
    """Carries the level check."""

    form = LEVEL_FORM

    def prefilled(self, turn: Turn, talk: Talk, *, begins: bool) -> Mapping[str, Any]:
        """Return the answer to the question that settles the title, where the coach had just asked it."""
        return settled_by(moment_of(turn)) if begins else {}
