"""Bad input in forms, one line of the list each: nothing that was told is lost, and one clear sentence says why."""

from datetime import timedelta

import pytest

from bot.coaching.check_in_form import CHECK_IN_FORM
from bot.coaching.form import Form, Heard, Step
from bot.coaching.forms import FORMS
from bot.coaching.hearing import Move, Outcome, hear
from bot.coaching.insights_form import INSIGHTS_FORM
from bot.coaching.level_form import LEVEL_FORM
from bot.coaching.plan_form import PLAN_FORM
from bot.coaching.qualification_form import QUALIFICATION_FORM
from bot.coaching.reading import LONGEST
from tests.coaching.form_talks import TODAY, a_talk, assert_short_sentences, heard

EARLIER = {"goal": "lead a PMO", "title": "pmo_analyst", "rating_1": 3, "role": "pmo_analyst"}


def said(text: str) -> Heard:
    """Return a message whose meaning nothing else than the form knows."""
    return heard(text, intent="nlu_fallback")


def hear_at(form: Form, step_id: str, text: str) -> Outcome:
    step = form.step(step_id)
    assert step is not None
    return hear(form, a_talk(dict(EARLIER)), step, said(text))


def assert_refused(outcome: Outcome, *words: str) -> None:
    """Check that the answers stay as they were, and that short sentences say why this one cannot be taken."""
    assert outcome.move is Move.REFUSED, outcome
    assert dict(outcome.answers) == EARLIER
    assert outcome.refusal is not None
    assert all(word in outcome.refusal for word in words), outcome.refusal
    assert_short_sentences(outcome.refusal)


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("2 weeks ago", "passed"),
        ("yesterday", "passed"),
        ("1 jan 1999", "passed"),
        ("31 feb", "no 31 February"),
        ("31/02/2027", "no 31 February"),
        ("12/13", "twelve months"),
        ("fri 5 dec", "Saturday"),
        ("in 50 years", "two years"),
        ("whenever", "names no day"),
    ],
)
def test_a_date_in_the_past_or_of_no_calendar_is_refused(text: str, word: str):
    assert_refused(hear_at(PLAN_FORM, "due", text), word)


@pytest.mark.parametrize("text", ["when i get my bonus", "qwertz", "book it"])
def test_words_that_are_no_date_are_not_read_as_one(text: str):
    outcome = hear_at(PLAN_FORM, "due", text)

    assert (outcome.move, dict(outcome.answers)) == (Move.UNCLEAR, EARLIER)


@pytest.mark.parametrize("step", ["goal", "reality", "options", "action"])
@pytest.mark.parametrize("text", ["31/1", "tomorow", "end of next month", "31 feb"])
def test_a_date_is_taken_for_no_goal_and_no_action(step: str, text: str):
    outcome = hear(PLAN_FORM, a_talk({"when": "at work"}), _step(PLAN_FORM, step), said(text))

    assert (outcome.move, dict(outcome.answers)) == (Move.REFUSED, {"when": "at work"})
    assert "date" in (outcome.refusal or "")


@pytest.mark.parametrize("text", ["15", "10/10 !!", "-3"])
def test_a_number_is_taken_for_no_goal(text: str):
    outcome = hear(PLAN_FORM, a_talk({}), _step(PLAN_FORM, "goal"), said(text))

    assert outcome.move is Move.REFUSED


def test_a_goal_with_a_date_in_it_is_a_goal():
    outcome = hear(PLAN_FORM, a_talk({}), _step(PLAN_FORM, "goal"), heard("be a manager by 2028"))

    assert outcome.answers == {"goal": "be a manager by 2028"}


@pytest.mark.parametrize(
    ("form", "step", "text", "words"),
    [
        (PLAN_FORM, "realistic", "11", ("from 0 to 10",)),
        (PLAN_FORM, "realistic", "-1", ("from 0 to 10",)),
        (PLAN_FORM, "committed", "9999", ("from 0 to 10",)),
        (INSIGHTS_FORM, "rating_2", "0", ("from 1 to 5",)),
        (INSIGHTS_FORM, "rating_2", "11", ("from 1 to 5",)),
        (INSIGHTS_FORM, "rating_2", "2.5", ("from 1 to 5",)),
        (INSIGHTS_FORM, "example_1", "2 maybe 3", ("example",)),
    ],
)
def test_a_number_out_of_scale_or_out_of_place_is_refused(form: Form, step: str, text: str, words: tuple[str, ...]):
    assert_refused(hear_at(form, step, text), *words)


@pytest.mark.parametrize(
    ("form", "step", "text", "word"),
    [
        (LEVEL_FORM, "title", "level 3", "title"),
        (LEVEL_FORM, "title", "x" * 81, "few words"),
        (QUALIFICATION_FORM, "role", "my title is king of england", "do not know that title"),
    ],
)
def test_a_title_that_is_no_title_is_refused(form: Form, step: str, text: str, word: str):
    outcome = hear(form, a_talk({}), _step(form, step), said(text))

    assert outcome.move is Move.REFUSED
    assert word in (outcome.refusal or "")


@pytest.mark.parametrize("text", ["15", "?!", "banana", "..."])
def test_a_title_of_the_long_form_that_names_no_work_is_asked_for_again(text: str):
    assert hear(QUALIFICATION_FORM, a_talk({}), QUALIFICATION_FORM.steps[0], said(text)).move is Move.UNCLEAR


FREE = [(form, step) for form in FORMS.values() for step in form.steps if step.free]
THOUSAND = ("I look after the reports and the risks of nine projects. " * 20)[:1000]


@pytest.mark.parametrize(("form", "step"), FREE, ids=[f"{form.name}-{step.id}" for form, step in FREE])
def test_a_thousand_characters_are_refused_or_kept_in_part_and_nothing_else_changes(form: Form, step: Step):
    given = {form.steps[-1].id: {"skipped": True}} if step is not form.steps[-1] else {}
    outcome = hear(form, a_talk(dict(given)), step, said(THOUSAND))

    assert outcome.move in (Move.REFUSED, Move.UNCLEAR), outcome
    assert dict(outcome.answers) == given
    assert outcome.move is Move.UNCLEAR or str(LONGEST) in (outcome.refusal or "") or "few words" in outcome.refusal


@pytest.mark.parametrize(
    ("text", "taken"),
    [
        ("actually i do train the new starters", False),
        ("actually no", True),
        ("actually no, not really", True),
        ("sorry, I meant no", True),
    ],
)
def test_a_contradiction_replaces_the_earlier_answer_and_a_story_does_not(text: str, taken: bool):
    talk = a_talk({"title": "pmo_analyst", "across": "yes", "insight": "yes"})
    outcome = hear(LEVEL_FORM, talk, _step(LEVEL_FORM, "office"), said(text))

    corrected = outcome.move is Move.CORRECTED and outcome.answers["insight"] == "no"
    answered = outcome.answers.get("office") == "no"
    assert (corrected or answered) is taken
    assert outcome.answers["title"] == "pmo_analyst"
    assert outcome.answers["across"] == "yes"


def test_an_answer_put_right_by_one_that_cannot_be_taken_is_asked_for_again():
    talk = a_talk({"role": "4", "region": "uk"})
    outcome = hear(
        QUALIFICATION_FORM, talk, _step(QUALIFICATION_FORM, "held"),
        heard("i meant apprenticeship level 4", ("ladder", "apprenticeship", "apprenticeship"), ("level", "4", "4")),
    )  # fmt: skip

    assert (outcome.move, outcome.step.id) == (Move.REFUSED, "role")
    assert outcome.answers == {"region": "uk"}


def test_a_date_that_was_taken_is_never_one_that_has_passed():
    for step in (_step(PLAN_FORM, "due"), CHECK_IN_FORM.steps[1]):
        value = step.read(heard((TODAY - timedelta(days=1)).isoformat()), a_talk({}))
        assert not isinstance(value, str)


def _step(form: Form, step_id: str) -> Step:
    found = form.step(step_id)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("text", "step", "value"),
    [
        ("change the action to email Sue", "action", "email Sue"),
        ("can i change my goal to run an epmo", "goal", "run an epmo"),
        ("sorry, change the date to 31/1", "due", "2027-01-31"),
    ],
)
def test_an_earlier_answer_is_changed_by_what_it_is_called(text: str, step: str, value: str):
    given = {"goal": "lead a PMO", "action": "Ask Joe", "when": "at noon", "due": "2026-12-24"}
    outcome = hear(PLAN_FORM, a_talk(dict(given)), _step(PLAN_FORM, "realistic"), said(text))

    assert (outcome.move, outcome.step.id) == (Move.CORRECTED, step)
    assert outcome.answers == {**given, step: value}


@pytest.mark.parametrize("text", ["1", "the first one", "shadow joe"])
def test_an_action_is_chosen_by_its_number(text: str):
    talk = a_talk({"options": "shadow joe, do a course"})

    assert hear(PLAN_FORM, talk, _step(PLAN_FORM, "action"), said(text), nudged=True).answers["action"].lower() == (
        "shadow joe"
    )
    assert hear(PLAN_FORM, talk, _step(PLAN_FORM, "action"), said("8ish"), nudged=True).move is Move.REFUSED
