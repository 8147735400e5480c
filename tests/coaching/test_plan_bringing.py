"""What a message that begins a plan brings along."""

import pytest

from bot.coaching.plan_bringing import brought_to_plan
from bot.records import Focus, Mention, Question
from tests.coaching.form_talks import KNOWLEDGE

NEXT = Focus("next_qualification", "p3o_practitioner")


def bring(text: str, focus: Focus | None = None, **values: str):
    mentions = tuple(Mention(entity, value, "", 0, 0) for entity, value in values.items())
    return brought_to_plan(Question(text, "make_plan", 0.9, None, mentions), KNOWLEDGE, focus)


def test_that_means_what_the_talk_is_about():
    assert bring("put that in a plan for me", NEXT) == {"goal": "Take P3O Practitioner"}


@pytest.mark.parametrize("focus", [None, Focus("level", "3"), Focus("what_if", "")])
def test_that_means_no_goal_where_the_talk_is_about_none(focus: Focus | None):
    assert bring("put that in a plan for me", focus) == {}


def test_a_plan_in_general_brings_no_goal():
    assert bring("help me make a plan", NEXT) == {}


def test_a_certification_or_an_insight_that_is_named_is_the_goal():
    assert bring("a plan for p3o", certification="p3o_foundation") == {"goal": "Take P3O Foundation"}
    assert bring("", insight="3") == {"goal": KNOWLEDGE.insights[3].name}
    assert bring("", insight="9") == {}


def test_a_new_action_is_taken_as_it_was_said():
    assert bring("change the action to email Sue.") == {"action": "Email Sue"}
