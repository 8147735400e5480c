"""Each figure has the data that it is drawn from, and nothing that would be left over."""

from datetime import date

import pytest

from bot.coaching.figures import balance, career_map, plan, table
from bot.records import Level
from bot.records.plan import Plan, PlanStatus
from bot.terminal.shapes import Balance, CareerMap, Grid, PlanFigure, read_figure
from tests.coaching.checks import KNOWLEDGE


def a_plan(**told):
    given = {
        "id": "p1", "goal": None, "reality": None, "options": (), "action": "Ask Ana", "when": None,
        "due": date(2026, 12, 4), "realistic": None, "committed": None, "status": PlanStatus.OPEN,
        "created": date(2026, 11, 24), "history": (),
    }  # fmt: skip
    return Plan(**{**given, **told})


@pytest.mark.parametrize("here", [None, *Level])
def test_the_career_map_has_the_levels_and_the_place(here):
    [shape] = read_figure(career_map(KNOWLEDGE, here=here))

    assert isinstance(shape, CareerMap)
    assert [step.number for step in shape.steps] == ["4", "3", "2", "1"]
    assert [step.number for step in shape.steps if step.here] == ([str(int(here))] if here else [])
    assert not any(step.below for step in shape.steps)
    assert all(step.name and step.asks for step in shape.steps)


@pytest.mark.parametrize("between", [(Level.TWO, Level.THREE), (Level.THREE, Level.TWO)])
def test_the_career_map_shows_a_place_between_two_levels_and_no_other(between):
    [shape] = read_figure(career_map(KNOWLEDGE, here=Level.TWO, between=between))

    assert isinstance(shape, CareerMap)
    assert [step.number for step in shape.steps if step.below] == ["3"]
    assert not any(step.here for step in shape.steps)


def test_the_balance_has_its_value_and_what_each_answer_gave():
    [shape] = read_figure(balance(-1, [("A blank page: agree", 1), ("A third year: strongly agree", -2)]))

    assert shape == Balance(-1, (("A blank page: agree", 1), ("A third year: strongly agree", -2)))


def test_the_plan_has_a_step_for_each_action():
    [shape] = read_figure(plan(a_plan(), a_plan(action="Book P3O", due=None, status=PlanStatus.DONE)))

    assert isinstance(shape, PlanFigure)
    assert [(step.title, step.date, step.status) for step in shape.steps] == [
        ("Ask Ana", "Friday 4 December 2026", "open"),
        ("Book P3O", "", "done"),
    ]


def test_the_table_has_its_titles_and_cells():
    [shape] = read_figure(table(("Insight", "Now"), [("One", 3), ("Two", 5)]))

    assert shape == Grid(("Insight", "Now"), (("One", "3"), ("Two", "5")))
