"""How a form helps who does not know an answer, or asks for advice, for the answers so far, or how many are left."""

from dataclasses import replace

import pytest

from bot.coaching.form import Form, Step
from bot.coaching.form_wording import HEARD, YOURS, said_of
from bot.coaching.form_words import is_unsure
from bot.coaching.forms import FORMS, goes_on_with
from bot.coaching.hearing import Move, hear
from bot.coaching.reading import free_words
from bot.records.coaching import SKIPPED, Asking, Ending
from tests.coaching.form_talks import a_talk, heard

NUDGE = "Begin small, or say **skip**."
AIM = Step("aim", lambda talk: Asking("What for?"), "To know.", free_words, free=True, nudge=NUDGE)
WAY = Step("way", lambda talk: Asking("How?"), "It shows the way.", free_words, free=True)
FORM = Form("small_form", "small form", (AIM, WAY), lambda talk: "Two.", lambda talk: Ending(()))
DOUBTS = (
    "hmm not sure which", "i cant think", "nothing springs to mind tbh", "im stuck, cant think of anything",
    "not really sure tbh", "dunno", "idk sorry", "no idea at the moment",
)  # fmt: skip
ANSWERS = ("not sure i want to stay", "i dont know how to say no to people", "no", "sorry", "ask Sue, not sure when")


@pytest.mark.parametrize("text", DOUBTS)
def test_doubt_is_heard_whatever_stands_around_it(text: str):
    assert is_unsure(text)


@pytest.mark.parametrize("text", ANSWERS)
def test_words_that_say_more_than_doubt_are_an_answer(text: str):
    assert not is_unsure(text)


@pytest.mark.parametrize("text", DOUBTS)
def test_who_does_not_know_is_helped_once_and_then_passed_over(text: str):
    talk = a_talk({})
    first = hear(FORM, talk, AIM, heard(text))
    again = hear(FORM, talk, AIM, heard(text), nudged=True)

    assert (first.move, said_of(first, FORM, talk)) == (Move.NUDGED, NUDGE)
    assert (again.move, again.answers["aim"]) == (Move.SKIPPED, SKIPPED)
    assert hear(FORM, talk, WAY, heard(text)).move is Move.SKIPPED


@pytest.mark.parametrize("text", ["what do you think?", "which would you pick", "any ideas?", "you choose"])
def test_advice_is_given_where_there_is_some_and_else_the_choice_is_theirs(text: str):
    talk = a_talk({})
    on_aim, on_way = (hear(FORM, talk, step, heard(text)) for step in (AIM, WAY))

    assert (on_aim.move, said_of(on_aim, FORM, talk)) == (Move.ADVISED, NUDGE)
    assert said_of(on_way, FORM, talk) == f"{YOURS} It shows the way."


@pytest.mark.parametrize("text", ["what did i say", "show me my answers", "recap please"])
def test_the_answers_so_far_are_read_back(text: str):
    talk = a_talk({"aim": "a calmer week"})
    outcome = hear(FORM, talk, WAY, heard(text))

    assert outcome.move is Move.RECAPPED
    assert "- 1: a calmer week" in (said_of(outcome, FORM, talk) or "")
    assert "not answered anything yet" in (said_of(outcome, FORM, a_talk({})) or "")


def test_an_intent_that_asks_for_what_a_form_has_is_answered_by_the_form():
    form, asked = replace(FORM, recapped_by=frozenset({"ask_plan"})), heard("whats in my plan", intent="ask_plan")

    assert hear(form, a_talk({}), WAY, asked).move is Move.RECAPPED
    assert hear(FORM, a_talk({}), WAY, asked).move is Move.INTERRUPTED


@pytest.mark.parametrize("text", ["how many more", "this is taking ages", "how much longer?"])
def test_the_impatient_hear_how_many_are_left_and_how_to_be_done(text: str):
    first, last = (hear(FORM, a_talk({}), step, heard(text)) for step in (AIM, WAY))

    assert first.move is Move.COUNTED
    assert (said_of(first, FORM, a_talk({})) or "").startswith("2 to go, with this one. Say **skip the rest**")
    assert (said_of(last, FORM, a_talk({"aim": "so"})) or "").startswith("This is the last one.")


def test_words_of_ones_own_which_may_be_bad_news_are_not_called_good():
    talk = a_talk({"aim": "pass the exam"})
    outcome = hear(FORM, talk, WAY, heard("minutes and timesheets, so far"))

    assert outcome.move is Move.FILLED
    assert said_of(outcome, FORM, talk) in HEARD
    assert not any(word in " ".join(HEARD).lower() for word in ("good", "great"))


@pytest.mark.parametrize("name", FORMS)
def test_every_form_reads_its_answers_back_and_counts_what_is_left(name: str):
    form = FORMS[name]
    talk = a_talk({})
    for text in ("what did i say", "how many more"):
        outcome = hear(form, talk, form.steps[0], heard(text))
        assert outcome.move in (Move.RECAPPED, Move.COUNTED)
        assert said_of(outcome, form, talk)


@pytest.mark.parametrize("text", ["go on with my plan", "ok back to the plan", "can we finish my plan please"])
def test_a_form_that_was_stopped_is_gone_on_with_by_its_name(text: str):
    assert goes_on_with(FORMS["plan_form"], text.removesuffix(" please"))
    assert not goes_on_with(FORMS["level_form"], text)


def test_a_plan_is_begun_in_the_middle_of_examples_and_not_in_the_middle_of_a_plan():
    wish = replace(heard("make a plan of it", intent="make_plan").question, confidence=0.97)
    said = replace(heard("make a plan of it", intent="make_plan"), question=wish)
    examples, options = FORMS["insights_form"].steps[1], FORMS["plan_form"].steps[2]

    assert hear(FORMS["insights_form"], a_talk({"rating_1": 3}), examples, said).move is Move.INTERRUPTED
    assert hear(FORMS["plan_form"], a_talk({}), options, said).move is Move.RECAPPED
