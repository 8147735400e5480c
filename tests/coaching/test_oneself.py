"""A title, a place or a level is the person's own only where they say so of themselves."""

import re

import pytest

from bot.coaching.oneself import claimed_level, is_listed, own, own_experience
from bot.records import Mention, Question

TITLES = ("pmo manager", "project admin", "pmo director", "coordinator", "pmo analyst", "junior pms", "senior analyst")


def a_question(text: str, entity: str, phrases: tuple[str, ...], *, intent: str = "ask_role") -> Question:
    lowered = text.lower()
    mentions = sorted(
        (lowered.index(p), p) for p in phrases if p in lowered
    )  # fmt: skip
    return Question(
        text, intent, 1.0, None, tuple(Mention(entity, p, p, start, start + len(p)) for start, p in mentions)
    )


@pytest.mark.parametrize(
    ("text", "intent", "expected"),
    [
        ("im a pmo analyst 3 yrs", "tell_profile", "pmo analyst"),
        ("i want to be a PMO manager, now i'm a project admin. what level am i", "assess_level", "project admin"),
        ("is PMO director level 4? i'm just a coordinator", "ask_role", "coordinator"),
        ("My mate is a PMO analyst, I am a nurse", "tell_profile", None),
        ("whats the diference between that and a pmo analyst", "assess_level", None),
        ("mentored two junior PMs", "tell_profile", None),
        ("pmo analyst with p3o, what next", "next_qualification", "pmo analyst"),
        ("what does a pmo manager do", "ask_role", None),
        ("no i meant im a senior analyst and manage 2 people", "correct_reading", "senior analyst"),
        ("I work as a PMO analyst", "ask_topic", "pmo analyst"),
        ("before that i was a pmo analyst", "tell_profile", None),
        ("used to be a pmo analyst, now a pmo manager", "tell_profile", "pmo manager"),
        ("i chase the junior pms for their reports", "tell_profile", None),
        ("be a pmo manager by 2028", "tell_profile", None),
        ("i help the pmo manager", "tell_profile", None),
        ("who has work like mine? pmo director?", "tell_profile", None),
    ],
)
def test_own_title(text, intent, expected):
    mention = own(a_question(text, "role", TITLES, intent=intent), "role")
    assert (mention.value if mention else None) == expected


def test_a_title_alone_counts_when_the_coach_asked():
    question = a_question("pmo manager", "role", TITLES)
    assert own(question, "role") is None
    assert own(question, "role", awaited=True) is not None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("im in texas", "texas"),
        ("no im in texas", "texas"),
        ("based in texas", None),
        ("My PMO is being outsourced to texas", None),
        ("is pmp known in texas", None),
    ],
)
def test_own_place(text, expected):
    mention = own(a_question(text, "region", ("texas",)), "region")
    assert (mention.value if mention else None) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("im level 3 not 2", "3"),
        ("actually i'm level 3", "3"),
        ("I am programme manager 10 years want move to portfolio office. start at level 3?", None),
        ("is apm pmq level 3 your level", None),
        ("what is level 3", None),
        ("im not sure if im a level 3 or 2", None),
        ("i'm level 3 or 4 i guess", None),
        ("dont know whether im level 3", None),
    ],
)
def test_claimed_level(text, expected):
    assert claimed_level(a_question(text, "level", ("3",), intent="tell_profile")) == expected


@pytest.mark.parametrize("text", ["im level 4 apprentice", "i'm a level 4, rqf that is"])
def test_a_level_of_another_ladder_is_not_claimed(text):
    level = Mention("level", "4", "level 4", text.index("level 4"), text.index("level 4") + 7)
    ladder = Mention("ladder", "other", "rqf", len(text), len(text))
    assert claimed_level(Question(text, "tell_profile", 1.0, None, (level,))) == "4"
    assert claimed_level(Question(text, "tell_profile", 1.0, None, (level, ladder))) is None


def test_the_level_of_a_choice_of_work_is_claimed():
    work = Mention("work", "3", "", 0, 0)
    assert claimed_level(Question("I manage an office", "assess_level", 1.0, None, (work,))) == "3"


@pytest.mark.parametrize(
    ("text", "months"),
    [
        ("I have 2 years of experience. I mean 20 years", "240"),
        ("I mean 20 years", "240"),
        ("3 years in a pmo", "36"),
        ("no, i said 3 years not 20 years", "36"),
        ("i told you 2 years", "24"),
        ("in the next six months", None),
        ("within 2 years", None),
        ("i passed it 3 years ago", None),
        ("i have 2 months pay", None),
    ],
)
def test_experience_is_what_was_put_right_and_nothing_ahead_or_long_past(text, months):
    lengths = {"2 years": "24", "20 years": "240", "3 years": "36", "six months": "6", "2 months": "2"}
    mentions = tuple(
        Mention("experience_months", value, words, found.start(), found.end())
        for words, value in lengths.items()
        for found in re.finditer(rf"\b{words}", text)
    )

    told = own_experience(Question(text, "tell_profile", 1.0, None, mentions))

    assert (told.value if told else None) == months


@pytest.mark.parametrize(
    ("text", "listed"),
    [
        ("im a pmo analyst, 3 years, uk, p3o", True),
        ("p3o, pmo analyst", True),
        ("pmo analyst, p3o 2019, 3 years", True),
        ("pmo analyst, 3 years, thinking of p3o", False),
        ("pmo analyst looking at p3o", False),
        ("pmo analyst, 3 years, p3o?", False),
        ("p3o, prince2", False),
    ],
)
def test_a_certification_in_a_list_of_what_one_is_is_held(text, listed):
    phrases = {
        "pmo analyst": "role",
        "3 years": "experience_months",
        "p3o": "certification",
        "prince2": "certification",
    }
    mentions = tuple(
        Mention(entity, words, words, text.index(words), text.index(words) + len(words))
        for words, entity in phrases.items()
        if words in text
    )
    question = Question(text, "tell_profile", 1.0, None, mentions)
    named = [mention for mention in mentions if mention.entity == "certification"]

    assert all(is_listed(question, mention) is listed for mention in named)
    assert not any(is_listed(Question(text, "ask_topic", 1.0, None, mentions), mention) for mention in named)


@pytest.mark.parametrize(
    ("text", "intent", "level"),
    [
        ("I run a pmo of five at a housing association", "tell_profile", "3"),
        ("i lead the programme office, what next", "next_qualification", "3"),
        ("i look after our small project management office", "tell_profile", "3"),
        ("I want to run a pmo", "tell_profile", None),
        ("should i lead a pmo", "ask_topic", None),
        ("i manage an epmo", "tell_profile", None),
    ],
)
def test_who_runs_an_office_does_the_work_of_level_three(text, intent, level):
    assert claimed_level(Question(text, intent, 1.0)) == level
