"""Every form at every question, held against everything that may come between: it must go on where it was."""

import pytest

from tests.coach import Coach, Talk
from tests.conversations.walking import MOST_STEPS, STARTS, answer, chosen_of, place_in, question_in, start, walk

QUESTION = "what does P3O stand for?"
INTERRUPTIONS = {
    "question": QUESTION,
    "why": "why do you ask?",
    "out of scope": "write me a poem about the sea",
    "abuse": "you are a useless piece of junk",
    "greeting": "hello",
    "unclear": "?!",
    "help": "help",
    "recap": "what did i say so far?",
    "count": "how many more questions?",
}
"""What leaves every answer as it was, and brings the same question again."""
MOST_TURNS_TO_A_LEVEL = 8
IN_WORDS = {
    "Which certificates do you hold, and since when? Years are enough.": ("nothing yet", "PRINCE2 Foundation"),
}
"""What is answered, and what else could be, where the choices do not say it."""


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
    messages = start(talk, form)
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
    asked = [question_in(messages) for _, messages in zip(range(2), walk(talk, form), strict=False)]

    assert question_in(talk.say("start again")) == asked[0]


@pytest.mark.parametrize("form", STARTS)
def test_an_earlier_answer_is_corrected_and_corrected_back_at_every_question(coach: Coach, form: str):
    """What the correction changes in what is still to ask, the second one changes back."""
    talk = coach.talk()
    before: tuple[int, str, str] | None = None
    for messages in walk(talk, form):
        here = question_in(messages)
        if before is not None:
            number, given, other = before
            assert "Changed: " in talk.say(f"no wait, change answer {number} to {other}")[-1]["text"]
            again = talk.say(f"no wait, change answer {number} to {given}")
            assert "Changed: " in again[-1]["text"]
            assert question_in(again) == here
            messages[:] = again
        titles = [choice["title"] for choice in messages[-1]["choices"]]
        given, other = IN_WORDS.get(here or "") or (chosen_of(titles) if titles else ("as it was", "quite another"))
        before = place_in(messages), given, other
        talk.choices = messages[-1]["choices"]


@pytest.mark.parametrize("form", STARTS)
def test_a_no_to_being_forgotten_brings_the_same_question_again(coach: Coach, form: str):
    talk = coach.talk()
    for messages in walk(talk, form):
        expected = question_in(messages)
        assert "cannot be undone" in talk.say("forget me")[-1]["text"]
        again = talk.say("no")
        assert question_in(again) == expected
        messages[:] = again


@pytest.mark.parametrize("form", STARTS)
def test_no_question_is_put_twice(coach: Coach, form: str):
    asked = [question_in(messages) for messages in walk(coach.talk(), form)]

    assert len(asked) == len(set(asked))


def test_a_level_is_found_in_at_most_eight_turns(coach: Coach):
    turns = [question_in(messages) for messages in walk(coach.talk(), "level_form")]

    assert 1 <= len(turns) < MOST_TURNS_TO_A_LEVEL


def test_two_browsers_in_one_form_lose_no_answer_and_the_late_one_corrects(coach: Coach):
    one = coach.talk()
    other = Talk(coach, one.conversation, one.token)
    one.say("am i a builder or a grower")
    old = list(one.choices)

    assert question_in(one.choose("Agree")) is not None
    other.choices = old
    late = other.choose("Disagree")

    assert late[-1]["text"].startswith("Changed: ")
    assert place_in(late) == 2
    assert place_in(other.say("agree")) == 3
    assert "- 1: A blank page: disagree" in one.say("what did i say so far?")[-1]["text"]
    assert [message["text"] for message in one.history()] == [message["text"] for message in other.history()]
