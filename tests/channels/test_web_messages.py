"""A message is answered with what the store has of the coach after it, or with an error; never with nothing."""

import json
import logging

import pytest
from rasa.core.channels.channel import CollectingOutputChannel, UserMessage

from bot.channels.payloads import parse_data
from bot.channels.texts import MARK
from bot.errors import ChannelError, StoreError
from bot.records import Choice, Figure, Reply, ReplyKind, SourceLink
from tests.channels.web_server import Talk, WebServer


def test_answer_is_a_line_a_message_and_a_last_line(talk: Talk) -> None:
    talk.server.rasa.replies["two, please"] = [
        Reply(
            "**One**",
            ReplyKind.CLARIFY,
            choices=(Choice("Yes", "/affirm"),),
            sources=(SourceLink("F1", "The article", "https://example.org/a", 2018), SourceLink("F2", "A book")),
            figure=Figure("balance", {"value": 3}),
        ),
        Reply("Two \u2028 \u20ac"),
    ]

    answer = talk.say("two, please")

    assert answer.status == 200
    assert answer.headers["content-type"] == "application/x-ndjson"
    assert answer.body.endswith(b"\n")
    first, second, last = answer.lines
    assert first == {
        "type": "message",
        "id": talk.stored[1].id,
        "kind": "clarify",
        "text": "**One**",
        "choices": [{"title": "Yes", "payload": "/affirm"}],
        "sources": [
            {"id": "F1", "title": "The article", "url": "https://example.org/a", "year": 2018},
            {"id": "F2", "title": "A book", "url": None, "year": None},
        ],
        "figure": {"kind": "balance", "data": {"value": 3}},
    }
    assert (second["text"], second["id"]) == ("Two \u2028 \u20ac", talk.stored[2].id)
    assert (last["type"], last["understood"], set(last)) == ("done", True, {"type", "understood", "ms"})
    assert 0 <= last["ms"] < 5000


@pytest.mark.parametrize("kind", list(ReplyKind))
def test_done_tells_whether_the_coach_understood(talk: Talk, kind: ReplyKind) -> None:
    talk.server.rasa.replies[f"reply with {kind.value}"] = [Reply("First"), Reply("Second", kind)]

    last = talk.say(f"reply with {kind.value}").lines[-1]

    assert last["understood"] is (kind not in (ReplyKind.FALLBACK, ReplyKind.ERROR))


def test_answer_has_only_what_came_after_the_last_message(talk: Talk) -> None:
    talk.say("first")

    answer = talk.say("second")

    assert [line["text"] for line in answer.lines[:-1]] == ["You said: second"]


def test_typed_text_reaches_rasa_without_a_reading(talk: Talk) -> None:
    talk.say("  what is a\tPMO\u200b? ")

    (heard,) = talk.heard
    assert (heard.text, heard.sender_id, heard.input_channel) == ("what is a\nPMO?", talk.id, "web")
    assert (heard.metadata, vars(heard)["parse_data"]) == ({}, None)
    assert isinstance(heard.output_channel, CollectingOutputChannel)


@pytest.mark.parametrize("typed", ["/restart", '/inform{"level": "4"}', "  \u200b/restart", "\u2060/restart", "/"])
def test_typed_slash_is_no_command(talk: Talk, typed: str) -> None:
    assert talk.say(typed).status == 200

    (heard,) = talk.heard
    assert heard.text == MARK + typed.strip(" \u200b\u2060")
    assert talk.history().json["messages"][0]["text"] == typed.strip(" \u200b\u2060")


@pytest.mark.parametrize("typed", ["\U0001f600", "\U0001f468\u200d\U0001f4bb \u2764\ufe0f", "a\x00b", "\u202eabc"])
def test_emoji_and_control_characters_are_answered(talk: Talk, typed: str) -> None:
    assert talk.say(typed).lines[-1]["type"] == "done"


def test_chosen_payload_is_handed_over_with_its_meaning(talk: Talk) -> None:
    payload = '/ask_certification{"certification": "p3o", "facet": ["cost", "exam"], "n": 2}'
    talk.offer("What does P3O cost?", payload)

    answer = talk.send({"payload": payload})

    assert answer.lines[-1]["type"] == "done"
    (heard,) = talk.heard
    assert heard.text == "What does P3O cost?"
    assert heard.metadata == {"payload": payload}
    assert heard.parse_data == {
        "text": "What does P3O cost?",
        "intent": {"name": "ask_certification", "confidence": 1.0},
        "entities": [
            {"entity": entity, "value": value, "start": 0, "end": 0, "extractor": "payload"}
            for entity, value in [("certification", "p3o"), ("facet", "cost"), ("facet", "exam"), ("n", 2)]
        ],
        "questions": None,
    }


def test_payload_may_be_an_intent_alone(talk: Talk) -> None:
    talk.offer("/Yes", "/affirm")

    assert talk.send({"payload": "/affirm"}).status == 200

    (heard,) = talk.heard
    assert heard.parse_data["intent"] == {"name": "affirm", "confidence": 1.0}
    assert heard.parse_data["entities"] == []
    assert talk.history().json["messages"][1]["text"] == "/Yes"


@pytest.mark.parametrize("payload", ["", "affirm", "/", "/ x", "/a b", "/a{", "/a{'b': 1}", "/a[1]", "/a@1.0"])
def test_payload_that_is_none_is_a_bug_of_ours(payload: str) -> None:
    with pytest.raises(ChannelError, match="payload"):
        parse_data(payload, "Title")


def test_payload_that_is_none_gets_an_apology(talk: Talk) -> None:
    talk.offer("Broken", "/a{")

    answer = talk.send({"payload": "/a{"})

    assert (answer.status, answer.code) == (500, "internal")


@pytest.mark.parametrize(
    "payload",
    ["/restart", "", "Yes", "/affirm ", "\x00", "\ud800"],
    ids=["command", "empty", "title", "space", "NUL", "half"],
)
def test_payload_that_was_not_offered_is_a_conflict(talk: Talk, payload: str) -> None:
    talk.offer("Yes", "/affirm")

    answer = talk.send({"payload": payload})

    assert (answer.status, answer.code) == (409, "payload_not_offered")
    assert talk.heard == []


def test_payload_offered_to_another_is_a_conflict(shared: WebServer) -> None:
    shared.talk().offer("Yes", "/affirm_mine")

    assert shared.talk().send({"payload": "/affirm_mine"}).status == 409


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        (b"", 400, "not_json"),
        (b"[]", 400, "bad_request"),
        (b'{"text": null}', 400, "bad_request"),
        (b'{"text": " "}', 422, "empty_text"),
        (json.dumps({"text": "x" * 1001}).encode(), 413, "text_too_long"),
        (json.dumps({"text": "x" * 17_000}).encode(), 413, "too_large"),
    ],
    ids=["empty", "array", "null", "blank", "long", "large"],
)
def test_bad_bodies_are_refused_and_not_heard(talk: Talk, body: bytes, status: int, code: str) -> None:
    answer = talk.send(body, content_type="application/json")

    assert (answer.status, answer.code) == (status, code)
    assert talk.heard == []


def test_other_media_type_is_refused(talk: Talk) -> None:
    assert talk.send(b"text=hi", content_type="application/x-www-form-urlencoded").status == 415
    assert talk.send(b'{"text": "hi"}').status == 415


def test_body_of_exactly_the_limit_is_read(talk: Talk) -> None:
    body = b'{"text": "hi"}'.ljust(16 * 1024)

    assert talk.send(body, content_type="application/json").status == 200
    assert talk.send(body + b" ", content_type="application/json").status == 413


def test_exception_in_a_turn_gets_an_apology(server: WebServer, caplog: pytest.LogCaptureFixture) -> None:
    talk = server.talk()

    async def fail(message: UserMessage) -> None:
        server.conversations.add(talk.id, "coach", Reply("So far").to_json())
        raise KeyError(message.text)

    server.rasa.before = fail
    with caplog.at_level(logging.INFO):
        answer = talk.say("my very private words")

    assert answer.status == 200
    message, last = answer.lines
    assert message["text"] == "So far"
    assert (last["type"], last["code"]) == ("error", "internal")
    assert "again" in last["text"]
    assert "KeyError in a turn of conversation" in caplog.text
    assert "private" not in caplog.text
    assert "private" not in answer.body.decode()


def test_turn_without_an_answer_says_so(talk: Talk) -> None:
    talk.server.rasa.replies["be silent"] = []

    answer = talk.say("be silent")

    assert answer.status == 200
    (last,) = answer.lines
    assert (last["type"], last["code"]) == ("error", "no_answer")


def test_store_that_fails_in_a_turn_is_unavailable(server: WebServer) -> None:
    async def fail(message: UserMessage) -> None:
        raise StoreError("disk full") from OSError("my words")

    talk = server.talk()
    server.rasa.before = fail

    answer = talk.say("hello")

    assert (answer.status, answer.code) == (503, "store_unavailable")
    assert int(answer.headers["retry-after"]) > 0
    assert b"disk" not in answer.body


@pytest.mark.parametrize(
    "route", [("POST", "session"), ("POST", "message"), ("GET", "history"), ("DELETE", "history")], ids=" ".join
)
def test_store_that_is_down_is_unavailable(server: WebServer, route: tuple[str, str]) -> None:
    talk = server.talk()
    server.conversations.broken = True

    body = {"text": "hello"} if route == ("POST", "message") else None
    answer = server.request(route[0], f"/webhooks/web/{route[1]}", body, token=talk.token)

    assert (answer.status, answer.code) == (503, "store_unavailable")


def test_store_that_is_not_there_is_unavailable(server: WebServer) -> None:
    del server.app.ctx.conversations

    assert server.request("POST", "/webhooks/web/session").code == "store_unavailable"


def test_model_that_is_not_loaded_is_unavailable(server: WebServer) -> None:
    talk = server.talk()
    server.rasa.is_ready = lambda: False  # type: ignore[method-assign]

    answer = talk.say("hello")

    assert (answer.status, answer.code) == (503, "not_ready")
    assert talk.heard == []
