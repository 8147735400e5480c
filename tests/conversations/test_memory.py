"""Remembering and forgetting through a running coach: in the database, in a form, on two browsers, and in teams."""

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from bot.runtime.settings import project_root
from bot.store import open_store
from tests.coach import Coach, Talk
from tests.conftest import make_var, served
from tests.store.test_store_people import rows_with

MARK = "Quetzalcoatlus"


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory, encoder: Path, model: Path) -> Iterator[tuple[Coach, Path]]:
    """A coach whose database nobody else looks into, and its var folder."""
    var = make_var(tmp_path_factory.mktemp("memory"), encoder)
    with served(var) as coach:
        yield coach, var


def get(talk: Talk, path: str) -> tuple[int, bytes, dict[str, str]]:
    return talk.coach.request("GET", f"/webhooks/web/{path}", token=talk.token)


def command(var: Path, *words: str) -> "subprocess.CompletedProcess[str]":
    environment = {"PATH": "/usr/bin:/bin", "PYTHONPATH": str(project_root()), "PMO_COACH_VAR": str(var)}
    return subprocess.run(
        [sys.executable, "-m", "bot.cli", *words], check=False, capture_output=True, text=True, env=environment
    )


def said(messages: list[dict[str, Any]]) -> str:
    return "\n".join(message["text"] for message in messages)


def test_who_says_forget_me_is_in_no_table_and_no_byte(own):
    coach, var = own
    talk = coach.talk()
    talk.say("i am a pmo analyst with P3O Foundation")
    talk.say("remember me")
    messages = talk.say(f"my cat is called {MARK}")
    status, _, _ = coach.request("POST", "/webhooks/web/feedback", token=talk.token,
                                 body={"message": messages[0]["id"], "rating": "up", "comment": MARK})  # fmt: skip
    assert status == 204
    store = open_store(f"sqlite:///{var / 'pmo-coach.db'}")
    assert set(rows_with(store, talk.conversation)) >= {"people", "profiles", "feedback", "conversation_events"}

    talk.say(f"forget me and {MARK}")
    answer = talk.say("yes")

    assert "is erased" in said(answer)
    assert rows_with(store, MARK) == []
    assert set(rows_with(store, talk.conversation)) == {"conversations", "conversation_events", "conversation_turns"}
    history = talk.history()
    assert [message["from"] for message in history] == ["coach"]
    assert history[0]["id"] == answer[0]["id"]
    for path in var.glob("pmo-coach.db*"):
        assert MARK.encode() not in path.read_bytes(), path
    store.close()
    assert MARK not in (var / "server.log").read_text()


def test_deleting_the_history_forgets_the_person_too(own):
    coach, var = own
    talk = coach.talk()
    talk.say(f"remember me, i am a pmo lead called {MARK}")
    talk.say("remember me")

    status, _, _ = coach.request("DELETE", "/webhooks/web/history", token=talk.token)

    assert status == 204
    assert get(talk, "history")[0] == 401
    store = open_store(f"sqlite:///{var / 'pmo-coach.db'}")
    assert rows_with(store, talk.conversation) == []
    assert all(MARK.encode() not in path.read_bytes() for path in var.glob("pmo-coach.db*"))
    store.close()


def test_two_browsers_with_one_token_are_one_person(own):
    coach, _ = own
    one = coach.talk()
    other = Talk(coach, one.conversation, one.token)
    one.say("remember me")
    other.say("i am a pmo analyst")

    assert "analyst" in said(one.say("what do you know about me")).casefold()
    other.say("forget me")
    other.say("yes")
    assert "analyst" not in said(one.say("what do you know about me")).casefold()


def test_markdown_names_what_was_told_in_words(own):
    coach, _ = own
    talk = coach.talk()
    talk.say("im a pmo analyst, 4 years, P3O Foundation")

    page = get(talk, "export?format=md")[1].decode()

    assert "- Your role: PMO Analyst" in page
    assert "- Your experience: 4 years" in page
    assert "- You hold: P3O Foundation" in page
    assert "_" not in page


def test_export_has_what_was_told_before_and_after_agreeing(own):
    coach, _ = own
    talk = coach.talk()
    talk.say("i am a pmo analyst in the uk")
    assert json.loads(get(talk, "export?format=json")[1])["profile"]["role"] == "pmo_analyst"

    talk.say("remember me")

    status, body, headers = get(talk, "export?format=json")
    assert status == 200
    assert json.loads(body)["profile"]["role"] == "pmo_analyst"
    assert headers["content-disposition"] == 'attachment; filename="pmo-coach.json"'
    talk.say("i hold prince2 foundation and p3o foundation")
    assert "p3o_foundation" in json.loads(get(talk, "export")[1])["profile"]["held"]


def test_what_the_coach_did_not_say_cannot_be_rated(own):
    coach, _ = own
    talk = coach.talk()
    message = talk.say("hello")[0]["id"]

    for number, status in ((message, 204), (message - 1, 404), (message + 100, 404)):
        body = {"message": number, "rating": "down"}
        assert coach.request("POST", "/webhooks/web/feedback", token=talk.token, body=body)[0] == status


def join(
    coach: Coach, code: str, words: str, *, functions: str = "i cover planning and reporting for the team"
) -> Talk:
    talk = coach.talk()
    talk.say(words)
    asked = talk.say(f"join team {code}")
    assert asked[-1]["kind"] == "ask", asked
    assert "never your answers" in said(asked)
    assert "You are in" in said(talk.say("yes"))
    assert "Noted for your team" in said(talk.say("i cover planning and reporting for the team"))
    return talk


def test_team_of_eight_has_a_report_and_one_of_four_has_none(own):
    coach, var = own
    code = command(var, "team", "create", "North & Sons").stdout.strip()
    people = ["i am a pmo analyst and i have p3o foundation"] * 3 + ["i am a project support officer"] * 3
    talks = [join(coach, code, words) for words in (*people[:4],)]
    declined = command(var, "team", "report", code)
    assert (declined.returncode, declined.stdout) == (1, "")
    assert "5 people or more" in declined.stderr

    talks += [join(coach, code, words) for words in (*people[4:], "i am a pmo manager", "i am a pmo manager")]
    chart = var / "team.svg"
    report = command(var, "team", "report", code, "--svg", str(chart))

    assert report.returncode == 0, report.stderr
    assert report.stdout.startswith("North & Sons: 8 people\n")
    assert "P3O Foundation\t3" in report.stdout
    assert "\t7 or 8" in report.stdout
    assert chart.read_text().startswith("<svg")
    for talk in talks:
        assert talk.conversation not in report.stdout
    assert "You have left" in said(talks[0].say("leave the team"))
    for talk in talks[1:4]:
        talk.say("leave the team")
    assert command(var, "team", "report", code).returncode == 1


def test_a_no_joins_nobody_and_a_wrong_code_says_so(own):
    coach, var = own
    code = command(var, "team", "create", "South").stdout.strip()
    talk = coach.talk()

    assert "know no team" in said(talk.say("join team ZZZZ-9999"))
    assert "Which team" in said(talk.say("i want to join a team"))
    talk.say(f"join team {code}")
    assert "No problem" in said(talk.say("no"))
    assert "in no team" in said(talk.say("leave the team"))
    assert "in no team yet" in said(talk.say("i cover planning and reporting for the team"))


def test_people_are_counted_and_purged_without_names(own):
    coach, var = own
    talk = coach.talk()
    talk.say("hello")

    counted, purged = command(var, "people", "list"), command(var, "people", "purge", "--dry-run", "--days", "1")

    assert counted.returncode == 0
    assert "conversations\t" in counted.stdout
    assert talk.conversation not in counted.stdout
    assert purged.stdout == "Would forget 0 people not here for 1 days.\n"
    assert command(var, "people", "list", "--count").stdout.strip().isdigit()
    assert command(var, "people", "purge", "--days", "0").returncode == 2
