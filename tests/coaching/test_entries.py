"""Answers about kinds, functions, bodies, insights and topics: sound for every entry and for none."""

import pytest

from bot.coaching.entries import answer_body, answer_function, answer_insight, answer_kind, answer_topic
from tests.coaching.checks import KNOWLEDGE, assert_sound, words_of
from tests.factories import a_body, a_certification, a_function, a_group, a_kind, an_insight, some_knowledge


@pytest.mark.parametrize("kind", list(KNOWLEDGE.kinds))
def test_every_kind_is_sound(kind):
    answer = answer_kind(KNOWLEDGE, (kind,))
    assert_sound(answer, words=95)
    assert answer.reply.sources
    assert KNOWLEDGE.kinds[kind].summary.partition(" ")[2].partition(". ")[0][-30:] in answer.reply.text.replace(
        "*", ""
    )


def test_no_kind_gives_the_articles_four_and_other_ways_to_sort():
    answer = answer_kind(KNOWLEDGE)
    assert_sound(answer, words=100)
    for words in ("Project Management Office", "Centre of Excellence", "supportive, controlling or directive PMO"):
        assert words in answer.reply.text


def test_two_kinds_stand_side_by_side():
    answer = answer_kind(KNOWLEDGE, ("project_office", "portfolio_office"))
    assert_sound(answer)
    assert answer.reply.text.startswith("Side by side:")
    assert "Other ways" not in answer.reply.text
    assert answer.focus.id == "project_office,portfolio_office"


def test_a_kind_offers_more_only_where_there_is_more():
    lone = some_knowledge(kinds=(a_kind("hub", article="The article knows it."), a_kind("other")))
    assert "Tell me more" not in [choice.title for choice in answer_kind(lone, ("hub",)).reply.choices]
    rich = some_knowledge(kinds=(a_kind("hub", article="The article knows it.", since="It changed."),))
    assert "Tell me more" in [choice.title for choice in answer_kind(rich, ("hub",)).reply.choices]
    bare = answer_kind(some_knowledge(kinds=(a_kind("hub"),)), ("hub",))
    assert bare.reply.choices == ()


@pytest.mark.parametrize("facets", [(), ("level",)])
@pytest.mark.parametrize("function", list(KNOWLEDGE.functions))
def test_every_function_is_sound(function, facets):
    answer = answer_function(KNOWLEDGE, (function,), facets)
    assert_sound(answer, words=95)
    assert answer.reply.sources
    assert answer.focus.id == function


def test_a_function_says_whether_the_article_names_it():
    assert "The article has it" in answer_function(KNOWLEDGE, ("governance",)).reply.text
    assert "The article does not name it" in answer_function(KNOWLEDGE, ("benefits_management",)).reply.text
    assert answer_function(KNOWLEDGE, ("secretariat",)).reply.text.count("article") == 1


def test_a_function_asked_by_level_tells_the_level_first():
    text = answer_function(KNOWLEDGE, ("governance",), ("level",)).reply.text
    assert text.startswith("**Governance**: at level two")


def test_two_functions_stand_side_by_side():
    answer = answer_function(KNOWLEDGE, ("governance", "assurance"))
    assert_sound(answer)
    assert "- **Assurance** looks independently" in answer.reply.text


def test_no_function_gives_them_by_group():
    answer = answer_function(KNOWLEDGE)
    assert_sound(answer)
    assert all(group.name in answer.reply.text for group in KNOWLEDGE.groups.values())
    assert "; and more" in answer.reply.text
    empty = some_knowledge(groups=(a_group(), a_group("bare", name="Nothing here")), functions=(a_function(),))
    assert "Nothing here" not in answer_function(empty).reply.text


@pytest.mark.parametrize("facets", [(), ("certifications",)])
@pytest.mark.parametrize("body", list(KNOWLEDGE.bodies))
def test_every_body_is_sound(body, facets):
    answer = answer_body(KNOWLEDGE, (body,), facets)
    assert_sound(answer, words=95)
    assert answer.reply.sources
    assert answer.focus.id == body


def test_a_body_tells_what_changed_and_offers_what_it_has():
    answer = answer_body(KNOWLEDGE, ("body_house_of_pmo",))
    assert "1 February 2021" in answer.reply.text
    assert answer.reply.choices[0].title == "Essentials for PMO Administrators"
    assert "PPSO" in answer_body(KNOWLEDGE, ("body_bcs",)).reply.choices[0].title
    assert "- PMI-PMOCP" in answer_body(KNOWLEDGE, ("body_pmi",), ("certifications",)).reply.text


def test_bodies_without_a_page_of_their_own_and_several_at_once():
    assert "Its website" not in answer_body(some_knowledge(bodies=(a_body(website=None),)), ("peoplecert",)).reply.text
    assert_sound(answer_body(KNOWLEDGE, ("body_apm", "body_apmg")))
    answer = answer_body(KNOWLEDGE)
    assert_sound(answer)
    assert "House of PMO" in answer.reply.text
    held = some_knowledge(bodies=(a_body(),), certifications=(a_certification(body="peoplecert"),))
    assert answer_body(held, ("peoplecert",)).reply.choices[0].title == "P3O Foundation"


@pytest.mark.parametrize("number", list(KNOWLEDGE.insights))
def test_every_insight_is_sound_and_has_a_small_step(number):
    answer = answer_insight(KNOWLEDGE, (number,))
    assert_sound(answer, words=92)
    assert "A small step: " in answer.reply.text
    assert answer.reply.choices[0].title == "Tell me more"


def test_the_last_insight_leads_to_the_questions_about_it():
    titles = [choice.title for choice in answer_insight(KNOWLEDGE, ("5",)).reply.choices]
    assert titles == ["Tell me more", "Builder or grower?"]


@pytest.mark.parametrize("numbers", [(), ("7",)])
def test_no_insight_gives_all_five(numbers):
    answer = answer_insight(KNOWLEDGE, numbers)
    assert_sound(answer, words=110)
    assert answer.reply.text.startswith("The article closes with five insights:")
    assert all(insight.name in answer.reply.text for insight in KNOWLEDGE.insights.values())


def test_two_insights_are_told_in_a_line_each():
    answer = answer_insight(KNOWLEDGE, ("1", 3))
    assert_sound(answer)
    assert len(answer.reply.text.splitlines()) == 2
    assert answer.focus.id == "1"
    assert "One: Insight 1" in answer_insight(some_knowledge(insights=(an_insight(1),))).reply.text


@pytest.mark.parametrize("topic", list(KNOWLEDGE.topics))
def test_every_topic_is_sound_in_short(topic):
    short = answer_topic(KNOWLEDGE, topic)
    assert_sound(short)
    assert (short.focus.kind, short.focus.id) == ("topic", topic)
    assert words_of(short.reply.text) <= 110
    offered = [choice.title for choice in short.reply.choices]
    assert ("Tell me more" in offered) == (KNOWLEDGE.topics[topic].more is not None)
