"""What is plain from the words decides, whatever the model is surest of."""

import pytest
from rasa.shared.nlu.constants import ENTITIES, INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message

from bot.nlu.intent_classifier import READINGS
from bot.nlu.interpreter import Interpreter


def read(text: str, *, title: str | None) -> str:
    """Return the intent of a text whose likeliest label, not a sure one, is that of telling."""
    entities = []
    if title:
        start = text.index(title)
        end = start + len(title)
        entities = [{"entity": "role", "value": "project_coordinator", "start": start, "end": end}]
    reading = {"labels": [("tell_profile", 0.4), ("assess_level", 0.2)], "confidence": 0.4, "nearness": 0.5}
    message = Message({TEXT: text, ENTITIES: entities, READINGS: [reading]})
    Interpreter(Interpreter.get_default_config()).process([message])
    return str(message.get(INTENT)["name"])


@pytest.mark.parametrize(
    ("text", "title", "intent"),
    [
        ("im a project cordinator, 2 yrs. wat am i", "project cordinator", "assess_level"),
        ("pmo coordinator here, what level does that make me", "coordinator", "assess_level"),
        ("project coordinator, what level am I?", "project coordinator", "assess_level"),
        ("im a project coordinator, 2 yrs", "project coordinator", "tell_profile"),
        ("what am i to do with all this", None, "tell_profile"),
        ("i have it already, where do i go from there", None, "next_qualification"),
    ],
)
def test_a_title_and_what_am_i_asks_for_a_level(text: str, title: str | None, intent: str) -> None:
    assert read(text, title=title) == intent


@pytest.mark.parametrize(
    ("text", "held", "intent"),
    [
        ("prince2 or p3o for a beginner", None, "compare_certifications"),
        ("prince2 vs p3o, which exam is longer", None, "compare_certifications"),
        ("got prince2, is p3o or more training worth it", True, "ask_certification"),
        ("does prince2 count for p3o", None, "ask_certification"),
    ],
)
def test_an_or_between_two_certifications_compares_them(text: str, held: bool | None, intent: str) -> None:
    entities = [
        {"entity": "certification", "value": value, "start": text.index(value), "end": text.index(value) + len(value)}
        for value in ("prince2", "p3o")
    ]
    entities[0].update({"held": held} if held else {})
    message = Message({TEXT: text, ENTITIES: entities, READINGS: [
        {"labels": [("ask_certification", 0.8)], "confidence": 0.8, "nearness": 0.8}
    ]})  # fmt: skip

    Interpreter(Interpreter.get_default_config()).process([message])

    assert message.get(INTENT)["name"] == intent


@pytest.mark.parametrize(
    ("text", "found", "intent"),
    [
        ("why not the second", ("ordinal", "2", "second"), "ask_why"),
        ("ok and why not pmp?", ("certification", "pmp", "pmp"), "ask_why"),
        ("why not the others", None, "ask_why"),
        ("why not", None, "ask_certification"),
        ("why isn't the pass mark of pmp published", ("certification", "pmp", "pmp"), "ask_certification"),
    ],
)
def test_why_not_with_something_to_compare_asks_for_reasons(
    text: str, found: tuple[str, str, str] | None, intent: str
) -> None:
    entities = []
    if found:
        start = text.index(found[2])
        entities = [{"entity": found[0], "value": found[1], "start": start, "end": start + len(found[2])}]
    reading = {"labels": [("ask_certification", 0.8)], "confidence": 0.8, "nearness": 0.8}
    message = Message({TEXT: text, ENTITIES: entities, READINGS: [reading]})

    Interpreter(Interpreter.get_default_config()).process([message])

    assert message.get(INTENT)["name"] == intent


@pytest.mark.parametrize(
    ("trouble", "share", "expected"),
    [
        ("out_of_scope_distress", 0.3, "out_of_scope_distress"),
        ("out_of_scope_crisis", 0.2, "out_of_scope_crisis"),
        ("out_of_scope_crisis", 0.1, "ask_topic"),
        ("out_of_scope_career", 0.3, "ask_topic"),
    ],
)
def test_a_topic_that_needs_care_gives_way_to_distress(trouble: str, share: float, expected: str) -> None:
    labels = [("ask_topic/redundancy", 0.6), (trouble, share)]
    reading = {"labels": labels, "confidence": 0.9, "nearness": 0.9, "topics": [("redundancy", 0.5)]}
    message = Message({TEXT: "it is all over", ENTITIES: [], READINGS: [reading]})

    Interpreter({**Interpreter.get_default_config(), "careful": {"redundancy": 0.5}}).process([message])

    assert message.get(INTENT)["name"] == expected


@pytest.mark.parametrize(
    ("text", "how", "intent"),
    [
        ("analyst", "alone", "tell_profile"),
        ("analyst?", "alone", "ask_role"),
        ("they treat me as an analyst", "among others", "nlu_fallback"),
        ("im an analyst with nothing to do", "among others", "tell_profile"),
    ],
)
def test_a_short_title_is_told_of_oneself(text: str, how: str, intent: str) -> None:
    start = text.index("analyst")
    role = {"entity": "role", "value": "pmo_analyst", "start": start, "end": start + 7, "short": how}
    reading = {"labels": [("ask_topic/x", 0.2)], "confidence": 0.1, "nearness": 0.1, "topics": []}
    message = Message({TEXT: text, ENTITIES: [role], READINGS: [reading]})

    Interpreter(Interpreter.get_default_config()).process([message])

    assert message.get(INTENT)["name"] == intent


def test_years_put_right_are_a_correction() -> None:
    text = "wrong, i said 3 years not 13"
    years = {"entity": "experience_months", "value": "36", "start": text.index("3"), "end": text.index(" not")}
    reading = {"labels": [("complain", 0.8)], "confidence": 0.8, "nearness": 0.8}
    message = Message({TEXT: text, ENTITIES: [years], READINGS: [reading]})

    Interpreter(Interpreter.get_default_config()).process([message])

    assert message.get(INTENT)["name"] == "correct_reading"


@pytest.mark.parametrize(("share", "intent"), [(0.76, "out_of_scope_namesake"), (0.4, "ask_certification")])
def test_a_plain_namesake_is_not_overruled_by_a_name(share: float, intent: str) -> None:
    text = "msp meaning in farming"
    entities = [
        {"entity": "certification", "value": "msp", "start": 0, "end": 3},
        {"entity": "facet", "value": "status", "start": 4, "end": 11},
    ]
    labels = [("out_of_scope_namesake", share), ("ask_certification", 0.1)]
    message = Message({TEXT: text, ENTITIES: entities, READINGS: [
        {"labels": labels, "confidence": 0.9, "nearness": 0.9}
    ]})  # fmt: skip

    Interpreter(Interpreter.get_default_config()).process([message])

    assert message.get(INTENT)["name"] == intent
