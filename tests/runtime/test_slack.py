"""The log of Slack's events in the database, as the channel sees it."""

import asyncio
import subprocess
import sys
from dataclasses import replace
from datetime import date, datetime, timezone
from pathlib import Path

import pytest

from bot.channels.slack_events import Kind, Place, Request
from bot.channels.slack_home import HomeStep
from bot.errors import StoreError
from bot.records import Level, Profile
from bot.records.memory import ConsentState, ResultKind, StoredResult
from bot.records.plan import Plan, PlanStatus
from bot.runtime import slack
from bot.runtime.settings import project_root
from bot.runtime.slack import StoredEventLog, StoredPeople
from bot.store import Store, open_store
from tests.coaching.checks import KNOWLEDGE


@pytest.fixture
def store(tmp_path: Path) -> Store:
    store = open_store(f"sqlite:///{tmp_path}/coach.db")
    store.migrate()
    return store


REQUEST = Request("r1", Kind.SAID, "T1", "U1", Place("D1", ts="1.0"), "hello")
HOME = Request("r2", Kind.HOME, "T1", "U1", Place("D1"))


async def test_request_is_claimed_once_and_comes_back_as_it_was(store: Store):
    log = StoredEventLog(store)

    assert [await log.claim(REQUEST), await log.claim(REQUEST), await log.claim(HOME)] == [True, False, True]
    (left,) = await StoredEventLog(store).take_over(starting=True)
    assert left.request == REQUEST
    assert await log.take_over(starting=False) == []


async def test_finished_request_is_left_to_nobody(store: Store):
    log = StoredEventLog(store)
    await log.claim(REQUEST)
    await log.finish("r1")

    assert await log.take_over(starting=True) == []
    assert not await log.claim(REQUEST)


async def test_answered_requests_are_remembered_for_ten_minutes_at_least(store: Store, monkeypatch: pytest.MonkeyPatch):
    log = StoredEventLog(store)
    await log.claim(HOME)
    await log.hold([])
    assert not await log.claim(HOME)
    assert slack.REMEMBERED_SECONDS >= 600

    monkeypatch.setattr(slack, "REMEMBERED_SECONDS", -1.0)
    monkeypatch.setattr(slack, "FORGETTING_SECONDS", -1.0)
    await log.hold([])
    assert await log.claim(HOME)


async def test_what_comes_at_once_is_claimed_together_and_each_once(store: Store):
    log = StoredEventLog(store)

    new = await asyncio.gather(*(log.claim(replace(REQUEST, id=f"r{number % 10}")) for number in range(40)))

    assert new.count(True) == 10
    assert len(await log.take_over(starting=True)) == 10


async def test_failing_store_fails_everybody_who_waits_and_nobody_after(tmp_path: Path):
    store = open_store(f"sqlite:///{tmp_path}/later.db")
    log = StoredEventLog(store)

    failed = await asyncio.gather(log.claim(REQUEST), log.finish("r1"), return_exceptions=True)
    store.migrate()

    assert [type(each) for each in failed] == [StoreError, StoreError]
    assert await log.claim(REQUEST)


async def test_home_shows_what_is_remembered_in_words(store: Store):
    plan = Plan(
        "p1", None, None, (), "Book the course", None, date(2027, 5, 1), 8, 9, PlanStatus.OPEN, date(2026, 1, 1)
    )
    ranked = {"ranked": ["p3o_practitioner", "prince2"]}
    old = StoredResult(ResultKind.QUALIFICATION, datetime(2026, 1, 1, tzinfo=timezone.utc), {"ranked": ["prince2"]})
    with store.unit_of_work() as work:
        work.conversations.open("slack:T1:U1", now=1.0)
        work.people.set_consent("slack:T1:U1", ConsentState.GIVEN)
        work.people.remember_profile("slack:T1:U1", Profile(level=Level.TWO))
        work.people.add_result("slack:T1:U1", old)
        work.people.add_result(
            "slack:T1:U1", replace(old, taken=datetime(2026, 2, 1, tzinfo=timezone.utc), data=ranked)
        )
        work.people.save_plan("slack:T1:U1", plan)
    people = StoredPeople(store, KNOWLEDGE)

    facts = await people.home("slack:T1:U1")

    assert facts.level.startswith("Level two: ")
    assert facts.next_qualification == "P3O Practitioner"
    assert facts.plan == (HomeStep("Book the course", "2027-05-01", "open"),)
    assert (await people.home("slack:T1:U2")).is_empty


async def test_home_of_a_result_without_a_recommendation_shows_none(store: Store):
    result = StoredResult(ResultKind.QUALIFICATION, datetime(2026, 1, 1, tzinfo=timezone.utc), {"ranked": []})
    with store.unit_of_work() as work:
        work.conversations.open("slack:T1:U1", now=1.0)
        work.people.set_consent("slack:T1:U1", ConsentState.GIVEN)
        work.people.add_result("slack:T1:U1", result)

    assert (await StoredPeople(store, KNOWLEDGE).home("slack:T1:U1")).is_empty


def test_nothing_of_slack_is_loaded_where_it_is_not_set_up():
    code = (
        "import sys; from bot.runtime import lean; lean.install();"
        "from bot.runtime.server import create_app; from bot.runtime.settings import read_settings;"
        "create_app(read_settings({'PMO_COACH_SECRET': 'x' * 40}));"
        "ours = ('bot.channels.slack', 'bot.runtime.slack', 'slack_bolt', 'slack_sdk.socket_mode');"
        "assert not [name for name in sys.modules if name.startswith(ours)]"
    )
    subprocess.run([sys.executable, "-c", code], cwd=project_root(), check=True)
