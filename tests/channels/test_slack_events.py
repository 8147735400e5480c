"""What Slack sends, read: requests to us, each with its place and conversation; and nothing else."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.slack_events import Identity, Kind, Place, Request, read_request

ME = Identity("T1", "U0", "B0")


def a_message(**told: Any) -> dict[str, Any]:
    event = {"type": "message", "channel": "D1", "channel_type": "im", "user": "U1", "text": "hi", "ts": "1.2", **told}
    return {"type": "event_callback", "team_id": "T1", "event_id": "Ev1", "event": event}


def a_click(**told: Any) -> dict[str, Any]:
    return {
        "type": "block_actions", "team": {"id": "T1"}, "user": {"id": "U1", "team_id": "T1"}, "trigger_id": "t1",
        "container": {"type": "message", "message_ts": "5.0", "channel_id": "C1", "is_ephemeral": False},
        "message": {"ts": "5.0", "thread_ts": "1.0"}, "response_url": "http://127.0.0.1/r",
        "actions": [{"action_id": "choice:0", "block_id": "b1", "value": "/x", "text": {"text": "A &amp; B"}}], **told,
    }  # fmt: skip


def read(body: dict[str, Any]) -> Request:
    request = read_request(body, ME)
    assert request is not None
    return request


def test_direct_message_is_of_the_persons_own_conversation():
    request = read(a_message(text="what is <https://e.org|P3O>?"))

    assert (request.kind, request.text, request.conversation) == (Kind.SAID, "what is P3O?", "slack:T1:U1")
    assert request.place == Place("D1", None, "1.2")


def test_direct_message_in_a_thread_is_answered_in_it():
    assert read(a_message(thread_ts="0.5")).place.thread == "0.5"


def test_mention_opens_a_thread_and_both_its_events_are_one_request():
    event = read(a_message(channel="C1", channel_type="channel", text="<@U0> hi"))
    mention = read(a_message(channel="C1", channel_type=None, type="app_mention", text="<@U0> hi"))

    assert event.id == mention.id
    assert event.conversation == mention.conversation == "slack:T1:C1:1.2"
    assert (event.place.thread, event.mentions_us, event.text) == ("1.2", True, "hi")


def test_further_message_of_a_thread_is_of_its_conversation():
    request = read(a_message(channel="C1", channel_type="group", thread_ts="1.0"))

    assert (request.conversation, request.mentions_us) == ("slack:T1:C1:1.0", False)


@pytest.mark.parametrize(
    "body",
    [
        a_message() | {"team_id": "T2"},
        a_message(user_team="T2"),
        a_message(source_team="T2"),
        a_message(bot_id="B9"),
        a_message(user="U0"),
        a_message(user=None),
        a_message(subtype="message_changed"),
        a_message(subtype="message_deleted"),
        a_message(subtype="channel_join"),
        a_message(type="reaction_added"),
        a_message(channel="C1", channel_type="channel"),
        a_message(channel="C1", channel_type="channel", thread_ts="1.0", text="<@U5> what do you think?"),
        {"type": "event_callback", "team_id": "T1", "event": None},
        {"type": "event_callback", "team_id": "T1"},
        {"type": "block_actions", "team": {"id": "T1"}},
        {"type": "view_closed", "team": {"id": "T1"}},
        {"type": "view_submission", "team": {"id": "T1"}, "user": {"id": "U1"}, "view": {"callback_id": "other"}},
        {"command": "/pmo", "team_id": "T1"},
        a_click(actions=[{"action_id": "foreign"}]),
        a_click(actions=[]),
        a_click(user={"id": "U1", "team_id": "T2"}),
        {},
    ],
)
def test_what_is_not_for_us_is_nothing(body):
    assert read_request(body, ME) is None


def test_file_without_words_is_still_a_message():
    assert read(a_message(subtype="file_share", text="", files=[{}])).has_files


def test_command_is_for_the_persons_eyes():
    request = read({"command": "/pmo", "team_id": "T1", "user_id": "U1", "channel_id": "C1", "trigger_id": "t",
                    "text": "a &amp; b", "response_url": "http://127.0.0.1/r"})  # fmt: skip

    assert (request.conversation, request.text, request.place.reply_to) == (
        "slack:T1:U1", "a & b", "http://127.0.0.1/r")  # fmt: skip


def test_click_in_a_thread_names_its_message_block_and_payload():
    request = read(a_click())

    assert (request.kind, request.payload, request.text) == (Kind.CHOSE, "/x", "A & B")
    assert request.place == Place("C1", "1.0", "5.0", public=True, block="b1")
    assert request.conversation == "slack:T1:C1:1.0"


def test_click_in_a_direct_message_stays_outside_of_threads():
    container = {"type": "message", "message_ts": "5.0", "channel_id": "D1"}

    assert read(a_click(container=container, message={"ts": "5.0"})).place == Place("D1", None, "5.0", block="b1")


def test_click_on_what_one_person_sees_is_answered_there():
    container = {"type": "message", "message_ts": "5.0", "channel_id": "C1", "is_ephemeral": True}
    request = read(a_click(container=container, message=None))

    assert (request.place.reply_to, request.conversation) == ("http://127.0.0.1/r", "slack:T1:U1")


def test_click_in_app_home_is_answered_in_direct_messages():
    assert read(a_click(container={"type": "view"})).place == Place("U1")


@pytest.mark.parametrize(("tab", "kind"), [("home", Kind.HOME), ("messages", Kind.PROMPTS)])
def test_opening_the_app_asks_for_its_home_or_its_prompts(tab, kind):
    request = read(a_message(type="app_home_opened", tab=tab))

    assert (request.kind, request.id, request.kind.is_answered) == (kind, "Ev1", False)


def test_submitted_sheet_is_a_payload():
    values = {"BG1": {"answer": {"selected_option": {"value": "4"}}}}
    view = {"callback_id": "builder_or_grower_sheet", "id": "V1", "state": {"values": values}}
    request = read({"type": "view_submission", "team": {"id": "T1"}, "user": {"id": "U1"}, "view": view})

    assert (request.kind, request.payload) == (Kind.SHEET, '/find_builder_or_grower{"sheet": "BG1=4"}')


@given(st.text(), st.booleans(), st.none() | st.text())
def test_request_comes_back_from_its_json(text, public, thread):
    request = Request("r1", Kind.CHOSE, "T1", "U1", Place("C1", thread, "1.0", public), text, "/x")

    assert Request.from_json(json.loads(json.dumps(request.to_json()))) == request
