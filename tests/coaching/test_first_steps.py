"""Where to begin is told from what the talk is about, and only where that is all that is asked."""

import pytest

from bot.coaching.answering import answer_question
from bot.coaching.first_steps import ANY_OF_THESE, BEGIN, answer_first
from bot.coaching.leaning import lean
from bot.coaching.situation import Situation
from bot.records import Focus, Profile
from tests.coaching.asking import a_question
from tests.coaching.checks import KNOWLEDGE

CLOSED = Situation(KNOWLEDGE, Profile(), Focus("topic", "pmo_was_closed"))


@pytest.mark.parametrize("text", ["wat shud i do first", "no idea where to start", "so where do i begin?"])
def test_a_first_step_is_of_the_topic_of_the_talk(text: str) -> None:
    answer = answer_first(text, CLOSED)

    assert answer is not None
    assert answer.reply is not None
    assert answer.reply.text.startswith(BEGIN)
    assert answer.focus == CLOSED.focus


@pytest.mark.parametrize("focus", [None, Focus("role", "pmo_lead"), Focus("topic", "unheard_of")])
def test_without_a_topic_there_is_no_first_step(focus: Focus | None) -> None:
    assert answer_first("where do i start", Situation(KNOWLEDGE, Profile(), focus)) is None


def test_a_topic_that_names_no_step_leads_on_by_its_choices() -> None:
    answer = answer_first("where do i start", Situation(KNOWLEDGE, Profile(), Focus("topic", "frameworks_compared")))

    assert answer is not None
    assert answer.reply is not None
    assert ANY_OF_THESE in answer.reply.text
    assert answer.reply.choices


def test_more_than_where_to_begin_is_a_question_of_its_own() -> None:
    assert answer_first("what should i do first in a new job", CLOSED) is None


def test_a_first_step_comes_before_the_topic_that_the_words_resemble() -> None:
    question = a_question("what should i do first", intent="ask_topic")
    resembled = type(question)(question.text, "ask_topic", 1.0, "first_days_in_a_pmo_job", ())

    for answer in (answer_question(resembled, CLOSED), lean(question, CLOSED)):
        assert answer is not None
        assert answer.reply is not None
        assert answer.reply.text.startswith(BEGIN)
