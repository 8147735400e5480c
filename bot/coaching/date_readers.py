"""What each form of a date means, as a pattern over words in their one form and the function that reads its match.

What people leave open is settled so: a bare weekday is the next such day after today, "next Friday" the Friday of
next week; a week ends on its Friday; a month, a quarter and a year mean their last day, but "by March" its first;
a day without a year is the next one to come. Quarters are those of the calendar.
"""

import re
from calendar import monthrange
from collections.abc import Callable
from datetime import date, timedelta

from dateutil.easter import easter
from dateutil.relativedelta import relativedelta

from bot.coaching.date_words import MONTH, NUMBER, WEEKDAY
from bot.coaching.days import MONTHS, WEEKDAYS
from bot.records.coaching import Refused

PAST = Refused("That day has passed. Please give me one from today on.")
MONTH_FIRST = Refused("I read a date as day, then month, and there are only twelve months. Try it as “31 January”.")
LAST_YEAR, MOST = 3000, 999
"""The latest year, and the most days, weeks, months or years, that are reckoned with: both are too far ahead."""
A_LEAP_YEAR, LEAP_CYCLE = 2024, 8
"""The cycle is of years in which there is a 29 February, whatever the century."""
NEAR = {"today": 0, "tomorrow": 1, "day after tomorrow": 2, "yesterday": -1, "day before yesterday": -2}
MONTHS_OF = {"month": 1, "quarter": 3, "year": 12}
FEASTS = {
    "new year": (1, 1), "new year day": (1, 1), "valentine day": (14, 2), "halloween": (31, 10),
    "christmas eve": (24, 12), "christmas": (25, 12), "christmas day": (25, 12), "boxing day": (26, 12),
    "new year eve": (31, 12),
}  # fmt: skip

SEASONS = {"spring": 5, "summer": 8, "autumn": 11, "fall": 11, "winter": 2}
"""The last month of each season, as the weather services count them."""

Found = date | Refused | None
Reader = Callable[[re.Match[str], date], Found]


def month_begun_by(words: str, today: date) -> Found:
    """Return the next first day of a month that stands alone; None for other words."""
    return _next_day(today, 1, MONTH[words]) if words in MONTH else None


def _near(match: re.Match[str], today: date) -> Found:
    return today + timedelta(days=NEAR[match["near"]])


def _gone(match: re.Match[str], today: date) -> Found:
    return PAST


def _in_units(match: re.Match[str], today: date) -> Found:
    count, unit = _count(match["count"]), match["unit"]
    if unit == "fortnight":
        return today + timedelta(weeks=2 * count)
    if unit in ("day", "week"):
        return today + timedelta(days=count if unit == "day" else 7 * count)
    found: date = today + relativedelta(months=count * MONTHS_OF[unit])
    return found


def _count(said: str) -> int:
    word = said.removeprefix("a ")
    return NUMBER[word] if word in NUMBER else min(int(word), MOST)


def _on_weekday(match: re.Match[str], today: date) -> Found:
    weekday, which = WEEKDAY[match["weekday"]], match["which"]
    if which is None:
        return _coming(today, weekday)
    found = _monday(today, weeks=which == "next ") + timedelta(days=weekday)
    return found if found >= today else found + timedelta(weeks=1)


def _weeks_on(match: re.Match[str], today: date) -> Found:
    return _coming(today, WEEKDAY[match["weekday"]]) + timedelta(weeks=_count(match["count"]))


def _weekday_week(match: re.Match[str], today: date) -> Found:
    return _coming(today, WEEKDAY[match["weekday"]]) + timedelta(weeks=1)


def _coming(today: date, weekday: int) -> date:
    """Return the next such weekday after today."""
    return today + timedelta(days=(weekday - today.weekday() - 1) % 7 + 1)


def _monday(today: date, *, weeks: int = 0) -> date:
    return today + timedelta(days=-today.weekday(), weeks=weeks)


def _in_week(match: re.Match[str], today: date) -> Found:
    monday = _monday(today, weeks=2 if match["after"] else match["which"] == "next ")
    sunday = monday + timedelta(days=6)
    if match["unit"] == "weekend":
        return sunday
    found = monday + timedelta(days={"start ": 0, "mid ": 2}.get(match["part"], 4))
    return found if found >= today else sunday


def _in_period(match: re.Match[str], today: date) -> Found:
    """Return a day of this or the next month, quarter or year."""
    months = MONTHS_OF[match["unit"]]
    first = date(today.year, (today.month - 1) // months * months + 1, 1)
    return _part_of(match["part"], first + relativedelta(months=months if match["which"] == "next " else 0), months)


def _in_quarter(match: re.Match[str], today: date) -> Found:
    return _next_part(match, today, month=3 * int(match["quarter"]) - 2, months=3)


def _in_month(match: re.Match[str], today: date) -> Found:
    return _next_part(match, today, month=MONTH[match["month"]], months=1)


def _in_year(match: re.Match[str], today: date) -> Found:
    return _part_of(match["part"], date(_year(match["year"]) or today.year, 1, 1), 12)


def _next_part(match: re.Match[str], today: date, *, month: int, months: int) -> date:
    """Return a day of a month or quarter: of the year that is told, or the next one to come."""
    found = _part_of(match["part"], date(_year(match["year"]) or today.year, month, 1), months)
    if match["year"] is None and found < today:
        return _part_of(match["part"], date(today.year + 1, month, 1), months)
    return found


def _part_of(part: str | None, first: date, months: int) -> date:
    """Return the first day, the middle or the last day of so many months."""
    if part == "start ":
        return first
    if part == "mid ":
        half: date = first + (timedelta(days=14) if months == 1 else relativedelta(months=months // 2))
        return half
    last: date = first + relativedelta(months=months, days=-1)
    return last


def _on_feast(match: re.Match[str], today: date) -> Found:
    return _feast(match[0], today)


def _feast(name: str, today: date) -> Found:
    """Return the next day of the feast."""
    if name == "easter":
        sundays: list[date] = [easter(year) for year in (today.year, today.year + 1)]
        return next(sunday for sunday in sundays if sunday >= today)
    return _next_day(today, *FEASTS[name])


def _after_feast(match: re.Match[str], today: date) -> Found:
    """Return the day a week after the feast that comes next."""
    found = _feast(match["feast"], today)
    return found + timedelta(weeks=1) if isinstance(found, date) else found


def _in_season(match: re.Match[str], today: date) -> Found:
    """Return the last day of the season that is or comes next."""
    ends = [_part_of(None, date(year, SEASONS[match["season"]], 1), 1) for year in (today.year, today.year + 1)]
    return next(end for end in ends if end >= today)


def _week_of_month(match: re.Match[str], today: date) -> Found:
    """Return the last day of the first to fourth seven days of a month."""
    day = 7 * int(match["week"])
    return _next_day(today, day, MONTH[match["month"]]) if 7 <= day <= 28 else None


def _on_day(match: re.Match[str], today: date) -> Found:
    """Return the day of a number and a month, in the year that is told or the next one to come."""
    day, month = int(match["day"]), MONTH.get(match["month"]) or int(match["month"])
    if not 1 <= month <= 12:
        return MONTH_FIRST
    year, named = _year(match["year"]), match.groupdict().get("weekday")
    found = _next_day(today, day, month) if year is None else _day(year, month, day)
    if isinstance(found, date) and named and found.weekday() != WEEKDAY[named]:
        told = f"{found.day} {MONTHS[found.month - 1]} {found.year}"
        return Refused(f"{told} is a {WEEKDAYS[found.weekday()]}. Which day do you mean?")
    return found


def _on_number(match: re.Match[str], today: date) -> Found:
    """Return the next day of any month that has the number."""
    first, day = today.replace(day=1), int(match["day"])
    months = [first + relativedelta(months=ahead) for ahead in range(3)]  # of two months on end one has 31 days
    found = [_day(month.year, month.month, day) for month in months]
    return next((each for each in found if isinstance(each, date) and each >= today), found[0])


def _of_month(match: re.Match[str], today: date) -> Found:
    month = today.replace(day=1) + relativedelta(months=match["which"] == "next ")
    return _day(month.year, month.month, int(match["day"]))


def _next_day(today: date, day: int, month: int) -> Found:
    found = [_day(year, month, day) for year in range(today.year, today.year + LEAP_CYCLE + 1)]
    return next((each for each in found if isinstance(each, date) and each >= today), found[0])


def _day(year: int, month: int, day: int) -> Found:
    if 1 <= day <= monthrange(year, month)[1]:
        return date(year, month, day)
    of_year = f" {year}" if 1 <= day <= monthrange(A_LEAP_YEAR, month)[1] else ""
    return Refused(f"There is no {day} {MONTHS[month - 1]}{of_year}. Which day do you mean?")


def _year(said: str | None) -> int | None:
    if said is None:
        return None
    return int(said) + 2000 if len(said) < 3 else min(max(int(said), 1), LAST_YEAR)


_NUMBER = rf"(?:\d+|(?:a )?(?:{'|'.join(NUMBER)}))"
_COUNT = rf"(?:in |within |after |for )?(?:another |next )?(?:{_NUMBER} ?(?:-|or|to) ?)?(?P<count>{_NUMBER})(?: more)?"
_DAY, _MONTH = r"(?P<day>\d{1,2})(?: th)?", rf"(?P<month>{'|'.join(MONTH)})"
_WEEKDAY, _WHICH, _PART = (
    rf"(?P<weekday>{'|'.join(WEEKDAY)})",
    r"(?P<which>this |next )?",
    r"(?P<part>(?:start|mid|end) )?",
)
_IN_YEAR = r"(?: (?P<year>\d{4}|\d\d))?"
_FORMS: tuple[tuple[str, Reader], ...] = (
    (rf"(?:end )?(?P<near>{'|'.join(NEAR)})", _near),
    (r"last \w+(?: \w+)?|.+ ago", _gone),
    (rf"{_COUNT} (?P<unit>day|week|fortnight|month|year)s?(?: (?:from )?today| later| hence)?", _in_units),
    (rf"{_COUNT} weeks? (?:on|from|after) {_WEEKDAY}", _weeks_on),
    (rf"{_WHICH}{_WEEKDAY}", _on_weekday),
    (rf"{_WEEKDAY} (?:week|after next)", _weekday_week),
    (rf"(?:in )?{_PART}{_WHICH}(?P<unit>weekend|week)(?P<after> after next)?", _in_week),
    (rf"(?:in )?{_PART}{_WHICH}(?P<unit>month|quarter|year)(?: end)?", _in_period),
    (rf"(?:in )?{_PART}quarter (?P<quarter>[1-4]){_IN_YEAR}", _in_quarter),
    (rf"(?:in )?{_PART}(?P<quarter>[1-4])(?: th)? quarter{_IN_YEAR}", _in_quarter),
    (rf"(?:in )?{_PART}{_MONTH}(?: (?P<year>\d{{4}}))?", _in_month),
    (rf"(?:in )?{_PART}(?:year )?(?P<year>\d{{4}})", _in_year),
    ("|".join((*FEASTS, "easter")), _on_feast),
    (rf"(?:just |soon |straight )?after (?P<feast>{'|'.join((*FEASTS, 'easter'))})", _after_feast),
    (rf"(?:in )?{_WHICH}(?P<season>{'|'.join(SEASONS)})", _in_season),
    (rf"(?:in )?(?P<week>\d) th week (?:in )?(?P<month>{'|'.join(MONTH)})", _week_of_month),
    (rf"(?:{_WEEKDAY} )?{_DAY} {_MONTH}{_IN_YEAR}", _on_day),
    (rf"(?:{_WEEKDAY} )?{_MONTH} {_DAY}{_IN_YEAR}", _on_day),
    (rf"(?:{_WEEKDAY} )?{_DAY}(?P<mark>[/.-])(?P<month>\d{{1,2}})(?:(?P=mark)(?P<year>\d{{4}}|\d\d?))?", _on_day),
    (r"(?P<year>\d{4})[/.-](?P<month>\d{1,2})[/.-](?P<day>\d{1,2})", _on_day),
    (r"(?P<day>\d{1,2}) th", _on_number),
    (r"(?P<day>\d{1,2})(?: th)? (?P<which>this |next )month", _of_month),
)
READERS = tuple((re.compile(pattern), read) for pattern, read in _FORMS)
