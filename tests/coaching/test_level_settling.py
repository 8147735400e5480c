"""The question that settles a doubtful title is answered in one's own words, wherever it was put."""

import pytest

from bot.coaching.assess_level import assess_level
from bot.coaching.form import Moment, Talk
from bot.coaching.level_settling import settled_by
from bot.records import Profile
from tests.coaching.form_talks import KNOWLEDGE, TODAY, heard

SENIOR = Profile(role="senior_pmo_analyst")


def said_of_level(profile: Profile) -> str:
    reply = assess_level(KNOWLEDGE, profile).reply
    assert reply is not None
    return reply.text


def settled(text: str, *, intent: str = "tell_profile", profile: Profile = SENIOR, said: str | None = None):
    words = said_of_level(profile) if said is None else said
    talk = Talk(KNOWLEDGE, profile, {}, TODAY)
    return dict(settled_by(Moment(heard(text, intent=intent), talk, said=words, offered=(), plan=None)))


@pytest.mark.parametrize(
    ("text", "intent", "value"),
    [
        ("yeah i do line manage two of them", "tell_profile", "yes"),
        ("yes", "affirm", "yes"),
        ("no", "deny", "no"),
        ("only when my boss is away", "tell_profile", "partly"),
    ],
)
def test_the_answer_is_read(text: str, intent: str, value: str):
    assert settled(text, intent=intent) == {"office": value}


@pytest.mark.parametrize(
    ("text", "intent"),
    [("what does line manage mean?", "ask_topic"), ("does covering count?", "tell_profile"),
     ("2", "choose_option"), ("forget me", "forget_me")],
)  # fmt: skip
def test_questions_and_other_wishes_are_no_answer(text: str, intent: str):
    assert settled(text, intent=intent) == {}


def test_only_the_question_that_was_just_put_is_answered():
    assert settled("yes", intent="affirm", said="Noted.") == {}
    assert settled("yes", intent="affirm", profile=Profile(role="pmo_manager")) == {}
    assert settled("yes", intent="affirm", profile=Profile(), said="") == {}
