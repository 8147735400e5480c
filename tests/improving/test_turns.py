"""Stored talks are read as turns and forms, whatever is in the rows."""

import json

import pytest

from bot.improving.turns import LONGEST_TEXT, FormRun, Reading, read_talk
from bot.records import Rating
from bot.records.talks import StoredTalk, TalkEvent
from tests.improving.factories import a_talk, asked, coach, loop, user


def test_turn_has_what_was_said_read_and_answered():
    talk = read_talk(
        a_talk(user("pay?", topic="pmo_pay", names=[("role", "pmo_lead")]), coach(), ratings={3: Rating.DOWN})
    )

    turn = talk.turns[0]
    assert (turn.text, turn.intent, turn.topic, turn.chosen) == ("pay?", "ask_topic", "pmo_pay", False)
    assert turn.readings == (Reading("ask_topic", "pmo_pay", 0.5),)
    assert turn.names == {("role", "pmo_lead")}
    assert [(said.kind, said.action, said.rating) for said in turn.replies] == [
        ("answer", "action_ask_topic", Rating.DOWN)
    ]
    assert talk.channel == "web"


def test_choice_takes_its_topic_from_its_payload():
    chosen = read_talk(a_talk(user("Pay", payload="/ask_topic", names=[("topic", "pmo_pay")]))).turns[0]

    assert (chosen.topic, chosen.chosen) == ("pmo_pay", True)


def test_response_of_the_domain_has_its_kind():
    said = {"event": "bot", "text": "Hello", "metadata": {"metadata": {"kind": "smalltalk"}}}

    assert read_talk(a_talk(user("hi", "greet"), said)).turns[0].kinds == {"smalltalk"}


OPENED = [user("level?", "assess_level"), loop("level_form"), *coach("ask", "level_form"), asked("level_title")]


@pytest.mark.parametrize(
    ("last", "expected", "is_open"),
    [
        ([], FormRun("level_form", "level_title"), True),
        ([user("analyst"), *coach("answer", "level_form"), asked(None), loop(None)],
         FormRun("level_form", "level_title", finished=True), False),
        ([user("stop"), *coach("smalltalk", "level_form"), asked(None), loop(None)],
         FormRun("level_form", "level_title"), False),
        ([user("forget me"), asked(None), loop(None), *coach("ask", "action_forget_me")],
         FormRun("level_form", "level_title"), False),
    ],
    ids=["open", "finished", "stopped", "handed over"],
)  # fmt: skip
def test_form_ends_finished_only_with_a_conclusion(last, expected, is_open):
    talk = read_talk(a_talk(*OPENED, *last))

    assert talk.forms == (expected,)
    assert talk.open_form is is_open


@pytest.mark.parametrize(
    "data",
    ["", "{", "[]", "null", "17", '"text"', "[" * 100_000, '{"text": 3, "parse_data": [], "metadata": "x"}',
     '{"parse_data": {"intent": "x", "entities": {"a": 1}, "candidates": [1, null, {"probability": "high"}]}}',
     '{"name": {"a": 1}, "value": [], "metadata": {"reply": 7, "metadata": []}}'],
)  # fmt: skip
@pytest.mark.parametrize("kind", ["user", "bot", "action", "active_loop", "slot", "x" * 64])
def test_rows_of_wrong_types_stop_nobody(data, kind):
    stored = a_talk(user("hi", "greet"))
    strange = TalkEvent(2, 0.0, kind, data)

    talk = read_talk(StoredTalk("p", (*stored.events, strange, *stored.events), {}))

    assert [turn.text for turn in talk.turns if turn.intent == "greet"] == ["hi", "hi"]


def test_huge_text_is_cut():
    talk = read_talk(a_talk(user("x" * 1_000_000)))

    assert len(talk.turns[0].text) == LONGEST_TEXT


def test_events_before_the_first_message_of_a_period_are_nobodys():
    talk = read_talk(a_talk(coach(), loop(None), asked("level_title"), user("hi", "greet")))

    assert len(talk.turns) == 1
    assert talk.turns[0].replies == ()


def test_unreadable_rows_are_counted():
    broken = StoredTalk("p", (TalkEvent(1, 0.0, "user", "{"), TalkEvent(2, 0.0, "user", json.dumps(user("hi")))), {})

    assert read_talk(broken).unreadable == 1
