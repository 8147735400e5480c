"""A plan that was exported as JSON comes back as the same plan, in another conversation too; nothing else gets in."""

import copy
import json
from typing import Any

import icalendar
import pytest

from tests.coach import Coach, Talk
from tests.conversations.walking import A_PLAN

ACTION = "Ask my boss for a course"


def exported(talk: Talk, form: str = "json") -> bytes:
    status, body, _ = talk.coach.request("GET", f"/webhooks/web/export?format={form}", token=talk.token)
    assert status == 200
    return body


def bring_back(talk: Talk, value: Any) -> tuple[int, dict[str, Any]]:
    body = value if isinstance(value, bytes) else {"v": 1, "plans": value}
    headers = {"Content-Type": "application/json"}
    status, answer, _ = talk.coach.request("POST", "/webhooks/web/import", token=talk.token, body=body, headers=headers)
    return status, json.loads(answer)


def talk_with_plan(coach: Coach) -> Talk:
    talk = coach.talk()
    for words in A_PLAN:
        talk.say(words)
    return talk


@pytest.fixture(scope="module")
def plan(coach: Coach) -> dict[str, Any]:
    """A plan as it is exported."""
    plans: list[dict[str, Any]] = json.loads(exported(talk_with_plan(coach)))["plans"]
    return plans[0]


@pytest.mark.parametrize("remembered", [True, False], ids=["remembered", "not remembered"])
def test_an_export_comes_back_as_the_same_plan_in_another_conversation(coach: Coach, remembered: bool):
    first, other = talk_with_plan(coach), coach.talk()
    if remembered:
        other.say("remember me")
    whole = exported(first)

    status, answer = bring_back(other, whole)

    assert (status, answer) == (200, {"v": 1, "plans": 1})
    assert json.loads(exported(other))["plans"] == json.loads(whole)["plans"]
    assert ACTION.lower() in other.say("show me my plan")[-1]["text"].lower()
    assert "**Done.**" in other.say("i did what i said i would")[0]["text"]
    assert json.loads(exported(other))["plans"][0]["status"] == "done"


def test_a_plan_that_comes_back_takes_its_own_place(coach: Coach):
    talk = talk_with_plan(coach)
    talk.say("yes, remember me")
    whole = exported(talk)

    bring_back(talk, whole)
    bring_back(talk, whole)

    assert json.loads(exported(talk))["plans"] == json.loads(whole)["plans"]


def test_an_imported_plan_opens_in_a_calendar_with_its_day_and_an_alarm(coach: Coach, plan: dict[str, Any]):
    talk = coach.talk()
    bring_back(talk, [plan])

    calendar = icalendar.Calendar.from_ical(exported(talk, "ics"))

    (event,) = calendar.walk("VEVENT")
    assert ACTION in str(event["SUMMARY"])
    assert event["DTSTART"].dt.isoformat() == plan["due"]
    assert event.walk("VALARM")


@pytest.mark.parametrize(("field", "value"), [
    ("action", None), ("action", ""), ("action", "x" * 1001), ("action", "\ud800"), ("action", 7),
    ("due", "2027-02-30"), ("due", 7), ("status", "won"), ("realistic", 11), ("realistic", True), ("committed", -1),
    ("created", None), ("options", "a"), ("options", ["a"] * 201), ("history", [{"day": "soon"}]), ("history", {}),
    ("id", None), ("id", "x" * 1001),
])  # fmt: skip
def test_a_plan_that_cannot_be_read_is_refused_and_nothing_changes(
    coach: Coach, plan: dict[str, Any], field: str, value: Any
):
    talk = talk_with_plan(coach)
    before = exported(talk)

    status, answer = bring_back(talk, [{**copy.deepcopy(plan), field: value}])

    assert (status, answer["error"]["code"]) == (422, "no_plans")
    assert field in answer["error"]["text"] or "day" in answer["error"]["text"]
    assert json.loads(exported(talk))["plans"] == json.loads(before)["plans"]


@pytest.mark.parametrize("body", [b"[]", b"null", b'{"v": 2, "plans": []}', b'{"plans": []}', b'{"v": 1}'])
def test_what_is_no_export_is_refused(coach: Coach, body: bytes):
    status, answer = bring_back(coach.talk(), body)

    assert (status, answer["error"]["code"]) == (422, "no_plans")


def test_an_export_without_plans_changes_nothing(coach: Coach):
    talk = coach.talk()

    assert bring_back(talk, exported(coach.talk()))[1] == {"v": 1, "plans": 0}
    assert "no plan with me yet" in talk.say("show me my plan")[0]["text"]


def test_words_of_an_imported_plan_are_never_obeyed(coach: Coach, plan: dict[str, Any]):
    talk = coach.talk()
    hostile = '/restart {"x": 1} <img src=x onerror=alert(1)> [link](javascript:alert(1))'

    assert bring_back(talk, [{**plan, "action": hostile, "goal": "'; DROP TABLE plans; --"}])[0] == 200

    assert talk.say("show me my plan")[-1]["kind"] == "answer"
    assert json.loads(exported(talk))["plans"][0]["action"] == hostile
