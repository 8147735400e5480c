"""A session is opened, its history read and erased."""

from datetime import datetime, timedelta, timezone

import pytest

from tests.channels.web_server import WEB, Talk, WebServer


def test_session_has_an_id_a_token_and_an_end(shared: WebServer) -> None:
    first, second = (shared.request("POST", f"{WEB}/session") for _ in range(2))

    assert first.status == 201
    assert set(first.json) == {"v", "conversation", "token", "expires"}
    assert first.json["v"] == 1
    assert first.json["conversation"] != second.json["conversation"]
    left = datetime.fromisoformat(first.json["expires"].replace("Z", "+00:00")) - datetime.now(timezone.utc)
    assert timedelta(days=29) < left <= timedelta(days=30)
    assert shared.conversations.messages[first.json["conversation"]] == []


@pytest.mark.parametrize("body", [b"", b"{}", b"whatever"])
def test_session_ignores_a_body(shared: WebServer, body: bytes) -> None:
    assert shared.request("POST", f"{WEB}/session", body).status == 201


def test_history_has_both_sides_in_order(talk: Talk) -> None:
    talk.say("hello")

    history = talk.history()

    assert history.status == 200
    assert history.json == {
        "v": 1,
        "messages": [
            {"id": 3, "from": "person", "time": "2026-01-01T00:00:00.500Z", "text": "hello"},
            {
                "id": 6,
                "from": "coach",
                "time": "2026-01-01T00:00:00.500Z",
                "kind": "answer",
                "text": "You said: hello",
                "choices": [],
                "sources": [],
                "figure": None,
            },
        ],
    }


def test_history_has_the_messages_that_were_answered(talk: Talk) -> None:
    answer = talk.say("hello").lines[0]

    (entry,) = [message for message in talk.history().json["messages"] if message["from"] == "coach"]
    assert {**entry, "type": "message"}.items() >= answer.items()


def test_history_keeps_what_the_store_has_of_a_choice(talk: Talk) -> None:
    talk.server.conversations.add(talk.id, "person", {"text": "Yes", "title": "Yes", "payload": "/affirm"})

    (entry,) = talk.history().json["messages"]
    assert (entry["text"], entry["title"], entry["payload"]) == ("Yes", "Yes", "/affirm")


@pytest.mark.parametrize(
    ("query", "ids"), [("", [3, 6]), ("?after=0", [3, 6]), ("?after=3", [6]), ("?after=6&x=1", []), ("?after=007", [])]
)
def test_history_begins_after_a_message(talk: Talk, query: str, ids: list[int]) -> None:
    talk.say("hello")

    assert [message["id"] for message in talk.history(query).json["messages"]] == ids


@pytest.mark.parametrize("after", ["-1", "x", "", "1.5", "1&after=2", "%D9%A3", "9" * 19, "%FF", "+1"])
def test_history_after_no_message_is_a_bad_request(talk: Talk, after: str) -> None:
    answer = talk.history(f"?after={after}")

    assert (answer.status, answer.code) == (400, "bad_request")


def test_erased_conversation_is_gone_with_its_token(talk: Talk) -> None:
    talk.say("hello")

    erased = talk.erase()

    assert (erased.status, erased.body) == (204, b"")
    assert talk.id not in talk.server.conversations.messages
    for answer in (talk.say("hello"), talk.history(), talk.erase()):
        assert (answer.status, answer.code) == (401, "conversation_unknown")


@pytest.mark.parametrize("method", ["GET", "DELETE"])
def test_history_takes_no_large_body(talk: Talk, method: str) -> None:
    assert talk.server.request(method, f"{WEB}/history", b"x" * 20_000, token=talk.token).status == 413
    assert talk.id in talk.server.conversations.messages
