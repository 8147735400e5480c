from typing import Any

import pytest

from benchmarks.measures.cross_validation import figures_of as cross_validation_figures
from benchmarks.measures.held_out import measure_held_out, measure_out_of_scope
from benchmarks.measures.public_sets import figures_of as public_set_figures
from benchmarks.scoring import Understanding, is_refused, judge, labels_of, share_of_each_kind
from benchmarks.sets import IntentSet


def parsed(intent: str, topic: str | None = None, *questions: tuple[str, str | None]) -> dict[str, Any]:
    asked = [{"intent": name, "topic": about} for name, about in questions]
    return {"intent": {"name": intent}, "topic": topic, "questions": asked or [{"intent": intent, "topic": topic}]}


@pytest.mark.parametrize(
    ("message", "expected"),
    [
        (parsed("ask_role"), {"ask_role"}),
        (parsed("ask_topic", "pmo_or_pm"), {"pmo_or_pm"}),
        (parsed("ask_topic"), {"ask_topic"}),
        (parsed("ask_role", "pmo_or_pm"), {"ask_role"}),
        (
            parsed("ask_several", None, ("ask_topic", "pmo_or_pm"), ("ask_role", None)),
            {"ask_several", "pmo_or_pm", "ask_role"},
        ),
        ({"intent": {"name": "greet"}, "topic": None, "questions": None}, {"greet"}),
    ],
    ids=["intent", "topic", "topic unknown", "topic of another intent", "several", "none"],
)
def test_labels_are_intents_or_topics(message: dict[str, Any], expected: set[str]) -> None:
    assert labels_of(message) == expected


def test_only_several_questions_count_beside_the_whole() -> None:
    message = parsed("nlu_fallback", None, ("ask_role", None))

    assert labels_of(message) == {"nlu_fallback"}


@pytest.mark.parametrize(
    ("intent", "expected"),
    [("nlu_fallback", True), ("out_of_scope_craft", True), ("out_of_scope", True), ("ask_role", False)],
    ids=str,
)
def test_refused_is_out_of_scope_or_not_understood(intent: str, expected: bool) -> None:
    assert is_refused(parsed(intent)) is expected


def test_held_out_figures_count_right_caught_and_wrongly_refused() -> None:
    # GIVEN two of four right in scope, one refused; two of three caught outside, one of them by the wrong kind
    given = Understanding(
        inside=(
            judge(frozenset({"ask_role"}), parsed("ask_role")),
            judge(frozenset({"pmo_or_pm", "ask_role"}), parsed("ask_topic", "pmo_or_pm")),
            judge(frozenset({"ask_level"}), parsed("ask_role")),
            judge(frozenset({"ask_level"}), parsed("nlu_fallback")),
        ),
        outside=(
            judge(frozenset({"out_of_scope_craft"}), parsed("out_of_scope_craft")),
            judge(frozenset({"out_of_scope_craft"}), parsed("out_of_scope_noise")),
            judge(frozenset({"out_of_scope_noise"}), parsed("ask_role")),
        ),
    )

    # WHEN they are measured
    held_out, out_of_scope = measure_held_out(given), measure_out_of_scope(given)

    # THEN each share is of its own set, and the note says how well kinds are told
    assert held_out.values == (50.0,)
    assert list(out_of_scope.values) == pytest.approx([200 / 3, 25])
    assert "33.3 %" in out_of_scope.notes[0]
    assert "craft 50, noise 0" in out_of_scope.notes[0]


def test_kinds_count_for_each_that_is_accepted() -> None:
    both = judge(frozenset({"out_of_scope_crisis", "out_of_scope_distress"}), parsed("out_of_scope_crisis"))

    assert share_of_each_kind([both]) == {"out_of_scope_crisis": 100, "out_of_scope_distress": 100}


def test_public_set_figures_are_accuracy_and_auroc() -> None:
    given = IntentSet(train=(), test=(("a", "x"), ("b", "y")), outside=("c",))

    actual = public_set_figures(given, {"test": [("x", 0.9), ("x", 0.4)], "outside": [("x", 0.5)]})

    assert actual.values == (0.5, 0.5)
    assert public_set_figures(IntentSet((), given.test), {"test": [("x", 1), ("y", 1)], "outside": []}).values == (1.0,)


def test_cross_validation_takes_all_topics_for_one_intent() -> None:
    labels = ["ask_topic/one", "ask_topic/two", "greet", "goodbye"]

    actual = cross_validation_figures(labels, ["ask_topic/two", "ask_topic/two", "greet", "greet"])

    assert actual.values[0] == pytest.approx(100 * (1 + 2 / 3 + 0) / 3)
    assert "3 intents, one of them with 2 topics" in actual.notes[0]
    assert "right in 50.0 %" in actual.notes[0]
    assert "weakest: goodbye 0" in actual.notes[0]
