"""A title without its "PMO" is one where the words around it leave it alone."""

import re

import pytest

from bot.nlu.short_titles import short_titles

NAMES = [
    ("pmo analyst", "role", "pmo_analyst"),
    ("pmo admin", "role", "pmo_administrator"),
    ("pmo manager", "role", "pmo_manager"),
    ("pmo analyst", "certification", "not_a_role"),
]
TITLES = short_titles(NAMES, {"short_titles": ["analyst", "admin", "clerk"], "titles_alone": ["manager"]})


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("analyst", [("pmo_analyst", "alone")]),
        ("manager", [("pmo_manager", "alone")]),
        ("clerk", []),
        ("im an analyst", [("pmo_analyst", "among others")]),
        ("i'm analyst with p3o", [("pmo_analyst", "among others")]),
        ("analyst, 3 yrs, p3o f", [("pmo_analyst", "among others")]),
        ("and analysts?", [("pmo_analyst", "among others")]),
        ("project work. analyst since may", [("pmo_analyst", "among others")]),
        ("im band 4 admin in a hospital", [("pmo_administrator", "among others")]),
        ("hire 4 admin staff", []),
        ("business analyst here", []),
        ("analyst reports", []),
        ("im admin and analyst", [("pmo_administrator", "among others"), ("pmo_analyst", "among others")]),
        ("my manager says so", []),
    ],
)
def test_find(text: str, expected: list[tuple[str, str]]) -> None:
    tokens = [(match[0], match.start()) for match in re.finditer(r"[\w']+", text)]

    assert [(role, kind) for role, _, _, kind in TITLES.find(text, tokens, ())] == expected


def test_a_word_of_a_longer_name_is_no_title_of_its_own() -> None:
    assert TITLES.find("senior analyst", [("senior", 0), ("analyst", 7)], [0, 7]) == []
