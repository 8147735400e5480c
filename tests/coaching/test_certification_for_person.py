"""What a certification is to the person who asks: at their level or not, seen where they live, doubted as a product."""

import pytest

from bot.coaching.answer import Answer
from bot.coaching.answering import answer_question
from bot.coaching.certification_for_person import FAIR_DOUBT, answer_for_person
from bot.coaching.situation import Situation
from bot.records import Level, Profile, Question
from tests.coaching.asking import a_question
from tests.coaching.checks import KNOWLEDGE


def told(question: Question, level: Level | None = None) -> str:
    """Return what is answered to somebody at that level."""
    answer = answer_question(question, Situation(KNOWLEDGE, Profile(level=level)))
    assert answer is not None
    assert answer.reply is not None
    return answer.reply.text


def early(name: str, certification: str) -> Question:
    return a_question(
        f"is {name} too early for me", (name, "certification", certification), ("too early", "facet", "audience"),
        intent="ask_certification",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("level", "words"),
    [
        (Level.ONE, "it is aimed at level three: early, by more than a step"),
        (Level.TWO, "it is aimed at level three: a step ahead"),
        (Level.THREE, "that is where it is aimed, so it is not too early"),
        (Level.FOUR, "above the work that it is aimed at"),
    ],
)
def test_too_early_is_told_from_the_persons_level(level: Level, words: str) -> None:
    assert words in told(early("p3o p", "p3o_practitioner"), level)


def test_without_a_level_only_the_audience_is_told() -> None:
    assert "You stand" not in told(early("p3o p", "p3o_practitioner"))


def test_a_doubt_whether_it_is_a_racket_is_taken_up() -> None:
    question = a_question("isnt p3o f a money grab", ("p3o f", "certification", "p3o_foundation"),
                          ("money grab", "facet", "worth"), intent="ask_certification")  # fmt: skip

    assert told(question).startswith(FAIR_DOUBT)


@pytest.mark.parametrize(
    ("place", "name"),
    [
        ("ireland", "Ireland"), ("uae", "UAE"), ("new zealand", "New Zealand"), ("Middle East", "the Middle East"),
        ("uk", "the UK"), ("U.S.", "the US"), ("in the us", "the US"), ("american", "the US"), ("canada", "Canada"),
    ],
)  # fmt: skip
def test_how_it_is_seen_in_a_country_is_not_made_up(place: str, name: str) -> None:
    question = a_question(
        f"is p3o f worth it in {place}", ("p3o f", "certification", "p3o_foundation"), ("worth it", "facet", "worth"),
        (place, "region", "other"), intent="ask_certification",
    )  # fmt: skip

    assert told(question).endswith(f"How it is seen in {name} in particular, I found nowhere that I could cite.")


def test_an_answer_that_says_nothing_stays_so() -> None:
    named = KNOWLEDGE.certifications["p3o_foundation"]

    assert (
        answer_for_person(Answer(None), early("p3o f", named.id), Situation(KNOWLEDGE, Profile()), named).reply is None
    )
