"""Spelling corrects towards names only; holding is read from the words of the clause."""

import pytest

from bot.nlu.holding import HoldingCues, holding_marks, listed
from bot.nlu.spelling import Speller

CUES = HoldingCues(frozenset({"have", "got"}), frozenset({"not", "without", "nt"}), frozenset({"want", "do"}))


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("practitoner", "practitioner"),
        ("anaylst", "analyst"),
        ("analyst", "analyst"),
        ("manger", "manger"),
        ("p30", "p30"),
        ("xyzzyqwerty", "xyzzyqwerty"),
    ],
)
def test_correct_moves_only_unknown_words_near_a_name(word, expected):
    speller = Speller(["practitioner", "analyst", "manager"], ["manger", "hello"])
    assert speller.correct(word) == expected


def test_a_typing_error_among_the_names_is_read_as_the_right_word():
    speller = Speller(["officer", "oficer", "support", "suport", "agilepm"], ["officer", "support"])

    assert [speller.correct(word) for word in ("oficer", "offcer", "suport", "agilepm")] == [
        "officer",
        "officer",
        "support",
        "agilepm",
    ]


def test_a_shortened_word_is_read_in_full():
    speller = Speller(["manager"], [], {"mgr": "manager"})

    assert speller.correct("mgr") == "manager"


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("i have x", (True, False)),
        ("i have not got x", (False, False)),
        ("without x", (False, False)),
        ("i want x", (None, True)),
        ("i have y. do x", (None, True)),
        ("x", (None, False)),
        ("no, i have x", (True, False)),
        ("no wait, x", (None, False)),
        ("no i meant x", (None, False)),
        ("no thats x", (None, False)),
        ("not x", (False, False)),
        ("x since 2015", (True, False)),
        ("not x since 2015", (False, False)),
        ("would nt x be old", (None, False)),
        ("compare that have x", (None, False)),
        ("do nt x", (False, False)),
        ("nt x", (False, False)),
    ],
)
def test_holding_marks(raw, expected):
    place = raw.index("x")
    tokens = [(word, raw.index(word)) for word in raw.replace(".", " ").replace(",", " ").split()]
    assert holding_marks(raw, tokens, [(place, place + 1)], CUES) == [expected]


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("head, 15 years, x and y", [True, True]),
        ("head. x, y", [True, True]),
        ("head, x (2018), y practitioner lapsed 2021. before: clerk", [True, True]),
        ("x, y, head", [False, False]),
        ("head, thinking of x. y", [False, True]),
        ("head, x or y", [False, False]),
        ("head, x, y?", [False, False]),
    ],
)
def test_a_bare_list_behind_a_title_is_held(raw: str, expected: list[bool]) -> None:
    places = [(raw.rindex(name), raw.rindex(name) + 1) for name in ("x", "y")]

    assert listed(raw, places, [raw.index("head")]) == expected


def test_a_bare_list_of_somebody_who_told_nothing_says_nothing() -> None:
    assert listed("x, y", [(0, 1), (3, 4)], []) == [False, False]
