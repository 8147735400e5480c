"""Questions that the content answers as topics, found by meaning."""

from actions.question import QuestionAction


class AskTopic(QuestionAction):
    """Answers `ask_topic`."""

    intent = "ask_topic"
