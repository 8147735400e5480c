"""The words of a date as people type them, put into one form: small letters, no marks, mistypings mended."""

import re
from collections.abc import Collection

from rapidfuzz.distance import DamerauLevenshtein

from bot.coaching.days import MONTHS, WEEKDAYS

LONGEST = 200
"""Characters in which a date is looked for."""
SHORTEST_MENDED, TWO_SLIPS = 4, 7
"""Letters of the shortest word that is mended, and from which on two slips are mended and not one."""
WEEKDAY = {short: number for number, day in enumerate(WEEKDAYS) for short in (day.lower(), day[:3].lower())}
WEEKDAY |= {"tues": 1, "weds": 2, "thur": 3, "thurs": 3}
MONTH = {short: number for number, month in enumerate(MONTHS, 1) for short in (month.lower(), month[:3].lower())}
MONTH |= {"sept": 9}
NUMBER = {
    "a": 1, "an": 1, "one": 1, "two": 2, "couple": 2, "three": 3, "few": 3, "four": 4, "five": 5, "six": 6, "seven": 7,
    "eight": 8, "nine": 9, "ten": 10, "eleven": 11, "twelve": 12,
}  # fmt: skip
_SAME = {
    "tmrw": "tomorrow", "tmr": "tomorrow", "tmw": "tomorrow", "2moro": "tomorrow", "2morrow": "tomorrow",
    "tonight": "today", "tonite": "today", "now": "today", "nxt": "next", "coming": "this", "following": "next",
    "wk": "week", "wks": "weeks", "wkend": "weekend", "mth": "month", "mths": "months", "mnth": "month", "yr": "year",
    "yrs": "years", "xmas": "christmas", "begining": "start", "beginning": "start", "middle": "mid", "early": "start",
    "late": "end", "til": "until", "till": "until", "eom": "end month", "eoy": "end year", "eow": "end week",
    "eod": "today", "midweek": "this wednesday", "fortnights": "fortnight", "first": "1 th", "second": "2 th",
    "third": "3 th",
}  # fmt: skip
_MENDED = frozenset(
    word for word in (*WEEKDAY, *MONTH, "tomorrow", "yesterday", "today", "week", "weeks", "month", "months",
                      "fortnight", "weekend", "quarter", "christmas", "easter") if len(word) >= SHORTEST_MENDED
)  # fmt: skip
_RIGHT = frozenset({*_MENDED, "match", "faster", "mouth", "march", "weak", "near", "seek"})
"""Words that are no mistyping of a word of a date, though they look like one."""
_CLOCK = re.compile(
    r"\b(?:at )?\d{1,2}(?:[:.]\d\d)? ?(?:am|pm)\b|\b(?:at )?\d{1,2}:\d\d\b|\bat (?:noon|midday)\b|\bfirst thing\b"
)
_FILLERS = re.compile(
    r"\b(?:the|of|please|pls|maybe|probably|perhaps|hopefully|ish|latest|at latest|morning|afternoon|evening|night|"
    r"or so|or earlier|or sooner|or two|i think|i guess|time)\b"
)


def respelled(word: str, known: Collection[str]) -> str:
    """Return the one known word that a mistyped word means; the word itself where none or several may be meant."""
    if len(word) < SHORTEST_MENDED or not word.isalpha():
        return word
    slips = 2 if len(word) >= TWO_SLIPS else 1
    near = {each: DamerauLevenshtein.distance(word, each, score_cutoff=slips) for each in known}
    best = min(slips, *near.values())
    found = [each for each, distance in near.items() if distance == best]
    return found[0] if len(found) == 1 else word


def date_words(text: str) -> str:
    """Return the text with the words of a date put into one form, and what says nothing of the day left out.

    A number of order keeps its mark, as "th": "the 1st of May" is "1 th may".
    """
    words = text[:LONGEST].casefold().replace("’", "'").replace("'s", "")
    words = re.sub(r"(?<=\d)\s*([/.–-])\s*(?=\d)", r"\1", _CLOCK.sub(" ", words)).replace("–", "-")
    words = re.sub(r"[,;!?\"()'“”…]|\.(?!\d)|(?<!\d)\.|(?<=[a-z])[-/]|[-/](?=[a-z])", " ", words)
    words = re.sub(r"(?<=\d) ?(?:st|nd|rd|th)\b", " th", re.sub(r"\bq ?(?=[1-4]\b)", "quarter ", words))
    words = " ".join(_plain(word) for word in re.sub(r"(?<=\d)(?=[a-z])", " ", words).split())
    return re.sub(r"\s+", " ", _FILLERS.sub(" ", words)).strip()


def _plain(word: str) -> str:
    if word in _SAME:
        return _SAME[word]
    return word if word in _RIGHT else respelled(word, _MENDED)
