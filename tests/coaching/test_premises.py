"""What a question has wrong is put right before it is answered, and names that nobody gives are said to be unknown."""

from dataclasses import replace

import pytest

from bot.coaching.answering import answer_question
from bot.coaching.situation import Situation
from bot.records import Profile, Question
from tests.coaching.asking import a_question
from tests.coaching.checks import KNOWLEDGE

SITUATION = Situation(KNOWLEDGE, Profile())


def said(question: Question) -> str:
    """Return the text of the answer."""
    answer = answer_question(question, SITUATION)
    assert answer is not None
    assert answer.reply is not None
    return answer.reply.text


def of_topic(text: str, topic: str, *found: tuple[str, str, str]) -> Question:
    """Return a question about that topic."""
    return replace(a_question(text, *found, intent="ask_topic"), topic=topic)


@pytest.mark.parametrize(
    ("text", "topic", "right"),
    [
        ("what are lindsay's seven insights", "five_insights_overview", "There are five insights, not seven."),
        ("tell me all three insights", "five_insights_overview", "There are five insights, not three."),
        ("what are the 6 levels", "four_levels_overview", "There are four levels, not six."),
        ("so there are three levels yeah?", "four_levels_overview", "There are four levels, not three."),
        ("level 2 is the highest, no?", "four_levels_overview", "four is the highest"),
        ("level four is the entry one?", "four_levels_overview", "one is where people begin"),
    ],
)
def test_a_wrong_count_is_put_right_first(text: str, topic: str, right: str) -> None:
    assert right in said(of_topic(text, topic)).split("\n\n")[0]


def test_a_level_that_there_is_not_is_denied() -> None:
    question = of_topic("level 5 is the highest, right?", "other_ladders", ("5", "level", "5"))

    assert said(question).startswith("A PMO career has four levels")


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("what are the five insights", "five_insights_overview"),
        ("give me two insights", "five_insights_overview"),
        ("are there two levels above mine", "four_levels_overview"),
        ("level four is the highest, right?", "four_levels_overview"),
        ("we have seven levels of approval, is that normal", "business_need_first"),
    ],
)
def test_what_is_right_is_answered_as_it_is(text: str, topic: str) -> None:
    assert said(of_topic(text, topic)) == said(of_topic("", topic))


def test_another_ladder_has_levels_of_its_own() -> None:
    question = of_topic("does sfia have seven levels", "other_ladders", ("sfia", "ladder", "other"))

    assert "not seven" not in said(question)


@pytest.mark.parametrize(
    ("text", "found", "name", "near"),
    [
        ("how hard is the IPMO-Z exam", [("IPMO", "certification", "aipmo_ipmo_f")], "IPMO-Z", "aipmo_ipmo_f"),
        ("tell me about PRINCE3", [], "PRINCE3", "prince2"),
        ("what is p4o", [], "p4o", "p3o_foundation"),
    ],
)
def test_a_made_up_name_is_said_to_be_unknown(
    text: str, found: list[tuple[str, str, str]], name: str, near: str
) -> None:
    answer = answer_question(a_question(text, *found, intent="ask_certification"), SITUATION)

    assert answer is not None
    assert answer.reply is not None
    assert f"no certification called **{name}**" in answer.reply.text
    assert KNOWLEDGE.certifications[near].name in answer.reply.text
    assert answer.reply.sources == ()


@pytest.mark.parametrize(
    ("text", "words", "value"),
    [
        ("ipmo-p exam", "ipmo-p", "aipmo_ipmo_p"),
        ("are you sure a p3o-certified analyst earns more", "p3o", "p3o_foundation"),
        ("is the p3o-exam hard", "p3o", "p3o_foundation"),
    ],
)
def test_a_name_that_is_known_is_answered(text: str, words: str, value: str) -> None:
    question = a_question(text, (words, "certification", value), intent="ask_certification")

    assert "no certification called" not in said(question)


def test_every_name_of_the_content_is_known() -> None:
    for certification in KNOWLEDGE.certifications.values():
        for name in (certification.name, *certification.aliases):
            question = a_question(
                f"what is {name}", (name, "certification", certification.id), intent="ask_certification"
            )
            assert "no certification called" not in said(question), name


def test_a_check_does_not_begin_over_what_is_not_so() -> None:
    question = a_question("level 5 is the highest, am i there?", ("5", "level", "5"), intent="assess_level")

    assert said(question).startswith("A PMO career has four levels")


def test_a_code_that_resembles_nothing_is_no_certification() -> None:
    question = a_question("what about the ZQX9", intent="ask_certification")

    assert said(question).startswith("Which certification do you mean?")
