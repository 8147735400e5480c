"""Questions about the five insights."""

from actions.question import QuestionAction


class AskInsight(QuestionAction):
    """Answers `ask_insight`."""

    intent = "ask_insight"
