"""The weighing keeps its laws for every title and every set of answers: enumerated, for there are few enough."""

from functools import cache
from itertools import product

import pytest

from bot.coaching.level_behaviours import BEHAVIOURS, NO, PARTLY, SETTLINGS, YES, settling
from bot.coaching.level_weighing import POINTS, changes, points, settles, still_open, weigh
from bot.records import Level
from tests.coaching.form_talks import KNOWLEDGE
from tests.factories import a_role

pytestmark = pytest.mark.unwatched
"""Coverage would watch millions of steps, at ten times their price; others enter every branch of the weighing."""

ROLES = [None, *KNOWLEDGE.roles.values()]
IDS = [item.id for item in BEHAVIOURS]
SHEETS = [
    {key: value for key, value in zip(IDS, sheet, strict=True) if value is not None}
    for sheet in product([None, NO, PARTLY, YES], repeat=len(IDS))
]
KINDS = [None, *{(r.level, settling(r.id) and settling(r.id).behaviour): r for r in KNOWLEDGE.roles.values()}.values()]
"""A role of each kind that the weighing tells apart."""


@cache
def level_of(role_id, sheet):
    role = KNOWLEDGE.roles.get(role_id)
    return int(weigh(role, dict(sheet)).level or 0)


def level_for(role, answers):
    return level_of(role.id if role else None, tuple(sorted(answers.items())))


@pytest.mark.parametrize("role", KINDS, ids=lambda role: role.id if role else "none")
def test_more_yes_never_lowers_the_level(role):
    for sheet in SHEETS:
        for key, value in sheet.items():
            if value != YES:
                better = PARTLY if value == NO else YES
                assert level_for(role, {**sheet, key: better}) >= level_for(role, sheet)


@pytest.mark.parametrize("role", KINDS, ids=lambda role: role.id if role else "none")
def test_what_would_change_it_is_true_and_complete(role):
    for sheet in SHEETS[::7]:
        found = changes(role, sheet)
        for change in found:
            assert sheet.get(change.behaviour.id) != change.answer
            assert level_for(role, {**sheet, change.behaviour.id: change.answer}) == change.level
            assert change.level != level_for(role, sheet)
        flips = {(key, level_for(role, {**sheet, key: answer})) for key in IDS for answer in POINTS}
        others = {flip for flip in flips if flip[1] not in (0, level_for(role, sheet))}
        assert others == {(change.behaviour.id, change.level) for change in found}


@pytest.mark.parametrize("role", ROLES, ids=lambda role: role.id if role else "none")
def test_at_most_six_are_asked_and_then_nothing_unasked_could_change_the_level(role):
    for sheet in product([None, NO, PARTLY, YES], repeat=len(IDS)):
        script, answers, passed = dict(zip(IDS, sheet, strict=True)), {}, []
        while found := still_open(role, answers, passed):
            key = found[0].id
            assert key not in answers
            assert key not in passed
            if script[key] is None:
                passed.append(key)
            else:
                answers[key] = script[key]
        assert len(answers) + len(passed) <= 6
        told = {key: value for key, value in script.items() if value is not None and key not in passed}
        if answers:
            assert level_for(role, answers) == level_for(role, {**told, **answers})


@pytest.mark.parametrize("role", ROLES, ids=lambda role: role.id if role else "none")
def test_every_question_put_could_change_the_level(role):
    for sheet in SHEETS[::11]:
        for item in still_open(role, sheet):
            rest = [key for key in IDS if key not in sheet and key != item.id]
            ends = (
                {level_for(role, {**sheet, **dict(zip(rest, others, strict=True)), item.id: said}) for said in POINTS}
                for others in product(POINTS, repeat=len(rest))
            )
            assert any(len(levels) > 1 for levels in ends)


@pytest.mark.parametrize("role", KNOWLEDGE.roles.values(), ids=lambda role: role.id)
def test_a_title_that_can_be_several_levels_has_its_question_settled_first(role):
    first = still_open(role, {})[0]
    assert (settles(role, first.id) is not None) == bool(role.also)
    if role.also:
        assert role.question


def test_settlings_name_titles_and_behaviours_that_exist():
    for item in SETTLINGS:
        assert item.role in KNOWLEDGE.roles
        assert item.behaviour in IDS
        assert all(len(title) <= 40 for title, _ in item.options)
        assert {value for value, _ in item.words} <= {value for _, value in item.options}


def test_a_title_without_its_question_is_asked_the_plain_one():
    role = a_role("head_of_pmo", level=Level.FOUR, question=None)
    assert settles(role, "direct") is None


def test_behaviours_are_two_a_level_with_sources_of_the_knowledge():
    assert [item.level for item in BEHAVIOURS] == [Level.TWO] * 2 + [Level.THREE] * 2 + [Level.FOUR] * 2
    assert {source for item in BEHAVIOURS for source in item.sources} <= set(KNOWLEDGE.sources)


@pytest.mark.parametrize(
    ("title", "answers", "level", "between"),
    [
        ("pmo_analyst", {"across": YES, "office": NO, "shape": NO}, Level.TWO, False),
        ("pmo_analyst", {"across": YES, "office": YES, "direct": NO, "change": NO}, Level.THREE, True),
        ("pmo_analyst", {"across": NO, "insight": NO}, Level.ONE, False),
        ("pmo_analyst", {"across": PARTLY, "insight": PARTLY}, Level.TWO, False),
        ("project_coordinator", {"across": YES, "office": NO, "shape": NO}, Level.TWO, False),
        ("project_coordinator", {"across": YES, "office": YES}, Level.THREE, True),
        ("pmo_manager", {"direct": NO}, Level.THREE, False),
        ("head_of_pmo", {"direct": NO, "change": NO, "office": YES}, Level.THREE, False),
        ("programme_manager", {"office": NO, "shape": NO}, None, False),
        ("programme_manager", {"shape": YES}, Level.THREE, False),
        ("no such title", {"across": NO, "insight": NO}, Level.ONE, False),
        ("no such title", {}, None, False),
        ("pmo_director", {}, Level.FOUR, False),
    ],
)
def test_weigh_places_by_title_and_work(title, answers, level, between):
    placement = weigh(KNOWLEDGE.roles.get(title), answers)
    assert placement.level == level
    assert placement.between is between


def test_points_add_up_at_a_level():
    assert points(Level.THREE, {"office": YES, "shape": PARTLY, "across": YES}) == 3
