"""What a goal means, what time allows, and that both travel with the focus."""

import pytest
from hypothesis import given

from bot.coaching.next_qualification import rank_certifications
from bot.coaching.wishes import (
    GOAL_TITLES,
    Goal,
    Time,
    Wishes,
    goal_of,
    goal_reason,
    haste_caution,
    time_reason,
    wishes_in_focus,
)
from bot.records import Focus, Level, Profile
from tests.coaching import profiles
from tests.coaching.checks import KNOWLEDGE

BY_ID = KNOWLEDGE.certifications


@pytest.mark.parametrize(
    ("words", "goal"),
    [
        ("get my first job in a pmo", Goal.FIRST_JOB),
        ("just want to get into pmo work tbh", Goal.FIRST_JOB),
        ("become a pmo manager", Goal.MOVE_UP),
        ("promotion!!", Goal.MOVE_UP),
        ("i want to work on portfolios", Goal.BIGGER),
        ("Programme office", Goal.BIGGER),
        ("set up our pmo from scratch", Goal.SET_UP),
        ("build a project office", Goal.SET_UP),
        ("data and reporting", Goal.ANALYSIS),
        ("something for the CV", Goal.RECOGNISED),
        ("have fun", None),
        ("", None),
        (None, None),
        *((title, goal) for goal, title in GOAL_TITLES.items()),
        *((goal.value, goal) for goal in Goal),
    ],
)
def test_goal_is_read_from_its_words(words, goal):
    assert goal_of(words) is goal


def served(words, level=Level.TWO):
    return {i for i, c in BY_ID.items() if c.levels and goal_reason(c, words, level)}


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("set up a PMO", {"p3o_practitioner", "hop_essentials_managers", "aipmo_ipmo_p"}),
        ("programmes", {"msp", "pmi_pgmp"}),
        ("portfolio", {"mop", "pmi_pfmp"}),
        ("our enterprise PMO", {"mop", "pmi_pfmp"}),
        ("something bigger", {"msp", "pmi_pgmp", "mop", "pmi_pfmp"}),
        ("deeper analysis", {"hop_essentials_analysts", "m_o_r", "better_business_cases"}),
        ("have fun", set()),
    ],
)
def test_goal_is_served_by_what_the_content_says_so_of(words, expected):
    assert served(words) == expected


def test_a_first_job_and_a_step_up_are_served_at_their_levels():
    assert "hop_essentials_administrators" in served("first job")
    assert {BY_ID[i].levels[0] for i in served("move up")} == {Level.THREE}
    assert served("move up", Level.FOUR) == set()
    assert {"p3o_foundation", "pmi_pmp"} <= served("be recognised")
    assert "aipmo_ipmo_f" not in served("be recognised")


@pytest.mark.parametrize(
    ("goal", "level", "first"),
    [
        ("portfolio work", Level.TWO, "mop"),
        ("get deeper into analysis", Level.TWO, "hop_essentials_analysts"),
        ("set up a PMO", Level.THREE, "hop_essentials_managers"),
    ],
)
def test_the_goal_turns_the_ranking_and_is_told(goal, level, first):
    best = rank_certifications(KNOWLEDGE, Profile(goal=goal), level)[0]
    assert best.certification == first
    assert goal_reason(BY_ID[first], goal, level) in best.why


@pytest.mark.parametrize(
    ("certification", "time", "points", "told"),
    [
        ("p3o_practitioner", Time.LITTLE, 2, "two days of course"),
        ("hop_essentials_managers", Time.SOON, 2, "a three-day course"),
        ("aipmo_ipmo_p", Time.COURSE, -2, "a five-day course"),
        ("bcs_ppso_essentials", Time.COURSE, 0, "a four-day classroom course"),
        ("prince2", Time.COURSE, 0, "I do not know how long it takes"),
        ("prince2", Time.LITTLE, 0, ""),
        ("p3o_practitioner", Time.OPEN, 0, ""),
        ("p3o_practitioner", None, 0, ""),
    ],
)
def test_time_counts_where_it_is_short_and_the_course_is_known(certification, time, points, told):
    given_points, reason, caution = time_reason(BY_ID[certification], time)
    assert given_points == points
    assert told in (reason or caution or "")
    assert bool(reason or caution) == bool(told)


def test_haste_warns_of_a_second_exam_and_of_a_panel():
    assert "another exam" in haste_caution(BY_ID["p3o_practitioner"], Time.SOON, 2)
    assert "another exam" in haste_caution(BY_ID["p3o_practitioner"], Time.LITTLE, 2)
    assert "panel" in haste_caution(BY_ID["pmi_pfmp"], Time.SOON, 1)
    assert haste_caution(BY_ID["pmi_pfmp"], Time.LITTLE, 1) is None
    assert haste_caution(BY_ID["p3o_practitioner"], Time.SOON, 1) is None


def test_what_time_it_takes_is_told_with_its_source():
    ranked = rank_certifications(KNOWLEDGE, Profile(held=("p3o_foundation",)), Level.TWO, Wishes(Time.LITTLE))
    practitioner = next(r for r in ranked if r.certification == "p3o_practitioner")
    assert "It fits your time: two days of course once you hold Foundation." in practitioner.why_now
    assert "LUMIFY" in practitioner.sources


def test_an_old_prerequisite_is_asked_about_with_the_sources_of_its_rule():
    wished = Wishes(since=(("p3o_foundation", 2019),), year=2026)
    ranked = rank_certifications(KNOWLEDGE, Profile(held=("p3o_foundation",)), Level.TWO, wished)
    practitioner = next(r for r in ranked if r.certification == "p3o_practitioner")
    assert any("Your P3O Foundation is from 2019" in caution for caution in practitioner.cautions)
    assert "SPOCE23" in practitioner.sources


@given(profiles.wishes)
def test_wishes_travel_in_the_focus(wished):
    assert wishes_in_focus(Focus("next_qualification", "mop", (*wished.facets(), "exam", "details"))) == wished


@pytest.mark.parametrize("focus", [None, Focus("certification", "mop", ("time:little",))])
def test_another_focus_carries_no_wishes(focus):
    assert wishes_in_focus(focus) == Wishes()
