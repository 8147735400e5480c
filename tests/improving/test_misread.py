"""Which messages are taken for misread, and which are never looked at."""

import pytest

from bot.improving.misread import Reason, misread
from bot.improving.turns import read_talk
from bot.records import Rating
from tests.improving.factories import a_talk, asked, coach, loop, user

SOMETHING_ELSE = user("Something else", "something_else", payload="/something_else")


def reasons(*parts, **more):
    return [(one.text, one.reason) for one in misread(read_talk(a_talk(*parts, **more)))]


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        ([user("eh", "nlu_fallback"), *coach("fallback", "action_repair")], Reason.NOT_UNDERSTOOD),
        ([user("eh", "nlu_fallback"), *coach("clarify", "action_repair")], Reason.UNSURE),
        ([user("eh", "compare_certifications"), *coach("clarify")], Reason.UNSURE),
        ([user("eh", "nlu_fallback"), *coach("clarify"), SOMETHING_ELSE], Reason.REJECTED),
        ([user("eh", confidence=0.3), *coach()], Reason.LITTLE_CONFIDENCE),
    ],
)
def test_signs_of_misreading(parts, expected):
    assert reasons(*parts) == [("eh", expected)]


def test_thumbs_down_counts_even_in_a_form():
    assert reasons(loop("level_form"), user("eh"), *coach("ask"), ratings={4: Rating.DOWN}) == [
        ("eh", Reason.THUMBS_DOWN)
    ]


@pytest.mark.parametrize(
    "parts",
    [
        [user("fine"), *coach()],
        [user("this is wrong", "complain"), *coach("clarify")],
        [user("asdf", "out_of_scope_noise"), *coach("fallback")],
        [user("Menu", "something_else", payload="/something_else", confidence=0.0), *coach("clarify")],
        [loop("plan_form"), asked("plan_goal"), user("my own goal", "nlu_fallback"), *coach("ask", "plan_form")],
        [user("   ", "nlu_fallback"), *coach("fallback")],
    ],
    ids=["answered", "complaint", "noise", "choice", "answer in a form", "blank"],
)
def test_what_was_read_as_it_should_be_is_left_alone(parts):
    assert reasons(*parts) == []


@pytest.mark.parametrize("intent", ["out_of_scope_crisis", "out_of_scope_distress"])
def test_messages_of_distress_are_never_shown(intent):
    answered = [user("i cannot go on", intent, confidence=0.3), *coach("signpost")]
    unsure = [user("cannot go on", "nlu_fallback", readings=((intent, None, 0.3),)), *coach("clarify")]

    assert reasons(*answered, *unsure, ratings={3: Rating.DOWN, 6: Rating.DOWN}) == []
