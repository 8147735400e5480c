"""Placing: the title is evidence, the work decides, and the answer that would change it is told."""

from dataclasses import replace

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


def test_work_below_the_title_decides():
    text = assess_level(KNOWLEDGE, Profile(role="pmo_lead", level=Level.TWO)).reply.text
    assert "By your work you stand at **level two**" in text
    assert "Your title would say three" in text


@pytest.mark.parametrize("profile", [Profile(level=Level.TWO), Profile(role="pmo_analyst", level=Level.TWO)])
def test_work_without_a_title_or_that_agrees_with_it_is_told_alone(profile):
    text = assess_level(KNOWLEDGE, profile).reply.text
    assert text.startswith("You stand at **level two**")
    assert "your title" not in text.casefold()


def test_the_highest_level_asks_for_no_next_one():
    answer = assess_level(KNOWLEDGE, Profile(level=Level.FOUR))
    assert "would ask of you" not in answer.reply.text
    assert answer.focus.id == "4"


def test_another_ladder_without_its_topic_offers_the_kinds_of_work():
    bare = replace(KNOWLEDGE, topics={})
    assert assess_level(bare, Profile(), ladder=True).reply.choices == work_choices()


@pytest.mark.parametrize(
    ("profile", "told", "untold"),
    [(Profile(role="pmo_lead"), "**Title**", "**Work**"), (Profile(level=Level.TWO), "**Work**", "**Title**")],
    ids=["title alone", "work alone"],
)
def test_why_shows_no_part_that_was_not_told(profile, told, untold):
    text = why_this_level(KNOWLEDGE, profile).reply.text
    assert told in text
    assert untold not in text
