"""Nothing that a terminal would obey survives the cleaning."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.terminal.cleaning import clean_line, clean_text, clean_value


@pytest.mark.parametrize(
    ("given_text", "expected"),
    [
        pytest.param("\x1b[31mred\x1b[0m", "red", id="colour"),
        pytest.param("a\x1b[2J\x1b[Hb", "ab", id="clear the screen"),
        pytest.param("\x9b31mred", "red", id="colour in eight bits"),
        pytest.param("\x1b]8;;http://evil.example\x1b\\click\x1b]8;;\x1b\\", "click", id="hidden link"),
        pytest.param("\x1b]0;title\x07text", "text", id="window title"),
        pytest.param("\x1bPq#0\x1b\\text", "text", id="picture"),
        pytest.param("\x1b]8;;never closed", "8;;never closed", id="open sequence keeps its text"),
        pytest.param("\x1bc\x1b(0text\x1b", "text", id="reset, character set, lone escape"),
        pytest.param("good\rbad\r\nnext", "good\nbad\nnext", id="carriage return"),
        pytest.param("\u202etxt.exe\u2066 \u200fend\u2069", "txt.exe end", id="bidi controls"),
        pytest.param("a\u200bb\ufeffc\u00add", "abcd", id="invisible"),
        pytest.param("bell\x07 back\x08 null\x00", "bell back null", id="controls"),
        pytest.param("a\tb\u2028c", "a    b\nc", id="tab and line separator"),
        pytest.param("half \ud83d emoji", "half \ufffd emoji", id="lone surrogate"),
        pytest.param("[red]markup[/red]", "[red]markup[/red]", id="markup is text"),
        pytest.param("👩‍💻 café", "👩‍💻 café", id="joined emoji"),
    ],
)
def test_clean_text(given_text: str, expected: str) -> None:
    assert clean_text(given_text) == expected


@given(st.text(st.characters(), max_size=200) | st.text("\x1b[]0;8m\\\x07\x9b\r\n\u202ea", max_size=60))
def test_clean_text_leaves_no_control_and_changes_nothing_twice(text: str) -> None:
    actual = clean_text(text)

    assert not [
        character for character in actual if unicodedata.category(character) in ("Cc", "Cs") and character != "\n"
    ]
    assert clean_text(actual) == actual


def test_clean_line_is_one_line() -> None:
    assert clean_line(" a\n b\t\x1b[1mc ") == "a b c"


def test_clean_value_cleans_every_string() -> None:
    assert clean_value({"a\x1b[1m": ["\rb", {"c": "\u202ed"}], "n": 1}) == {"a": ["\nb", {"c": "d"}], "n": 1}
