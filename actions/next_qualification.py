"""Which qualification comes next."""

from actions.form import CoachForm
from actions.question import QuestionAction
from bot.coaching.qualification_form import QUALIFICATION_FORM


class NextQualification(QuestionAction):
    """Answers `next_qualification`."""

    intent = "next_qualification"


class ValidateQualificationForm(CoachForm):
    """Carries the long form."""

    form = QUALIFICATION_FORM


class AskWhatIf(QuestionAction):
    """Answers `ask_what_if`: the path redrawn."""

    intent = "ask_what_if"
