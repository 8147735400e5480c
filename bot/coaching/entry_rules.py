"""Rules that a certification sets in time: months of experience before it, months until renewal, days of course.

The content tells them in words, once, with their sources; here the numbers are read out of those words, so that they
can be held against what a person told. Where the words give no number, there is none.
"""

import re

from bot.coaching.profile import MONTHS_A_YEAR, describe_experience
from bot.coaching.wording import NUMBER_WORDS
from bot.records import Certification, Fact, PrerequisiteKind, Profile

_NUMBERS = {
    **{word: int(number) for number, word in NUMBER_WORDS.items()},
    "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
}  # fmt: skip
_NUMBER = rf"\d{{1,3}}|{'|'.join(_NUMBERS)}"
_DURATION = re.compile(rf"\b({_NUMBER})\s+(years?|months?)\b", re.IGNORECASE)
_DAYS = re.compile(rf"\b({_NUMBER})[ -]days?\b", re.IGNORECASE)
TOO_SOON = "It asks for at least"
"""How it is said that somebody's experience is too short."""
NO_RULE = "no official entry rule"
"""How the content says that a number it mentions is no rule."""


def months_asked(certification: Certification) -> int | None:
    """Return the least months of experience that its entry rule asks for; None where it names no time."""
    requirement = certification.requirement or ""
    return None if NO_RULE in requirement else _months(requirement)


def months_valid(certification: Certification) -> int | None:
    """Return after how many months it is to be renewed; None where nothing citable says so."""
    fact = certification.fact("validity_renewal")
    return _months(fact.value or "") if fact is not None else None


def study_fact(certification: Certification) -> Fact | None:
    """Return what is known of the time it takes to learn."""
    fact = certification.fact("study_time")
    return fact if fact is not None and fact.value else None


def course_days(certification: Certification) -> int | None:
    """Return the days of its course; None where they are not known."""
    fact = study_fact(certification)
    match = _DAYS.search((fact.value or "") if fact is not None else "")
    return None if match is None else _number(match[1])


def stands_in(certification: Certification, held: frozenset[str]) -> bool:
    """Tell whether something that is held is accepted in place of the experience."""
    accepted = (n.certification for n in certification.prerequisites if n.kind is PrerequisiteKind.ONE_OF)
    return any(other in held for other in accepted)


def shortfall(certification: Certification, profile: Profile, held: frozenset[str]) -> str | None:
    """Say that the experience a person told of is less than the entry rule asks for; None where it is not."""
    months, told = months_asked(certification), profile.experience_months
    if months is None or told is None or told >= months or stands_in(certification, held):
        return None
    return f"{TOO_SOON} {describe_experience(months)} of experience; you told me of {_of(told)}."


def entry_told(certification: Certification, profile: Profile, held: frozenset[str]) -> str | None:
    """Return the entry rule as it is told, with how the person's experience compares where that is known."""
    if not certification.requirement:
        return None
    months, told = months_asked(certification), profile.experience_months
    enough = months is not None and told is not None and told >= months and not stands_in(certification, held)
    covered = f" Your {describe_experience(told or 0)} are long enough, if they are of that kind." if enough else ""
    return f"Entry: {certification.requirement}{covered}"


def renewal_due(certification: Certification, got: int | None, today: int | None) -> str | None:
    """Say that what was got in that year is due, or nearly due, for renewal by the rule in the facts."""
    months = months_valid(certification)
    if got is None or today is None or months is None or got + months // MONTHS_A_YEAR > today:
        return None
    fact = certification.fact("validity_renewal")
    dated = f", of {fact.year}," if fact is not None and fact.year else ""
    return (
        f"Your {certification.name} is from {got}, and the rule I know{dated} is renewal after "
        f"{describe_experience(months)}. "
        f"Ask {certification.ask} where you stand."
    )


def _of(months: int) -> str:
    return describe_experience(months) if months else "none yet"


def _months(text: str) -> int | None:
    match = _DURATION.search(text)
    if match is None:
        return None
    return _number(match[1]) * (MONTHS_A_YEAR if match[2].lower().startswith("year") else 1)


def _number(word: str) -> int:
    return int(word) if word.isdigit() else _NUMBERS[word.lower()]
