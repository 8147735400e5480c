"""Several questions in one message: each answered, in order, the later ones leaning on the earlier."""

from collections.abc import Sequence
from dataclasses import replace

from actions.answering import answered
from actions.base import CoachAction
from actions.turn import Turn
from bot.coaching.answer import Answer
from bot.coaching.follow_up import complete
from bot.coaching.situation import Situation


class AskSeveral(CoachAction):
    """Answers every question of the message."""

    def name(self) -> str:
        """Return the action's name."""
        return "action_ask_several"

    def answers(self, turn: Turn, situation: Situation) -> Sequence[Answer]:
        """Answer the questions in order; each moves the focus for the next."""
        answers: list[Answer] = []
        for question in turn.questions:
            asked = (complete(question, situation) or question) if question.intent == "follow_up" else question
            answer = answered(asked, turn, situation)
            answers.append(answer)
            situation = replace(situation, focus=answer.focus or situation.focus)
        return answers
