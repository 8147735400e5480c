"""Questions about the four career levels."""

from actions.question import QuestionAction


class AskLevel(QuestionAction):
    """Answers `ask_level`."""

    intent = "ask_level"
