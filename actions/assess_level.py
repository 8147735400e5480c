"""Where a person stands on the four levels."""

from actions.question import QuestionAction


class AssessLevel(QuestionAction):
    """Answers `assess_level`."""

    intent = "assess_level"
