"""The body of a message is accepted only when it says exactly one thing; any other is refused with its status."""

import json
from unittest.mock import ANY

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.bodies import MAX_TEXT, ChosenPayload, TypedText, parse_message
from bot.channels.http_errors import RequestError
from bot.channels.texts import clean_text

JSON = {"content-type": "application/json"}

values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["text", "payload", "x"]), inner),
    max_leaves=5,
)


def test_text_is_read_clean() -> None:
    assert parse_message(b'{"text": " hi\\u0000 "}', JSON) == TypedText("hi")


def test_payload_is_read_as_it_is() -> None:
    assert parse_message(b'{"payload": "/go {} "}', JSON) == ChosenPayload("/go {} ")


@pytest.mark.parametrize(
    "body",
    [
        pytest.param(b"", id="nothing"),
        pytest.param(b"hello", id="words"),
        pytest.param(b"[]", id="array"),
        pytest.param(b'[{"text": "hi"}]', id="array of one"),
        pytest.param(b'"hi"', id="string"),
        pytest.param(b"null", id="null"),
        pytest.param(b"{}", id="empty object"),
        pytest.param(b'{"text": null}', id="text null"),
        pytest.param(b'{"text": 7}', id="text number"),
        pytest.param(b'{"text": true}', id="text boolean"),
        pytest.param(b'{"text": {"text": "hi"}}', id="text object"),
        pytest.param(b'{"text": ["hi"]}', id="text array"),
        pytest.param(b'{"payload": null}', id="payload null"),
        pytest.param(b'{"text": "hi", "payload": "/go"}', id="both"),
        pytest.param(b'{"text": "hi", "sender": "me"}', id="unknown key"),
        pytest.param(b'{"text": "hi", "text": "ho"}', id="a key twice"),
        pytest.param(b'{"text": NaN}', id="NaN"),
        pytest.param(b"-Infinity", id="Infinity"),
        pytest.param(b'{"text": 1e999}', id="endless number"),
        pytest.param(b"9" * 10_000, id="a number of 10,000 digits"),
        pytest.param(b"[" * 16_000, id="deep nesting, open"),
        pytest.param(b'{"text":' * 1_800 + b"1" + b"}" * 1_800, id="deep nesting, closed"),
        pytest.param(b'{"text": "hi"} {"text": "ho"}', id="two objects"),
        pytest.param(b'{"text": "h\xff"}', id="not UTF-8"),
        pytest.param('{"text": "hi"}'.encode("utf-16"), id="UTF-16"),
        pytest.param(b'\xef\xbb\xbf{"text": "hi"}', id="byte order mark"),
        pytest.param(b'{"text": "a\nb"}', id="raw line break"),
    ],
)
def test_other_bodies_are_bad_requests(body: bytes) -> None:
    with pytest.raises(RequestError) as refused:
        parse_message(body, JSON)

    assert refused.value.status == 400


@pytest.mark.parametrize("text", ["", "  \n", "\u200b", "\x07"], ids=["none", "blank", "invisible", "control"])
def test_empty_text_is_unprocessable(text: str) -> None:
    with pytest.raises(RequestError) as refused:
        parse_message(json.dumps({"text": text}).encode(), JSON)

    assert refused.value.status == 422


def test_text_may_have_a_thousand_characters_and_no_more() -> None:
    assert parse_message(json.dumps({"text": "\u00e9" * MAX_TEXT + " "}).encode(), JSON) == TypedText(
        "\u00e9" * MAX_TEXT
    )
    with pytest.raises(RequestError) as refused:
        parse_message(json.dumps({"text": "e" * (MAX_TEXT + 1)}).encode(), JSON)

    assert refused.value.status == 413


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"content-type": "text/plain"},
        {"content-type": "application/x-www-form-urlencoded"},
        {"content-type": "application/json; charset=latin-1"},
        {**JSON, "content-encoding": "gzip"},
    ],
    ids=["none", "plain", "form", "latin-1", "gzip"],
)
def test_other_media_types_are_refused(headers: dict[str, str]) -> None:
    with pytest.raises(RequestError) as refused:
        parse_message(b'{"text": "hi"}', headers)

    assert refused.value.status == 415


@pytest.mark.parametrize(
    "kind", ["Application/JSON", "application/json; charset=UTF-8", 'application/json;charset="utf-8"']
)
def test_json_is_known_in_any_spelling(kind: str) -> None:
    assert parse_message(b'{"text": "hi"}', {"content-type": kind}) == TypedText("hi")


@given(st.binary(max_size=200) | values.map(lambda value: json.dumps(value).encode()))
def test_every_body_is_a_message_or_refused_with_a_status(body: bytes) -> None:
    said: TypedText | ChosenPayload | RequestError
    try:
        said = parse_message(body, JSON)
    except RequestError as exc:
        said = exc

    if isinstance(said, RequestError):
        assert said.status in (400, 413, 422)
        assert said.code
        assert said.text
    else:
        assert json.loads(body) in ({"text": ANY}, {"payload": ANY})
        ((_, value),) = json.loads(body).items()
        assert said in (TypedText(clean_text(value)), ChosenPayload(value))
