"""What an action says to a question of the domain: coaching's answer, or a repair."""

from actions.turn import Turn
from bot.coaching.answer import Answer
from bot.coaching.answering import answer_question
from bot.coaching.repair import repair
from bot.coaching.situation import Situation
from bot.records import Question


def answered(question: Question, turn: Turn, situation: Situation) -> Answer:
    """Return the answer of a question, or a repair where coaching has none."""
    answer = answer_question(question, situation)
    if answer is None:
        return repair(situation.knowledge, question, turn.readings, failures=turn.misunderstandings)
    return answer
