"""Placing: the title is evidence, the work decides, and the answer that would change it is told."""

import pytest

from bot.coaching.assess_level import assess_level, place, why_this_level, work_choices
from bot.content import KNOWLEDGE_FOLDER, read_knowledge
from bot.records import Level, Profile, ReplyKind

KNOWLEDGE = read_knowledge([KNOWLEDGE_FOLDER])


@pytest.mark.parametrize("work", [None, *Level])
@pytest.mark.parametrize("role", [None, *KNOWLEDGE.roles.values()], ids=lambda role: role.id if role else "none")
def test_place_follows_the_work(role, work):
    placement = place(role, work)
    by_title = role.level if role else None
    assert placement.level == (work or by_title)
    assert placement.between == (work is not None and by_title is not None and work > by_title)


def test_nothing_known_asks_the_one_question():
    reply = assess_level(KNOWLEDGE, Profile()).reply
    assert reply.kind is ReplyKind.ASK
    assert [choice.payload for choice in reply.choices] == [choice.payload for choice in work_choices()]


def test_a_title_gives_a_level_with_its_basis():
    text = assess_level(KNOWLEDGE, Profile(role="pmo_analyst")).reply.text
    assert "level two" in text
    assert "the article names it there" in text
    assert "One answer would change it" in text


def test_a_doubtful_title_gets_its_question():
    text = assess_level(KNOWLEDGE, Profile(role="project_coordinator")).reply.text
    assert "weak evidence" in text
    assert KNOWLEDGE.roles["project_coordinator"].question in text


def test_work_above_the_title_is_between():
    text = assess_level(KNOWLEDGE, Profile(role="pmo_analyst", level=Level.THREE)).reply.text
    assert "between level two and level three" in text


def test_a_delivery_role_is_asked_about_work():
    assert assess_level(KNOWLEDGE, Profile(role="programme_manager")).reply.kind is ReplyKind.ASK


def test_another_ladder_is_asked_about():
    assert assess_level(KNOWLEDGE, Profile(), ladder=True).reply.kind is ReplyKind.CLARIFY


@pytest.mark.parametrize("role", KNOWLEDGE.roles)
def test_why_shows_each_answers_part(role):
    text = why_this_level(KNOWLEDGE, Profile(role=role, level=Level.TWO)).reply.text
    assert "**Title**" in text
    assert "**Work**" in text
