"""What the coach says of remembering: complete, readable, with a way out."""

from dataclasses import replace
from datetime import date, datetime, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.coaching.memory import (
    ask_consent,
    ask_forget,
    consent_given,
    consent_refused,
    export_here,
    forgotten,
    offer_export,
    plan_line,
    tell_memory,
)
from bot.content import KNOWLEDGE_FOLDER, read_knowledge
from bot.records import (
    Consent,
    ConsentState,
    Feedback,
    Level,
    Membership,
    Memory,
    Plan,
    PlanStatus,
    Profile,
    Rating,
    ResultKind,
    StoredResult,
)

KNOWLEDGE = read_knowledge([KNOWLEDGE_FOLDER])
NOON = datetime(2026, 3, 3, 12, tzinfo=timezone.utc)
PLAN = Plan(
    id="p", goal="lead", reality=None, options=(), action="ask Sam.", when="When I see Sam", due=date(2026, 12, 4),
    realistic=8, committed=9, status=PlanStatus.OPEN, created=date(2026, 11, 24),
)  # fmt: skip
FULL = Memory(
    "p",
    consent=Consent(ConsentState.GIVEN, NOON),
    profile=Profile(
        role="pmo_analyst", level=Level.TWO, held=("p3o_foundation",), not_held=("prince2",),
        wanted=("p3o_practitioner",), region="uk", goal="run a PMO", preference="practice", experience_months=36,
    ),
    results=(StoredResult(ResultKind.LEVEL, NOON, {"level": 2}),),
    plans=(PLAN,),
    feedback=(Feedback(4, Rating.DOWN, "too long", NOON),),
    teams=(Membership("North", NOON, ("planning", "reporting")),),
    messages=12,
)  # fmt: skip


def test_telling_has_everything() -> None:
    said = tell_memory(FULL, KNOWLEDGE, days=180)

    for told in (
        "PMO Analyst", "two", "P3O Foundation", "PRINCE2", "P3O Practitioner",
        "the UK", "run a PMO", "hands-on", "3 years",
        "Level check, 3 March 2026", "When I see Sam: ask Sam, by 4 December 2026 (open)", "North, since 3 March 2026",
        "planning", "reporting", "down, 3 March 2026: too long", "12 messages", "180 days", "export my data",
        "forget me",
    ):  # fmt: skip
        assert told.casefold() in said.text.casefold(), told
    assert [choice.payload for choice in said.choices] == ["/export_data", "/forget_me"]


def test_one_message_is_one() -> None:
    assert "One message of this conversation is stored" in tell_memory(Memory("p", messages=1), KNOWLEDGE, days=9).text


def test_telling_nothing_says_so() -> None:
    said = tell_memory(Memory("p"), KNOWLEDGE, days=30)

    assert "Nothing yet" in said.text
    assert "not asked yet" in said.text
    assert said.choices[-1].payload == "/give_consent"


def test_telling_somebody_who_refused_says_so() -> None:
    said = tell_memory(Memory("p", consent=Consent(ConsentState.REFUSED, NOON)), KNOWLEDGE, days=30)

    assert "did not agree" in said.text


def test_what_is_not_known_any_more_is_left_out() -> None:
    memory = replace(FULL, profile=Profile(role="gone", held=("gone",), wanted=("gone",)),
                     teams=(Membership("North", NOON, ("gone",)),))  # fmt: skip

    said = tell_memory(memory, KNOWLEDGE, days=30)

    assert "gone" not in said.text


@given(st.text(max_size=40))
def test_a_persons_words_stay_on_their_line(words: str) -> None:
    said = tell_memory(replace(FULL, plans=(replace(PLAN, action=words),)), KNOWLEDGE, days=30)

    assert said.text.count("\n- ") == tell_memory(FULL, KNOWLEDGE, days=30).text.count("\n- ")


@pytest.mark.parametrize(
    ("kind", "data", "told"),
    [
        (ResultKind.LEVEL, {"level": 2, "answers": {"across": True, "office": False}, "gone": None},
         "level: 2; answers: across: yes, office: no"),
        (ResultKind.BUILDER_GROWER, {"label": "mixed", "value": 1, "answers": {"bg1": 4, "bg2": "B"}},
         "some of both, with a balance of 1; your answers in order: 4, B"),
        (ResultKind.BUILDER_GROWER, {"label": "strong_builder", "value": 9, "answers": {"bg1": 1}},
         "strong builder, with a balance of 9; your answers in order: 1"),
        (ResultKind.BUILDER_GROWER, {"label": "mixed"}, "label: mixed"),
    ],
    ids=["level", "some of both", "a label", "without answers"],
)  # fmt: skip
def test_a_result_is_told_in_words(kind: ResultKind, data: dict, told: str) -> None:
    said = tell_memory(replace(FULL, results=(StoredResult(kind, NOON, data),)), KNOWLEDGE, days=30)

    assert f", 3 March 2026: {told}" in said.text


def test_plan_without_moment_and_day_is_a_line() -> None:
    assert plan_line(replace(PLAN, when=None, due=None, status=PlanStatus.DONE)) == "ask Sam (done)"


def test_consent_is_asked_in_one_sentence_with_yes_and_no() -> None:
    said = ask_consent()

    assert said.text.count("?") == 1
    assert "." not in said.text
    assert [choice.payload for choice in said.choices] == ["/give_consent", "/do_not_save"]


def test_forgetting_is_asked_once_and_names_what_goes() -> None:
    said = ask_forget()

    assert "cannot be undone" in said.text
    assert [choice.payload for choice in said.choices] == ['/forget_me{"sure": "yes"}', "/deny"]


@pytest.mark.parametrize("said", [ask_consent(), ask_forget(), consent_given(), consent_refused(), forgotten()])
def test_sentences_are_short(said) -> None:
    for sentence in said.text.replace("?", ".").split("."):
        assert len(sentence.split()) <= 25
    assert len(said.text.split()) <= 90


def test_export_names_the_files_and_shows_the_plans() -> None:
    said = offer_export(FULL)

    assert all(f"/export {form}" in said.text for form in ("md", "json", "ics"))
    assert "ask Sam" in said.text
    assert "Your plans" not in offer_export(replace(FULL, plans=())).text


def test_export_where_there_are_no_files_is_the_text_itself() -> None:
    said = export_here(FULL, KNOWLEDGE)

    assert said.text.startswith("# From PMO Coach")
    assert "ask Sam" in said.text
    assert "\n\n## What I told the coach\n\n- " in said.text
    assert "/export" not in said.text
    assert "nothing to take along" in export_here(Memory("p"), KNOWLEDGE).text


@pytest.mark.parametrize(("consent", "choices"), [(None, 1), (Consent(ConsentState.GIVEN, NOON), 0)])
def test_empty_export_says_so(consent: Consent | None, choices: int) -> None:
    said = offer_export(Memory("p", consent=consent))

    assert "empty" in said.text
    assert len(said.choices) == choices


def test_telling_has_a_results_answers() -> None:
    data = {"level": 2, "between": False, "title": None, "answers": {"across": "yes", "office": "no"}}
    memory = replace(FULL, results=(StoredResult(ResultKind.LEVEL, NOON, data),))

    said = tell_memory(memory, KNOWLEDGE, days=180).text

    assert "Level check, 3 March 2026: level: 2; between: no; answers: across: yes, office: no" in said
