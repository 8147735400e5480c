"""A marker goes through every door of a served coach, while actions and the store fail as well: no log line has it."""

import json
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.coach import Coach, free_port
from tests.conftest import make_var, served
from tests.observing.reading import Scrape

MARK = "Zanzibar"
WEB = "/webhooks/web"
TABLES = ("conversation_events", "conversation_choices")


@pytest.fixture
def failing(tmp_path: Path, encoder: Path, model: Path) -> Iterator[tuple[Coach, Path]]:
    """A coach that logs all it has to say, whose actions run on a server that is not there."""
    var = make_var(tmp_path, encoder)
    with served(
        var,
        PMO_COACH_LOG_LEVEL="DEBUG",
        PMO_COACH_LOG_FORMAT="json",
        PMO_COACH_TRUSTED_PROXIES="1",
        PMO_COACH_ACTIONS_URL=f"http://127.0.0.1:{free_port()}/webhook",
    ) as coach:
        yield coach, var


def knock_at_every_door(coach: Coach) -> list[int]:
    """Send the marker everywhere that a client can write something; return the answers' statuses."""
    talk = coach.talk()
    said: list[tuple[str, str, Any, dict[str, str]]] = [
        ("POST", f"{WEB}/message", {"text": f"my boss {MARK} pays me badly, which certification?"}, {}),
        ("POST", f"{WEB}/message", {"payload": f'/{MARK}{{"a": "{MARK}"}}'}, {}),
        ("POST", f"{WEB}/message", {"text": MARK, MARK: MARK}, {}),
        ("POST", f"{WEB}/message", f'{{"text": "{MARK}'.encode(), {}),
        ("POST", f"{WEB}/message", {"text": f"hello {MARK}"}, {"X-Request-Id": f"{MARK} {MARK}"}),
        ("POST", f"{WEB}/message", {"text": f"hi {MARK}"}, {"Idempotency-Key": MARK, "Origin": f"http://{MARK}"}),
        ("POST", f"{WEB}/feedback", {"message": 1, "rating": "up", "comment": MARK}, {}),
        ("POST", f"{WEB}/feedback", {"message": 1, "rating": MARK}, {}),
        ("GET", f"{WEB}/history?after={MARK}", None, {}),
        ("GET", f"{WEB}/export?format={MARK}", None, {}),
        ("GET", f"/{MARK}", None, {"User-Agent": MARK, "X-Forwarded-For": MARK, "Cookie": MARK}),
        (MARK.upper(), "/health", None, {}),
    ]
    statuses = [
        coach.request(method, path, token=talk.token, body=body, headers=headers)[0]
        for method, path, body, headers in said
    ]
    statuses.append(coach.request("GET", f"{WEB}/history", token=MARK)[0])
    return statuses


def break_store(database: Path) -> None:
    with sqlite3.connect(database, timeout=10) as connection:
        for table in TABLES:
            connection.execute(f"ALTER TABLE {table} RENAME TO {table}_gone")


def test_no_log_line_has_what_a_person_wrote(failing):
    coach, var = failing
    statuses = knock_at_every_door(coach)
    talk = coach.talk()
    break_store(var / "pmo-coach.db")
    broken = [
        coach.request("POST", f"{WEB}/message", token=talk.token, body={"text": f"{MARK} again"})[0],
        coach.request("GET", f"{WEB}/history", token=talk.token)[0],
    ]
    numbers = coach.request("GET", "/metrics")[1].decode()

    log = (var / "server.log").read_text()
    assert {200, 400, 401, 403, 404, 405, 409} <= {*statuses}
    assert broken == [503, 503]
    assert MARK.lower() not in log.lower()
    assert MARK.lower() not in numbers.lower()
    lines = [json.loads(line) for line in log.splitlines() if line.startswith("{")]
    assert any(line["message"].startswith("action ") for line in lines), "the action's failure is logged"
    assert any("the store failed" in line["message"] for line in lines), "the store's failure is logged"
    assert any(line["message"].startswith("POST /webhooks/web/message 200") for line in lines)
    told = Scrape(numbers)
    assert told.value("pmo_coach_action_failures_total") >= 1
    assert told.value("pmo_coach_store_errors_total", access="read") >= 1
    assert told.value("pmo_coach_turn_failures_total", reason="store") == 1


def test_all_lines_of_a_request_have_its_id(failing):
    coach, var = failing
    talk = coach.talk()
    _, _, headers = coach.request(
        "POST",
        f"{WEB}/message",
        token=talk.token,
        body={"text": "what is a PMO?"},
        headers={"X-Request-Id": "abc-0001-xyz"},
    )
    lines = [json.loads(line) for line in (var / "server.log").read_text().splitlines() if line.startswith("{")]
    mine = [line["message"] for line in lines if line["request"] == "abc-0001-xyz"]

    assert headers["x-request-id"] == "abc-0001-xyz"
    assert any(message.startswith("action ") for message in mine)
    assert any(message.startswith("POST /webhooks/web/message 200") for message in mine)
