"""A message of the coach is rated, what is remembered is exported; nobody else's, and nothing malformed."""

from typing import Any

import pytest

from bot.records import Rating
from tests.channels.web_server import WEB, Response, Talk


def rate(talk: Talk, body: Any, **headers: str) -> Response:
    return talk.server.request("POST", f"{WEB}/feedback", body, token=talk.token, **headers)


def export(talk: Talk, query: str = "") -> Response:
    return talk.server.request("GET", f"{WEB}/export{query}", token=talk.token)


def coach_message(talk: Talk) -> int:
    return int(talk.say("hello").lines[0]["id"])


@pytest.mark.parametrize("rating", ["up", "down"])
def test_rating_is_noted(talk: Talk, rating: str) -> None:
    message = coach_message(talk)

    answer = rate(talk, {"message": message, "rating": rating, "comment": "  too\x00 long "})

    assert (answer.status, answer.body) == (204, b"")
    assert talk.server.conversations.ratings[talk.id, message] == (Rating(rating), "too long")


def test_later_rating_replaces_the_earlier_one(talk: Talk) -> None:
    message = coach_message(talk)
    rate(talk, {"message": message, "rating": "down", "comment": "no"})

    rate(talk, {"message": message, "rating": "up"})

    assert talk.server.conversations.ratings[talk.id, message] == (Rating.UP, None)


def test_own_and_unknown_messages_cannot_be_rated(talk: Talk) -> None:
    message = coach_message(talk)

    for number in (message - 3, message + 1, 10**18 - 1):
        answer = rate(talk, {"message": number, "rating": "up"})
        assert (answer.status, answer.code) == (404, "message_unknown")


def test_message_of_another_conversation_cannot_be_rated(talk: Talk) -> None:
    coach_message(talk)
    other = talk.server.talk()

    assert rate(other, {"message": talk.stored[-1].id, "rating": "up"}).status == 404


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"not json",
        b"[]",
        b"null",
        {},
        {"message": 6},
        {"rating": "up"},
        {"message": "6", "rating": "up"},
        {"message": True, "rating": "up"},
        {"message": 6.0, "rating": "up"},
        {"message": 0, "rating": "up"},
        {"message": -1, "rating": "up"},
        {"message": 10**18, "rating": "up"},
        {"message": None, "rating": "up"},
        {"message": 6, "rating": "sideways"},
        {"message": 6, "rating": None},
        {"message": 6, "rating": ["up"]},
        {"message": 6, "rating": "up", "comment": 5},
        {"message": 6, "rating": "up", "comment": {"a": 1}},
        {"message": 6, "rating": "up", "person": "somebody"},
    ],
)
def test_malformed_feedback_is_a_bad_request(talk: Talk, body: Any) -> None:
    coach_message(talk)

    answer = rate(talk, body, content_type="application/json")

    assert answer.status == 400
    assert answer.code in ("bad_request", "not_json")
    assert not any(conversation == talk.id for conversation, _ in talk.server.conversations.ratings)


def test_comment_of_a_thousand_characters_is_the_longest(talk: Talk) -> None:
    message = coach_message(talk)

    assert rate(talk, {"message": message, "rating": "up", "comment": "x" * 1_000}).status == 204
    refused = rate(talk, {"message": message, "rating": "up", "comment": "x" * 1_001})
    assert (refused.status, refused.code) == (413, "text_too_long")


@pytest.mark.parametrize("comment", [None, "", " \u200b "])
def test_comment_that_says_nothing_is_none(talk: Talk, comment: str | None) -> None:
    message = coach_message(talk)

    assert rate(talk, {"message": message, "rating": "up", "comment": comment}).status == 204
    assert talk.server.conversations.ratings[talk.id, message] == (Rating.UP, None)


@pytest.mark.parametrize(
    ("form", "kind"), [("json", "application/json"), ("md", "text/markdown"), ("ics", "text/calendar")]
)
def test_export_is_a_file(talk: Talk, form: str, kind: str) -> None:
    answer = export(talk, f"?format={form}")

    assert (answer.status, answer.body) == (200, f'{{"{form}": 0}}'.encode())
    assert answer.headers["content-type"] == f"{kind}; charset=utf-8"
    assert answer.headers["content-disposition"] == f'attachment; filename="pmo-coach.{form}"'
    assert answer.headers["cache-control"] == "no-store"


def test_export_is_json_unless_told_otherwise(talk: Talk) -> None:
    assert export(talk).json == {"json": 0}


@pytest.mark.parametrize("query", ["?format=", "?format=pdf", "?format=JSON", "?format=md&format=md", "?format=%FF"])
def test_export_in_another_format_is_a_bad_request(talk: Talk, query: str) -> None:
    answer = export(talk, query)

    assert (answer.status, answer.code) == (400, "bad_request")


def test_erased_person_can_neither_rate_nor_export(talk: Talk) -> None:
    message = coach_message(talk)
    talk.erase()

    for answer in (rate(talk, {"message": message, "rating": "up"}), export(talk)):
        assert (answer.status, answer.code) == (401, "conversation_unknown")


def test_broken_store_is_said_so(talk: Talk) -> None:
    message = coach_message(talk)
    talk.server.conversations.broken = True
    try:
        answers = [rate(talk, {"message": message, "rating": "up"}), export(talk)]
    finally:
        talk.server.conversations.broken = False

    assert [(answer.status, answer.code) for answer in answers] == [(503, "store_unavailable")] * 2
