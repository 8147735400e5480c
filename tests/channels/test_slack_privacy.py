"""What is for no other eyes: messages about the person, by what the coach reads in them."""

import re

import pytest

from bot.channels.slack_privacy import (
    ABOUT_ONESELF,
    PERSONAL,
    is_personal,
    reading_of,
    reading_of_payload,
    shows_a_person,
)
from bot.records import Figure, Reply, ReplyKind
from bot.runtime.settings import project_root


def parsed(intent, *entities, questions=None):
    return {"intent": {"name": intent}, "entities": list(entities), "questions": questions}


P3O = {"entity": "certification", "value": "p3o_foundation", "held": None}


@pytest.mark.parametrize(
    ("reading", "text"),
    [
        (parsed("tell_profile"), "analyst here"),
        (parsed("assess_level"), "which level is a person like that"),
        (parsed("make_plan"), "plan"),
        (parsed("forget_me"), "forget"),
        (parsed("out_of_scope_distress"), "so tired"),
        (parsed("next_qualification"), "what next?"),
        (parsed("next_qualification", P3O), "I have P3O, what now?"),
        (parsed("next_qualification", P3O), "what comes after P3O for me"),
        (parsed("ask_certification", P3O | {"held": True}), "have P3O; is practitioner hard"),
        (parsed("ask_certification", P3O | {"held": False}), "no P3O yet"),
        (parsed("ask_certification", P3O | {"wanted": True}), "want P3O"),
        (parsed("ask_level", {"entity": "experience_months", "value": 36}), "three years in"),
        (parsed("ask_several", questions=[{"intent": "ask_level", "entities": []},
                                          {"intent": "assess_level", "entities": []}]), "two things"),
    ],
)  # fmt: skip
def test_message_about_a_person_is_personal(reading, text):
    assert is_personal(reading_of(reading, text))


@pytest.mark.parametrize(
    ("reading", "text"),
    [
        (parsed("ask_certification", P3O), "what is P3O?"),
        (parsed("ask_level", {"entity": "level", "value": "3"}), "what does level three ask?"),
        (parsed("next_qualification", P3O), "what comes after P3O Foundation?"),
        (parsed("greet"), "hi"),
        (parsed("ask_topic"), "how do I set up a PMO?"),
    ],
)
def test_question_on_the_profession_is_not(reading, text):
    assert not is_personal(reading_of(reading, text))


@pytest.mark.parametrize(
    ("payload", "personal"),
    [
        ("/assess_level", True),
        ('/next_qualification{"work": "x"}', True),
        ('/answer_question{"step": "x", "value": "1"}', True),
        ('/ask_certification{"certification": "p3o_foundation"}', False),
        ("/ask_more", False),
        ("no payload", False),
    ],
)
def test_choice_is_personal_by_its_payload(payload, personal):
    assert is_personal(reading_of_payload(payload, "Title")) is personal


@pytest.mark.parametrize(
    ("reply", "shows"),
    [
        (Reply("How long?", ReplyKind.ASK), True),
        (Reply("Here.", figure=Figure("balance", {"value": 1})), True),
        (Reply("Here.", figure=Figure("career_map", {"levels": [], "here": 2})), True),
        (Reply("Here.", figure=Figure("career_map", {"levels": [], "here": None})), False),
        (Reply("Here.", figure=Figure("table", {})), False),
        (Reply("A PMO is."), False),
    ],
)
def test_reply_of_a_personal_talk_shows_a_person(reply, shows):
    assert shows_a_person(reply) is shows


def test_every_personal_intent_is_one_of_the_domain():
    domain = (project_root() / "domain.yml").read_text(encoding="utf-8")
    about_the_person = re.findall(r"  - (\w+):", re.split(r"# (?:About the person|Memory|Small talk)", domain)[1])

    assert {*PERSONAL, ABOUT_ONESELF} >= set(about_the_person)
    assert set(re.findall(r"^  - (\w+):", domain, re.MULTILINE)) >= PERSONAL
