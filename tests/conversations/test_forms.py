"""Every form at every question, held against everything that may come between: it must go on where it was."""

import pytest

from tests.coach import Coach
from tests.conversations.walking import MOST_STEPS, STARTS, answer, question_in, walk

QUESTION = "what does P3O stand for?"
INTERRUPTIONS = {
    "question": QUESTION,
    "why": "why do you ask?",
    "out of scope": "write me a poem about the sea",
    "abuse": "you are a useless piece of junk",
    "greeting": "hello",
    "unclear": "?!",
    "help": "help",
}
"""What leaves every answer as it was, and brings the same question again."""
MOST_TURNS_TO_A_LEVEL = 8


@pytest.mark.parametrize("form", STARTS)
@pytest.mark.parametrize("between", INTERRUPTIONS.values(), ids=INTERRUPTIONS)
def test_the_same_question_comes_again_after(coach: Coach, form: str, between: str):
    talk = coach.talk()
    for messages in walk(talk, form):
        expected = question_in(messages)

        again = talk.say(between)

        assert question_in(again) == expected, (expected, again)
        talk.choices = again[-1]["choices"]
        messages[:] = again


@pytest.mark.parametrize("form", STARTS)
def test_a_question_in_between_is_answered(coach: Coach, form: str):
    talk = coach.talk()
    for _ in walk(talk, form):
        said = " ".join(message["text"] for message in talk.say(QUESTION))
        assert "Portfolio, Programme and Project Offices" in said


@pytest.mark.parametrize("form", STARTS)
def test_every_question_can_be_skipped_and_the_form_still_concludes(coach: Coach, form: str):
    talk = coach.talk()
    messages = talk.say(STARTS[form])
    for _ in range(MOST_STEPS + 4):
        if question_in(messages) is None:
            break
        messages = talk.say("skip")
    assert question_in(messages) is None
    assert messages[-1]["text"]


@pytest.mark.parametrize("form", STARTS)
def test_back_after_each_answer_brings_the_question_before(coach: Coach, form: str):
    talk = coach.talk()
    before = None
    for messages in walk(talk, form):
        here = question_in(messages)
        if before is not None:
            assert question_in(talk.say("go back")) == before
            returned = answer(talk, talk.say("go on"))
            assert question_in(returned) == here
            messages[:] = returned
        before = here


@pytest.mark.parametrize("form", STARTS)
def test_stop_keeps_the_answers_and_going_on_puts_the_same_question(coach: Coach, form: str):
    talk = coach.talk()
    for messages in walk(talk, form):
        expected = question_in(messages)
        stopped = talk.say("stop")
        assert question_in(stopped) is None
        again = talk.choose("Go on with it")
        assert question_in(again) == expected
        messages[:] = again


@pytest.mark.parametrize("form", STARTS)
def test_start_again_puts_the_first_question(coach: Coach, form: str):
    talk = coach.talk()
    asked = [question_in(messages) for messages, _ in zip(walk(talk, form), range(3), strict=False)]

    assert question_in(talk.say("start again")) == asked[0]


@pytest.mark.parametrize("form", STARTS)
def test_no_question_is_put_twice(coach: Coach, form: str):
    asked = [question_in(messages) for messages in walk(coach.talk(), form)]

    assert len(asked) == len(set(asked))


def test_a_level_is_found_in_at_most_eight_turns(coach: Coach):
    turns = [question_in(messages) for messages in walk(coach.talk(), "level_form")]

    assert 1 <= len(turns) < MOST_TURNS_TO_A_LEVEL
