"""A typed text is cleaned, and never becomes a command on its way to Rasa and back."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rasa.core.channels.channel import UserMessage

from bot.channels.texts import MARK, as_sent, clean_text, shown_text

PERSIAN = "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645"
FAMILY = "\U0001f468\u200d\U0001f469\u200d\U0001f467"


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        pytest.param("  what is a PMO? \n", "what is a PMO?", id="stripped"),
        pytest.param("cafe\u0301", "caf\u00e9", id="normal form C"),
        pytest.param("a\x00b\x07c\x1b[31md\x7fe\x85f", "abc[31mdef", id="control characters"),
        pytest.param("one\r\ntwo\rthree\u2028four\tfive", "one\ntwo\nthree\nfour\nfive", id="line breaks and tabs"),
        pytest.param("p\u200b3\u202eo\u2066\ufeff\u00ad", "p3o", id="zero width and bidi"),
        pytest.param("hi\U000e0041\U000e0042", "hi", id="hidden tags"),
        pytest.param("a\ud800b", "ab", id="lone surrogate"),
        pytest.param("p\u200d3\u200co\u200d", "p3o", id="joiners that join nothing"),
        pytest.param(f"{FAMILY} \u2764\ufe0f", f"{FAMILY} \u2764\ufe0f", id="emoji are kept whole"),
        pytest.param(PERSIAN, PERSIAN, id="Persian"),
        pytest.param("\u200b\u2060 \u200d\t", "", id="nothing to be seen"),
    ],
)
def test_text_is_cleaned(typed: str, expected: str) -> None:
    assert clean_text(typed) == expected


@given(st.text())
def test_clean_text_has_nothing_to_clean(typed: str) -> None:
    cleaned = clean_text(typed)

    assert clean_text(cleaned) == cleaned
    assert not {unicodedata.category(char) for char in cleaned if char not in "\n\u200c\u200d"} & {"Cc", "Cf", "Cs"}


@given(st.text() | st.text().map("/".__add__) | st.text().map((MARK + "/").__add__))
def test_typed_text_is_no_command_and_comes_back_as_typed(typed: str) -> None:
    cleaned = clean_text(typed)

    sent = UserMessage(as_sent(cleaned)).text or ""

    assert not sent.startswith("/")
    assert shown_text(sent) == cleaned


def test_only_our_own_mark_is_taken_off() -> None:
    assert shown_text(f"{MARK}hello") == f"{MARK}hello"
    assert shown_text("/restart") == "/restart"
