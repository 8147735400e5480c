"""A message that leans on the talk is about its subject; what a person tells is taken in, not asked for again."""

import pytest

from bot.coaching.acknowledging import ASKS_TITLE, COUNTS_WORK, acknowledge
from bot.coaching.follow_up import answer_follow_up
from bot.coaching.situation import Situation
from bot.records import Focus, Profile
from tests.coaching.asking import a_question
from tests.coaching.checks import KNOWLEDGE

RECOMMENDED = Focus("next_qualification", "p3o_foundation")


@pytest.mark.parametrize(
    ("text", "facet"), [("is it worth the money", "worth"), ("how long is the exam", "exam")], ids=["worth", "exam"]
)
def test_what_is_asked_after_a_recommendation_is_about_what_was_recommended(text: str, facet: str) -> None:
    question = a_question(text, (facet, "facet", facet), intent="follow_up")

    answer = answer_follow_up(question, Situation(KNOWLEDGE, Profile(role="pmo_analyst"), RECOMMENDED))

    assert answer is not None
    assert answer.focus is not None
    assert (answer.focus.kind, answer.focus.id) == ("certification", "p3o_foundation")


@pytest.mark.parametrize(
    ("profile", "said"), [(Profile(), ASKS_TITLE), (Profile(role="project_coordinator"), COUNTS_WORK)]
)
def test_a_title_that_is_known_is_not_asked_for_again(profile: Profile, said: str) -> None:
    answer = acknowledge(Situation(KNOWLEDGE, profile, None), profile)

    assert answer.reply is not None
    assert answer.reply.text == said


def test_a_grade_alone_is_asked_which_scheme_it_is_of() -> None:
    question = a_question("and practitioner?", ("practitioner", "grade", "practitioner"), intent="follow_up")

    answer = answer_follow_up(question, Situation(KNOWLEDGE, Profile(), Focus("level", "4")))

    assert answer is not None
    assert answer.reply is not None
    assert answer.reply.text.startswith("Which Practitioner do you mean: P3O Practitioner")
    assert len(answer.reply.choices) > 1


def test_a_grade_alone_is_of_the_scheme_before_a_detour() -> None:
    question = a_question("and practitioner?", ("practitioner", "grade", "practitioner"), intent="follow_up")
    trail = (Focus("certification", "aipmo_ipmo_f"),)

    answer = answer_follow_up(question, Situation(KNOWLEDGE, Profile(), Focus("level", "4"), trail))

    assert answer is not None
    assert answer.focus == Focus("certification", "aipmo_ipmo_p", (), answer.focus.offered if answer.focus else ())


@pytest.mark.parametrize("focus", [Focus("function", "reporting_dashboards"), Focus("role", "pmo_analyst")])
def test_what_only_a_certification_has_is_not_told_of_anything_else(focus: Focus) -> None:
    question = a_question("do i need one", ("do i need", "facet", "prerequisites"), intent="follow_up")

    assert answer_follow_up(question, Situation(KNOWLEDGE, Profile(), focus)) is None
