"""Questions about one certification."""

from actions.question import QuestionAction


class AskCertification(QuestionAction):
    """Answers `ask_certification`."""

    intent = "ask_certification"
