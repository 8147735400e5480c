"""Days are told in words."""

from datetime import date

import pytest

from bot.coaching.days import day_in_words, earlier_day

TODAY = date(2026, 11, 24)


def test_a_day_is_told_in_full():
    assert day_in_words(date(2026, 12, 4)) == "Friday 4 December 2026"


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (TODAY, "earlier today"),
        (date(2027, 1, 1), "earlier today"),  # a clock that was wrong
        (date(2026, 11, 2), "on 2 November"),
        (date(2026, 10, 31), "in October"),
        (date(2026, 2, 1), "in February"),
        (date(2025, 12, 31), "in December 2025"),
        (date(2025, 11, 24), "in November 2025"),
    ],
)
def test_an_earlier_day_is_told_as_near_as_it_matters(day, words):
    assert earlier_day(day, TODAY) == words
