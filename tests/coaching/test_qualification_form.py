"""The qualification check asks little, copes with any answers, and concludes in few words with the reasons at hand."""

import json
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.coaching.acknowledging import acknowledge
from bot.coaching.answering import answer_question
from bot.coaching.follow_up import answer_more, answer_why
from bot.coaching.form import open_steps, with_known
from bot.coaching.next_qualification import rank_certifications
from bot.coaching.qualification_details import more_of_them
from bot.coaching.qualification_ending import MOST_WORDS, within
from bot.coaching.qualification_form import QUALIFICATION_FORM
from bot.coaching.situation import Situation
from bot.coaching.wishes import Time, Wishes
from bot.records import Focus, Level, Profile, ReplyKind
from bot.records.coaching import SKIPPED, Asking
from bot.terminal.shapes import Grid, read_figure
from tests.coaching.asking import a_question, a_talk
from tests.coaching.checks import KNOWLEDGE
from tests.coaching.profiles import CERTIFICATIONS, profiles

FORM = QUALIFICATION_FORM
STEPS = tuple(step.id for step in FORM.steps)
ANALYST = Profile(role="pmo_analyst", held=("p3o_foundation",))
ANYTHING = st.none() | st.just(SKIPPED) | st.text(max_size=20) | st.integers() | st.booleans() | st.lists(st.integers())
SENSIBLE = {
    "role": st.sampled_from([*KNOWLEDGE.roles, "1", "2", "3", "4"]),
    "work": st.sampled_from(["1", "2", "3", "4"]),
    "held": st.just("none") | st.dictionaries(st.sampled_from(CERTIFICATIONS), st.none() | st.integers(1990, 2026)),
    "since": st.just("unsure") | st.dictionaries(st.sampled_from(CERTIFICATIONS), st.integers(1990, 2026)),
    "region": st.sampled_from(["uk", "us", "other"]),
    "goal": st.sampled_from(["move_up", "bigger", "get into portfolios", "world peace"]),
    "preference": st.sampled_from(["practice", "framework", "either"]),
    "time": st.sampled_from([time.value for time in Time]),
}
answers = st.fixed_dictionaries({}, optional={step: SENSIBLE[step] | ANYTHING for step in STEPS})


def asked(talk):
    return [step.id for step in open_steps(FORM, a_talk(talk.profile, **with_known(FORM, talk)))]


@given(profiles, answers)
@settings(max_examples=200, deadline=None)
def test_any_answers_come_to_a_conclusion_that_keeps_the_voice(profile, given_answers):
    talk = a_talk(profile, **given_answers)
    for step in FORM.steps:
        asking = step.ask(talk)
        assert isinstance(asking, Asking)
        assert len(asking.options) <= 7
        assert all(0 < len(title) <= 40 for title, _ in asking.options)
        step.needed(talk)
        step.tell(talk.answers.get(step.id), talk)
    ending = FORM.conclude(talk)
    (told,) = ending.replies
    assert len(told.text.split()) <= MOST_WORDS
    assert told.sources
    assert len((*told.choices, *ending.offers)) <= 8
    assert all(len(choice.title) <= 40 for choice in (*told.choices, *ending.offers))
    if told.figure is not None:
        (shape,) = read_figure(told.figure)
        assert isinstance(shape, Grid)
    assert json.loads(json.dumps(dict(ending.result.data))) == ending.result.data
    assert ending.profile is not None


@given(profiles, answers)
@settings(max_examples=200, deadline=None)
def test_what_is_recommended_is_what_the_ranking_says_and_why_agrees(profile, given_answers):
    ending = FORM.conclude(a_talk(profile, **given_answers))
    ranked = ending.result.data["ranked"]
    if ranked:
        assert ending.focus.id == ranked[0]
        assert not set(ranked) & set(ending.profile.held)
        situation = Situation(KNOWLEDGE, ending.profile, ending.focus)
        why = answer_why(situation)
        assert why.focus.id == ranked[0]
        assert all(KNOWLEDGE.certifications[c].name in why.reply.text for c in ranked[1:])
        more = answer_more(situation)
        assert all(KNOWLEDGE.certifications[c].name in more.reply.text for c in ranked)
        assert answer_more(Situation(KNOWLEDGE, ending.profile, more.focus)) is None


def test_every_question_is_asked_of_a_stranger_but_those_that_depend_on_answers():
    assert asked(a_talk()) == ["role", "held", "region", "goal", "preference", "time"]


def test_what_the_profile_knows_is_not_asked_but_since_when():
    profile = Profile(role="pmo_analyst", held=("p3o_foundation",), region="uk", goal="move up", preference="practice")
    assert asked(a_talk(profile)) == ["since", "time"]
    assert asked(a_talk(Profile(level=Level.TWO)))[0] == "held"


def test_a_delivery_title_is_asked_about_its_work():
    assert "work" in asked(a_talk(role="project_manager"))
    assert "work" not in asked(a_talk(role="pmo_analyst"))
    assert "Project Manager is a delivery role" in FORM.step("work").ask(a_talk(role="project_manager")).text


@pytest.mark.parametrize(
    ("step", "value", "told"),
    [
        ("role", "2", "level two"), ("role", "pmo_analyst", "PMO Analyst"), ("role", "?", "?"),
        ("held", "none", "nothing yet"), ("held", {"p3o_foundation": 2019, "prince2": None},
                                          "P3O Foundation (2019) and PRINCE2"),
        ("since", {"p3o_foundation": 2019}, "P3O Foundation (2019)"), ("since", "unsure", "the year is not known"),
        ("region", "us", "In the US"), ("goal", "move_up", "Move up a level"), ("goal", "my words", "my words"),
        ("preference", "either", "No preference"), ("time", "little", "Up to three hours a week"),
    ],
)  # fmt: skip
def test_answers_are_told_back(step, value, told):
    assert FORM.step(step).tell(value, a_talk()) == told


def test_the_opening_says_what_comes_and_that_all_can_be_skipped():
    assert "skip" in FORM.opening(a_talk())


def test_the_conclusion_gives_the_best_with_why_the_chain_and_the_three_side_by_side():
    ending = FORM.conclude(a_talk(Profile(role="pmo_analyst"), role="pmo_analyst", held="none", goal="set_up"))
    (told,) = ending.replies
    assert re.search(r"\*\*P3O Foundation\*\*.*fits best", told.text)
    assert ending.result.data["ranked"][0] in ("p3o_foundation", "p3o_practitioner")
    rows = dict((row[0], row[1:]) for row in told.figure.data["rows"])
    assert list(rows) == ["Level", "Why", "Why now", "Why not first", "Comes first", "Beware"]
    assert ending.profile.goal == "Set up a PMO"
    assert [choice.title for choice in ending.offers][:2] == ["Why not the others?", "Tell me more"]


def test_an_old_certificate_is_asked_about_with_its_source():
    ending = FORM.conclude(a_talk(ANALYST, held={"p3o_foundation": None}, since={"p3o_foundation": 2019}))
    (told,) = ending.replies
    assert "Your P3O Foundation is from 2019" in told.text
    assert "SPOCE23" in {source.id for source in told.sources}


def test_an_old_certificate_beside_the_path_is_asked_about_too():
    profile = Profile(level=Level.TWO, held=("p3o_practitioner", "p3o_foundation"))
    ending = FORM.conclude(a_talk(profile, held={"p3o_foundation": 2012}, region="us"))
    assert "Your P3O Foundation is from 2012" in ending.replies[0].text


def test_nothing_held_empties_what_was_noted():
    assert FORM.conclude(a_talk(ANALYST, held="none")).profile.held == ()


def test_a_new_title_takes_the_level_of_its_own():
    told = FORM.conclude(a_talk(Profile(role="pmo_analyst", level=Level.ONE), role="pmo_manager")).profile
    assert (told.role, told.level) == ("pmo_manager", None)
    told = FORM.conclude(a_talk(role="project_manager", work="3")).profile
    assert (told.role, told.level) == ("project_manager", Level.THREE)


def test_no_preference_forgets_the_one_before():
    assert (
        FORM.conclude(a_talk(Profile(level=Level.TWO, preference="practice"), preference="either")).profile.preference
        is None
    )


def test_without_a_level_each_level_gets_its_first_choice():
    ending = FORM.conclude(a_talk(time="little"))
    (told,) = ending.replies
    assert told.kind is ReplyKind.ASK
    assert [row[0] for row in told.figure.data["rows"]] == ["one", "two", "three", "four"]
    assert len(told.choices) == 4
    assert ending.result.data["level"] is None


def test_the_level_that_comes_later_is_weighed_with_the_wishes_told_before():
    ending = FORM.conclude(a_talk(held={"p3o_foundation": 2019}))
    profile = Profile(level=Level.TWO, held=("p3o_foundation",))
    for answer in (
        answer_question(
            a_question("that one", intent="next_qualification"), Situation(KNOWLEDGE, profile, ending.focus)
        ),
        acknowledge(Situation(KNOWLEDGE, profile, ending.focus), Profile()),
    ):
        assert "Your P3O Foundation is from 2019" in answer.reply.text
        assert answer.focus.facets == ending.focus.facets
    assert (
        answer_question(
            a_question("what next", intent="next_qualification"), Situation(KNOWLEDGE, Profile(), ending.focus)
        ).focus.facets
        == ending.focus.facets
    )


def test_whoever_holds_everything_is_told_so():
    everything = Profile(level=Level.FOUR, held=tuple(CERTIFICATIONS))
    ending = FORM.conclude(a_talk(everything))
    assert "I know of no certification beyond what you hold" in ending.replies[0].text
    assert ending.result.data["ranked"] == []
    assert more_of_them(KNOWLEDGE, everything, Focus("next_qualification", "mop")) is None
    all_but_a_little = FORM.conclude(a_talk(Profile(level=Level.TWO, held=tuple(set(CERTIFICATIONS) - {"mop"}))))
    assert [choice.title for choice in all_but_a_little.offers].count("Compare the first two") == 0
    missing = FORM.conclude(a_talk(Profile(held=tuple(CERTIFICATIONS))))
    assert missing.replies[0].figure.data["rows"][0][1] == "none that I know"


def test_details_need_a_level():
    assert more_of_them(KNOWLEDGE, Profile(), Focus("next_qualification", "mop")) is None


def test_too_few_words_keep_the_first_part_and_what_fits():
    assert within(3, ["one two", None, "three four", "five"]) == ["one two", "five"]
    assert within(1, ["one two"]) == ["one two"]


def test_why_tells_that_experience_is_too_short_for_another():
    profile = Profile(level=Level.TWO, region="us", experience_months=18, held=tuple(
        c for c in CERTIFICATIONS if c not in ("pmi_pmocp", "mop", "pmi_pmp")))  # fmt: skip
    ranked = rank_certifications(KNOWLEDGE, profile, Level.TWO, Wishes())
    assert "pmi_pmocp" in {r.certification for r in ranked}
    ending = FORM.conclude(a_talk(profile))
    rows = dict((row[0], row[1:]) for row in ending.replies[0].figure.data["rows"])
    assert any("asks for at least 3 years" in cell for cell in rows["Why not first"])


@pytest.mark.parametrize(
    ("held", "named"), [({"p3o_foundation": None}, "P3O Foundation"), ({"p3o_foundation": 2024}, "it")]
)
def test_the_year_is_asked_of_what_has_none_and_is_to_be_renewed(held, named):
    asked = FORM.step("since").ask(a_talk(held=held))

    assert asked.text == f"In which year did you pass {named}?"
    assert [value for _, value in asked.options] == ["2026", "2025", "unsure"]
