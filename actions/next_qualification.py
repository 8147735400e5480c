"""Which qualification comes next."""

from actions.question import QuestionAction


class NextQualification(QuestionAction):
    """Answers `next_qualification`."""

    intent = "next_qualification"
