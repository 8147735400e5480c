"""The five insights, each held against what one does today."""

from actions.form import CoachForm
from actions.question import QuestionAction
from bot.coaching.insights_form import INSIGHTS_FORM


class CheckInsights(QuestionAction):
    """Answers `check_insights` by beginning the check."""

    intent = "check_insights"


class ValidateInsightsForm(CoachForm):
    """Carries the five insights check."""

    form = INSIGHTS_FORM
