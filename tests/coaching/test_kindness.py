"""A kind sentence where somebody tells what is hard, and none where they do not."""

import pytest

from bot.coaching.form_wording import said_of
from bot.coaching.hearing import hear
from bot.coaching.kindness import SAID, kind_word
from bot.coaching.plan_form import PLAN_FORM
from tests.coaching.form_talks import a_talk, assert_short_sentences, heard

HARD = {
    "they made me redundant in june": 0,
    "pmo for 12 years and just like that": 0,
    "failed it once in march": 1,
    "im scared of exams": 2,
    "i feel like an imposter": 3,
    "work is mad, im stressed": 4,
    "im bored of minutes": 5,
    "bit lost, feeling low": 5,
}


@pytest.mark.parametrize("text", HARD)
def test_what_is_hard_is_heard(text: str):
    assert kind_word(text) == SAID[HARD[text]][1]


@pytest.mark.parametrize(
    "text", ["run the reporting cycle", "i'm not bored at all", "never failed yet", "reduce failure demand"]
)
def test_what_is_not_hard_gets_no_comfort(text: str):
    assert kind_word(text) is None


@pytest.mark.parametrize(("pattern", "sentence"), SAID)
def test_kind_sentences_are_short(pattern: object, sentence: str):
    assert_short_sentences(sentence)
    assert sentence.endswith(".")


def test_a_form_is_kind_before_its_next_question():
    talk, step = a_talk({"goal": "pass"}), PLAN_FORM.steps[1]
    outcome = hear(PLAN_FORM, talk, step, heard("failed it once, work is mad", intent="nlu_fallback"))

    assert said_of(outcome, PLAN_FORM, talk) == SAID[1][1]
