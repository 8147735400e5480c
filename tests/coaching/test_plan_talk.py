"""The plan is told as it stands, asked about, and not replaced unseen."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from bot.coaching.plan_talk import EXPORT, NEW, REPORT, is_open, offer_to_replace, progress_choices, remind, tell_plan
from bot.records.plan import PlanStatus
from tests.coaching.checks import KNOWLEDGE
from tests.store.test_store_people import a_plan

TODAY = date(2026, 11, 24)
OPEN = replace(a_plan(), due=TODAY, status=PlanStatus.OPEN)


@pytest.mark.parametrize(
    ("status", "open_"),
    [(PlanStatus.OPEN, True), (PlanStatus.MOVED, True), (PlanStatus.DONE, False), (PlanStatus.DROPPED, False)],
)
def test_a_plan_is_open_until_it_is_done_or_dropped(status: PlanStatus, open_: bool) -> None:
    assert is_open(replace(OPEN, status=status)) is open_


def test_who_has_no_plan_is_offered_one() -> None:
    answer = tell_plan(KNOWLEDGE, None, TODAY)

    assert answer.reply is not None
    assert "no plan with me yet" in answer.reply.text
    assert answer.reply.choices[0].payload.startswith("/make_plan")
    assert answer.reply.figure is None


@pytest.mark.parametrize(
    ("days", "told"),
    [
        (-2, "That was 2 days ago."),
        (-1, "That was 1 day ago."),
        (0, "That is today."),
        (1, "That is in 1 day."),
        (3, "That is in 3 days."),
    ],
)
def test_an_open_plan_tells_how_far_its_day_is(days: int, told: str) -> None:
    answer = tell_plan(KNOWLEDGE, replace(OPEN, due=TODAY + timedelta(days=days)), TODAY)

    assert answer.reply is not None
    assert told in answer.reply.text
    assert answer.reply.choices == (REPORT, EXPORT, NEW)
    assert answer.reply.figure is not None


@pytest.mark.parametrize(("status", "told"), [(PlanStatus.DONE, "It is done."), (PlanStatus.DROPPED, "You dropped it")])
def test_a_plan_that_ended_says_so_and_asks_no_more(status: PlanStatus, told: str) -> None:
    answer = tell_plan(KNOWLEDGE, replace(OPEN, status=status), TODAY)

    assert answer.reply is not None
    assert told in answer.reply.text
    assert REPORT not in answer.reply.choices


def test_a_plan_without_a_day_speaks_of_none() -> None:
    dayless = replace(OPEN, due=None)
    told, asked = tell_plan(KNOWLEDGE, dayless, TODAY).reply, remind(KNOWLEDGE, dayless)

    assert told is not None
    assert "That is" not in told.text
    assert " by " not in asked.text.partition("”")[2]


def test_a_reminder_names_the_action_and_its_day_and_offers_the_three_ways() -> None:
    asked = remind(KNOWLEDGE, OPEN)

    assert f"“{OPEN.action.rstrip('.')}” by Tuesday 24 November" in asked.text.replace(" today", "")
    assert asked.choices == tuple(progress_choices())


def test_an_open_plan_is_shown_before_another_takes_its_place() -> None:
    answer = offer_to_replace(KNOWLEDGE, OPEN)

    assert answer.reply is not None
    assert OPEN.action.rstrip(".") in answer.reply.text
    assert answer.reply.choices == (REPORT, NEW)
