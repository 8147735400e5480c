"""Each figure is drawn, written and never lost, whatever its data."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.records.reply import Figure
from tests.terminal.drawing import drawn, written

LEVELS = [
    {"number": 1, "name": "Starting out", "asks": "Care with detail"},
    {"number": 2, "name": "Analysis", "asks": ["Numbers", "Words"]},
    {"number": 3, "name": "Leading", "asks": ""},
]


def draw(kind: str, data: dict[str, Any], *, width: int = 60) -> str:
    return drawn(lambda to: to.figure(Figure(kind, data)), width=width)


def write(kind: str, data: dict[str, Any]) -> str:
    return written(lambda to: to.figure(Figure(kind, data)))


def test_table() -> None:
    data = {"columns": ["Name", "Level"], "rows": [["P3O", 3], ["[red]", None], ["short"]]}

    assert write("table", data) == "Name   Level\n-----  -----\nP3O    3\n[red]\nshort"
    assert "P3O     3" in draw("table", data)


def test_career_map_shows_where_you_are() -> None:
    data = {"levels": LEVELS, "here": 2, "between": None}

    assert draw("career_map", data) == (
        "  ○ 3 Leading\n"
        "  │\n"
        "  ● 2 Analysis  ◂ you are here\n"
        "  │   · Numbers\n"
        "  │   · Words\n"
        "  │\n"
        "  ○ 1 Starting out\n"
        "      Care with detail"
    )
    assert write("career_map", data) == (
        "Level 3: Leading\nLevel 2: Analysis (you are here)\n  - Numbers\n  - Words\n"
        "Level 1: Starting out\n  - Care with detail"
    )


def test_career_map_shows_that_you_are_between_two() -> None:
    data = {"levels": LEVELS, "here": None, "between": [2, 3]}

    assert draw("career_map", data).splitlines()[2] == "  ●   ◂ you are here, between the two"
    assert write("career_map", data).splitlines()[1] == "(you are here, between the two)"


def test_career_map_keeps_its_rail_where_it_is_narrow() -> None:
    lines = draw("career_map", {"levels": LEVELS, "here": 2, "between": None}, width=24).splitlines()

    assert all(line.lstrip()[0] in "○●│" for line in lines[: lines.index("  ○ 1 Starting out")])


@pytest.mark.parametrize("width", range(20, 60))
def test_the_mark_of_the_place_is_never_broken_in_two(width: int) -> None:
    levels = [{"number": 2, "name": "Supporting with services and analysis", "asks": "Numbers"}]

    assert "◂ you are here" in draw("career_map", {"levels": levels, "here": 2, "between": None}, width=width)


@pytest.mark.parametrize(("value", "place"), [(-16, 0), (0, 16), (16, 32), (8, 24)])
def test_balance_puts_the_mark_in_its_place(value: int, place: int) -> None:
    line = draw("balance", {"value": value, "items": []}).splitlines()[0]

    assert line.removeprefix("  grower ").removesuffix(" builder").index("●") == place
    assert len(line) == len("  grower  builder") + 33


def test_balance_shows_what_each_answer_gave() -> None:
    data = {"value": 1, "items": [{"text": "A blank page", "points": 2}, {"text": "A third year", "points": -1}]}

    assert draw("balance", data).splitlines()[3:] == ["  +2    ██ A blank page", "  -1  █    A third year"]
    assert write("balance", data) == (
        "Balance: +1, where -16 is a grower and +16 a builder\n  +2  A blank page\n  -1  A third year"
    )


def test_plan() -> None:
    data = {"steps": [{"title": "Book it", "date": "2027-01-15", "status": "done"}, {"title": "Rest"}]}

    assert draw("plan", data) == "  ✓ Book it\n    2027-01-15 · done\n  ○ Rest"
    assert write("plan", data) == "1. 2027-01-15: Book it [done]\n2. Rest"


def test_an_unknown_figure_is_a_table_of_its_values() -> None:
    data = {"axes": ["a", "b"], "deep_value": {"x": [1]}, "flag": True, "note": "[red]\x1b[31m"}

    assert (
        write("radar", data)
        == 'figure      radar\naxes        a; b\ndeep value  {"x": [1]}\nflag        yes\nnote        [red]'
    )
    assert "axes" in draw("radar", data)


@pytest.mark.parametrize(
    ("kind", "data"),
    [
        ("table", {"columns": "x", "rows": [["kept"]]}),
        ("table", {"rows": [["kept"]]}),
        ("career_map", {"levels": [{"name": "kept"}]}),
        ("career_map", {"levels": ["kept"]}),
        ("career_map", {"levels": [{"number": 1, "name": "kept"}, {"number": "x", "name": "y"}]}),
        ("balance", {"value": "kept"}),
        ("balance", {"value": 17, "items": [], "note": "kept"}),
        ("balance", {"value": 3, "items": [{"points": "kept"}]}),
        ("plan", {"steps": [{"name": "kept"}]}),
        ("plan", {"steps": "kept"}),
        ("plan", {"steps": [], "note": "kept"}),
        ("table", {"columns": [], "rows": [], "caption": "kept"}),
    ],
)
def test_unexpected_data_is_shown_all_the_same(kind: str, data: dict[str, Any]) -> None:
    assert "kept" in draw(kind, data)
    assert "kept" in write(kind, data)


@pytest.mark.parametrize(
    ("kind", "data"),
    [
        ("table", {"columns": [], "rows": []}),
        ("table", {"columns": ["a"], "rows": []}),
        ("table", {"columns": [], "rows": [[]]}),
        ("career_map", {"levels": []}),
        ("plan", {"steps": []}),
        ("", {}),
    ],
)
def test_an_empty_figure_is_no_error(kind: str, data: dict[str, Any]) -> None:
    draw(kind, data)
    write(kind, data)


KEYS = "columns rows levels number name asks here between value items text points steps title date status x".split()
values = st.recursive(
    st.none() | st.booleans() | st.integers(-20, 20) | st.text("ab\x1b[ ", max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(KEYS), inner, max_size=4),
    max_leaves=12,
)


@given(st.sampled_from(["table", "career_map", "balance", "plan", "x"]), st.dictionaries(st.sampled_from(KEYS), values))
def test_any_data_can_be_drawn(kind: str, data: dict[str, Any]) -> None:
    assert "\x1b" not in draw(kind, data, width=30) + write(kind, data)
