"""Questions about kinds of PMO."""

from actions.question import QuestionAction


class AskPmoKind(QuestionAction):
    """Answers `ask_pmo_kind`."""

    intent = "ask_pmo_kind"
