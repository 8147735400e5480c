"""Reading a date from words, as people in the UK write and mean it: "by Friday", "in 2 wks", "31 Jan", "end of Q1".

What a word leaves open is decided once, in `bot.coaching.date_readers`, and the coach says the whole date back.
`dateparser` was tried first: the newest version that Rasa's pins allow reads neither "next Friday" nor "end of next
month" nor "2 wks", and costs 14 MB. The arithmetic here is that of `dateutil`, which Rasa loads anyway.
"""

import re
from collections.abc import Iterator
from datetime import date, timedelta

from dateutil.relativedelta import relativedelta

from bot.coaching.date_readers import PAST, READERS, Found, month_begun_by
from bot.coaching.date_words import date_words
from bot.records.coaching import Refused

FARTHEST = relativedelta(years=2)
LONGEST_DATE = 6
"""Words of the longest date that is found inside of a sentence."""
NO_DAY = Refused("That names no day. Give me one, such as “Friday”, “in two weeks” or “31 January”.")
TOO_FAR = Refused("That is more than two years ahead. Please pick a nearer day, if only for a first step.")
_LEADS = re.compile(r"\b(?:by|before|after|on|in|at|until|to|for|within|around|about|say|is|this|next|end|start|mid)\b")
_LED = re.compile(
    r"^(?:(?:by|before|on|at|until|to|for|around|about|say|is|later|w c|week commencing|week beginning) )+"
)
_VAGUE = re.compile(
    r"(?:as )?(?:asap|soon(?: as possible| as i can)?|a s a p|sometime(?: soon)?|some ?day|one day|whenever|eventually|"
    r"never|in future|when i (?:can|have))"
)
_DEADLINE = re.compile(r"\W*(?:by|before|until|till|within|in)\b", re.IGNORECASE)


def read_date(text: str, today: date) -> date | Refused | None:
    """Return the day that the words mean; why it cannot be taken; or None, when they mean none.

    A day that has passed, one more than two years ahead and one that no calendar has are refused.
    """
    words = date_words(text)
    if _VAGUE.fullmatch(words):
        return NO_DAY
    found = next((found for part in _parts(words) if (found := _whole(part, today)) is not None), None)
    if found is None or isinstance(found, Refused):
        return found
    if found < today:
        return PAST
    return TOO_FAR if found > today + FARTHEST else found


def is_date(text: str, today: date) -> bool:
    """Tell whether the words are nothing but a date, a possible one or not."""
    return _whole(date_words(text), today) is not None


def is_deadline(text: str, today: date) -> bool:
    """Tell whether the words are nothing but a day by which something is done, "by Friday", and no moment for it."""
    return _DEADLINE.match(text) is not None and is_date(text, today)


def _parts(words: str) -> Iterator[str]:
    """Yield the words, then what follows each word that leads to a date, since a sentence may be around it."""
    yield words
    tails = [words[match.start() :].split() for match in _LEADS.finditer(words)]
    yield from (" ".join(tail) for tail in tails)
    for tail in tails:
        yield from (" ".join(tail[:length]) for length in range(min(LONGEST_DATE, len(tail) - 1), 1, -1))


def _whole(words: str, today: date) -> Found:
    """Return the day of words that are nothing but a date; with "before", the day before it."""
    led = match[0].split() if (match := _LED.match(words)) else []
    bare = _LED.sub("", words)
    if {"by", "before", "until"}.intersection(led) and (first := month_begun_by(bare, today)) is not None:
        return first
    for pattern, read in READERS:
        if match := pattern.fullmatch(bare):
            found = read(match, today)
            if "before" in led and isinstance(found, date) and found > today:
                return found - timedelta(days=1)
            return found
    return None
