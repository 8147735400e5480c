"""What would change a recommendation, a way without any certificate, and work supposed in words."""

import pytest

from bot.coaching.next_qualification import rank_certifications
from bot.coaching.situation import Situation
from bot.coaching.supposing import suppose
from bot.coaching.what_changes import answer_what_changes, asks_what_changes, leaves_all_out
from bot.coaching.what_if import answer_what_if
from bot.records import Focus, Level, Mention, Profile, Question
from tests.coaching.form_talks import KNOWLEDGE

ANALYST = Profile(role="pmo_analyst")


def a_question(text: str, *mentions: Mention) -> Question:
    return Question(text, "ask_what_if", 0.9, None, mentions)


def said(text: str, profile: Profile = ANALYST, focus: Focus | None = None) -> str:
    reply = answer_what_if(a_question(text), Situation(KNOWLEDGE, profile, focus)).reply
    assert reply is not None
    return reply.text


@pytest.mark.parametrize(
    "text",
    ["what would make you change your mind", "what would change it?", "which single answer, what could change this",
     "so what would change your advice"],
)  # fmt: skip
def test_which_answer_would_change_the_advice_is_understood(text: str):
    assert asks_what_changes(a_question(text))


@pytest.mark.parametrize("text", ["what would change if i moved to the US", "what changes if I take MSP first"])
def test_what_a_change_would_bring_is_another_question(text: str):
    assert not asks_what_changes(a_question(text))


@pytest.mark.parametrize("level", Level)
def test_each_answer_told_would_indeed_put_another_first(level: Level):
    profile = Profile(level=level)
    first = rank_certifications(KNOWLEDGE, profile, level)[0].certification
    words = said("what would change your mind", profile)

    named = [c for c in KNOWLEDGE.certifications.values() if f"**{c.name}**" in words]
    assert KNOWLEDGE.certifications[first] in named
    lines = [line for line in words.splitlines() if line.startswith("- if ")]
    assert lines
    assert not any(f"**{KNOWLEDGE.certifications[first].name}**" in line for line in lines)
    for line in lines:
        if "you preferred hands-on" in line:
            other = rank_certifications(KNOWLEDGE, Profile(level=level, preference="practice"), level)[0]
            assert KNOWLEDGE.certifications[other.certification].name in line


def test_without_a_level_it_is_asked_for():
    assert said("what would change your mind", Profile()).startswith("Your level would, more than anything else")


@pytest.mark.parametrize(
    "text",
    ["what if i skip certifications altogether", "what if i never take another exam", "suppose I do no certificate",
     "what if i dont bother with any qualifications"],
)  # fmt: skip
def test_no_certificate_at_all_is_a_way_too(text: str):
    assert leaves_all_out(a_question(text))
    words = said(text)
    assert "never says that a role requires one" in words
    assert KNOWLEDGE.levels[Level.THREE].asks[0].rstrip(".") in words


@pytest.mark.parametrize("profile", [Profile(), Profile(level=Level.FOUR)])
def test_a_way_without_certificates_is_told_at_the_top_and_without_a_level_too(profile: Profile):
    assert "the work has to speak for you" in said("what if i skip certificates altogether", profile)


@pytest.mark.parametrize(
    "text", ["what if i have no certificates yet", "what if i skip P3O", "what if I take the exam"]
)
def test_other_suppositions_leave_certificates_in(text: str):
    named = [Mention("certification", "p3o_foundation", "P3O", text.find("P3O"), text.find("P3O") + 3)]
    assert not leaves_all_out(a_question(text, *(named if "P3O" in text else [])))


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("what if i managed people", Level.THREE),
        ("and if I had direct reports", Level.THREE),
        ("suppose i ran the pmo", Level.THREE),
        ("what if i worked with the board", Level.FOUR),
        ("what if I led several PMOs", Level.FOUR),
        ("what if i worked across projects", Level.TWO),
    ],
)
def test_work_is_supposed_at_its_level(text: str, level: Level):
    supposed = suppose(KNOWLEDGE, ANALYST, a_question(text))

    assert supposed is not None
    assert (supposed.profile.level, supposed.words) == (level, f"you did level-{level.word} work")


def test_a_title_that_is_supposed_is_not_read_as_work_beside_it():
    mention = Mention("role", "pmo_manager", "PMO manager", 10, 21)
    supposed = suppose(KNOWLEDGE, ANALYST, a_question("what if i ran the pmo as PMO manager", mention))

    assert supposed is not None
    assert supposed.words == "you became a PMO Manager"


def test_where_nothing_is_left_no_answer_changes_it() -> None:
    everything = Profile(level=Level.FOUR, held=tuple(KNOWLEDGE.certifications))

    reply = answer_what_changes(KNOWLEDGE, everything, Level.FOUR, None).reply

    assert reply.text.startswith("No single answer would")


def test_what_somebody_is_already_is_not_supposed() -> None:
    told = answer_what_changes(KNOWLEDGE, Profile(level=Level.TWO, preference="practice", region="uk"), Level.TWO, None)

    assert "hands-on" not in told.reply.text
    assert "in the UK" not in told.reply.text
