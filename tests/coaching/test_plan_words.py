"""A plan as one sentence: whatever the moment and the action look like, it must be a sentence, and true."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.coaching.plan_words import bare_action, excerpt, one_line, plan_sentence
from tests.coaching.plan_talks import a_plan

WORDS = st.text(min_size=1).filter(lambda text: re.search(r"\w", text))
SENTENCES = [
    ("I get to work", "Book the exam", "When I get to work, I will book the exam"),
    ("after lunch", "to email Sara", "After lunch, I will email Sara"),
    ("Monday 9am", "I will ask my boss", "On Monday 9am, I will ask my boss"),
    ("4th dec", "i'm going to  call\nAIPMO.", "On 4th dec, I will call AIPMO"),
    ("my boss comes back", "writing the CV", "When my boss comes back, this is what I will do: writing the CV"),
    ("The weekly meeting", "P3O exam", "At the weekly meeting, this is what I will do: P3O exam"),
    ("lunch", "the PMO course", "At lunch, this is what I will do: the PMO course"),
    ("When I open my laptop.", "ring Bob", "When I open my laptop, I will ring Bob"),
    ("drinking coffee", "I want to", "When drinking coffee, this is what I will do: I want to"),
    (None, "i'd like to read more", "I will read more"),
    (None, "3 hours of study", "This is what I will do: 3 hours of study"),
    ("PMO day", "i'll", "At PMO day, this is what I will do: I'll"),
]


@pytest.mark.parametrize(("when", "action", "expected"), SENTENCES)
def test_plan_is_said_in_one_sentence(when, action, expected):
    assert plan_sentence(a_plan(when=when, action=action)) == f"{expected} - by Friday 4 December 2026."
    assert plan_sentence(a_plan(when=when, action=action, due=None)) == f"{expected}."


@given(WORDS, st.none() | WORDS)
def test_plan_of_any_words_is_one_line(action, when):
    said = plan_sentence(a_plan(action=action, when=when))
    assert said == one_line(said)
    assert said.endswith(" - by Friday 4 December 2026.")


def test_action_is_told_without_i_will():
    assert bare_action("ill book it.") == "Book it"
    assert bare_action("talk to Sam, then I will decide") == "Talk to Sam, then I will decide"


@given(st.text(max_size=400))
def test_excerpt_is_one_line_that_is_not_too_long(text):
    assert len(excerpt(text)) <= 120
    assert excerpt(text) == one_line(excerpt(text))


def test_excerpt_is_cut_between_words():
    assert excerpt("book the exam, and then rest", 18) == "book the exam…"
    assert excerpt("book it.") == "book it"
