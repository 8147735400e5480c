"""Titles and work in people's own words."""

import pytest

from bot.coaching.level_reading import (
    ANOTHERS,
    LEVEL_IS_SOUGHT,
    OTHER_LADDER,
    SHORTER,
    UNSURE,
    YOUR_OWN_WORK,
    read_extent,
    read_title,
    read_work,
)
from bot.records.coaching import Refused
from tests.coaching.form_talks import a_talk, heard

ANALYST, MANAGER = ("role", "pmo_analyst"), ("role", "pmo_manager")


@pytest.mark.parametrize(
    ("message", "title"),
    [
        (heard("pmo anaylst", (*ANALYST, "pmo anaylst"), intent="ask_role"), "pmo_analyst"),
        (heard("im a pmo analyst 3 yrs uk", (*ANALYST, "pmo analyst")), "pmo_analyst"),
        (heard("level 4 apprentice but a pmo manager", ("level", "4", "level 4"), (*MANAGER, "pmo manager")),
         "pmo_manager"),
        (heard("none"), "none"),
        (heard("no job atm"), "none"),
        (heard("i'm looking"), "none"),
        (heard("i dont have a job"), "none"),
        (heard("between jobs, was an analyst"), "none"),
        (heard("chief of stuff"), "chief of stuff"),
        (heard("marketing apprentice", ("ladder", "other", "apprentice")), "marketing apprentice"),
        (heard("the third"), "pmo_analyst"),
        (heard("a role of another content", ("role", "gone", "role")), Refused(ANOTHERS)),
        (heard("want to be a pmo manager", (*MANAGER, "pmo manager")), Refused(ANOTHERS)),
        (heard("level 4 apprentice", ("level", "4", "level 4"), ("ladder", "other", "apprentice")),
         Refused(OTHER_LADDER)),
        (heard("rqf level 4"), Refused(OTHER_LADDER)),
        (heard("SFIA lvl 5"), Refused(OTHER_LADDER)),
        (heard("a House of PMO role, level two"), Refused(OTHER_LADDER)),
        (heard("the apprenticeship one"), Refused(OTHER_LADDER)),
        (heard("im level 3", ("level", "3", "3")), Refused(LEVEL_IS_SOUGHT)),
        (heard("x" * 90), Refused(SHORTER)),
        (heard("what does a pmo analyst do", (*ANALYST, "pmo analyst"), intent="ask_role"), None),
        (heard("???"), None),
        (heard("42"), None),
    ],
    ids=lambda value: value.text[:40] if hasattr(value, "question") else "",
)  # fmt: skip
def test_title_is_read_from_words(message, title):
    assert read_title(message, a_talk()) == title


@pytest.mark.parametrize(
    ("said", "extent"),
    [
        *((words, "yes") for words in ("yes", "yep", "all the time", "definately", "mostly", "I do", "y")),
        *((words, "partly") for words in (
            "now and then", "somtimes", "kinda", "not always", "50/50", "yes but only for one project",
            "no but sometimes i help", "when my boss is away", "partly, or now and then", "half n half",
        )),
        *((words, "no") for words in ("no", "nope never", "not really", "rarely", "I don’t think so", "used to", "n")),
        *((words, Refused(UNSURE)) for words in ("no idea", "not sure", "what do you mean", "i dont know")),
        *((words, None) for words in ("what is a programme?", "why do you ask", "i prepare the board pack", "")),
    ],
)  # fmt: skip
def test_extent_is_read_from_words(said, extent):
    assert read_extent(heard(said), a_talk()) == extent


@pytest.mark.parametrize(("intent", "extent"), [("affirm", "yes"), ("deny", "no")])
def test_extent_follows_the_understanding_where_the_words_are_strange(intent, extent):
    assert read_extent(heard("si", intent=intent), a_talk()) == extent


@pytest.mark.parametrize(
    ("title", "behaviour", "said", "value"),
    [
        ("pmo_analyst", "across", "2", "partly"),
        ("pmo_analyst", "across", "yes", "yes"),
        ("project_coordinator", "office", "yes", "yes"),
        ("project_coordinator", "across", "just one", "lower"),
        ("project_coordinator", "across", "several", "higher"),
        ("project_coordinator", "across", "about five projects", "higher"),
        ("project_coordinator", "across", "both", "partly"),
        ("project_coordinator", "across", "kinda", "partly"),
        ("project_coordinator", "across", "yes", Refused("Which is nearer: “One project team” or “Several at once”?")),
        ("project_coordinator", "across", "what is a programme", None),
        ("project_coordinator", "across", "bananas", None),
        ("project_coordinator", "across", "no idea", Refused(UNSURE)),
        ("pmo_lead", "office", "by expertise", "lower"),
        ("pmo_lead", "office", "no people but a budget", "higher"),
        ("head_of_pmo", "direct", "just the one, report to cio", "lower"),
        ("head_of_pmo", "direct", "three", "higher"),
        ("senior_pmo_analyst", "office", "i stand in when shes away", "partly"),
        ("senior_pmo_analyst", "office", "no", "no"),
        ("pmo_specialist", "office", "own the service", "yes"),
        ("coe_manager", "direct", "only for my division", "no"),
        ("coe_manager", "direct", "bananas", None),
    ],
)
def test_a_doubtful_titles_question_has_answers_of_its_own(title, behaviour, said, value):
    assert read_work(behaviour)(heard(said), a_talk({"title": title})) == value


@pytest.mark.parametrize("said", ["no not for me, for my analyst", "its not about me"])
def test_work_of_somebody_else_is_no_answer_about_ones_own(said):
    assert read_extent(heard(said), a_talk()) == Refused(YOUR_OWN_WORK)


@pytest.mark.parametrize("said", ["i dont trust that number", "I don't get it", "i dont care tbh"])
def test_what_is_said_of_the_talk_is_no_answer_about_work(said):
    assert read_extent(heard(said), a_talk()) is None


@pytest.mark.parametrize("said", ["just give me 3 kpis", "give me an example of one", "show us the levels"])
def test_a_request_is_no_job_title(said):
    assert read_title(heard(said), a_talk()) is None


@pytest.mark.parametrize(
    ("said", "extent"), [("yes for my team", "yes"), ("i dont get to do that", "no"), ("no, i dont need to", "no")]
)
def test_work_done_for_others_is_ones_own(said, extent):
    assert read_extent(heard(said), a_talk()) == extent
