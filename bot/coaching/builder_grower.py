"""Builder or grower: the sum of a sheet, what each answer gave to it, and the label that it has, if any.

An answer is the place of what was picked on its scale, counted from 1: 1 to 5 from "strongly disagree" to "strongly
agree", 1 to 4 from "definitely A" to "definitely B". Towards builder it gives up to +2 points, towards grower down to
-2. Half of the items are keyed each way, so agreeing with everything, or always choosing A, sums to zero.

Of fewer than all answers but at least `NEEDED`, the sum is stretched to the whole sheet and rounded to the nearest
whole; a half would go away from zero, so that mirrored sheets have mirrored values. (With six or seven answers of
eight no half comes up.) With fewer there is no label.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.records import Questionnaire, QuestionnaireBand, QuestionnaireItem

NEEDED = 6
"""Answers below which a sheet has no label."""


@dataclass(frozen=True)
class Contribution:
    """What one answer gave: the place on the scale, and the points, positive towards builder."""

    item: QuestionnaireItem
    answer: int
    points: int


@dataclass(frozen=True)
class Balance:
    """The value of a sheet, from -16 (grower) to +16 (builder), with what led to it; no band where answers lack."""

    value: int
    contributions: tuple[Contribution, ...]
    asked: int
    band: QuestionnaireBand | None

    @property
    def answered(self) -> int:
        """How many items have an answer."""
        return len(self.contributions)

    @property
    def missing(self) -> int:
        """How many more answers a label needs."""
        return max(0, NEEDED - self.answered)

    @property
    def label(self) -> str | None:
        """The label of the value's band."""
        return self.band.label if self.band else None


def score(questionnaire: Questionnaire, answers: Mapping[str, Any]) -> Balance:
    """Return the balance of the answers, which are keyed by the items' ids; what is no place on a scale is left out."""
    given = tuple(
        Contribution(item, answer, _points(item, answer, len(questionnaire.scales[item.type])))
        for item in questionnaire.items
        if type(answer := answers.get(item.id)) is int and 1 <= answer <= len(questionnaire.scales[item.type])
    )
    asked = len(questionnaire.items)
    total = sum(contribution.points for contribution in given)
    if len(given) < NEEDED:
        return Balance(total, given, asked, None)
    value = _stretched(total, answered=len(given), asked=asked)
    return Balance(value, given, asked, band_of(questionnaire, value))


def band_of(questionnaire: Questionnaire, value: int) -> QuestionnaireBand | None:
    """Return the band that the value lies in."""
    return next((band for band in questionnaire.bands if band.low <= value <= band.high), None)


def _points(item: QuestionnaireItem, answer: int, places: int) -> int:
    """Return the points of a place on a scale of so many places; one of an even number has no zero in its middle."""
    middle, odd = divmod(places, 2)
    points = answer - middle - 1
    if not odd and points >= 0:
        points += 1
    late_is_builder = item.builder_side == (item.type == "likert")
    return points if late_is_builder else -points


def _stretched(total: int, *, answered: int, asked: int) -> int:
    """Return the sum as it would be of all items, rounded to the nearest whole, halves away from zero."""
    size = (2 * abs(total) * asked + answered) // (2 * answered)
    return size if total >= 0 else -size
