"""Questions about what a PMO does."""

from actions.question import QuestionAction


class AskFunction(QuestionAction):
    """Answers `ask_function`."""

    intent = "ask_function"
