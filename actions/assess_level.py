"""Where a person stands on the four levels."""

from actions.form import CoachForm
from actions.question import QuestionAction
from bot.coaching.level_form import LEVEL_FORM


class AssessLevel(QuestionAction):
    """Answers `assess_level`."""

    intent = "assess_level"


class ValidateLevelForm(CoachForm):
    """Carries the level check."""

    form = LEVEL_FORM
