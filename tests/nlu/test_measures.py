"""Levels, insights and durations are read from clean text."""

import pytest

from bot.nlu.measures import find_measures


@pytest.mark.parametrize(
    ("text", "entity", "values"),
    [
        ("what is level 3", "level", [3]),
        ("levels three and four", "level", [3, 4]),
        ("level 3 or 4", "level", [3, 4]),
        ("the second level", "level", [2]),
        ("lvl2 vs l3", "level", [2, 3]),
        ("is it entry level", "level", [1]),
        ("level 7 apprenticeship", "level", [7]),
        ("what is insight 4", "insight", [4]),
        ("the third tip", "insight", [3]),
        ("3 yrs in pmo", "experience_months", [36]),
        ("eighteen months", "experience_months", [18]),
        ("two and a half years", "experience_months", [30]),
        ("a year and a half", "experience_months", [18]),
        ("10+ years", "experience_months", [120]),
        ("nothing here", "level", []),
    ],
)
def test_find_measures(text, entity, values):
    assert [measure.value for measure in find_measures(text) if measure.entity == entity] == values
