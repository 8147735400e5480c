"""Who was not understood is asked once which reading was meant, or to rephrase, and the second time shown a menu."""

import pytest

from bot.coaching.repair import menu, no_problem, nothing_asked, repair
from bot.records import Question, Reply, ReplyKind
from tests.coaching.asking import a_question
from tests.coaching.checks import KNOWLEDGE, named

Readings = list[tuple[str, str | None, float]]
PLAIN = a_question("hm")
NAMING = a_question("p3o and nonsense", ("p3o", "certification", "p3o_foundation"))
LEVEL: Readings = [("ask_level", None, 0.4)]


def repaired(question: Question, readings: Readings, *, failures: int = 0) -> Reply:
    reply = repair(KNOWLEDGE, question, readings, failures=failures).reply
    assert reply is not None
    return reply


@pytest.mark.parametrize(
    ("question", "readings", "titles"),
    [
        (PLAIN, LEVEL, ["The four levels"]),
        (PLAIN, [*LEVEL, ("ask_role", None, 0.3), ("ask_insight", None, 0.2)], ["The four levels", "PMO roles"]),
        (PLAIN, [*LEVEL, ("ask_level", None, 0.3)], ["The four levels"]),
        (PLAIN, [*LEVEL, ("ask_role", None, 0.05)], ["The four levels"]),
        (PLAIN, [*LEVEL, ("out_of_scope_other", None, 0.3)], ["The four levels"]),
        (PLAIN, [*LEVEL, ("thank", None, 0.3)], ["The four levels"]),
        (PLAIN, [("ask_topic", "four_levels_overview", 0.3)], [named("topic", "four_levels_overview")]),
        (PLAIN, [*LEVEL, ("ask_topic", "gone", 0.3)], ["The four levels"]),
        (NAMING, [("ask_certification", None, 0.3)], [named("certification", "p3o_foundation")]),
    ],
    ids=["one", "the likeliest two", "each once", "too unlikely", "out of scope", "nameless", "topic", "topic gone",
         "what it names"],
)  # fmt: skip
def test_what_may_have_been_meant_is_named(question: Question, readings: Readings, titles: list[str]) -> None:
    reply = repaired(question, readings)

    assert reply.kind is ReplyKind.CLARIFY
    assert ("one of these" in reply.text) == (len(titles) > 1)
    assert [choice.title for choice in reply.choices] == [*titles, "Something else"]


@pytest.mark.parametrize("entry", [("certification", "gone"), ("level", "9")])
def test_a_reading_of_what_is_not_known_falls_back_to_its_kind(entry: tuple[str, str]) -> None:
    kind, value = entry
    reply = repaired(a_question("x", ("x", kind, value)), [(f"ask_{kind}", None, 0.3)])

    assert value not in "".join(choice.payload for choice in reply.choices)
    assert len(reply.choices) == 2


def test_who_meant_nothing_that_can_be_named_is_asked_to_rephrase_with_examples() -> None:
    reply = repaired(PLAIN, [])

    assert reply.kind is ReplyKind.FALLBACK
    assert "other words" in reply.text
    assert reply.text.count("“") == 2


@pytest.mark.parametrize("readings", [[], LEVEL], ids=["no reading", "a reading"])
def test_the_second_time_there_is_a_menu(readings: Readings) -> None:
    reply = repaired(PLAIN, readings, failures=1)

    assert reply.kind is ReplyKind.FALLBACK
    assert "other words" not in reply.text
    assert reply.choices == menu(KNOWLEDGE, "x").reply.choices


def test_a_no_is_taken_for_one_and_said_shortly_in_a_form() -> None:
    long, short = no_problem(KNOWLEDGE).reply, no_problem(KNOWLEDGE, short=True).reply

    assert short.text == "No problem."
    assert long.text.startswith(short.text)
    assert len(long.text) > len(short.text)


def test_an_answer_to_no_question_is_offered_the_forms() -> None:
    intents = {choice.payload.lstrip("/").partition("{")[0] for choice in nothing_asked(KNOWLEDGE).reply.choices}

    assert intents == {"assess_level", "find_builder_or_grower", "check_insights", "next_qualification", "make_plan"}
