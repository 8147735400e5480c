"""Reading what somebody holds, and since when: names with their years, "nothing yet", years alone."""

import re
from collections.abc import Mapping

from bot.coaching.entry_rules import months_valid
from bot.coaching.form import Heard, Reading, Talk, Value
from bot.coaching.qualification_reading import is_asked, number_of
from bot.coaching.reading import words_of
from bot.coaching.wording import NUMBER_WORDS
from bot.records import Knowledge, Mention
from bot.records.coaching import Refused

NOTHING, UNSURE = "none", "unsure"
EARLIEST = 1980
UNKNOWN_CERTIFICATE = (
    "I know thirty certificates of this field, and I found none of them in that. Name one, or say “nothing yet”."
)
NOT_YET = "That year is still to come. Which year did you pass it?"
TO_COME = "That year is still to come. Which year did you pass? If you have yet to, say “nothing yet”."
TOO_LONG_AGO = "That is further back than I can count with. Which year did you pass it?"

_NOTHING = re.compile(
    r"^\W*(?:no(?:pe|ne|thing|t yet|t any|t one)?|nah|nil|nada|zero|zilch|n/?a|i (?:have|hold|got)(?: got)? (?:no|none|"
    r"nothing)|i (?:don'?t|do not) (?:have|hold)(?: any\w*)?|haven'?t (?:got )?any\w*|"
    r"not a (?:single )?(?:one|thing))\b"
    r"(?:\W+(?:apart from|except|besides|other than|but) (?:my |an? |the |this )?(?:apprenticeship|degree|a-?levels?)"
    r"|\W+(?:yet|at all|so far|really|one|any|none|certs?|certificates?|certifications?|qualifications?|quals?|lol|"
    r"sorry|i'?m afraid|of (?:them|those)|whatsoever|to (?:date|speak of)|here|got|hold))*\W*$",
    re.I,
)
_CLAIMS = re.compile(
    r"\b(?:i|ive|have|got|hold|passed|did|done|certified|certificate|cert|diploma|degree|badge)\b", re.I
)
_NUMBER = rf"\d{{1,2}}|{'|'.join(NUMBER_WORDS.values())}|a|a couple of|couple|a few"
_YEAR = re.compile(
    rf"\b(?P<year>(?:19|20)\d\d)\b|(?<!\w)'(?P<short>\d\d)\b|\b(?P<ago>{_NUMBER})\s*(?:years?|yrs?|y)\s*(?:ago|back|old)\b|"
    r"\b(?P<last>last year)\b|\b(?P<this>this year|last (?:week|month)|just (?:now|passed)|"
    r"recently|(?:weeks?|months?) ago)\b",
    re.I,
)
_UNSURE = re.compile(
    r"\b(?:don'?t|do not|cant|can'?t|cannot|dunno|not sure|no idea|forgot\w*|unsure|can't say)\b|"
    r"\bno clue\b|\bages ago\b",
    re.I,
)
_ONE_BREATH = re.compile(r"^\W*(?:and|&|\+|n|plus|both)\W*$", re.I)


def read_held(heard: Heard, talk: Talk) -> Reading:
    """Read what is held, each with the year where one is said; `NOTHING` for nothing."""
    mentions = [m for m in heard.question.mentions if m.entity == "certification" and m.held is not False]
    held = [m for m in mentions if m.held or not m.wanted]
    if held and not (is_asked(heard) and not any(m.held for m in held)):
        if any((year := _year(match, talk)) and year > talk.today.year for match in _YEAR.finditer(heard.text)):
            return Refused(TO_COME)
        return held_with_years(heard.text, held, talk)
    if _NOTHING.match(words_of(heard.text)) or _denies_all(heard):
        return NOTHING
    if is_asked(heard) or mentions:
        return None
    return Refused(UNKNOWN_CERTIFICATE) if _CLAIMS.search(heard.text) else None


def _denies_all(heard: Heard) -> bool:
    """Tell whether certifications are named, and none but as not held: "I don't have P3O"."""
    named = [m for m in heard.question.mentions if m.entity == "certification"]
    return bool(named) and all(m.held is False for m in named) and not is_asked(heard)


def held_with_years(text: str, held: list[Mention], talk: Talk) -> dict[str, int | None]:
    """Return the certifications with the years said of them: after their name, or before it where years come first.

    "P3O and PRINCE2 in 2019" gives both that year, "PRINCE2, P3O in 2019" the one nearest to it.
    """
    found: dict[str, int | None] = {m.value: None for m in held}
    years = [(match, year) for match in _YEAR.finditer(text) if (year := _year(match, talk)) is not None]
    leading = bool(years) and years[0][0].start() < min(m.start for m in held)
    for match, year in years:
        if EARLIEST <= year <= talk.today.year:
            for mention in _meant(text, match.start(), match.end(), held, leading=leading):
                found[mention.value] = found[mention.value] or year
    return found


def _meant(text: str, start: int, end: int, held: list[Mention], *, leading: bool) -> list[Mention]:
    """Return the mentions that a year at that place is said of."""
    if leading:
        return [m for m in held if m.start >= end][:1]
    before = [m for m in held if m.end <= start]
    meant = before[-1:]
    for earlier in reversed(before[:-1]):
        if not _ONE_BREATH.match(text[earlier.end : meant[0].start]):
            break
        meant = [earlier, *meant]
    return meant


def read_since(heard: Heard, talk: Talk) -> Reading:
    """Read the year or years in which what is held was got; `UNSURE` where the person does not know."""
    held = [m for m in heard.question.mentions if m.entity == "certification" and m.held is not False]
    if held and any(told := held_with_years(heard.text, held, talk).values()):
        return {m.value: year for m, year in zip(held, told, strict=False) if year is not None}
    if match := _YEAR.search(heard.text):
        year = _year(match, talk)
        if year is None or year > talk.today.year:
            return Refused(NOT_YET)
        if year < EARLIEST:
            return Refused(TOO_LONG_AGO)
        return dict.fromkeys(undated(talk), year)
    return UNSURE if _UNSURE.search(heard.text) and not heard.text.rstrip().endswith("?") else None


def undated(talk: Talk) -> tuple[str, ...]:
    """Return what is held, is to be renewed by what is known of it, and has no year yet."""
    held = held_told(talk.answer("held"), talk.knowledge)
    known = talk.knowledge.certifications
    return tuple(c for c, year in held.items() if year is None and months_valid(known[c]) is not None)


def held_told(value: Value | None, knowledge: Knowledge) -> dict[str, int | None]:
    """Return a stored answer on what is held as certifications with their years, whatever was stored."""
    if not isinstance(value, Mapping):
        return {}
    known = ((str(c), year) for c, year in value.items() if str(c) in knowledge.certifications)
    return {c: year if isinstance(year, int) and not isinstance(year, bool) else None for c, year in known}


def _year(match: re.Match[str], talk: Talk) -> int | None:
    """Return the year that the words mean; None where two digits mean none."""
    today = talk.today.year
    if match["year"]:
        return int(match["year"])
    if match["short"]:
        return 2000 + int(match["short"]) if int(match["short"]) <= today % 100 else 1900 + int(match["short"])
    if match["ago"]:
        return today - number_of(match["ago"])
    return today - 1 if match["last"] else today
