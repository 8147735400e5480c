"""The check-in: words for how it went, the change in the plan, and the ending for whatever was answered."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.coaching.check_in_ending import AS_IT_IS, NO_PLAN, kept_plan
from bot.coaching.check_in_form import CHECK_IN_FORM
from bot.coaching.check_in_reading import tells_of_moving
from bot.coaching.form import open_steps
from bot.coaching.plan_export import plan_from_json, plan_to_json
from bot.records.coaching import SKIPPED, Refused, Result
from bot.records.plan import PlanChange, PlanStatus
from tests.coaching.plan_talks import TODAY, a_plan, a_result, a_talk, assert_reads_well, heard, talk_through
from tests.coaching.test_dates import CASES
from tests.coaching.test_plan_form import STORED

IDS = [step.id for step in CHECK_IN_FORM.steps]
SKIP = dict(SKIPPED)
WORDS = {
    "done": "did it|done|Done!|yes|yep all done|i did|I've finished it|finshed|i passed!|booked|"
            "done, booked it on friday|done but late|all done thanks|I'm done|yeah|it's done|sent!",
    "moved": "moved|Moved|pushed it|postoned|later|i need more time|delayed to yesterday|it slipped",
    "moved:2026-12-04": "pushed to next week|moved it to 4 dec|nope, moved to next friday|delayed til next week|"
                        "next friday|4/12|no, but i'll do it by next friday",
    "moved:2026-12-31": "postoned til next month|still working on it, need until end of next month",
    "dropped": "dropped|droped|gave up|drop it|forget it|changed my mind|not doing it anymore|never mind|cancelled",
    "dropped:boss said no": "dropped it, boss said no|gave up because boss said no|scrapped - boss said no",
    "missed": "no|nope|nah|not yet|i didn't do it|forgot|not done|sorry no|nope, not yet",
    "missed:ran out of time": "nope, ran out of time|ran out of time|no, ran out of time.|"
                              "not yet because ran out of time",
    "missed:half of it": "half of it",
}  # fmt: skip
READ = [(expected, words) for expected, many in WORDS.items() for words in many.split("|")]


def with_plan(answers=None, **told):
    return a_talk(answers, earlier=[a_result(plan_to_json(a_plan(**told))), Result("level", TODAY, {})])


def through(*messages, **told):
    talk, asked = talk_through(CHECK_IN_FORM, messages, talk=with_plan(**told))
    return CHECK_IN_FORM.conclude(talk), asked


def read(step, text, answers=None, intent="nlu_fallback"):
    return CHECK_IN_FORM.step(step).read(heard(text, intent), with_plan(answers))


@pytest.mark.parametrize(("expected", "words"), READ)
def test_how_it_went_is_read_from(expected, words):
    assert read("outcome", words) == expected


@pytest.mark.parametrize("words", [
    "what is p3o?", "how did it go", "hello", "asdf", "", "done?", "when is christmas", "30 feb", "yesterday",
])  # fmt: skip
def test_what_does_not_say_how_it_went_is_no_answer(words):
    assert read("outcome", words) is None


@pytest.mark.parametrize(("intent", "expected"), [("affirm", "done"), ("deny", "missed")])
def test_yes_and_no_are_taken_as_they_were_understood(intent, expected):
    assert read("outcome", "oui", intent=intent) == expected


@pytest.mark.parametrize(("day", "words"), CASES)
def test_a_move_with_its_date_fills_both(day, words):
    assert read("outcome", f"moved to {words}") == f"moved:{day}"


def test_done_is_recognised_and_kept():
    ending, asked = through("did it!")
    plan = plan_from_json(ending.plan)
    assert asked == ["outcome"]
    assert plan.status is PlanStatus.DONE
    assert plan.history == (PlanChange(TODAY, PlanStatus.DONE, date(2026, 12, 4)),)
    assert ending.replies[0].text.startswith("**Done.** You said you would, and you did.")
    assert ending.replies[0].figure.data["steps"][0]["status"] == "done"
    assert_reads_well(ending)


def test_a_move_with_its_date_asks_nothing_more():
    ending, asked = through("pushed to next friday")
    plan = plan_from_json(ending.plan)
    assert asked == ["outcome"]
    assert (plan.status, plan.due) == (PlanStatus.MOVED, date(2026, 12, 4))
    assert (
        ending.replies[0].text == "**Moved.** When I get to work, I will book the P3O exam - by Friday 4 December 2026."
    )


def test_a_move_asks_for_the_date():
    ending, asked = through("moved", "in 2 wks")
    assert asked == ["outcome", "due"]
    assert plan_from_json(ending.plan).history == (PlanChange(TODAY, PlanStatus.MOVED, date(2026, 12, 8)),)


def test_a_move_without_a_date_has_none():
    ending, _ = through("moved", "skip")
    assert plan_from_json(ending.plan).due is None
    assert "no date yet" in ending.replies[0].text


def test_many_moves_suggest_a_smaller_step():
    before = (PlanChange(date(2026, 11, 1), PlanStatus.MOVED, date(2026, 11, 20)),)
    ending, _ = through("moved to friday", history=before)
    assert "It has moved 2 times now." in ending.replies[0].text
    assert len(ending.plan["history"]) == 2


def test_dropped_asks_what_got_in_the_way():
    ending, asked = through("dropped", "my boss said no")
    assert asked == ["outcome", "reason"]
    assert plan_from_json(ending.plan).status is PlanStatus.DROPPED
    assert "you said: “my boss said no”." in ending.replies[0].text


def test_dropped_with_its_reason_asks_nothing_more():
    ending, asked = through("dropped it, boss said no")
    assert asked == ["outcome"]
    assert "“boss said no”" in ending.replies[0].text


def test_dropped_without_a_reason_blames_nobody():
    ending, _ = through("dropped", "skip")
    assert ending.replies[0].text.startswith("**Dropped.** That is an answer too.\n\n")


def test_not_done_is_asked_whether_to_move_or_drop():
    ending, asked = through("nope, ran out of time", "drop it")
    assert asked == ["outcome", "due"]
    assert plan_from_json(ending.plan).status is PlanStatus.DROPPED
    assert "“ran out of time”" in ending.replies[0].text


def test_not_done_with_a_new_date_is_moved():
    ending, _ = through("not yet", "next friday")
    plan = plan_from_json(ending.plan)
    assert (plan.status, plan.due) == (PlanStatus.MOVED, date(2026, 12, 4))


@pytest.mark.parametrize(("due", "expected"), [
    (date(2026, 12, 4), "It stays open, by Friday 4 December 2026."),
    (date(2026, 11, 20), "It stays open, without a new date."),
    (None, "It stays open, without a new date."),
])  # fmt: skip
def test_not_done_and_not_decided_stays_open(due, expected):
    ending, _ = through("no", "skip", due=due)
    plan = plan_from_json(ending.plan)
    assert (plan.status, plan.due) == (PlanStatus.OPEN, due)
    assert plan.history == (PlanChange(TODAY, PlanStatus.OPEN, due),)
    assert ending.replies[0].text.startswith(expected)


def test_skipped_leaves_the_plan_as_it_is():
    ending, asked = through("skip")
    assert asked == ["outcome"]
    assert ending.plan is None
    assert ending.replies[0].text == AS_IT_IS


@pytest.mark.parametrize("earlier", [[], [a_result({"id": "x"})], [a_result({})]])
def test_without_a_plan_nothing_is_asked_and_one_is_offered(earlier):
    talk = a_talk(earlier=earlier)
    assert open_steps(CHECK_IN_FORM, talk) == ()
    ending = CHECK_IN_FORM.conclude(talk)
    assert (ending.replies[0].text, ending.plan) == (NO_PLAN, None)
    assert CHECK_IN_FORM.opening(talk)
    assert CHECK_IN_FORM.step("outcome").ask(talk).text == "Last time you made a plan. Done, moved or dropped?"


def test_the_newest_plan_is_asked_about():
    results = [a_result(plan_to_json(a_plan(action=action))) for action in ("old", "new")]
    assert kept_plan(a_talk(earlier=results)).action == "new"


@pytest.mark.parametrize(("due", "expected"), [
    (date(2026, 12, 4), "Last time you said “book the P3O exam” by Friday 4 December 2026. Done, moved or dropped?"),
    (None, "Last time you said “book the P3O exam”. Done, moved or dropped?"),
])  # fmt: skip
def test_the_question_says_what_was_planned(due, expected):
    assert CHECK_IN_FORM.step("outcome").ask(with_plan(due=due)).text == expected


def test_a_move_into_the_past_is_refused_and_nonsense_is_no_answer():
    assert isinstance(read("due", "last week", {"outcome": "moved"}), Refused)
    assert read("due", "blue", {"outcome": "moved"}) is None


@pytest.mark.parametrize("answers", [{"outcome": "moved"}, {"outcome": "missed"}])
def test_every_button_is_read_as_its_answer(answers):
    for step in CHECK_IN_FORM.steps:
        asking = step.ask(with_plan(answers))
        assert all(step.read(heard(value), with_plan(answers)) == value for _, value in asking.options)
    assert ("dropped" in dict(CHECK_IN_FORM.step("due").ask(with_plan(answers)).options).values()) == (
        answers["outcome"] == "missed"
    )


@pytest.mark.parametrize(("step", "value", "expected"), [
    ("outcome", "missed:ill", "not done yet"), ("outcome", "moved:2026-12-04", "moved"),
    ("due", "dropped", "dropped"), ("due", "2026-12-04", "Friday 4 December 2026"),
])  # fmt: skip
def test_an_answer_is_told_back(step, value, expected):
    assert CHECK_IN_FORM.step(step).tell(value, with_plan()) == expected


OUTCOMES = st.sampled_from(["done", "moved", "dropped", "missed", "missed:ill", "moved:2026-12-04", "moved:x", "lost"])
SHEETS = st.fixed_dictionaries({}, optional={
    "outcome": OUTCOMES | STORED, "due": st.sampled_from(["2026-12-04", "2020-01-01", "dropped"]) | STORED,
    "reason": st.just("no time") | STORED,
})  # fmt: skip
PLANS = st.fixed_dictionaries({key: st.just(value) | STORED for key, value in plan_to_json(a_plan()).items()})


@given(SHEETS, st.booleans(), PLANS)
@settings(max_examples=200, deadline=None)
def test_whatever_json_brings_back_never_raises(answers, sound, data):
    talk = with_plan(answers) if sound else a_talk(answers, earlier=[a_result(data)])
    ending = CHECK_IN_FORM.conclude(talk)
    assert_reads_well(ending, own=["-"])
    if ending.plan is not None:
        before, after = kept_plan(talk), plan_from_json(ending.plan)
        assert (after.id, after.action, after.created) == (before.id, before.action, before.created)
        assert after.history[:-1] == before.history
    for step in CHECK_IN_FORM.steps:
        assert step.ask(talk).text
        assert isinstance(step.tell(answers.get(step.id, 7), talk), str)
        step.known(talk)
        step.needed(talk)


@given(st.text(max_size=80))
def test_any_words_are_read_without_harm(words):
    actual = read("outcome", words)
    assert actual is None or actual.partition(":")[0] in ("done", "moved", "dropped", "missed")


def test_what_the_coach_says_is_brief():
    for answers in ({"outcome": "moved"}, {"outcome": "missed"}):
        talk = with_plan(answers)
        said = [CHECK_IN_FORM.opening(talk), *(s.why for s in CHECK_IN_FORM.steps),
                *(s.ask(talk).text for s in CHECK_IN_FORM.steps)]  # fmt: skip
        for text in said:
            assert all(len(part.split()) <= 25 for part in text.replace("? ", ". ").split(". ")), text


@pytest.mark.parametrize(
    "text", ["i moved it to the end of march", "move my action to friday", "pushed the date to 31/1"]
)
def test_a_plan_is_moved_without_being_asked(text: str):
    assert tells_of_moving(heard(text), TODAY)


@pytest.mark.parametrize(
    "text", ["i moved to leeds in march", "can i move it to friday?", "move it", "moved it to the past"]
)
def test_other_moves_and_no_day_move_no_plan(text: str):
    assert not tells_of_moving(heard(text), TODAY)
