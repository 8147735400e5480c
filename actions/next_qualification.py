"""Which qualification comes next."""

from actions.form import CoachForm
from actions.question import QuestionAction
from bot.coaching.form import Talk
from bot.coaching.qualification_ending import person_told
from bot.coaching.qualification_form import QUALIFICATION_FORM
from bot.records import Profile


class NextQualification(QuestionAction):
    """Answers `next_qualification`."""

    intent = "next_qualification"


class ValidateQualificationForm(CoachForm):
    """Carries the long form."""

    form = QUALIFICATION_FORM

    def told_so_far(self, talk: Talk) -> Profile:
        """Return the person with their answers: a what-if in between starts from them."""
        return person_told(talk)


class AskWhatIf(QuestionAction):
    """Answers `ask_what_if`: the path redrawn."""

    intent = "ask_what_if"
