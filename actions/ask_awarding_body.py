"""Questions about the organisations of the field."""

from actions.question import QuestionAction


class AskAwardingBody(QuestionAction):
    """Answers `ask_awarding_body`."""

    intent = "ask_awarding_body"
