"""The interpreter: turns readings into a decision - one intent, several questions, or "not sure".

It is the last component of the pipeline and the only one that refuses: below the confidence that is needed the
intent becomes Rasa's `nlu_fallback`, with the candidates beside it, from which the coach asks "did you mean". A
message of several questions becomes `ask_several`, with the questions in order.
"""

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import ENTITIES, INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message

from bot.nlu.flags import Entity
from bot.nlu.importer import TOPIC, TOPIC_INTENT
from bot.nlu.intent_classifier import READINGS, entities_within, intent_ranking, split_label
from bot.nlu.plain_words import (
    FOLLOW_UP,
    asks_of_a_day,
    asks_what_next,
    ends_asking_what_next,
    leans_on_talk,
    said_of_talk,
)
from bot.nlu.sentence_encoder import PARTS
from bot.nlu.text import Part, asks, clean
from bot.nlu.topic_finder import TopicFinder

FALLBACK = "nlu_fallback"
SEVERAL = "ask_several"
QUESTIONS = "questions"
CANDIDATES = "candidates"
QUESTION_INTENTS = frozenset({
    "ask_certification", "compare_certifications", "ask_awarding_body", "ask_role", "ask_level", "ask_pmo_kind",
    "ask_function", "ask_insight", "ask_topic", "assess_level", "next_qualification", "find_builder_or_grower",
    "check_insights", "make_plan",
})  # fmt: skip
ASKED_WITH_OTHERS = QUESTION_INTENTS | {"follow_up"}
"""What a question that stands beside another one may be."""
NAMED_INTENTS = {
    "certification": "ask_certification", "body": "ask_awarding_body", "role": "ask_role", "level": "ask_level",
    "kind": "ask_pmo_kind", "function": "ask_function", "insight": "ask_insight",
}  # fmt: skip
"""What a bare name asks: "p3o?" is a question about P3O."""
PLAIN_FACETS = frozenset({
    "exam", "exam_format", "exam_duration", "pass_mark", "open_or_closed_book", "prerequisites", "validity_renewal",
    "study_time", "owner", "status", "price", "pass_rate",
})  # fmt: skip
"""What is asked of a certification itself; "worth", for one, may be asked of learning in general."""
IN_TROUBLE = ("out_of_scope_crisis", "out_of_scope_distress")
TROUBLED_SHARE = 0.2
"""The probability of distress or crisis from which on a topic that needs care gives way to it."""
PLAINLY_TROUBLED = 0.6
"""The probability below which words about the days of a job, by their form, are no cry for help."""
DAYS_OF_WORK = "range_of_pmo_work"
NAMESAKE, PLAINLY_NAMESAKE = "out_of_scope_namesake", 0.7
PLAIN_SHARE = 0.03
CHEATING, HONEST_SHARE = "out_of_scope_cheating", 0.15
OVERRULED = {"ask_topic": PLAIN_SHARE, NAMESAKE: PLAIN_SHARE, CHEATING: HONEST_SHARE}
"""The probability of ask_certification from which on a named certification's exam, say, outweighs another intent."""
NOT_NEXT = frozenset({"tell_profile", "ask_certification", "compare_certifications", "ask_role", NAMESAKE, FALLBACK})
"""What somebody seems to say who says what they are or hold, and then asks what comes next."""
NOT_LEANING = frozenset({
    "out_of_scope_unrelated", "out_of_scope_noise", "out_of_scope_craft", "out_of_scope_others_data", NAMESAKE,
    "ask_awarding_body", FALLBACK,
})  # fmt: skip
"""What a question of a thing that it does not name is taken for, and is not."""
PERSONAL_ENTITIES = frozenset({"role", "region", "experience_months", "certification", "preference"})
TELLING = "tell_profile"
_WHAT_LEVEL = re.compile(r"\bwh?at (?:(?:level|grade) )?(?:(?:am|would) i|does (?:that|it) make me)\b", re.I)
_I_AM = re.compile(r"\b(?:i am|i['’]?m)\s+(?:an?\s+|just\s+|only\s+)*$", re.IGNORECASE)
_PUT_RIGHT = re.compile(r"\b(?:i said|i told you|i meant)\b", re.IGNORECASE)
_WHY_NOT = re.compile(
    r"^\W*(?:(?:and|but|so|ok|okay|yes|yeah|right)\W+)*(?:why|how come|y)\s+(?:not\b|\w+n'?t\s+(?:it|you)\b)"
    r"(?!\s+(?:just|become|start|try|stay|skip)\b)",
    re.IGNORECASE,
)
_OTHERS = re.compile(r"\b(?:other|others|either|that one|those)\b", re.IGNORECASE)
_ONE_OR_OTHER = re.compile(r"\b(?:or|vs|versus)\b", re.IGNORECASE)
_FIRST_PERSON = re.compile(r"\b(?:i|im|i'm|ive|i've|my|me)\b", re.IGNORECASE)
FILLERS = frozenset("a an the is are what whats what's about of on me tell explain info please and for in to".split())


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=False)
class Interpreter(GraphComponent):
    """Decides what a message asks; `accept` and `accept_part` are the confidences needed."""

    def __init__(self, config: dict[str, Any]) -> None:
        self._accept = float(config["accept"])
        self._accept_part = float(config["accept_part"])
        self._careful: dict[str, float] = config["careful"]

    @classmethod
    def required_components(cls) -> list[type]:
        """Name the component whose readings are decided on."""
        return [TopicFinder]

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Return the default confidences, chosen on cross-validated examples (docs/benchmarks.md)."""
        return {"accept": 0.3, "accept_part": 0.5, "careful": {}}

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> "Interpreter":
        """Return an interpreter with these confidences."""
        return cls(config)

    def process(self, messages: list[Message]) -> list[Message]:
        """Set intent, topic, questions and candidates of each message."""
        for message in messages:
            if readings := message.get(READINGS):
                self._decide(message, readings)
        return messages

    def _decide(self, message: Message, readings: list[dict[str, Any]]) -> None:
        text, entities = message.get(TEXT), message.get(ENTITIES, [])
        full = Part(text, 0, len(text))
        whole = _question(full, readings[0], entities)
        questions = self._several(message.get(PARTS) or (), readings[1:], entities)
        if len(questions) > 1:
            decided = {**whole, "intent": SEVERAL, "confidence": min(q["confidence"] for q in questions)}
        else:
            decided = self._settle(full, whole, readings[0])
            questions = [decided]
        message.set(INTENT, {"name": decided["intent"], "confidence": decided["confidence"]}, add_to_output=True)
        message.set(TOPIC, decided.get("topic"), add_to_output=True)
        message.set(QUESTIONS, questions, add_to_output=True)
        message.set(CANDIDATES, candidates(readings[0]), add_to_output=True)
        ranking = [{"name": decided["intent"], "confidence": decided["confidence"]}]
        ranking += [r for r in intent_ranking(readings[0]["labels"]) if r["name"] != decided["intent"]]
        message.set("intent_ranking", ranking[:4], add_to_output=True)

    def _settle(self, part: Part, question: dict[str, Any], reading: dict[str, Any]) -> dict[str, Any]:
        """Read a bare name, or a facet of a named thing, as a question about it; give up on what is not sure."""
        sure = question["confidence"]
        if question["topic"] in self._careful and (care := troubled(reading)):
            return {**question, "intent": care, "topic": None}
        if asks_of_a_day(part.text) and share_of_trouble(reading) < PLAINLY_TROUBLED:
            sure = max(sure, self._accept)
            return {**question, "intent": TOPIC_INTENT, "topic": DAYS_OF_WORK, "confidence": sure}
        if any(entity.get("short") == "alone" for entity in question["entities"]) and not asks(part.text):
            return {**question, "intent": TELLING, "topic": None, "confidence": max(sure, self._accept)}
        if named := bare_name(part, question["entities"]) or facet_of_named(question, reading):
            return {**question, "intent": named, "topic": None, "confidence": max(sure, self._accept)}
        if plain := self._plain(part.text, question):
            return {**question, "intent": plain, "topic": None, "confidence": max(sure, self._accept)}
        if question["intent"] == "ask_certification" and _one_or_other(part.text, question["entities"]):
            return {**question, "intent": "compare_certifications"}
        if _PUT_RIGHT.search(part.text) and any(e["entity"] == "experience_months" for e in question["entities"]):
            return {**question, "intent": "correct_reading", "topic": None, "confidence": max(sure, self._accept)}
        if _asks_why_not(part.text, question["entities"]):
            return {**question, "intent": "ask_why", "topic": None, "confidence": max(sure, self._accept)}
        if question["intent"] != "assess_level" and _asks_own_level(part.text, question["entities"]):
            return {**question, "intent": "assess_level", "topic": None, "confidence": max(sure, self._accept)}
        if sure >= self._careful.get(question["topic"] or "", self._accept):
            return question
        if about_person(part.text, question["entities"]):
            return {**question, "intent": TELLING, "topic": None, "confidence": self._accept}
        if certification_at_least(question["entities"]):
            return {**question, "intent": "ask_certification", "topic": None, "confidence": self._accept}
        return {**question, "intent": FALLBACK, "topic": None}

    def _plain(self, text: str, question: dict[str, Any]) -> str | None:
        """Return the intent that is plain from the words, where the model says another."""
        entities, intent = question["entities"], question["intent"]
        if plain := said_of_talk(text, entities):
            return plain
        unsure = intent if question["confidence"] >= self._accept else FALLBACK
        if intent == TELLING and asks_what_next(text):
            return "next_qualification"
        if unsure in NOT_NEXT and ends_asking_what_next(text, entities) and not _one_or_other(text, entities):
            return "next_qualification"
        return FOLLOW_UP if unsure in NOT_LEANING and leans_on_talk(text, entities) else None

    def _several(
        self, parts: Sequence[Part], readings: list[dict[str, Any]], entities: Sequence[Entity]
    ) -> list[dict[str, Any]]:
        """Return the questions of a message when there are at least two, each sure and each another one."""
        found: list[dict[str, Any]] = []
        for part, reading in zip(parts, readings, strict=False):
            question = _question(part, reading, entities_within(part, entities))
            sure = question["confidence"] >= self._accept_part and asks(part.text)
            counts = question["intent"] in ASKED_WITH_OTHERS and (sure or bare_name(part, question["entities"]))
            if counts and not any(_same(question, other) for other in found):
                found.append(question)
        return found if found and found[0]["intent"] != "follow_up" else []


def _question(part: Part, reading: dict[str, Any], entities: Sequence[Entity]) -> dict[str, Any]:
    intent, topic = split_label(reading["labels"][0][0])
    if intent == TOPIC_INTENT and reading.get("topics"):
        topic = reading["topics"][0][0]
    return {
        "text": part.text, "intent": intent, "confidence": round(reading["confidence"], 4), "topic": topic,
        "entities": list(entities), "start": part.start,
    }  # fmt: skip


def _same(one: dict[str, Any], other: dict[str, Any]) -> bool:
    def key(question: dict[str, Any]) -> tuple[Any, ...]:
        values = tuple(sorted((entity["entity"], entity["value"]) for entity in question["entities"]))
        return question["intent"], question["topic"], values

    return key(one) == key(other)


def bare_name(part: Part, entities: Sequence[Entity]) -> str | None:
    """Return the intent of a text that is a name and little else, or None; the entities lie within the part."""
    named = [entity for entity in entities if entity["entity"] in NAMED_INTENTS]
    kinds = {entity["entity"] for entity in named}
    if len(kinds) != 1:
        return None
    rest = list(clean(part.text))
    for entity in named:
        start, end = entity["start"] - part.start, entity["end"] - part.start
        rest[start:end] = " " * (end - start)
    if any(word not in FILLERS for word in "".join(rest).split()):
        return None
    values = {entity["value"] for entity in named}
    kind = kinds.pop()
    return "compare_certifications" if kind == "certification" and len(values) > 1 else NAMED_INTENTS[kind]


def about_person(text: str, entities: Sequence[Entity]) -> bool:
    """Tell whether an unsure text is in the first person, asks nothing, and names something of the person's."""
    told = {e["entity"] for e in entities if not e.get("short") or _I_AM.search(text[: e["start"]])} & PERSONAL_ENTITIES
    return bool(told) and not asks(text) and _FIRST_PERSON.search(text) is not None


def troubled(reading: dict[str, Any]) -> str | None:
    """Return the intent of distress or crisis where it is not far behind, so that advice on a career would be wrong."""
    shares = dict(intent_shares(reading["labels"]))
    likeliest = max(IN_TROUBLE, key=lambda intent: shares.get(intent, 0.0))
    return likeliest if shares.get(likeliest, 0.0) >= TROUBLED_SHARE else None


def share_of_trouble(reading: dict[str, Any]) -> float:
    """Return the probability of distress and crisis together."""
    shares = dict(intent_shares(reading["labels"]))
    return sum(shares.get(intent, 0.0) for intent in IN_TROUBLE)


def _one_or_other(text: str, entities: Sequence[Entity]) -> bool:
    """Tell whether an "or" stands between two certifications, neither of which the person holds."""
    named = [e for e in entities if e["entity"] == "certification"]
    return any(
        one["value"] != other["value"] and not one.get("held") and not other.get("held")
        and _ONE_OR_OTHER.search(text[one["end"] : other["start"]])
        for one, other in pairwise(named)
    )  # fmt: skip


def _asks_why_not(text: str, entities: Sequence[Entity]) -> bool:
    """Tell whether somebody asks why another certification was not recommended: named, counted, or "the others"."""
    meant = any(entity["entity"] in ("certification", "ordinal") for entity in entities) or _OTHERS.search(text)
    return bool(meant) and _WHY_NOT.search(text) is not None


def _asks_own_level(text: str, entities: Sequence[Entity]) -> bool:
    """Tell whether somebody says what their job is and asks what that makes them."""
    return any(entity["entity"] == "role" for entity in entities) and _WHAT_LEVEL.search(text) is not None


def facet_of_named(question: dict[str, Any], reading: dict[str, Any]) -> str | None:
    """Return ask_certification where a topic came first, but one certification and what is asked of it are named."""
    named = {entity["value"] for entity in question["entities"] if entity["entity"] == "certification"}
    asked = {entity["value"] for entity in question["entities"] if entity["entity"] == "facet"} & PLAIN_FACETS
    if question["intent"] not in OVERRULED or len(named) != 1 or not asked:
        return None
    shares = dict(intent_shares(reading["labels"]))
    is_namesake = shares.get(NAMESAKE, 0.0) >= PLAINLY_NAMESAKE
    is_likely = shares.get("ask_certification", 0.0) >= OVERRULED[question["intent"]]
    return "ask_certification" if is_likely and not is_namesake else None


def certification_at_least(entities: Sequence[Entity]) -> bool:
    """Tell whether an unsure text names one certification and asks something of it."""
    named = {entity["value"] for entity in entities if entity["entity"] == "certification"}
    return len(named) == 1 and any(entity["entity"] == "facet" for entity in entities)


def intent_shares(labels: Sequence[tuple[str, float]]) -> list[tuple[str, float]]:
    """Return each intent of the likeliest labels with the sum of their probabilities."""
    return [(rank["name"], rank["confidence"]) for rank in intent_ranking(labels)]


def candidates(reading: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the likeliest readings as (intent, topic, probability), for "did you mean"."""
    return [
        {"intent": intent, "topic": topic, "probability": round(probability, 4)}
        for label, probability in reading["labels"][:4]
        for intent, topic in [split_label(label)]
    ]
