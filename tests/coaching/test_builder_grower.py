"""The builder or grower sheet is scored by its key: held against every sheet that can be filled in."""

from collections import Counter
from fractions import Fraction
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.coaching.builder_grower import NEEDED, band_of, score
from tests.coaching.checks import KNOWLEDGE

SHEET = KNOWLEDGE.questionnaire
ITEMS = tuple(item.id for item in SHEET.items)
PLACES = tuple(len(SHEET.scales[item.type]) for item in SHEET.items)
KEY = {  # as in the key of the sheet, written out
    "BG1": (-2, -1, 0, 1, 2), "BG2": (2, 1, 0, -1, -2), "BG3": (-2, -1, 0, 1, 2), "BG4": (2, 1, 0, -1, -2),
    "BG5": (2, 1, -1, -2), "BG6": (-2, -1, 1, 2), "BG7": (2, 1, -1, -2), "BG8": (-2, -1, 1, 2),
}  # fmt: skip
answers = st.fixed_dictionaries(
    {}, optional={item: st.integers(1, places) for item, places in zip(ITEMS, PLACES, strict=True)}
)


def sheet(*places):
    return dict(zip(ITEMS, places, strict=True))


@pytest.mark.unwatched  # 160,000 sheets, at three times their price
def test_every_sheet_adds_up_and_chance_rarely_gives_a_label():
    labels = Counter()
    for places in product(*(range(1, count + 1) for count in PLACES)):
        balance = score(SHEET, sheet(*places))
        points = [contribution.points for contribution in balance.contributions]
        assert points == [KEY[item][place - 1] for item, place in zip(ITEMS, places, strict=True)]
        assert balance.value == sum(points)
        assert balance.band.low <= balance.value <= balance.band.high
        labels[balance.label] += 1

    sheets = sum(labels.values())
    assert sheets == 5**4 * 4**4
    assert labels["builder_lean"] == labels["grower_lean"]
    assert labels["builder_clear"] == labels["grower_clear"]
    assert round(100 * (1 - labels["mixed"] / sheets), 1) == 12.7
    assert round(100 * (labels["builder_clear"] + labels["grower_clear"]) / sheets, 1) == 2.2


@pytest.mark.parametrize("agreement", range(1, 6))
@pytest.mark.parametrize("side", range(1, 5))
def test_saying_the_same_to_everything_sums_to_zero(agreement, side):
    balance = score(SHEET, sheet(*[agreement] * 4, *[side] * 4))

    assert (balance.value, balance.label) == (0, "mixed")


@pytest.mark.parametrize(
    ("places", "value", "label"),
    [
        ((5, 1, 5, 1, 1, 4, 1, 4), 16, "builder_clear"),
        ((1, 5, 1, 5, 4, 1, 4, 1), -16, "grower_clear"),
        ((5, 1, 5, 1, 1, 4, 4, 1), 8, "builder_lean"),
        ((3, 3, 3, 3, 2, 3, 2, 3), 4, "mixed"),
    ],
)
def test_known_sheets_have_their_label(places, value, label):
    balance = score(SHEET, sheet(*places))

    assert (balance.value, balance.label) == (value, label)


@pytest.mark.parametrize(
    ("value", "label"),
    [
        (-17, None),
        (-10, "grower_clear"),
        (-9, "grower_lean"),
        (-7, "grower_lean"),
        (-6, "mixed"),
        (6, "mixed"),
        (7, "builder_lean"),
        (9, "builder_lean"),
        (10, "builder_clear"),
        (17, None),
    ],
)
def test_bands_include_their_ends(value, label):
    band = band_of(SHEET, value)

    assert (band.label if band else None) == label


@given(answers)
def test_a_sheet_with_gaps_is_stretched_or_has_no_label(given_answers):
    balance = score(SHEET, given_answers)
    total = sum(KEY[item][place - 1] for item, place in given_answers.items())

    assert balance.answered == len(given_answers)
    assert balance.missing == max(0, NEEDED - len(given_answers))
    assert (balance.label is None) == (len(given_answers) < NEEDED)
    if balance.label is None:
        assert balance.value == total
    else:
        assert abs(balance.value - Fraction(total * len(ITEMS), len(given_answers))) < Fraction(1, 2)
        assert -16 <= balance.value <= 16


@given(answers)
def test_a_mirrored_sheet_has_the_mirrored_value(given_answers):
    places = dict(zip(ITEMS, PLACES, strict=True))
    mirrored = {item: places[item] + 1 - place for item, place in given_answers.items()}

    assert score(SHEET, mirrored).value == -score(SHEET, given_answers).value


@given(answers, st.sampled_from(ITEMS))
def test_a_step_towards_builder_never_lowers_the_value(given_answers, item):
    place = given_answers.get(item)
    if place is None:
        return
    for other in range(1, dict(zip(ITEMS, PLACES, strict=True))[item] + 1):
        moved = score(SHEET, {**given_answers, item: other}).value - score(SHEET, given_answers).value
        assert moved * (KEY[item][other - 1] - KEY[item][place - 1]) >= 0


@pytest.mark.parametrize("value", [None, 0, 6, -1, True, 2.0, "4", {"skipped": True}, [1]])
def test_what_is_no_place_on_the_scale_is_no_answer(value):
    balance = score(SHEET, {"BG1": value, "BG5": 5, "elsewhere": 3})

    assert (balance.answered, balance.value, balance.label) == (0, 0, None)
