"""Typing errors are mended towards the coach's own words, and what is a word already stays as it is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.nlu.mending import Mender, is_slip, words_in_use

ENGLISH = frozenset({"admit", "cents", "degrees", "manger", "stage", "project"})
WORDS = ("many", "next", "money", "admin", "certs", "degree", "manager", "foundation", "should", "learning", "project")
MENDER = Mender(WORDS, {"wat": "what", "wats": "what's", "u": "you"}, ENGLISH.__contains__)


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("do i need a degre", "do i need a degree"),
        ("wat about teh foundaton?", "what about teh foundation?"),
        ("wats it 4", "what's it 4"),
        ("Wat do u do", "what do you do"),
        ("shoudl i", "should i"),
        ("admin certs", "admin certs"),
        ("a manger, on stage", "a manger, on stage"),
        ("Foundaton", "Foundaton"),
        ("le projet", "le project"),
        ("hw mny, and nxt?", "hw many, and next?"),
        ("prjct fndtn", "project foundation"),
        ("pm cnts", "pm cnts"),
        ("", ""),
    ],
)
def test_mend_reads_what_was_meant(typed: str, read: str) -> None:
    assert MENDER.mend(typed) == read


@pytest.mark.parametrize(
    ("typed", "meant", "expected"),
    [
        ("anaylst", "analyst", True),
        ("managr", "manager", True),
        ("plannning", "planning", True),
        ("salery", "salary", True),
        ("resourse", "resource", True),
        ("helper", "helped", False),
        ("pmocp", "bmocp", False),
        ("planners", "planner", False),
        ("scaring", "sharing", False),
    ],
)
def test_a_slip_is_told_from_another_word(typed: str, meant: str, expected: bool) -> None:
    assert is_slip(typed, meant) is expected


@given(st.text(max_size=60))
def test_mend_keeps_everything_that_is_no_word(text: str) -> None:
    def rest(words: str) -> list[str]:
        return [character for character in words if not character.isalpha() and character != "'"]

    assert rest(MENDER.mend(text)) == rest(text)


@given(st.sampled_from(WORDS), st.data())
def test_a_word_with_one_letter_left_out_is_read_as_that_word_or_stays(word: str, data: st.DataObject) -> None:
    place = data.draw(st.integers(1, len(word) - 1))
    typed = word[:place] + word[place + 1 :]

    assert MENDER.mend(typed) in (word, typed)


def test_only_words_that_several_texts_have_are_in_use() -> None:
    assert words_in_use(["learning it", "learning it now", "Learning it", "lerning", "now", "now", "now"]) == [
        "now",
        "learning",
    ]
