"""Days in words, the same in every place and whatever the machine's language is."""

from datetime import date

MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
          "December")  # fmt: skip
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def day_in_words(day: date) -> str:
    """Return the day as it is written in full: "Friday 4 December 2026"."""
    return f"{WEEKDAYS[day.weekday()]} {day.day} {MONTHS[day.month - 1]} {day.year}"


def earlier_day(day: date, today: date) -> str:
    """Return when an earlier day was, as near as it matters today: "earlier today", "on 2 November", "in June 2025"."""
    if day >= today:
        return "earlier today"
    month = MONTHS[day.month - 1]
    if (day.year, day.month) == (today.year, today.month):
        return f"on {day.day} {month}"
    near = (today - day).days < 300  # the name of the month alone then cannot mean this year's and last year's
    return f"in {month}" if near else f"in {month} {day.year}"
