"""The level check from its first question to its conclusion, and the conclusion for whatever was answered."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.coaching.form import open_steps
from bot.coaching.level_behaviours import BEHAVIOURS, SETTLINGS
from bot.coaching.level_form import LEVEL_FORM
from bot.coaching.level_reading import NO_TITLE, title_options
from bot.coaching.level_weighing import answers_of, changes, role_of
from bot.records import Level, Profile
from tests.coaching.form_talks import (
    KNOWLEDGE,
    STORED,
    a_talk,
    an_earlier,
    assert_reads_well,
    assert_short_sentences,
    skipped,
    talk_through,
)

IDS = [item.id for item in BEHAVIOURS]
TITLES = st.sampled_from([*KNOWLEDGE.roles, NO_TITLE, "chief of stuff"])
SAID = st.sampled_from(["yes", "partly", "no", "higher", "lower", skipped()])
SHEETS = st.fixed_dictionaries({}, optional={"title": TITLES | st.just(skipped()), **dict.fromkeys(IDS, SAID)})


def concluded(title, **answers):
    return LEVEL_FORM.conclude(a_talk({"title": title, **answers}))


def first_text(ending):
    return ending.replies[0].text


@given(SHEETS)
@settings(max_examples=200, deadline=None)
def test_any_sheet_ends_well(answers):
    talk = a_talk(answers)
    ending = LEVEL_FORM.conclude(talk)
    assert_reads_well(ending)
    assert ending == LEVEL_FORM.conclude(talk)
    assert ending.replies[0].sources or role_of(talk) is None
    assert ending.result.data["level"] == (ending.profile.level and int(ending.profile.level))


@given(st.dictionaries(st.sampled_from(["title", *IDS]), STORED), st.lists(st.dictionaries(st.just("level"), STORED)))
@settings(max_examples=300, deadline=None)
def test_whatever_json_brings_back_never_raises(answers, before):
    earlier = tuple(an_earlier("level", date(2026, 5, 1), **data) for data in before)
    assert_reads_well(LEVEL_FORM.conclude(a_talk(answers, earlier=earlier)))
    for step in open_steps(LEVEL_FORM, a_talk(answers)):
        assert step.ask(a_talk(answers)).text


@given(TITLES, st.lists(SAID, min_size=6, max_size=6))
@settings(max_examples=200, deadline=None)
def test_eight_messages_are_enough_and_no_question_comes_twice(title, said):
    script = dict(zip(IDS, said, strict=True))
    put, _ = talk_through(LEVEL_FORM, lambda step: title if step.id == "title" else script[step.id])
    assert put[0] == "title"
    assert len(put) <= 7
    assert len(set(put)) == len(put)


@given(SHEETS)
@settings(max_examples=300, deadline=None)
def test_what_is_said_to_change_it_changes_it(answers):
    talk = a_talk(answers)
    told = first_text(LEVEL_FORM.conclude(talk))
    named = [c for c in changes(role_of(talk), answers_of(talk)) if f"level {c.level.word}, if you" in told]
    assert bool(named) == ("A single answer would" in told)
    applied = {LEVEL_FORM.conclude(a_talk({**answers, c.behaviour.id: c.answer})).profile.level for c in named}
    assert applied == {c.level for c in named}


@pytest.mark.parametrize("title", [*KNOWLEDGE.roles, NO_TITLE, "chief of stuff"])
def test_every_question_reads_well_and_says_why(title):
    for step in LEVEL_FORM.steps:
        asking = step.ask(a_talk({"title": title}))
        assert_short_sentences(asking.text)
        assert_short_sentences(step.why)
        assert 1 <= len(asking.options) <= 7
        assert all(len(words) <= 40 for words, _ in asking.options)
        assert set(asking.sources) <= set(KNOWLEDGE.sources)
    assert_short_sentences(LEVEL_FORM.opening(a_talk()))


@pytest.mark.parametrize("settling", SETTLINGS, ids=lambda item: item.role)
def test_a_doubtful_title_is_asked_its_own_question(settling):
    put, talk = talk_through(LEVEL_FORM, lambda step: settling.role if step.id == "title" else "no")
    assert put[1] == settling.behaviour
    asking = LEVEL_FORM.step(settling.behaviour).ask(talk)
    assert asking.text == KNOWLEDGE.roles[settling.role].question
    assert asking.options == settling.options


def test_a_title_told_before_is_known():
    title = LEVEL_FORM.step("title")
    assert title.known(a_talk(profile=Profile(role="pmo_analyst"))) == "pmo_analyst"
    assert title.known(a_talk(profile=Profile(role="gone"))) is None
    assert title.known(a_talk(profile=Profile(level=Level.FOUR))) is None
    assert title_options(a_talk())[-1] == ("None, or looking", NO_TITLE)


def test_answers_are_told_back_in_words():
    title, across = LEVEL_FORM.step("title"), LEVEL_FORM.step("across")
    assert title.tell("pmo_analyst", a_talk()) == "PMO Analyst"
    assert title.tell(NO_TITLE, a_talk()) == "no title"
    assert title.tell("chief of stuff", a_talk()) == "chief of stuff"
    assert across.tell("yes", a_talk()) == "“Yes” to “work across projects”"
    coordinator = a_talk({"title": "project_coordinator"})
    assert across.tell("higher", coordinator) == "“Several at once” to “work across projects”"
    assert across.tell("odd", a_talk()) == "“odd” to “work across projects”"


def test_who_has_no_job_is_asked_about_the_last_one():
    assert LEVEL_FORM.step("across").ask(a_talk({"title": NO_TITLE})).text.startswith("In your last job, did you give")


def test_work_above_the_title_is_between():
    ending = concluded("pmo_analyst", across="yes", office="yes", direct="no", change="no")
    assert "**between level two and level three**" in first_text(ending)
    assert ending.replies[0].figure.data["between"] == [2, 3]
    assert ending.profile.level is Level.THREE
    assert "Level three, where your work is already, asks of you:" in ending.replies[2].text


def test_work_below_the_title_is_told():
    ending = concluded("pmo_analyst", across="partly", insight="no")
    assert "By your work you stand at **level one**" in first_text(ending)
    assert "if you fully give a service" in first_text(ending)
    assert ending.replies[0].figure.data["here"] == 1


def test_the_arithmetic_names_the_title_and_every_answer():
    ending = concluded("project_coordinator", across="higher", insight=skipped(), office="partly", shape="no")
    figure = ending.replies[1].figure
    assert figure.data["columns"] == ["Told", "Answer", "Gives"]
    assert figure.data["rows"] == [
        ["Title", "Project Co-ordinator", "level one or two: PMO bodies or trainers place it there"],
        ["Work across projects", "yes", "level two: 2 points"],
        ["Answering for an office", "partly", "level three: 1 point"],
        ["Shaping an office", "no", "level three: 0 points"],
    ]


@pytest.mark.parametrize(
    ("title", "row"),
    [
        ("programme_manager", ["Title", "Programme Manager", "no level: a delivery role"]),
        ("chief of stuff", ["Title", "chief of stuff", "nothing, so the work decides"]),
        (NO_TITLE, ["Title", "none", "nothing, so the work decides"]),
        (7, ["Title", "none", "nothing, so the work decides"]),
    ],
)
def test_a_title_that_gives_no_level_says_so(title, row):
    assert concluded(title, across="yes").replies[1].figure.data["rows"][0] == row


def test_the_title_alone_is_weak_evidence():
    ending = concluded("pmo_manager")
    assert "the title alone" in first_text(ending)
    assert len(ending.replies) == 2


@pytest.mark.parametrize("title", [skipped(), "chief of stuff", NO_TITLE])
def test_nothing_to_go_by_is_too_little(title):
    ending = concluded(title)
    assert "too little to place you" in first_text(ending)
    assert ending.replies[0].figure is None
    assert ending.profile.level is None


def test_a_newcomer_hears_of_the_way_in():
    ending = concluded(NO_TITLE, across="no", insight="no")
    assert "your way in" in first_text(ending)
    assert ending.profile == Profile(level=Level.ONE)


def test_a_delivery_role_without_office_work_is_beside_the_levels():
    ending = concluded("programme_manager", office="no", shape="no", across="no", insight="no")
    assert KNOWLEDGE.roles["programme_manager"].reason in first_text(ending)
    assert "would place you: level three" in first_text(ending)
    assert ending.profile == Profile(role="programme_manager")
    assert "Programme Manager" in [choice.title for choice in ending.offers]


def test_two_halves_make_a_level_and_a_third_half_would_lift_it():
    text = first_text(concluded("pmo_analyst", across="partly", insight="partly", office="no", shape="no"))
    assert "you do both kinds of level-two work in part" in text
    with_half = first_text(concluded("pmo_manager", office="yes", direct=skipped(), change="partly"))
    assert "if you direct several PMOs or the enterprise's, even in part" in with_half


def test_a_title_can_hold_a_level_of_which_nothing_was_told():
    text = first_text(concluded("pmo_manager", direct="no", change="no"))
    assert "your title says so, and your answers leave it there" in text


def test_level_four_has_nothing_above():
    ending = concluded("pmo_director", direct="yes")
    assert "no level above four" in ending.replies[2].text
    assert "would lower it: level three" in first_text(ending)


def test_no_single_answer_changes_what_two_hold_up():
    assert "No single answer" in first_text(concluded("pmo_director", direct="yes", change="yes", office="yes"))


@pytest.mark.parametrize(
    ("number", "told"), [(1, "Last time, in October, it was level one."), (2, None), (None, None), ("x", None)]
)
def test_an_earlier_level_is_told_where_it_differs(number, told):
    earlier = (an_earlier("level", date(2026, 10, 3), level=number), an_earlier("insights", date(2026, 11, 1)))
    talk = a_talk({"title": "pmo_analyst", "across": "yes"}, earlier=earlier)
    text = first_text(LEVEL_FORM.conclude(talk))
    assert (told in text) if told else ("Last time" not in text)


def test_a_title_that_is_not_known_takes_the_place_of_the_role_known_before():
    known = Profile(role="pmo_analyst", region="uk")
    talk = a_talk({"title": "chief of stuff", "across": "yes"}, profile=known)
    assert LEVEL_FORM.conclude(talk).profile == Profile(level=Level.TWO, region="uk")
    kept = LEVEL_FORM.conclude(a_talk({"across": "yes"}, profile=known))
    assert kept.profile.role == "pmo_analyst"
