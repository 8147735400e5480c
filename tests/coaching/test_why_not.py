"""Whoever asks why something was not recommended gets its reasons, for every person and every certification."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.coaching.follow_up import answer_why
from bot.coaching.next_qualification import rank_certifications
from bot.coaching.next_qualification_wording import MOST_WORDS, answer_next_qualification
from bot.coaching.profile import level_of
from bot.coaching.situation import Situation
from bot.coaching.why_not import _left_out, asks_why_not, why_not
from bot.coaching.wishes import Wishes
from bot.records import Focus, Level, Profile, ReplyKind
from tests.coaching.asking import a_question
from tests.coaching.checks import KNOWLEDGE
from tests.coaching.profiles import CERTIFICATIONS, profiles

ANALYST = Profile(role="pmo_analyst", held=("p3o_foundation",), experience_months=36)


def told(text: str, *found: tuple[str, str, str], profile: Profile = ANALYST, focus: Focus | None = None) -> str:
    """Return what the coach says after a recommendation to that person."""
    focus = focus or answer_next_qualification(KNOWLEDGE, profile).focus
    answer = answer_why(Situation(KNOWLEDGE, profile, focus), a_question(text, *found, intent="ask_why"))
    assert answer.reply is not None
    return answer.reply.text


@given(profiles, st.sampled_from(CERTIFICATIONS))
@settings(max_examples=300, deadline=None)
def test_why_not_is_answered_in_few_words(profile, certification):
    text = told(f"why not {certification}", (certification, "certification", certification), profile=profile)

    level = level_of(KNOWLEDGE, profile)
    ranked = rank_certifications(KNOWLEDGE, profile, level) if level else ()
    first = ranked and ranked[0].certification == certification
    assert first or not ranked or KNOWLEDGE.certifications[certification].name in text
    assert first or len(text.split()) <= MOST_WORDS


@pytest.mark.parametrize(
    ("certification", "reason"),
    [
        ("pmi_pmp", "about projects rather than PMOs"),
        ("hop_essentials_managers", "What held it back"),
        ("p3o_foundation", "you hold it"),
        ("bcs_ppso_essentials", "Essentials for PMO Administrators took its place"),
        ("hop_essentials_directors", "level four, and I took you to be at level two"),
        ("p3o_practitioner", "I took you to be at level two"),
    ],
)
def test_the_reason_is_that_of_the_ranking(certification: str, reason: str) -> None:
    assert reason in told("why not that", ("that", "certification", certification))


@pytest.mark.parametrize(
    ("text", "ordinal", "named"),
    [
        ("why not the second", "2", ["Essentials for PMO Managers"]),
        ("why not the third one", "3", ["PMI-PMOCP"]),
        ("why not the last one", "-1", ["PMI-PMOCP"]),
        ("why not the others", None, ["Essentials for PMO Managers", "PMI-PMOCP"]),
    ],
)
def test_one_that_is_counted_is_counted_from_the_recommendation(text: str, ordinal: str | None, named: list[str]):
    found = [(text.split()[-1], "ordinal", ordinal)] if ordinal else []

    said = told(text, *found)

    assert all(name in said for name in named)
    assert len(named) > 1 or "What held it back" in said


def test_without_a_level_nothing_was_ruled_out() -> None:
    text = told("why not pgmp", ("pgmp", "certification", "pmi_pgmp"), profile=Profile(), focus=Focus("level", "2"))

    assert "I have not ruled it out" in text
    assert "PgMP" in text


def test_the_time_there_is_weighs_as_it_did_in_the_recommendation() -> None:
    focus = Focus("next_qualification", "p3o_practitioner", Wishes(year=2026).facets())

    text = told("why not pmp", ("pmp", "certification", "pmi_pmp"), focus=focus)

    assert "**P3O Practitioner** stays first" in text


def test_why_asks_why_the_coach_asks_while_its_question_is_open() -> None:
    answer = answer_why(Situation(KNOWLEDGE, Profile(), Focus("next_qualification", "")))

    assert answer.reply is not None
    assert answer.reply.kind is ReplyKind.ASK
    assert "kind of work" in answer.reply.text
    assert answer.reply.choices[0].payload.startswith("/next_qualification")


@pytest.mark.parametrize("level", Level)
def test_the_first_is_explained_when_it_is_asked_about_itself(level: Level) -> None:
    profile = Profile(level=level)
    best = rank_certifications(KNOWLEDGE, profile, level)[0].certification

    assert f"I took you to be at level {level.word}" in told(
        "why not it", ("it", "certification", best), profile=profile
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [("why not pmp", True), ("how come you didn't say pmp", True), ("why p3o over pmp", True), ("why", False)],
)
def test_why_not_is_told_from_why(text: str, expected: bool) -> None:
    assert asks_why_not(text) is expected


@pytest.mark.parametrize(
    ("certification", "profile", "reason"),
    [
        ("hop_competency_framework", ANALYST, "nothing that says it can be taken today"),
        ("p3o_foundation", Profile(role="pmo_analyst", held=("p3o_practitioner",)), "what you hold stands on it"),
        ("p3o_practitioner", ANALYST, "It asks for P3O Foundation, which you hold."),
    ],
    ids=["not to be had", "below what is held", "it is the first"],
)
def test_why_not_tells_what_is_behind_it(certification: str, profile: Profile, reason: str) -> None:
    assert reason in told("why not that", ("that", "certification", certification), profile=profile)


def test_what_does_not_fit_for_no_reason_that_has_a_name_is_told_so() -> None:
    wanted = KNOWLEDGE.certifications["msp"]

    assert _left_out(KNOWLEDGE, Profile(), Level.TWO, wanted) == "it did not fit what you told me."


@pytest.mark.parametrize(("certification", "known"), [("msp", True), ("gone", False)])
def test_before_anything_is_ranked_nothing_is_ruled_out(certification: str, known: bool) -> None:
    question = a_question("why not that", ("that", "certification", certification), intent="ask_why")

    answer = why_not(question, Situation(KNOWLEDGE, Profile()))

    assert (answer is not None) is known
    assert answer is None or "I have not ruled it out" in answer.reply.text


def test_a_talk_about_something_else_comes_to_the_recommendation() -> None:
    question = a_question("why not that", ("that", "certification", "msp"), intent="ask_why")

    answer = why_not(question, Situation(KNOWLEDGE, ANALYST, Focus("certification", "msp")))

    assert answer.focus.kind == "next_qualification"
    assert answer.focus.offered


@pytest.mark.parametrize(("ordinal", "found"), [("-1", True), ("9", False)])
def test_the_last_of_what_was_offered_is_counted_from_the_end(ordinal: str, found: bool) -> None:
    question = a_question("why not that", ("that", "ordinal", ordinal), intent="ask_why")

    answer = why_not(question, Situation(KNOWLEDGE, ANALYST))

    assert (answer is not None) is found
