"""What the server sends is read strictly where it matters and leniently elsewhere."""

import json
from typing import Any

import pytest

from bot.records.reply import Choice, Figure, Reply, SourceLink
from bot.terminal.errors import BrokenAnswerError, RefusedError
from bot.terminal.messages import (
    CoachMessage,
    Done,
    PersonMessage,
    read_event,
    read_history,
    read_message,
    read_object,
    read_session,
)
from bot.terminal.presenter import TextPresenter
from tests.fakes.coach_server import choice, message, source
from tests.terminal.drawing import written


def as_line(value: Any) -> bytes:
    return json.dumps(value).encode()


def test_read_event_reads_a_message() -> None:
    given_line = as_line(
        message(
            "Hi\x1b[1m",
            kind="ask",
            choices=[choice("Yes\n", "/yes\x1b")],
            sources=[source("Book", "http://b", 2018, "B")],
            figure={"kind": "table", "data": {"columns": ["\ra"], "rows": []}},
        )
    )

    actual = read_event(given_line)

    assert actual == CoachMessage(
        "Hi",
        "ask",
        (Choice("Yes", "/yes\x1b"),),
        (SourceLink("B", "Book", "http://b", 2018),),
        Figure("table", {"columns": ["\na"], "rows": []}),
    )


def test_to_json_has_the_shape_of_a_reply() -> None:
    reply = Reply(
        "Hi", choices=(Choice("a", "b"),), sources=(SourceLink("s", "t"),), figure=Figure("plan", {"steps": []})
    )

    assert read_message(reply.to_json()).to_json() == reply.to_json()


@pytest.mark.parametrize(("understood", "expected"), [(True, True), (False, False), (None, True)])
def test_read_event_reads_the_end(understood: object, expected: bool) -> None:
    assert read_event(as_line({"type": "done", "understood": understood})) == Done(expected)


def test_read_event_skips_what_it_does_not_know() -> None:
    assert read_event(b'{"type": "typing"}') is None


def test_read_event_raises_the_error_of_the_server() -> None:
    with pytest.raises(RefusedError, match=r"^Try later\.$") as raised:
        read_event(as_line({"type": "error", "code": "busy", "text": "Try\x1b[1m\nlater."}))

    assert raised.value.code == "busy"


@pytest.mark.parametrize(
    "data",
    [
        b"not json",
        b"[]",
        b'{"type": "message"}',
        b'{"type": "message", "text": 5}',
        b'{"type": "message", "text": "a", "choices": 3}',
        b'{"type": "message", "text": "a", "choices": [{"title": "b"}]}',
        b'{"type": "message", "text": "a", "sources": ["b"]}',
        b"[" * 100_000,
        b"\xff\xfe",
    ],
)
def test_read_event_refuses_what_is_malformed(data: bytes) -> None:
    with pytest.raises(BrokenAnswerError):
        read_event(data)


@pytest.mark.parametrize("conversation", ["", "a\nb", "ä", 5])
def test_read_session_refuses_ids_that_cannot_be_sent(conversation: object) -> None:
    with pytest.raises(BrokenAnswerError):
        read_session(as_line({"conversation": conversation, "token": "t"}))


def test_read_history_reads_both_sides() -> None:
    given_entries = [
        {"id": 1, "from": "person", "text": "hello\x1b[1m"},
        {"id": 2, "from": "coach", "kind": "answer", "text": "hi"},
        {"id": 3, "from": "person", "title": "Yes"},
    ]

    actual = read_history(as_line({"v": 1, "messages": given_entries}))

    assert actual == [PersonMessage("hello"), CoachMessage("hi"), PersonMessage("Yes")]


def test_read_history_refuses_another_shape() -> None:
    with pytest.raises(BrokenAnswerError):
        read_history(b'{"messages": [1]}')


@pytest.mark.parametrize(
    ("given_figure", "expected"),
    [
        ({"kind": "plan", "steps": []}, Figure("plan", {"steps": []})),
        ({"data": {"a": 1}}, Figure("unknown", {"a": 1})),
        ("a picture", Figure("unknown", {"value": "a picture"})),
    ],
)
def test_read_message_keeps_odd_figures(given_figure: object, expected: Figure) -> None:
    assert read_message({"text": "", "figure": given_figure}).figure == expected


def test_read_message_leaves_out_odd_years_and_addresses() -> None:
    actual = read_message({"text": "", "sources": [{"title": "t", "year": "2018", "url": 3}]})

    assert actual.sources == (SourceLink("", "t"),)


def test_read_object_takes_bytes() -> None:
    assert read_object(b'{"a": 1}') == {"a": 1}


@pytest.mark.parametrize(
    ("text", "tables"), [("Side by side:\n\n| | A |\n| --- | --- |\n| Level | two |", 1), ("Side by side:", 1)]
)
def test_a_table_that_is_in_the_words_is_not_drawn_once_more(text: str, tables: int) -> None:
    figure = Figure("table", {"columns": ["", "A"], "rows": [["Level", "two"]]})
    message = CoachMessage(text, figure=figure)

    shown = written(lambda renderer: TextPresenter(renderer, compact=False).message(message, first_choice=1))

    assert shown.count("Level") == tables
