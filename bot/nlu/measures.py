"""Numbers with a meaning, read from clean text: career levels, insights, and durations in months."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

_WORDS = {
    "a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
    "ten": 10, "eleven": 11, "twelve": 12, "fifteen": 15, "eighteen": 18, "twenty": 20, "thirty": 30, "couple of": 2,
    "a couple of": 2, "few": 3, "a few": 3, "several": 5, "half a": 0.5, "i": 1, "ii": 2, "iii": 3, "iv": 4,
}  # fmt: skip
_ORDINALS = {"first": 1, "1st": 1, "second": 2, "2nd": 2, "third": 3, "3rd": 3, "fourth": 4, "4th": 4, "fifth": 5,
             "5th": 5}  # fmt: skip
_NUMBER = r"\d{1,2}|one|two|three|four|five|six|seven|eight|nine"
_JOIN = r"\s*(?:and|to|or|vs|versus|n|from|than|between|\s)\s*"
_LEVEL = re.compile(
    rf"\b(?:levels?|lvls?|lev|lv|tier)\s*((?:{_NUMBER}|iv|iii|ii|i)(?:{_JOIN}(?:level\s*)?(?:{_NUMBER})\b)*)\b"
)
_SHORT_LEVEL = re.compile(r"\bl\s?([1-4])\b")
_ORDINAL_LEVEL = re.compile(rf"\b({'|'.join(_ORDINALS)})\s+(?:career\s+)?(?:level|tier|lvl)\b")
_NAMED_LEVEL = re.compile(r"\b(entry|bottom|lowest|starting|top|highest)\s+level\b")
_NAMED = {"entry": 1, "bottom": 1, "lowest": 1, "starting": 1, "top": 4, "highest": 4}
_INSIGHT = re.compile(rf"\b(?:insights?|tips?|lessons?|advice|point)\s*(?:number|no|#)?\s*({_NUMBER})\b")
_ORDINAL_INSIGHT = re.compile(rf"\b({'|'.join(_ORDINALS)})\s+(?:insight|tip|lesson|advice|piece of advice|point)\b")
_QUANTITY = r"\d{1,3}(?:\.\d)?|a couple of|couple of|a few|half a|" + "|".join(
    word for word in _WORDS if (word.isalpha() and len(word) > 2) or word in ("a", "an")
)
_DURATION = re.compile(
    rf"\b({_QUANTITY})\s*\+?\s*(and a half\s+)?(years?|yrs?|yr|y|months?|mths?|mos?|mo)\b(\s+and a half)?"
)


@dataclass(frozen=True)
class Measure:
    """A number found in a text: `entity` is level, insight or experience_months."""

    entity: str
    value: int
    start: int
    end: int


def find_measures(text: str) -> tuple[Measure, ...]:
    """Return levels, insights and durations of a clean text, in the order of the text, none overlapping."""
    found = sorted({*_levels(text), *_insights(text), *_durations(text)}, key=lambda m: (m.start, -m.end))
    kept: list[Measure] = []
    for measure in found:
        if not kept or measure.start >= kept[-1].end or measure.entity != kept[-1].entity:
            kept.append(measure)
    return tuple(kept)


def _value(word: str) -> int:
    return int(word) if word.isdigit() else int(_WORDS[word])


def _levels(text: str) -> Iterator[Measure]:
    for match in _LEVEL.finditer(text):
        for number in re.finditer(rf"\b(?:{_NUMBER}|iv|iii|ii|i)\b", match[1]):
            start = match.start(1) + number.start()
            yield Measure("level", _value(number[0]), start, start + len(number[0]))
    for match in _SHORT_LEVEL.finditer(text):
        yield Measure("level", int(match[1]), match.start(), match.end())
    for match in _ORDINAL_LEVEL.finditer(text):
        yield Measure("level", _ORDINALS[match[1]], match.start(), match.end())
    for match in _NAMED_LEVEL.finditer(text):
        yield Measure("level", _NAMED[match[1]], match.start(), match.end())


def _insights(text: str) -> Iterator[Measure]:
    for match in _INSIGHT.finditer(text):
        yield Measure("insight", _value(match[1]), match.start(), match.end())
    for match in _ORDINAL_INSIGHT.finditer(text):
        yield Measure("insight", _ORDINALS[match[1]], match.start(), match.end())


def _durations(text: str) -> Iterator[Measure]:
    for match in _DURATION.finditer(text):
        amount = float(match[1]) if match[1][0].isdigit() else float(_WORDS[match[1]])
        if match[2] or match[4]:
            amount += 0.5
        months = amount * (12 if match[3].startswith("y") else 1)
        yield Measure("experience_months", round(months), match.start(), match.end())
