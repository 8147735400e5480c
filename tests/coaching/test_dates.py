"""Dates in words: what people type in the UK, with its slips, and what is no date or not to be taken."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.coaching.date_readers import MONTH_FIRST, PAST
from bot.coaching.date_words import respelled
from bot.coaching.dates import FARTHEST, NO_DAY, TOO_FAR, read_date
from bot.coaching.days import day_in_words
from bot.records.coaching import Refused

TUESDAY = date(2026, 11, 24)
DAYS = st.dates(date(2020, 1, 1), date(2060, 12, 31))
READ = {
    "2026-11-24": "today|tonight|now|by end of today|EOD|this tuesday|24 nov",
    "2026-11-25": "tomorrow|tmrw|tommorow|tomorow morning|by tomorrow 5pm|wensday|midweek",
    "2026-11-26": "before friday|day after tomorrow|Thurs|thursday at noon",
    "2026-11-27": "by Friday|friday|this friday|firday|by firday pls|hmm, let's say friday|end of the week|this week|"
                  "eow|friday at 5pm|by 5pm friday|a few days|Fri 27 Nov|coming friday",
    "2026-11-29": "weekend|this weekend|at the weekend",
    "2026-11-30": "monday|monday first thing|start of next week|early next week|end of the month|eom|this month|"
                  "month end|late november|in november",
    "2026-12-01": "tuesday|next tues|nxt tues|in a week|a week from now|a week or two|within a week|1 dec|1st december|"
                  "first of december|by december|Dec 1st, 2026|in 7 days|a week later|1.12.26|1/12",
    "2026-12-02": "mid next week",
    "2026-12-04": "next friday|by next firday|friday week|next week|sometime next week|within 10 days|fri 4 dec|"
                  "4-dec-2026|04.12.26|4 / 12 / 2026|dec 4th|2026-12-04|2026/12/4|the 4th of december|"
                  "pushed to next week because my boss is ill|end of next week",
    "2026-12-06": "next weekend",
    "2026-12-07": "w/c 7 dec|week commencing 7/12|a week on monday|a week from monday|monday week",
    "2026-12-08": "in two weeks|in 2 wks|2 weeks|2 weeks' time|a fortnight|in a fortnight|in a couple of weeks|"
                  "two weeks from now|2 more weeks|another two weeks|in the next two weeks",
    "2026-12-11": "week after next|two weeks on friday",
    "2026-12-15": "the 15th|15th|2-3 weeks|two or three weeks|2 to 3 weeks|mid december|15th of next month|"
                  "middle of december|by the 15th please",
    "2026-12-24": "in one month|in a month's time|before christmas|christmas eve",
    "2026-12-25": "christmas|xmas|by christmas day",
    "2026-12-31": "end of next month|next month|dec|december|by the 31st|end of the year|eoy|year end|this quarter|"
                  "i need until end of next month i think|new year's eve|in december",
    "2027-01-01": "after christmas|just after xmas|"
                  "new year|by january|start of january|early january|start of next year",
    "2027-01-31": "31 Jan|31st of january|january 31|Jan 31, 2027|31/1|31/01/2027|january|jan 2027|in jan|31 janaury",
    "2027-02-01": "1/2/2027|1/2|by feb",
    "2027-02-07": "first week of february|1st week of feb|in the 1st week of feb",
    "2027-02-15": "mid feb",
    "2027-02-28": "end of february|late febuary|this winter",
    "2027-03-28": "easter",
    "2027-05-31": "in the spring|by spring|next spring",
    "2027-03-31": "end of Q1|q1|Q1 2027|first quarter|next quarter|in march",
    "2027-05-01": "mid quarter 2 2027",
    "2027-09-30": "Q3",
    "2027-11-24": "in a year|one year",
    "2027-12-31": "in 2027|next year|end of 2027",
    "2028-02-29": "29 feb",
}  # fmt: skip
CASES = [(day, words) for day, many in READ.items() for words in many.split("|")]
REFUSED = {
    "yesterday": PAST, "last week": PAST, "2 weeks ago": PAST, "1 jan 2020": PAST, "day before yesterday": PAST,
    "in 2020": PAST, "0000": PAST, "1/1/3000": TOO_FAR, "year 3000": TOO_FAR, "in 3 years": TOO_FAR,
    "in 99999999999999 days": TOO_FAR, "1/1/9999": TOO_FAR, "9999": TOO_FAR, "in 9999 fortnights": TOO_FAR,
    "asap": NO_DAY, "as soon as possible": NO_DAY, "soon": NO_DAY, "someday": NO_DAY, "some day": NO_DAY,
    "when i can": NO_DAY, "1/31/2027": MONTH_FIRST, "13/13/2027": MONTH_FIRST, "0/0/0": MONTH_FIRST,
    "30 Feb": Refused("There is no 30 February. Which day do you mean?"),
    "0 june": Refused("There is no 0 June. Which day do you mean?"),
    "29 feb 2027": Refused("There is no 29 February 2027. Which day do you mean?"),
    "the 32nd": Refused("There is no 32 November. Which day do you mean?"),
    "sat 4 dec": Refused("4 December 2026 is a Friday. Which day do you mean?"),
}  # fmt: skip
NO_DATES = [
    "", "   ", "?!", "asdf", "banana", "12", "this may be hard", "chapter 12", "nope, ran out of time", "x" * 5000,
    "moved to faster track", "what is P3O", "I want to match my boss", "42/", "//", "\x00", "五月", "the", "by",
    "in in in",
]  # fmt: skip


@pytest.mark.parametrize(("expected", "words"), CASES, ids=[words for _, words in CASES])
def test_date_is_read_from(expected, words):
    assert read_date(words, TUESDAY) == date.fromisoformat(expected)


@pytest.mark.parametrize(("words", "expected"), REFUSED.items())
def test_date_is_refused_with_a_sentence(words, expected):
    assert read_date(words, TUESDAY) == expected
    assert all(len(part.split()) <= 25 for part in expected.text.split(". "))


@pytest.mark.parametrize("words", NO_DATES)
def test_no_date_is_read_from(words):
    assert read_date(words, TUESDAY) is None


@pytest.mark.parametrize(("today", "words", "expected"), [
    (date(2026, 11, 28), "this week", date(2026, 11, 29)),
    (date(2026, 11, 29), "next friday", date(2026, 12, 4)),
    (date(2026, 11, 29), "this friday", date(2026, 12, 4)),
    (date(2026, 11, 27), "friday", date(2026, 12, 4)),
    (date(2026, 11, 27), "before friday", date(2026, 12, 3)),
    (date(2026, 11, 27), "before today", date(2026, 11, 27)),
    (date(2026, 11, 30), "the 31st", date(2026, 12, 31)),
    (date(2027, 1, 31), "the 30th", date(2027, 3, 30)),
    (date(2027, 1, 31), "in a month", date(2027, 2, 28)),
    (date(2026, 12, 25), "easter", date(2027, 3, 28)),
    (date(2027, 1, 2), "easter", date(2027, 3, 28)),
    (date(2026, 12, 26), "christmas", date(2027, 12, 25)),
    (date(2026, 12, 20), "mid december", date(2027, 12, 15)),
])  # fmt: skip
def test_date_is_read_from_another_today(today, words, expected):
    assert read_date(words, today) == expected


@given(DAYS, st.integers(0, 700))
@settings(deadline=None)
def test_date_in_full_is_read_back(today, ahead):
    day = today + timedelta(days=ahead)
    for written in (day_in_words(day), day.isoformat(), f"by {day.day}/{day.month}/{day.year}", f"{day:%d.%m.%y}"):
        assert read_date(written, today) == day


@given(st.text(max_size=60) | st.lists(st.sampled_from(
    "by end of next this q1 q3 2 31 29th feb friday week weeks month year a 2027 before mid 99999 / - . ago 0".split()
), max_size=7).map(" ".join), DAYS)  # fmt: skip
@settings(max_examples=500, deadline=None)
def test_any_words_give_a_day_to_come_a_reason_or_nothing(words, today):
    found = read_date(words, today)
    assert found is None or isinstance(found, Refused) or today <= found <= today + FARTHEST


@given(DAYS, st.sampled_from(CASES))
def test_a_date_that_is_understood_is_understood_every_day(today, case):
    assert read_date(case[1], today) is not None


def test_a_word_that_two_words_resemble_is_left():
    assert respelled("bonday", ["monday", "sonday"]) == "bonday"
    assert respelled("mnoday", ["monday", "sunday"]) == "monday"
    assert respelled("sun", ["sunday"]) == "sun"
