"""Answers about the four levels: what they ask, who works there, which ladder is meant."""

import pytest

from bot.coaching.figures import career_map
from bot.coaching.level_answer import answer_level, more_level
from bot.records import Level, ReplyKind
from tests.coaching.checks import FACETS, KNOWLEDGE, assert_sound, words_of
from tests.factories import some_knowledge

NUMBERS = ["1", "2", "3", "4"]


def said(*levels, facets=(), **told):
    return answer_level(KNOWLEDGE, levels, facets, **told).reply.text


@pytest.mark.parametrize("facet", [None, *FACETS])
@pytest.mark.parametrize("number", NUMBERS)
def test_every_answer_is_sound(number, facet):
    answer = answer_level(KNOWLEDGE, (number,), (facet,) if facet else ())
    assert_sound(answer, words=110)
    assert answer.reply.sources
    assert (answer.focus.kind, answer.focus.id) == ("level", number)


@pytest.mark.parametrize("number", NUMBERS)
def test_the_plain_answer_says_what_the_level_asks(number):
    text = said(number)
    assert all(line in text for line in KNOWLEDGE.levels[Level(int(number))].asks)
    assert "Titles you may meet" in text
    assert words_of(text) <= 96


@pytest.mark.parametrize("number", ["3", "4"])
def test_three_and_four_are_told_with_care(number):
    for facets in ((), ("asks",), ("roles",), ("work",)):
        assert "three and four" in said(number, facets=facets)


def test_certifications_of_a_level_are_the_articles_and_todays():
    text = said("1", facets=("certifications",))
    assert "in the article, but replaced by **Essentials for PMO Administrators**" in text
    assert "not in the article" in text
    two = said("2", facets=("certifications",))
    assert "In the article: for development it points to two sources." in two
    assert "- **IPMO-Foundation**: hands-on, in the article, ask whether it runs" in two


def test_what_has_changed_since_is_kept_apart():
    assert said("2", facets=("status",)).startswith("Since the article: P3O moved from AXELOS to PeopleCert in 2021.")
    assert "I know of no change." in answer_level(some_knowledge(), ("1",), ("status",)).reply.text
    titles = [choice.title for choice in answer_level(KNOWLEDGE, ("2",), ("certifications",)).reply.choices]
    assert "What has changed since?" in titles


def test_two_levels_are_a_step():
    answer = answer_level(KNOWLEDGE, (3, "2"))
    assert_sound(answer)
    assert answer.reply.text.index("Level two") < answer.reply.text.index("Level three")
    assert "What level three asks that may be new to you:" in answer.reply.text
    assert answer.focus.id == "3"


def test_three_levels_are_sound_too():
    assert_sound(answer_level(KNOWLEDGE, NUMBERS[:3]), words=150)


@pytest.mark.parametrize("levels", [(), NUMBERS, (4, 3, 2, 1)])
def test_all_levels_come_with_the_career_map(levels):
    answer = answer_level(KNOWLEDGE, levels)
    assert_sound(answer, words=100)
    assert answer.reply.figure == career_map(KNOWLEDGE)
    assert "not as an official standard" in answer.reply.text
    assert "three and four together" in answer.reply.text


@pytest.mark.parametrize(
    ("levels", "ladder", "words"),
    [
        (("5",), False, "Which ladder do you mean by level 5?"),
        ((0, 2), False, "By level 0 and 2, do you mean level two of a PMO career?"),
        (("4",), True, "By level 4, do you mean level four of a PMO career?"),
        ((), True, "Which ladder do you mean? A PMO career has four levels here."),
    ],
)
def test_another_ladder_is_asked_for(levels, ladder, words):
    answer = answer_level(KNOWLEDGE, levels, ladder=ladder)
    assert_sound(answer)
    assert answer.reply.kind is ReplyKind.CLARIFY
    assert answer.reply.text.startswith(words)
    assert "SFIA, RQF and apprenticeships" in answer.reply.text
    assert answer.reply.choices[-1].title == "Other ladders and numbers"


@pytest.mark.parametrize("level", list(Level))
def test_more_tells_all_the_article_says_and_what_changed_since(level):
    told, texts = (), []
    while (answer := more_level(KNOWLEDGE, level, told)) is not None:
        assert_sound(answer, words=115)
        texts.append(answer.reply.text)
        told = answer.focus.facets
    profile = KNOWLEDGE.levels[level]
    for paragraph in [*profile.article.splitlines(), profile.since]:
        assert any(paragraph.strip() in text for text in texts)


def test_a_level_without_roles():
    text = answer_level(some_knowledge(roles=()), ("1",)).reply.text
    assert "Titles" not in text
    assert_free = answer_level(some_knowledge(), ("1",), ("certifications",)).reply.text
    assert "At **level one** today:" in assert_free
