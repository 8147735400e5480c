"""How old a statement's sources are."""

from datetime import date

import pytest

from bot.content.age import Age, ages, months_before, older_than, source_date
from tests.factories import a_certification, a_fact, a_source, a_topic, some_knowledge

TODAY = date(2026, 3, 31)


@pytest.mark.parametrize(
    ("written", "year", "expected"),
    [
        ("2024-03-05", 2024, date(2024, 3, 5)),
        ("2024-02 (event)", 2024, date(2024, 2, 29)),
        ("2024 or later", 2024, date(2024, 12, 31)),
        ("2014-2017", 2014, date(2014, 12, 31)),
        ("2024-13", 2024, date(2024, 12, 31)),
        ("2024-02-31", 2025, date(2025, 12, 31)),
        ("undated, about 2020", 2020, date(2020, 12, 31)),
        ("undated, before 2020", None, None),
    ],
)
def test_source_is_as_new_as_its_date_allows(written: str, year: int | None, expected: date | None) -> None:
    assert source_date(a_source(date=written, year=year)) == expected


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (TODAY, 0, TODAY),
        (TODAY, 1, date(2026, 2, 28)),
        (TODAY, 3, date(2025, 12, 31)),
        (TODAY, 12, date(2025, 3, 31)),
        (TODAY, 12 * 3000, date.min),
    ],
)
def test_months_before_keeps_the_day_where_there_is_one(day: date, months: int, expected: date) -> None:
    assert months_before(day, months) == expected


def test_newest_source_counts_and_facts_have_their_own_age() -> None:
    knowledge = some_knowledge(
        sources=[a_source(), a_source("NEW", date="2026-01", year=2026), a_source("LOST", date="undated", year=None)],
        certifications=[
            a_certification(
                sources=("ARTICLE", "NEW"),
                facts=(
                    a_fact("exam_format", sources=("ARTICLE",)),
                    a_fact("pass_mark", sources=("LOST",), year=2019),
                    a_fact("content", sources=("LOST",), year=None),
                    a_fact("launched", value=None),
                ),
            )
        ],
        topics=[a_topic(sources=())],
    )

    found = [age for age in ages(knowledge) if age.kind in ("certifications", "topics")]

    assert [(age.fact, age.newest) for age in found] == [
        (None, date(2026, 1, 31)),
        ("exam_format", date(2018, 9, 30)),
        ("pass_mark", date(2019, 12, 31)),
        ("content", None),
    ]


def test_stale_entries_come_oldest_first_without_undated_ones() -> None:
    def age(name: str, newest: date | None) -> Age:
        return Age("topics", name, None, ("ARTICLE",), newest)

    found = [
        age("old", date(2024, 1, 1)),
        age("limit", date(2025, 3, 31)),
        age("lost", None),
        age("older", date(2018, 1, 1)),
    ]

    assert [stale.id for stale in older_than(found, months=12, today=TODAY)] == ["older", "old"]


def test_levels_and_items_have_an_age() -> None:
    found = {(age.kind, age.id) for age in ages(some_knowledge())}

    assert {("levels", "level:1"), ("insights", "insight_5"), ("questionnaire", "BG2")} <= found
