"""A what-if redraws the path, notes nothing, and asks where it is not clear."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.coaching.profile import update_profile
from bot.coaching.situation import Situation
from bot.coaching.what_if import MOST_WORDS, UNNOTED, answer_what_if
from bot.records import Focus, Level, Profile, ReplyKind
from bot.terminal.shapes import Grid, read_figure
from tests.coaching.asking import a_question
from tests.coaching.checks import KNOWLEDGE, SLIPS
from tests.coaching.profiles import CERTIFICATIONS, profiles

ANALYST = Profile(role="pmo_analyst", experience_months=36)
P3O = ("p3o", "certification", "p3o_foundation")
ENTITIES = {
    "certification": st.sampled_from(CERTIFICATIONS), "grade": st.sampled_from(["foundation", "expert", "odd"]),
    "role": st.sampled_from([*KNOWLEDGE.roles, "odd"]), "level": st.sampled_from("123459"),
    "kind": st.sampled_from([*KNOWLEDGE.kinds, "odd"]), "region": st.sampled_from(["uk", "us", "other", "mars"]),
    "preference": st.sampled_from(["practice", "framework", "odd"]), "work": st.sampled_from("12349"),
    "experience_months": st.sampled_from(["0", "36", "many"]),
}  # fmt: skip
PHRASES = st.sampled_from(
    ["what if i take it", "what if i had it", "what if i skip it", "suppose i didn't have it", "hm"]
)


def what_if(text, *found, profile=ANALYST, focus=None):
    return answer_what_if(a_question(text, *found, intent="ask_what_if"), Situation(KNOWLEDGE, profile, focus))


def then(answer):
    return [row[2] for row in answer.reply.figure.data["rows"][1:] if row[2] != "-"]


@given(profiles, PHRASES, st.dictionaries(st.sampled_from(sorted(ENTITIES)), st.integers(0, 9), max_size=4), st.data())
@settings(max_examples=200, deadline=None)
def test_any_supposition_gets_a_sound_answer_and_leaves_the_profile(profile, phrase, chosen, data):
    found = [(phrase.split()[-1], entity, data.draw(ENTITIES[entity])) for entity in chosen]
    question = a_question(phrase, *found, intent="ask_what_if")
    focus = data.draw(
        st.none() | st.just(Focus("certification", "p3o_practitioner")) | st.just(Focus("comparison", ""))
    )
    answer = answer_what_if(question, Situation(KNOWLEDGE, profile, focus))
    assert 0 < len(answer.reply.text.split()) <= 120
    assert not SLIPS.search(answer.reply.text), answer.reply.text
    assert 1 <= len(answer.reply.choices) <= 8
    assert all(len(choice.title) <= 40 for choice in answer.reply.choices)
    if answer.reply.figure is not None:
        assert isinstance(read_figure(answer.reply.figure)[0], Grid)
        assert UNNOTED in answer.reply.text
    noted = update_profile(profile, question)
    assert noted in (profile, Profile(**{**profile.__dict__, "level": noted.level}))


def test_taking_a_certification_first_puts_it_first_and_what_it_opens_after_it():
    answer = what_if("what if i take p3o first", P3O)
    assert then(answer)[:2] == ["P3O Foundation", "P3O Practitioner"]
    assert answer.reply.text.startswith("If you took P3O Foundation, the path would be **P3O Foundation, then")
    assert UNNOTED in answer.reply.text


def test_what_it_asks_for_comes_before_it():
    answer = what_if("what if i go for p3o p", ("p3o p", "certification", "p3o_practitioner"))
    assert then(answer)[:2] == ["P3O Foundation", "P3O Practitioner"]


def test_taking_both_a_certification_and_what_it_asks_for_names_each_once():
    answer = what_if("take p3o p and then p3o", ("p3o p", "certification", "p3o_practitioner"),
                     ("then p3o", "certification", "p3o_foundation"))  # fmt: skip
    assert then(answer).count("P3O Foundation") == 1


def test_something_held_already_is_no_step():
    answer = what_if("what if i had p3o already", P3O)
    assert "P3O Foundation" not in then(answer)
    assert answer.reply.text.startswith("If you held P3O Foundation")
    assert "It asks for P3O Foundation" not in answer.reply.text or "which you hold" in answer.reply.text


def test_a_bare_grade_is_that_of_what_the_talk_is_about():
    focus = Focus("certification", "p3o_practitioner")
    answer = what_if("what if i had foundation already", ("foundation", "grade", "foundation"), focus=focus)
    assert answer.reply.text.startswith("If you held P3O Foundation")
    unclear = what_if("what if i had foundation already", ("foundation", "grade", "foundation"))
    assert unclear.reply.kind is ReplyKind.CLARIFY


@pytest.mark.parametrize(
    ("text", "held"),
    [
        ("what if i did p3o before msp", False), ("if i have done p3o", True), ("if i have to do p3o", False),
        ("with p3o under my belt", True), ("with p3o out of the way", True), ("p3o next year, say", False),
        ("lets say i hold p3o", True), ("assuming i pass p3o soon", False),
    ],
)  # fmt: skip
def test_the_verb_tells_taken_from_held(text, held):
    opening = what_if(text, P3O).reply.text
    assert opening.startswith("If you held P3O" if held else "If you took P3O")


def test_what_is_asked_for_cannot_be_left_out():
    grades = (("foundation", "grade", "foundation"), ("practitioner", "grade", "practitioner"))
    focus = Focus("certification", "p3o_practitioner")
    answer = what_if("say i skip foundation and go straight to practitioner", *grades, focus=focus)
    assert "P3O Foundation cannot be left out, for P3O Practitioner asks for it." in answer.reply.text
    assert then(answer)[:2] == ["P3O Foundation", "P3O Practitioner"]


@pytest.mark.parametrize(("profile", "both"), [(ANALYST, True), (Profile(role="project_support_officer"), False)])
def test_of_several_notes_those_are_told_that_the_answer_has_room_for(profile, both):
    answer = what_if("what if i became that there", ("that", "role", "pmo_consultant"),
                     ("there", "kind", "portfolio_office"), profile=profile)  # fmt: skip
    assert "That title can also be level two or level four" in answer.reply.text
    assert ("Another office does not change your level by itself" in answer.reply.text) is both
    assert len(answer.reply.text.split()) <= MOST_WORDS


def test_what_would_be_left_is_not_what_is_moved_to():
    answer = what_if("if i go from leeds to chicago", ("leeds", "region", "uk"), ("chicago", "region", "us"))
    assert "you worked in the US" in answer.reply.text
    assert "you worked in the US" in what_if("if I moved to the US").reply.text
    staying = what_if("if i leave the pmo analyst job", ("pmo analyst", "role", "pmo_analyst"))
    assert staying.reply.kind is ReplyKind.CLARIFY


def test_a_time_to_come_is_no_experience():
    answer = what_if("imagine i'm a pmo manager in two years", ("pmo manager", "role", "pmo_manager"),
                     ("two years", "experience_months", "24"))  # fmt: skip
    assert "of experience" not in answer.reply.text.split(",")[0]


def test_a_name_that_is_not_known_is_left_aside():
    assert what_if("if i take p3o", ("p3o", "certification", "nonsense")).reply.kind is ReplyKind.CLARIFY


def test_leaving_one_out_takes_what_asks_for_it_away():
    answer = what_if("what if i skip p3o", P3O, profile=Profile(level=Level.TWO))
    assert not {"P3O Foundation", "P3O Practitioner"} & set(then(answer))


def test_a_new_job_begins_with_what_is_for_its_level():
    answer = what_if("suppose i became a pmo manager", ("pmo manager", "role", "pmo_manager"))
    assert then(answer)[0] == "Essentials for PMO Managers"
    assert "You would stand at level three, where now it is level two." in answer.reply.text


def test_another_office_changes_the_work_and_not_the_level():
    answer = what_if("what if i move to an enterprise pmo", ("enterprise pmo", "kind", "portfolio_office"))
    assert then(answer)[0] == "MoP"
    assert "does not change your level by itself" in answer.reply.text
    same = what_if("what if i move to a coe", ("coe", "kind", "centre_of_excellence"))
    assert "your path stays the same" in same.reply.text


@pytest.mark.parametrize(
    ("text", "found", "told"),
    [
        ("what if i was level 4", ("level 4", "level", "4"), "you worked at level four"),
        ("what if i move to texas", ("texas", "region", "us"), "you worked in the US"),
        ("what if i liked hands on", ("hands on", "preference", "practice"), "you preferred hands-on learning"),
        ("what if i had 5 years", ("5 years", "experience_months", "60"), "you had 5 years of experience"),
        ("if i became head of pmo", ("head of pmo", "role", "head_of_pmo"), "That title can also be level three"),
        ("if i became a pm", ("pm", "role", "project_manager"), "Project Manager is a delivery role"),
        ("what if i do ppso", ("ppso", "certification", "bcs_ppso_essentials"), "is no longer sold"),
        ("what if i do pfmp", ("pfmp", "certification", "pmi_pfmp"), "PfMP: it asks for at least 8 years"),
        ("what if i do capm", ("capm", "certification", "pmi_capm"), "CAPM: it sits below your level"),
    ],
)
def test_suppositions_are_told_back_with_what_is_to_be_said_of_them(text, found, told):
    assert told in what_if(text, found).reply.text


def test_what_is_held_in_truth_is_said():
    assert "You hold P3O Foundation already." in what_if("if i take p3o", P3O, profile=Profile(
        level=Level.TWO, held=("p3o_foundation",))).reply.text  # fmt: skip


def test_a_path_that_begins_the_same_says_so():
    profile = Profile(role="pmo_administrator")
    answer = what_if(
        "what if i skip directors", ("directors", "certification", "hop_essentials_directors"), profile=profile
    )
    assert "your path begins the same" in answer.reply.text


def test_nothing_left_to_take_is_said():
    everything = Profile(level=Level.FOUR, held=tuple(CERTIFICATIONS))
    assert (
        "no further certification"
        in what_if("if i move to the us", ("us", "region", "us"), profile=everything).reply.text
    )
    assert len(what_if("what if", profile=everything).reply.choices) == 2


def test_a_supposition_that_is_not_understood_asks_which_of_two():
    answer = what_if("what if it all goes wrong")
    assert answer.reply.kind is ReplyKind.CLARIFY
    assert [c.title for c in answer.reply.choices] == [
        "I take a certificate first", "I work at level three", "Something else",
    ]  # fmt: skip


def test_without_a_level_it_asks_and_carries_the_supposition_on():
    answer = what_if("what if i take p3o first", P3O, profile=Profile())
    assert answer.reply.kind is ReplyKind.ASK
    assert answer.reply.choices[1].payload == '/ask_what_if{"certification": "p3o_foundation", "work": "2"}'
    chosen = what_if("p3o 2", P3O, ("2", "work", "2"), profile=Profile())
    assert then(chosen)[0] == "P3O Foundation"


def test_a_supposed_level_stands_in_for_one_that_is_not_known():
    answer = what_if("suppose i became a pmo manager", ("pmo manager", "role", "pmo_manager"), profile=Profile())
    assert answer.reply.figure.data["rows"][0] == ["Level", "not known", "three"]


def test_only_the_work_that_a_choice_names_is_noted():
    question = a_question("suppose i was a pmo manager 2", ("pmo manager", "role", "pmo_manager"), ("2", "work", "2"),
                          intent="ask_what_if")  # fmt: skip
    assert update_profile(Profile(), question) == Profile(level=Level.TWO)
