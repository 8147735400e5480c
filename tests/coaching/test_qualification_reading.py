"""The answers of the qualification check are read from messy words; questions are no answers."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.coaching.hearing import Move, hear
from bot.coaching.qualification_form import QUALIFICATION_FORM
from bot.coaching.qualification_held import NOTHING, TO_COME, UNSURE, held_told, read_held, read_since, undated
from bot.coaching.qualification_reading import (
    OTHER_LADDER,
    UNKNOWN_TITLE,
    number_of,
    read_goal,
    read_region,
    read_role,
    read_style,
    read_time,
    read_work,
)
from bot.records.coaching import Refused
from tests.coaching.asking import a_talk, heard
from tests.coaching.checks import KNOWLEDGE

P3O, PRINCE2 = ("certification", "p3o_foundation"), ("certification", "prince2")


@pytest.mark.parametrize(
    ("message", "role"),
    [
        (heard("pmo analyst", ("pmo analyst", "role", "pmo_analyst")), "pmo_analyst"),
        (heard("im level 3", ("level 3", "level", "3")), "3"),
        (heard("lvl 2", ("lvl 2", "level", "2")), "2"),
        (heard("i serve several projects, so 2", ("2", "work", "2")), "2"),
        (heard("the second"), "2"),
        (heard("I manage an office or its servces"), "3"),
        (heard("no job yet, still a student"), "pmo_trainee"),
        (heard("im a wizard"), Refused(UNKNOWN_TITLE)),
        (heard("sfia level 4", ("sfia", "ladder", "other"), ("level 4", "level", "4")), Refused(OTHER_LADDER)),
        (heard("what does a pmo analyst do?", ("pmo analyst", "role", "pmo_analyst")), None),
        (heard("banana"), None),
        (heard("level 9", ("level 9", "level", "9")), None),
    ],
)
def test_role_is_read(message, role):
    assert read_role(message, a_talk()) == role


@pytest.mark.parametrize(
    ("message", "work"),
    [
        (heard("im level 3", ("level 3", "level", "3")), "3"),
        (heard("level 2 I guess", ("level 2", "level", "2")), "2"),
        (heard("I support one project team"), "1"),
        (heard("4"), "4"),
        (heard("which one is level 2?", ("level 2", "level", "2")), None),
        (heard("dunno"), None),
    ],
)
def test_work_is_read(message, work):
    assert read_work(message, a_talk()) == work


@pytest.mark.parametrize(
    ("message", "held"),
    [
        (heard("P3O f", ("P3O f", *P3O)), {"p3o_foundation": None}),
        (heard("p3o f 2019", ("p3o f", *P3O)), {"p3o_foundation": 2019}),
        (heard("p3o f n prince2 in 2019", ("p3o f", *P3O), ("prince2", *PRINCE2)),
         {"p3o_foundation": 2019, "prince2": 2019}),
        (heard("prince2, p3o 3 yrs ago", ("prince2", *PRINCE2), ("p3o", *P3O)),
         {"prince2": None, "p3o_foundation": 2023}),
        (heard("prince2 in 2017, p3o last year", ("prince2", *PRINCE2), ("p3o", *P3O)),
         {"prince2": 2017, "p3o_foundation": 2025}),
        (heard("in 2018 i did prince2 and in 2020 p3o", ("prince2", *PRINCE2), ("p3o", *P3O)),
         {"prince2": 2018, "p3o_foundation": 2020}),
        (heard("p3o '21", ("p3o", *P3O)), {"p3o_foundation": 2021}),
        (heard("prince2 '98", ("prince2", *PRINCE2)), {"prince2": 1998}),
        (heard("p3o just passed", ("p3o", *P3O)), {"p3o_foundation": 2026}),
        (heard("p3o in 1901", ("p3o", *P3O)), {"p3o_foundation": None}),
        (heard("p3o in 2099", ("p3o", *P3O)), Refused(TO_COME)),
        (heard("i have prince2 not p3o", ("prince2", *PRINCE2, {"held": True}), ("p3o", *P3O, {"held": False})),
         {"prince2": None}),
        (heard("i dont have p3o", ("p3o", *P3O, {"held": False})), NOTHING),
        (heard("nope"), NOTHING),
        (heard("Nothing yet"), NOTHING),
        (heard("none at all lol"), NOTHING),
        (heard("haven't got any certs"), NOTHING),
        (heard("no, what is p3o?", ("p3o", *P3O)), None),
        (heard("i want p3o", ("p3o", *P3O, {"wanted": True})), None),
        (heard("is p3o worth it?", ("p3o", *P3O, {"wanted": True})), None),
        (heard("i got p3o, what does that count for?", ("p3o", *P3O, {"held": True})), {"p3o_foundation": None}),
        (heard("compare p3o and prince2", ("prince2", *PRINCE2), ("p3o", *P3O)), None),
        (heard("difference between p3o and prince2", ("prince2", *PRINCE2), ("p3o", *P3O)), None),
        (heard("do you mean courses?"), None),
        (heard("no idea what you mean"), None),
    ],
)  # fmt: skip
def test_held_is_read_with_its_years(message, held):
    assert read_held(message, a_talk()) == held


def test_what_is_to_be_compared_is_a_question_also_behind_a_title():
    message = heard("im a pmo analyst, compare p3o and prince2", ("pmo analyst", "role", "pmo_analyst"), ("p3o", *P3O),
                    ("prince2", *PRINCE2), intent="compare_certifications")  # fmt: skip

    assert hear(QUALIFICATION_FORM, a_talk(), QUALIFICATION_FORM.steps[0], message).move is Move.INTERRUPTED


def test_a_certificate_of_another_field_is_refused_kindly():
    assert isinstance(read_held(heard("i have a first aid badge"), a_talk()), Refused)


@pytest.mark.parametrize(
    ("message", "since"),
    [
        (heard("2019"), {"p3o_foundation": 2019, "prince2": 2019}),
        (heard("two years ago"), {"p3o_foundation": 2024, "prince2": 2024}),
        (heard("p3o 2019 prince2 2021", ("p3o", *P3O), ("prince2", *PRINCE2)),
         {"p3o_foundation": 2019, "prince2": 2021}),
        (heard("p3o 2019, prince2 no clue", ("p3o", *P3O), ("prince2", *PRINCE2)), {"p3o_foundation": 2019}),
        (heard("cant remember"), UNSURE),
        (heard("why do you not know that?"), None),
        (heard("banana"), None),
    ],
)  # fmt: skip
def test_since_is_read(message, since):
    assert read_since(message, a_talk(held={"p3o_foundation": None, "prince2": None})) == since


@pytest.mark.parametrize("text", ["2099", "1901"])
def test_a_year_out_of_reach_is_refused(text):
    assert isinstance(read_since(heard(text), a_talk(held={"p3o_foundation": None})), Refused)


def test_only_what_is_to_be_renewed_is_asked_for_its_year():
    talk = a_talk(held={"p3o_foundation": None, "prince2": 2020, "pmi_capm": None})
    assert undated(talk) == ("p3o_foundation",)


@pytest.mark.parametrize("stored", [None, "none", [], 7, {"nonsense": 3}])
def test_what_is_stored_wrongly_is_nothing_held(stored):
    assert held_told(stored, KNOWLEDGE) == {}


def test_a_stored_year_that_is_none_is_dropped():
    assert held_told({"p3o_foundation": True, "prince2": "2019"}, KNOWLEDGE) == {
        "p3o_foundation": None,
        "prince2": None,
    }


@pytest.mark.parametrize(
    ("message", "goal"),
    [
        (heard("2"), "move_up"),
        (heard("Set up a PMO"), "set_up"),
        (heard("have a bit more fun at work"), "have a bit more fun at work"),
        (heard("set up our office", intent="ask_topic"), "set up our office"),
        (heard("the flashmob thing", intent="ask_topic"), None),
        (heard("what is a portfolio?"), None),
        (heard("two hours a week"), None),
    ],
)
def test_goal_is_an_option_or_the_persons_own_words(message, goal):
    assert read_goal(message, a_talk()) == goal


@pytest.mark.parametrize(
    ("text", "time"),
    [
        ("2 hrs a week", "little"), ("an hour", "little"), ("about five hours a week", "plenty"),
        ("3-5 hours", "plenty"), ("by january", "soon"), ("before the end of june", "open"), 
        ("evenings only", "little"),
        ("asap", "soon"), ("no rush", "open"), ("I could take a few days off", "course"), ("No hurry", "open"),
        ("4", "soon"), ("how long is the course?", None), ("purple", None),
    ],
)  # fmt: skip
def test_time_is_read(text, time):
    assert read_time(heard(text), a_talk()) == time


def test_region_and_style_are_read_from_mentions_or_options():
    assert read_region(heard("texas", ("texas", "region", "us")), a_talk()) == "us"
    assert read_region(heard("somewhere else"), a_talk()) == "other"
    assert read_region(heard("why does the uk matter?", ("uk", "region", "uk")), a_talk()) is None
    assert read_style(heard("something practical", ("practical", "preference", "practice")), a_talk()) == "practice"
    assert read_style(heard("dont mind"), a_talk()) == "either"
    assert read_style(heard("banana"), a_talk()) is None


@pytest.mark.parametrize(("word", "number"), [("3", 3), ("two", 2), ("a couple of", 2), ("a few", 3), ("an", 1)])
def test_numbers_are_read_in_words_and_figures(word, number):
    assert number_of(word) == number


@given(st.text(max_size=60))
def test_no_words_break_a_reader(text):
    talk = a_talk(held={"p3o_foundation": None})
    for read in (read_role, read_work, read_held, read_since, read_region, read_goal, read_style, read_time):
        read(heard(text), talk)
