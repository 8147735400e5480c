"""Cleaning keeps every character's place; splitting finds the questions of a message."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.nlu.text import clean, split_parts


@given(st.text())
def test_clean_keeps_every_place(text):
    assert len(clean(text)) == len(text)


@given(st.text(st.characters(max_codepoint=127)))
def test_clean_gives_the_same_for_ascii_as_within_other_text(text):
    assert clean(text) == clean(f"{text}é")[:-1]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("P3O® Foundation", "p3o  foundation"),
        ("what’s IPMO-E?", "what's ipmo e "),
        ("Café\tand\nmore", "cafe and more"),
    ],
)
def test_clean_lowers_and_spaces(text, expected):
    assert clean(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("what is p3o and who runs it?", ["what is p3o", "who runs it?"]),
        ("whats level 2, whats level 3", ["whats level 2", "whats level 3"]),
        ("im a pmo analyst. whats next", ["im a pmo analyst.", "whats next"]),
        ("IPMO-E how many questions n pass mark", ["IPMO-E how many questions n pass mark"]),
        ("P3O and PRINCE2", ["P3O and PRINCE2"]),
        ("", [""]),
        ("?!", ["?!"]),
    ],
)
def test_split_parts_finds_questions(text, expected):
    assert [part.text for part in split_parts(text)] == expected


@given(st.text(max_size=300))
def test_split_parts_lie_within_the_text_in_order(text):
    parts = split_parts(text)
    assert all(0 <= part.start <= part.end <= len(text) for part in parts)
    assert [part.start for part in parts] == sorted(part.start for part in parts)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("what is p3o and, then also who runs it?", "what is p3o"),
        ("what is p3o , ;\tand\u00a0AND who runs it?", "what is p3o"),
        ("what is a sand who runs it?", "what is a sand who runs it?"),
    ],
)
def test_split_parts_leaves_out_what_only_led_on(text, expected):
    assert split_parts(text)[0].text == expected


@pytest.mark.timeout(20)
@pytest.mark.parametrize("row", [" ", ",", " ,", " and", "\n", "?", "what "])
def test_a_long_row_of_anything_is_split_at_once(row):
    # forty spaces once took a minute
    split_parts(f"not as{(row * 900)[:900]}ked yet")
