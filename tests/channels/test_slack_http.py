"""Slack over HTTP: what is signed by Slack, lately, is answered as over the socket; everything else is refused."""

import http.client
import json
from typing import Any

import pytest

from tests.channels.slack_place import Place
from tests.fakes.slack import BOT_USER, TEAM, signed, signed_body

EVENTS = "/webhooks/slack/events"


def post(place: Place, request: dict[str, Any], **headers: str | None) -> tuple[int, bytes]:
    """Send a request as it is, its headers changed or, with None, left out."""
    sent = {**request["headers"], **{name.replace("_", "-"): value for name, value in headers.items()}}
    connection = http.client.HTTPConnection("127.0.0.1", place.server.port, timeout=10)
    try:
        kept = {name: value for name, value in sent.items() if value is not None}
        connection.request("POST", EVENTS, body=request["data"], headers=kept)
        answer = connection.getresponse()
        return answer.status, answer.read()
    finally:
        connection.close()


def an_event(place: Place, text: str = "hello", **more: Any) -> dict[str, Any]:
    message = {"type": "message", "user": "U1", "text": text, "ts": place.slack.next_ts(),
               "channel": place.slack.direct("U1"), "channel_type": "im", **more}  # fmt: skip
    return place.slack.event(message)


def test_signed_event_is_answered(http_place: Place):
    assert post(http_place, signed("events_api", an_event(http_place)))[0] == 200

    assert http_place.slack.wait_for_answers("U1", 1)[0]["text"] == "You said: hello"


def test_mention_command_button_and_home_work_as_over_the_socket(http_place: Place):
    slack = http_place.slack
    slack.invite("C1", "U1")
    slack.say("U1", f"<@{BOT_USER}> what is a PMO?", "C1")
    slack.wait(lambda: slack.posts("C1"))
    address = slack.command("U1", "hello & <you>")
    slack.wait(lambda: slack.hidden[address])
    slack.open_home("U1")
    slack.wait(lambda: slack.homes)
    slack.rate("U1", slack.posts("C1")[0], up=True)
    slack.wait(lambda: http_place.conversations.ratings)

    slack.wait_until_quiet()
    assert slack.wrong == []
    assert http_place.heard(f"slack:{TEAM}:U1") == ["hello & <you>"]


def test_address_is_verified_by_its_challenge(http_place: Place):
    status, body = post(http_place, signed("events_api", {"type": "url_verification", "challenge": "c4"}))

    assert (status, json.loads(body)) == (200, {"challenge": "c4"})


@pytest.mark.parametrize(
    "headers",
    [
        {"X_Slack_Signature": None},
        {"X_Slack_Request_Timestamp": None},
        {"X_Slack_Signature": None, "X_Slack_Request_Timestamp": None},
        {"X_Slack_Signature": "v0=" + "0" * 64},
        {"X_Slack_Signature": "v0=\xe9"},
        {"X_Slack_Signature": ""},
        {"X_Slack_Request_Timestamp": "1"},
        {"X_Slack_Request_Timestamp": "now"},
        {"X_Slack_Request_Timestamp": "\xb2\xb3"},
        {"X_Slack_Request_Timestamp": "9" * 400},
    ],
)
def test_request_without_a_good_signature_is_refused(http_place: Place, headers):
    status, body = post(http_place, signed("events_api", an_event(http_place)), **headers)

    assert (status, json.loads(body)["error"]["code"]) == (401, "bad_signature")
    assert http_place.heard() == []


@pytest.mark.parametrize("age", [301, -301, 86_400])
def test_stale_request_is_refused(http_place: Place, age):
    assert post(http_place, signed("events_api", an_event(http_place), age=age))[0] == 401


def test_request_signed_with_another_secret_is_refused(http_place: Place):
    assert post(http_place, signed("events_api", an_event(http_place), secret="another"))[0] == 401


def test_unsigned_body_is_not_even_parsed(http_place: Place):
    request = signed("events_api", {})
    for body in (b"", b"{", b"\xff\xfe", b"payload=%7B", b'"text"'):
        assert post(http_place, {**request, "data": body})[0] == 401


@pytest.mark.parametrize("body", ["{", "payload=%7B", '"text"', "[1]", "payload=[]"])
def test_signed_body_that_is_nothing_of_slacks_changes_nothing(http_place: Place, body):
    content = "application/json" if body[:1] in '{["' else "application/x-www-form-urlencoded"
    status, _ = post(http_place, signed_body(body, content))

    assert status in (200, 400)
    assert http_place.heard() == []


def test_replayed_request_is_answered_once(http_place: Place):
    request = signed("events_api", an_event(http_place))

    assert [post(http_place, request)[0] for _ in range(5)] == [200] * 5
    post(http_place, signed("events_api", an_event(http_place, "done")))
    answers = http_place.slack.wait_for_answers("U1", 2)
    assert [each["text"] for each in answers] == ["You said: hello", "You said: done"]


def test_replayed_command_and_click_are_answered_once(http_place: Place):
    slack = http_place.slack
    slack.command("U1", "hello")
    (envelope,) = slack.envelopes.values()
    for _ in range(3):
        post(http_place, signed(envelope.kind, envelope.payload))
    slack.say("U1", "done")

    slack.wait_for_answers("U1", 1)
    assert http_place.heard() == ["hello", "done"]


def test_request_of_a_foreign_team_is_acknowledged_and_nothing_else(http_place: Place):
    assert post(http_place, signed("events_api", {**an_event(http_place), "team_id": "T0FOREIGN"}))[0] == 200
    post(http_place, signed("events_api", an_event(http_place, "done")))

    http_place.slack.wait_for_answers("U1", 1)
    assert http_place.heard() == ["done"]


def test_large_body_is_refused(http_place: Place):
    assert post(http_place, {"data": b"x" * 2_000_000, "headers": {}})[0] in (401, 413)


def test_ready_says_how_slack_is(http_place: Place):
    state = http_place.ready()

    assert (state["mode"], state["connected"]) == ("http", True)
    assert state["last_ping"].endswith("Z")


def test_socket_mode_has_no_address(place: Place):
    assert post(place, signed("events_api", an_event(place)))[0] == 404
