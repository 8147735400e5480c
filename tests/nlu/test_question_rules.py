"""Each rule has a message that it alone settles, and says why it is there."""

import pytest

from bot.nlu.question_rules import PLAIN, UNSURE, settle
from bot.nlu.question_signs import FALLBACK, Heard
from bot.nlu.text import Part

CAREFUL = {"redundancy": 0.7}
CASES = {
    "a crisis first": ("no reason to be alive", "out_of_scope_distress", 0.5, {}, "out_of_scope_crisis"),
    "care before advice": ("they let me go", "ask_topic", 0.6, {}, "out_of_scope_distress"),
    "a short title alone": ("pmo lead", "ask_role", 0.6, {"lead": ("role", "x", {"short": "alone"})}, "tell_profile"),
    "a bare name": ("p3o?", "out_of_scope_noise", 0.6, {"p3o": ("certification", "p3o", {})}, "ask_certification"),
    "what is asked of a named thing": (
        "is the p3o exam open book these days", "ask_topic", 0.6,
        {"p3o": ("certification", "p3o", {}), "open book": ("facet", "open_or_closed_book", {})}, "ask_certification",
    ),
    "what is asked of a role": (
        "what certificates do analysts need", "out_of_scope_career", 0.6,
        {"certificates": ("facet", "certifications", {}), "analysts": ("role", "x", {})}, "ask_role",
    ),
    "said of the talk": ("n after that?", "ask_topic", 0.6, {}, "follow_up"),
    "told, and what next": ("done it all, what next, any idea", "tell_profile", 0.6, {}, "next_qualification"),
    "what next at the end": (
        "got prince2, what now", "ask_certification", 0.6,
        {"prince2": ("certification", "prince2", {"held": True})}, "next_qualification",
    ),
    "a question that names nothing": (
        "is the exam much", "out_of_scope_unrelated", 0.6, {"exam": ("facet", "exam", {})}, "follow_up",
    ),
    "a question among what is told": (
        "how long with two evenings", "answer_question", 0.6, {"how long": ("facet", "study_time", {})}, "follow_up",
    ),
    "a project to kill": ("how do we kill a zombie project", "out_of_scope_crisis", 0.8, {}, "ask_topic"),
    "a way in": ("i fit kitchens, could i get in", "out_of_scope_career", 0.8, {}, "ask_topic"),
    "am I ready": (
        "they want me as head of pmo, am i ready?", "ask_topic", 0.6, {"head of pmo": ("role", "x", {})}, "ask_role",
    ),
    "held against what the talk is about": (
        "is that better than prince2", "ask_topic", 0.6, {"prince2": ("certification", "prince2", {})},
        "compare_certifications",
    ),
    "one or the other": (
        "would prince2 or p3o suit me", "ask_certification", 0.6,
        {"prince2": ("certification", "prince2", {}), "p3o": ("certification", "p3o", {})}, "compare_certifications",
    ),
    "put right": (
        "i said two years", "tell_profile", 0.6, {"two years": ("experience_months", 24, {})}, "correct_reading",
    ),
    "why not another": (
        "why not p3o then, it is shorter", "ask_certification", 0.6, {"p3o": ("certification", "p3o", {})}, "ask_why",
    ),
    "what that makes me": (
        "i am a coordinator, what level am i", "tell_profile", 0.6, {"coordinator": ("role", "x", {})}, "assess_level",
    ),
    "something of the person's": (
        "i was a coordinator for a while", "ask_role", 0.1, {"coordinator": ("role", "x", {})}, "tell_profile",
    ),
    "something of one certification": (
        "weird thing the p3o exam", "ask_role", 0.1,
        {"p3o": ("certification", "p3o", {}), "exam": ("facet", "exam", {})}, "ask_certification",
    ),
    "not sure": ("mumble", "ask_role", 0.1, {}, FALLBACK),
}  # fmt: skip
"""By rule: a text, the model's intent and how sure it is, what the text names, and the intent that it is settled as."""


def heard(text: str, intent: str, sure: float, named: dict[str, tuple[str, object, dict[str, object]]]) -> Heard:
    """Return a question with those names; a redundancy is the one topic, and distress is not far."""
    entities = [
        {"entity": kind, "value": value, "start": text.index(words), "end": text.index(words) + len(words), **more}
        for words, (kind, value, more) in named.items()
    ]
    topic = "redundancy" if text == "they let me go" else None
    question = {"text": text, "intent": intent, "topic": topic, "confidence": sure, "entities": entities}
    shares = {intent: 0.5, "ask_certification": 0.3, "out_of_scope_distress": 0.25}
    if intent == "out_of_scope_distress":
        shares = {intent: 0.43, "out_of_scope_crisis": 0.41}
    return Heard(Part(text, 0, len(text)), question, shares, 0.3, CAREFUL)


@pytest.mark.parametrize("name", CASES)
def test_a_rule_settles_what_it_is_for(name: str) -> None:
    *given, expected = CASES[name]
    question = heard(*given)
    rules = [rule for rule in (*PLAIN, *UNSURE) if rule.intent(question)]

    assert rules[0].name == name
    assert settle(question)["intent"] == expected


def test_every_rule_has_a_case() -> None:
    assert {rule.name for rule in (*PLAIN, *UNSURE)} == set(CASES)


def test_a_sure_reading_stands_where_no_rule_is_plainer() -> None:
    question = heard("which pmo do i need", "ask_pmo_kind", 0.3, {})
    assert settle(question) == question.question


def test_a_careful_topic_needs_more_than_any_other() -> None:
    question = heard("they let me go", "ask_topic", 0.6, {})
    calm = Heard(question.part, question.question, {"ask_topic": 0.6}, question.accept, question.careful)
    assert settle(calm)["intent"] == FALLBACK


@pytest.mark.parametrize(
    ("crisis", "other", "expected"),
    [(0.41, 0.43, "out_of_scope_crisis"), (0.33, 0.36, "out_of_scope_crisis"), (0.32, 0.53, "x"), (0.2, 0.22, "x")],
)
def test_a_crisis_comes_first_where_it_is_nearly_as_likely(crisis: float, other: float, expected: str) -> None:
    text = "i could have stopped it"
    question = {"text": text, "intent": "x", "topic": None, "confidence": 0.6, "entities": []}
    shares = {"x": other, "out_of_scope_crisis": crisis}

    assert settle(Heard(Part(text, 0, len(text)), question, shares, 0.3, CAREFUL))["intent"] == expected
