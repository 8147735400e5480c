"""What a person tells is said back; an answer that stays as it was is not given twice, and nothing known is asked."""

from dataclasses import replace

import pytest

from bot.coaching.acknowledging import acknowledge
from bot.coaching.assess_level import assess_level
from bot.coaching.next_qualification_wording import answer_next_qualification
from bot.coaching.situation import Situation
from bot.records import Focus, Profile
from tests.coaching.checks import KNOWLEDGE

ANALYST = Profile(role="pmo_analyst", held=("p3o_foundation",))


def told(before: Profile, after: Profile, focus: Focus | None = None) -> str:
    answer = acknowledge(Situation(KNOWLEDGE, after, focus), before)
    assert answer.reply is not None
    return answer.reply.text


def test_what_is_new_is_listed():
    assert "- Your experience: 3 years" in told(ANALYST, replace(ANALYST, experience_months=36))


def test_a_level_that_stays_is_told_in_a_sentence():
    focus = assess_level(KNOWLEDGE, ANALYST).focus

    said = told(ANALYST, replace(ANALYST, experience_months=240), replace(focus or Focus("assess_level", "2")))

    assert said.startswith("Noted: 20 years.")
    assert "Your level stays where it was" in said or "level" in said


def test_a_recommendation_that_stays_is_told_in_a_sentence():
    focus = answer_next_qualification(KNOWLEDGE, ANALYST).focus

    said = told(ANALYST, replace(ANALYST, preference="framework"), focus)

    assert said.startswith("Noted: frameworks.")
    assert len(said.split()) < 30
    assert "stays my suggestion" in said


def test_another_recommendation_is_told_whole():
    focus = answer_next_qualification(KNOWLEDGE, ANALYST).focus

    said = told(ANALYST, replace(ANALYST, role="pmo_administrator", held=()), focus)

    assert said.startswith("Noted: PMO Administrator.")
    assert "fits best" in said


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("i did msp practitioner and prince2 but expired 2019", "has lapsed (2019)"),
        ("i have msp, it lapsed last year", "has lapsed (last year)"),
        ("msp, no longer valid", "has lapsed, as you say"),
    ],
)
def test_what_has_lapsed_is_said_back(said: str, expected: str) -> None:
    told = acknowledge(Situation(KNOWLEDGE, Profile(held=("msp",))), Profile(), said=said).reply

    assert told is not None
    assert expected in told.text
    assert "not as current" in told.text


def test_what_has_not_lapsed_is_noted_alone() -> None:
    told = acknowledge(Situation(KNOWLEDGE, Profile(held=("msp",))), Profile(), said="i have msp").reply

    assert told is not None
    assert "lapsed" not in told.text
