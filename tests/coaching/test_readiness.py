"""Am I ready: the distance to the job that is meant, and what it asks, never a yes or no."""

import pytest

from bot.coaching.answering import answer_question
from bot.coaching.follow_up import answer_follow_up
from bot.coaching.readiness import HOLD_AGAINST, UNKNOWN, asks_if_ready
from bot.coaching.situation import Situation
from bot.records import Focus, Mention, Profile, Question
from tests.coaching.checks import KNOWLEDGE

ANALYST = Profile(role="pmo_analyst")


def asked(text: str, *roles: str, intent: str = "ask_role") -> Question:
    return Question(text, intent, 0.9, mentions=tuple(Mention("role", role, role, 0, 0) for role in roles))


def told(question: Question, profile: Profile, focus: Focus | None = None) -> str:
    answer = answer_question(question, Situation(KNOWLEDGE, profile, focus))
    assert answer is not None
    assert answer.reply is not None
    return answer.reply.text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("am i ready for head of pmo", True), ("Am I ready?", True), ("am i redy for it", True),
        ("what would I be missing", True),
        ("what am i lacking for that", True), ("is the exam ready", False), ("they are ready", False),
    ],
)  # fmt: skip
def test_the_question_is_told_from_others(text: str, expected: bool) -> None:
    assert asks_if_ready(text) is expected


def test_distance_and_demands_of_the_job_are_told() -> None:
    text = told(asked("I'm an analyst, am I ready for head of PMO?", "pmo_analyst", "head_of_pmo"), ANALYST)

    assert "**Head of PMO** is usually level four, two steps above level two, where you stand." in text
    assert "Level four asks for:" in text
    assert HOLD_AGAINST in text


def test_without_knowing_the_person_the_demands_are_told_and_that_it_is_not_known() -> None:
    assert UNKNOWN in told(asked("am i ready for head of pmo", "head_of_pmo"), Profile())


def test_the_same_level_is_no_step() -> None:
    assert "that is where you stand" in told(asked("am i ready for it", "pmo_specialist"), ANALYST)


def test_without_a_job_the_next_level_is_meant() -> None:
    answer = answer_follow_up(asked("what am i missing", intent="follow_up"), Situation(KNOWLEDGE, ANALYST))

    assert answer is not None
    assert answer.reply is not None
    assert answer.reply.text.startswith("The next level for you is level three, one step above level two")


def test_of_a_level_that_the_talk_is_about_that_one_is_meant() -> None:
    level = Focus("level", "4")
    answer = answer_follow_up(asked("what am i missing", intent="follow_up"), Situation(KNOWLEDGE, ANALYST, level))

    assert answer is not None
    assert answer.reply is not None
    assert "level four, two steps above" in answer.reply.text


def test_who_says_nothing_of_themselves_is_asked() -> None:
    answer = answer_follow_up(asked("am i ready", intent="follow_up"), Situation(KNOWLEDGE, Profile()))

    assert answer is not None
    assert answer.start == "level_form"
    assert answer_question(asked("am i ready", intent="assess_level"), Situation(KNOWLEDGE, Profile())) == answer


def test_a_job_beside_the_levels_is_told_as_it_is() -> None:
    assert HOLD_AGAINST not in told(asked("am i ready to be a project manager", "project_manager"), Profile())


def test_the_level_check_gives_way_to_it() -> None:
    text = told(asked("head of pmo wanted. am i ready?", "head_of_pmo", intent="assess_level"), ANALYST)

    assert HOLD_AGAINST in text
