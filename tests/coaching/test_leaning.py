"""A follow-up that is told by its form leans on what the talk is about: a path, a level, a check, a first step."""

import pytest

from bot.coaching.answer import Answer
from bot.coaching.follow_up import answer_follow_up
from bot.coaching.leaning import asks_simpler, doubted, lean, simply
from bot.coaching.situation import Situation
from bot.records import Focus, Level, Profile
from tests.coaching.asking import a_question
from tests.coaching.checks import KNOWLEDGE

ANALYST = Profile(role="pmo_analyst", level=Level.TWO)


def at(kind: str | None, subject: str = "") -> Situation:
    """Return the situation of an analyst in a talk about that."""
    return Situation(KNOWLEDGE, ANALYST, Focus(kind, subject) if kind else None)


def told(answer: Answer | None) -> str:
    """Return what the answer says."""
    assert answer is not None
    assert answer.reply is not None
    return answer.reply.text


@pytest.mark.parametrize(
    ("kind", "subject", "words"),
    [
        ("next_qualification", "p3o_practitioner", "If you took P3O Practitioner"),
        ("comparison", "p3o_foundation,prince2", "If you took P3O Foundation"),
        ("what_if", "p3o_practitioner", "If you took P3O Practitioner"),
        ("level", "2", "**Level three**"),
        ("assess_level", "4", "**Level four**"),
    ],
)
def test_what_comes_after_it_depends_on_what_it_is(kind: str, subject: str, words: str) -> None:
    assert words in told(lean(a_question("n after that?", intent="follow_up"), at(kind, subject)))


def test_what_leans_is_answered_before_the_question_is_completed() -> None:
    question = a_question("n after that?", intent="follow_up")
    assert "**Level three**" in told(answer_follow_up(question, at("level", "2")))


@pytest.mark.parametrize(("kind", "subject"), [(None, ""), ("next_qualification", ""), ("topic", "redundancy")])
def test_nothing_comes_after_what_has_no_order(kind: str | None, subject: str) -> None:
    assert lean(a_question("and after that?", intent="follow_up"), at(kind, subject)) is None


def test_a_part_asked_for_is_told_and_not_what_comes_after() -> None:
    question = a_question("and the exam after that", ("exam", "facet", "exam"), intent="follow_up")

    assert "exam" in told(answer_follow_up(question, at("certification", "p3o_foundation")))


@pytest.mark.parametrize(
    ("kind", "form"),
    [("next_qualification", "qualification_form"), ("role", "level_form"), ("insight", "insights_form")],
)
def test_the_proper_check_goes_into_what_the_talk_is_about(kind: str, form: str) -> None:
    answer = lean(a_question("can we do the proper check", intent="follow_up"), at(kind, "x"))

    assert answer is not None
    assert answer.start == form


@pytest.mark.parametrize("kind", [None, "topic"])
def test_without_such_a_subject_it_is_asked_which_check(kind: str | None) -> None:
    assert told(lean(a_question("the full check", intent="follow_up"), at(kind, "x"))).startswith("Gladly.")


@pytest.mark.parametrize(
    ("kind", "subject", "words"),
    [
        (None, "", "fits best"),
        ("comparison", "p3o_foundation,prince2", "P3O Foundation"),
        ("topic", "governance_words", "ask to sit in at the next one"),
    ],
)
def test_in_ones_shoes_a_first_step_is_named(kind: str | None, subject: str, words: str) -> None:
    assert words in told(lean(a_question("wat would u do in my shoes", intent="follow_up"), at(kind, subject)))


@pytest.mark.parametrize(
    ("kind", "subject", "words"),
    [
        (None, "", "fits best"),
        ("topic", "governance_words", "fits best"),
        ("comparison", "prince2,unheard_of,pmi_pmocp", "For you, at level two, **PMI-PMOCP**"),
    ],
)
def test_which_is_for_me_is_told_of_those_that_were_compared(kind: str | None, subject: str, words: str) -> None:
    assert words in told(lean(a_question("and which one for me?", intent="follow_up"), at(kind, subject)))


@pytest.mark.parametrize(
    ("kind", "subject", "words"), [("role", "pmo_lead", "PMO Lead"), ("level", "3", "**Level three**")]
)
def test_that_person_is_whom_the_talk_was_of(kind: str, subject: str, words: str) -> None:
    assert words in told(lean(a_question("what does that person do", intent="follow_up"), at(kind, subject)))


@pytest.mark.parametrize(("kind", "subject"), [(None, ""), ("topic", "redundancy"), ("assess_level", "")])
def test_that_person_is_nobody_where_the_talk_was_of_none(kind: str | None, subject: str) -> None:
    assert lean(a_question("what does that person do", intent="follow_up"), at(kind, subject)) is None


@pytest.mark.parametrize(
    ("text", "named", "words"),
    [
        ("what certifications do they need", ("certifications", "facet", "certifications"), "There I would look at"),
        ("do they need P3O", ("P3O", "certification", "p3o_foundation"), "P3O"),
        ("and what do they do at level 3", ("level 3", "level", "3"), "**Level three**"),
        ("what would they do as a PMO manager", ("PMO manager", "role", "pmo_manager"), "PMO Managers"),
    ],
    ids=["a facet", "a certification", "a level", "a role"],
)
def test_what_they_need_is_told_and_not_what_they_do(text: str, named: tuple[str, str, str], words: str) -> None:
    answer = answer_follow_up(a_question(text, named, intent="follow_up"), at("role", "pmo_analyst"))

    assert words in told(answer).partition("\n")[0]


@pytest.mark.parametrize("text", ["more simple please", "in plain english", "too long", "shorter pls"])
def test_the_same_in_short_is_heard(text: str) -> None:
    assert asks_simpler(text)
    assert not asks_simpler("tell me more")


@pytest.mark.parametrize(
    ("said", "short"),
    [
        ("One. Two.\n\nThree.", "In short: One. Two."),
        ("A first sentence. " + "And one that goes on and on " * 6 + ".", "In short: A first sentence."),
        ("Three of them:\n\n- **One:** a\n- **Two:** b", "In short: One and Two. Name one, and I say what it is."),
        ("Of these:\n\nnone", "In short: Of these:"),
        ("", "Of course. What shall I put simply?"),
    ],
)
def test_a_short_version_is_the_beginning_or_what_is_listed(said: str, short: str) -> None:
    assert told(simply(at(None), said)) == short


def test_a_doubted_level_shows_where_it_came_from() -> None:
    assert told(doubted(at("assess_level", "2"))).startswith("You know your work better than I do")


def test_a_doubt_without_a_level_shows_what_was_noted() -> None:
    assert "PMO Analyst" in told(doubted(at("assess_level")))
    assert "PMO Analyst" in told(doubted(at(None)))


def test_a_doubt_where_nothing_was_noted_is_none() -> None:
    assert doubted(Situation(KNOWLEDGE, Profile(), None)) is None


@pytest.mark.parametrize("kind", [None, "topic"])
def test_a_level_asked_of_nothing_that_has_one_is_ones_own(kind: str | None) -> None:
    question = a_question("what level would that be", ("level", "facet", "level"), intent="follow_up")

    assert told(lean(question, at(kind, "x"))).startswith("You stand at **level two**")


def test_a_level_asked_of_a_certification_is_not_ones_own() -> None:
    question = a_question("what level is that", ("level", "facet", "level"), intent="follow_up")

    assert "level two" in told(answer_follow_up(question, at("certification", "p3o_foundation"))).lower()
