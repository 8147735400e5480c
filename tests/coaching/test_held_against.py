"""Whether a certification is a must, and one job or certification held against what the talk is about."""

import pytest

from bot.coaching.answering import answer_question
from bot.coaching.certification_for_person import NEEDED
from bot.coaching.follow_up import answer_follow_up
from bot.coaching.situation import Situation
from bot.records import Focus, Mention, Profile, Question
from tests.coaching.checks import KNOWLEDGE

PRINCE2 = "prince2"


def told(question: Question, profile: Profile | None = None, focus: Focus | None = None) -> str:
    answer = answer_question(question, Situation(KNOWLEDGE, profile or Profile(), focus))
    assert answer is not None
    assert answer.reply is not None
    return answer.reply.text


def of_prince2(text: str, *facets: str) -> Question:
    start = text.lower().index(PRINCE2)
    named = Mention("certification", PRINCE2, PRINCE2, start, start + len(PRINCE2))
    return Question(text, "ask_certification", 0.9, mentions=(named, *(Mention("facet", f, f, 0, 0) for f in facets)))


@pytest.mark.parametrize(
    "text",
    [
        "do i need prince2",
        "do i ned prince2 for that",
        "Do I really need PRINCE2?",
        "must i have prince2",
        "is prince2 necessary",
    ],
)
def test_whether_it_is_a_must_is_answered_first(text: str) -> None:
    assert told(of_prince2(text, "prerequisites")).startswith(NEEDED)


@pytest.mark.parametrize(
    "text", ["what do i need for prince2", "do i need prince2 first", "do i need prince2 before P3O", "is prince2 hard"]
)
def test_what_it_asks_is_another_question(text: str) -> None:
    assert NEEDED not in told(of_prince2(text, "prerequisites"))


@pytest.mark.parametrize(
    ("text", "profile", "focus"),
    [
        ("whats the diff between that and pmo analyst", Profile(), Focus("role", "project_coordinator")),
        ("how is pmo analyst different from what i do", Profile(role="project_coordinator"), None),
        ("compare pmo analyst to that", Profile(role="project_coordinator"), Focus("assess_level", "1")),
    ],
)
def test_a_job_is_compared_with_that_of_the_talk_else_with_ones_own(
    text: str, profile: Profile, focus: Focus | None
) -> None:
    question = Question(text, "ask_role", 0.9, mentions=(Mention("role", "pmo_analyst", "pmo analyst", 0, 0),))

    assert told(question, profile, focus).startswith("The difference is mostly the level: ")


def test_what_now_is_what_to_take_next_where_no_topic_says_more() -> None:
    analyst = Profile(role="pmo_analyst")
    answer = answer_follow_up(Question("so what now", "follow_up", 0.4), Situation(KNOWLEDGE, analyst))

    assert answer is not None
    assert answer.reply is not None
    assert "fits best as your next step" in answer.reply.text
