"""The plan from its first question to its sentence, and the ending for whatever was answered."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.coaching.form import open_steps
from bot.coaching.form_wording import said_of
from bot.coaching.hearing import Move, hear
from bot.coaching.plan_ending import LAPSED, NO_ACTION, NO_DATE, NOTHING
from bot.coaching.plan_export import plan_from_json
from bot.coaching.plan_form import NOT_YET, PLAN_FORM, WHAT_CHANGES
from bot.records import Profile
from bot.records.coaching import SKIPPED, Refused
from bot.records.plan import PlanStatus
from tests.coaching.plan_talks import KNOWLEDGE, TODAY, a_talk, assert_reads_well, heard, talk_through
from tests.coaching.test_dates import CASES, NO_DATES, REFUSED

IDS = [step.id for step in PLAN_FORM.steps]
SKIP = dict(SKIPPED)
STORED = st.recursive(
    st.booleans() | st.integers(-3, 12) | st.floats() | st.text(max_size=30) | st.just(SKIP)
    | st.sampled_from(["2026-12-04", "2020-01-01", "book it", "a, b; c or d", "..."]),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=3), inner, max_size=2),
    max_leaves=4,
)  # fmt: skip
ANSWERS = {
    "goal": "run a PMO", "reality": "I am an analyst", "options": "ask my boss, take P3O or shadow Sara",
    "action": "Ask my boss", "when": "I see her on Monday", "due": "2026-12-04", "realistic": 8, "committed": 9,
}  # fmt: skip
SHEETS = st.fixed_dictionaries({}, optional={step: st.just(value) | st.just(SKIP) for step, value in ANSWERS.items()})


def read(step, text, talk=None):
    return PLAN_FORM.step(step).read(heard(text), talk or a_talk())


def ended(**answers):
    return PLAN_FORM.conclude(a_talk(answers))


def test_a_talk_ends_in_one_sentence_with_its_figure_and_the_plan():
    talk, asked = talk_through(PLAN_FORM, [
        "run a pmo one day", "im an analyst, no exam yet", "take P3O, ask my boss or shadow Sara",
        "i'll book the P3O exam", "I get to work on Monday", "by firday", "about a 7", "8",
    ])  # fmt: skip
    ending = PLAN_FORM.conclude(talk)
    assert asked == IDS[:-1]
    assert (
        "When I get to work on Monday, I will book the P3O exam - by Friday 27 November 2026." in ending.replies[0].text
    )
    assert ending.replies[0].figure.data["steps"] == [
        {"title": "Book the P3O exam", "date": "Friday 27 November 2026", "status": "open"}
    ]
    plan = plan_from_json(ending.plan)
    assert plan.options == ("take P3O", "ask my boss", "shadow Sara")
    assert (plan.realistic, plan.committed, plan.status, plan.created) == (7, 8, PlanStatus.OPEN, TODAY)
    assert_reads_well(ending)


def test_a_low_rating_is_asked_about_once():
    talk, asked = talk_through(PLAN_FORM, ["skip"] * 3 + ["read the guide", "skip", "skip", "9", "5", "an hour free"])
    ending = PLAN_FORM.conclude(talk)
    assert asked[-1] == "smaller"
    assert "To make it an 8, you said “an hour free”." in ending.replies[0].text
    assert plan_from_json(ending.plan).options == ("an hour free",)


@pytest.mark.parametrize(("answers", "expected"), [
    ({"realistic": 3, "committed": 6}, "3 for realistic and 6 for committed: what would make it an 8?"),
    ({"realistic": 3, "committed": 7}, "3 for realistic: what would make it an 8?"),
    ({"realistic": SKIP, "committed": 0}, "0 for committed: what would make it an 8?"),
])  # fmt: skip
def test_the_question_after_a_low_rating_names_it(answers, expected):
    assert PLAN_FORM.step("smaller").ask(a_talk(answers)).text.startswith(expected)


@pytest.mark.parametrize("answers", [
    {"realistic": 7, "committed": 10}, {"realistic": SKIP, "committed": SKIP}, {"realistic": "5"}, {},
])  # fmt: skip
def test_no_low_rating_needs_no_further_question(answers):
    assert not PLAN_FORM.step("smaller").needed(a_talk(answers))


def test_a_low_rating_without_an_answer_gets_a_word_of_advice():
    assert "You gave it a 4." in ended(action="go", realistic=4, smaller=SKIP).replies[0].text


def test_everything_skipped_makes_no_plan_and_says_so_kindly():
    talk, asked = talk_through(PLAN_FORM, ["skip"] * 4)
    ending = PLAN_FORM.conclude(talk)
    assert asked == IDS[:4]
    assert ending.plan is None
    assert ending.replies[0].text == NOTHING
    assert_reads_well(ending)


@pytest.mark.parametrize(("answers", "expected"), [
    ({"goal": "run a PMO.", "action": SKIP}, f"Your goal: “run a PMO”. {NO_ACTION}"),
    ({"reality": "stuck", "action": SKIP}, NO_ACTION),
])  # fmt: skip
def test_a_goal_without_an_action_makes_no_plan_but_is_said_back(answers, expected):
    ending = ended(**answers)
    assert ending.plan is None
    assert ending.replies[0].text == expected


@pytest.mark.parametrize(("due", "expected"), [(SKIP, NO_DATE), (None, NO_DATE), ("2026-11-23", LAPSED)])
def test_a_plan_without_a_date_to_come_says_so(due, expected):
    ending = ended(action="go", due=due)
    assert expected in ending.replies[0].text
    assert ending.plan["due"] is None


def test_a_plan_for_today_keeps_its_date():
    assert ended(action="go", due=TODAY.isoformat()).plan["due"] == TODAY.isoformat()


@given(SHEETS)
@settings(max_examples=300, deadline=None)
def test_any_answers_end_well(answers):
    ending = ended(**answers)
    assert_reads_well(ending)
    assert (ending.plan is not None) == (answers.get("action", SKIP) != SKIP)
    assert ending == ended(**answers)


@given(st.dictionaries(st.sampled_from(IDS), STORED))
@settings(max_examples=200, deadline=None)
def test_whatever_json_brings_back_never_raises(answers):
    talk = a_talk(answers)
    ending = PLAN_FORM.conclude(talk)
    assert_reads_well(ending, own=[value.strip() for value in answers.values() if isinstance(value, str)] or ["-"])
    if ending.plan is not None:
        assert plan_from_json(ending.plan).action
    for step in open_steps(PLAN_FORM, talk):
        assert step.ask(talk).text
    for step in PLAN_FORM.steps:
        assert isinstance(step.tell(answers.get(step.id, 7), talk), str)


@pytest.mark.parametrize(("step", "value", "expected"), [
    ("due", "2026-12-04", "Friday 4 December 2026"), ("due", "?", "?"), ("realistic", 7, "7 of 10"),
])  # fmt: skip
def test_an_answer_is_told_back(step, value, expected):
    assert PLAN_FORM.step(step).tell(value, a_talk()) == expected


def test_the_same_plan_has_one_id_and_another_has_another():
    ids = [ended(**answers).plan["id"] for answers in (ANSWERS, ANSWERS, {**ANSWERS, "due": "2026-12-05"})]
    assert ids[0] == ids[1] != ids[2]


@pytest.mark.parametrize("words", [words for _, words in CASES])
def test_a_date_is_no_wish_to_steer_the_form(words):
    talk = a_talk({"action": "go"})
    assert hear(PLAN_FORM, talk, PLAN_FORM.step("due"), heard(words)).move is Move.FILLED


@pytest.mark.parametrize("words", REFUSED)
def test_a_date_that_cannot_be_kept_is_refused(words):
    assert read("due", words) == REFUSED[words]


@pytest.mark.parametrize("words", [words for words in NO_DATES if not words.isdigit()])
def test_words_without_a_date_are_no_answer_to_when(words):
    assert read("due", words) is None


def test_a_bare_number_is_asked_about_while_the_day_is_open():
    assert read("due", "7").text.startswith("In 7 days, or on day 7 of a month?")
    assert read("due", "7", a_talk({"due": "2026-12-04"})) is None


@pytest.mark.parametrize("step", ["goal", "reality", "options", "action", "when", "smaller"])
def test_a_thousand_characters_are_refused_in_one_sentence(step):
    actual = read(step, "x " * 500)
    assert isinstance(actual, Refused)
    assert len(actual.text.split()) <= 25
    assert read(step, "x" * 500) == "x" * 500
    assert read(step, "?!") is None


@pytest.mark.parametrize(("words", "expected"), [("7", 7), ("a 6", 6), ("ten", 10), ("0", 0), ("very", None)])
def test_a_rating_is_read(words, expected):
    assert read("realistic", words) == read("committed", words) == expected


@pytest.mark.parametrize("words", ["yes", "ok sure", "Yeah, go on!", "yes please"])
@pytest.mark.parametrize("step", ["goal", "action"])
def test_a_yes_alone_is_neither_an_aim_nor_an_action(step, words):
    assert isinstance(read(step, words), Refused)


@pytest.mark.parametrize("words", ["7", "50%", "3 x"])
def test_a_number_alone_is_no_aim(words):
    assert isinstance(read("goal", words), Refused)


@pytest.mark.parametrize("words", ["yes to a better job", "ok, call Ann"])
def test_a_yes_with_something_in_it_is_an_aim(words):
    assert read("goal", words) == words


@pytest.mark.parametrize("words", ["11", "-1", "100"])
def test_a_rating_out_of_the_scale_is_refused(words):
    assert isinstance(read("realistic", words), Refused)


@pytest.mark.parametrize("step", PLAN_FORM.steps, ids=IDS)
def test_every_button_is_read_as_its_answer_today_and_a_day_later(step):
    asking = step.ask(a_talk({"realistic": 2}, profile=Profile(goal="Move up a level")))
    assert len(asking.options) <= 7
    for title, value in asking.options:
        assert 0 < len(title) <= 40
        expected = int(value) if step.id in ("realistic", "committed") else value
        assert step.read(heard(value), a_talk(today=date(2026, 11, 25))) == expected


def test_the_days_offered_say_their_dates():
    options = PLAN_FORM.step("due").ask(a_talk()).options
    assert options == (
        ("In a week (1 December)", "2026-12-01"),
        ("In two weeks (8 December)", "2026-12-08"),
        ("In a month (24 December)", "2026-12-24"),
    )


def test_the_goal_that_is_known_is_offered():
    name = KNOWLEDGE.certifications["p3o_foundation"].name
    profile = Profile(goal="Move up a level", wanted=("p3o_foundation", "gone"))
    options = PLAN_FORM.step("goal").ask(a_talk(profile=profile)).options
    assert options == (("Move up a level", "Move up a level"), (f"Take {name}", f"Take {name}"))


def test_what_the_coach_says_is_brief():
    talk = a_talk({"realistic": 2, "committed": 3})
    said = [PLAN_FORM.opening(talk), *(s.why for s in PLAN_FORM.steps), *(s.ask(talk).text for s in PLAN_FORM.steps)]
    for text in said:
        assert all(len(part.split()) <= 25 for part in text.replace("? ", ". ").split(". ")), text


@pytest.mark.parametrize(
    ("when", "due"),
    [
        ("tomorrow after lunch", "2026-11-25"),
        ("today, when I get home", "2026-11-24"),
        ("by friday", "2026-11-27"),
        ("in two weeks", "2026-12-08"),
        ("in the Monday meeting", None),
        ("when I get to work on Monday", None),
        ("every day from tomorrow", None),
        ("at our next 1:1", None),
    ],
)
def test_a_day_that_the_moment_names_is_not_asked_for_again(when, due):
    step = PLAN_FORM.step("due")

    assert step.known(a_talk({"action": "Ask my boss", "when": when})) == due


def test_a_deadline_is_the_plans_date_and_no_moment():
    answers = {"action": "Ask my boss", "when": "by friday", "due": "2026-11-27"}

    ending = PLAN_FORM.conclude(a_talk(answers))

    assert (ending.plan["when"], ending.plan["due"]) == (None, "2026-11-27")
    assert "by friday" not in ending.replies[-1].text


def test_the_ways_that_were_named_are_offered_as_actions():
    asking = PLAN_FORM.step("action").ask(a_talk({"options": "ask my boss, shadow the director or " + "x" * 41}))

    assert [title for title, _ in asking.options] == ["Ask my boss", "Shadow the director"]


@pytest.mark.parametrize("words", ["hmm", "Hmm...", "er, wait", "actualy no", "no"])
@pytest.mark.parametrize("step", ["goal", "options", "action", "when"])
def test_what_begins_an_answer_is_no_answer_alone(step, words):
    assert read(step, words) == Refused(NOT_YET)


@pytest.mark.parametrize(
    "words", ["change it", "can i change it pls", "hmm no, change my plan", "i changed my mind, msp"]
)
@pytest.mark.parametrize("step", ["goal", "action", "when"])
def test_change_it_is_asked_about_and_not_planned(step, words):
    assert read(step, words) == Refused(WHAT_CHANGES)


@pytest.mark.parametrize("words", ["actualy no, monday", "hmm tomorrow", "no wait, next fri 3pm", "November 3"])
def test_a_date_after_a_false_start_is_a_date_still(words):
    assert isinstance(read("options", words), Refused)


@pytest.mark.parametrize(
    "words", ["no more overtime", "change my job", "change it to a shorter report", "wait for the board"]
)
def test_words_that_begin_alike_are_an_aim(words):
    assert read("goal", words) == words


@pytest.mark.parametrize("intent", ["out_of_scope_cheating", "out_of_scope_career"])
def test_what_somebody_will_do_is_an_action_unless_it_is_surely_something_else(intent):
    step = PLAN_FORM.step("action")
    said = heard("book the exam next monday at 9am", intent=intent, confidence=0.8)

    assert hear(PLAN_FORM, a_talk(), step, said).move is Move.FILLED
    sure = replace(said, question=replace(said.question, confidence=0.95))
    assert hear(PLAN_FORM, a_talk(), step, sure).move is Move.INTERRUPTED


def test_who_asks_for_the_plan_while_it_is_made_sees_it_so_far():
    shown = heard("show me my plan", intent="ask_plan", confidence=0.97)
    outcome = hear(PLAN_FORM, a_talk({"goal": "run a PMO"}), PLAN_FORM.step("when"), shown)

    assert outcome.move is Move.RECAPPED
    assert said_of(outcome, PLAN_FORM, a_talk({"goal": "run a PMO"})).startswith("Your answers so far:")


def test_yes_is_no_moment():
    assert isinstance(read("when", "yes"), Refused)
    assert read("when", "after lunch") == "after lunch"


@pytest.mark.parametrize(
    ("action", "due"),
    [
        ("book the exam next monday at 9am", "2026-11-30"),
        ("ring the trainer by 4 december", "2026-12-04"),
        ("write two pages every monday", None),
        ("call 3 people", None),
    ],
)
def test_the_date_in_an_action_is_not_asked_for_again(action, due):
    assert PLAN_FORM.step("due").known(a_talk({"action": action})) == due


def test_a_day_is_said_back_as_it_was_understood():
    talk, step = a_talk({"action": "book it"}), PLAN_FORM.step("due")
    outcome = hear(PLAN_FORM, talk, step, heard("by 4 december maybe"))

    assert said_of(outcome, PLAN_FORM, talk) == "Noted: Friday 4 December 2026."


@pytest.mark.parametrize(
    ("step", "text", "answers"),
    [
        ("due", "maybe tmrw", {"action": "Ask", "when": "after lunch"}),
        ("when", "tomorrow after lunch", {"action": "Ask"}),
    ],
)
def test_a_day_is_said_back_whichever_answer_has_it(step: str, text: str, answers: dict[str, str]) -> None:
    talk = a_talk({"goal": "x", "reality": "y", "options": "z", **answers})
    outcome = hear(PLAN_FORM, talk, PLAN_FORM.step(step), heard(text))

    assert "Noted: Wednesday 25 November 2026." in (said_of(outcome, PLAN_FORM, talk) or "")
