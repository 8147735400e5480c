"""The interpreter: turns readings into a decision - one intent, several questions, or "not sure".

It is the last component of the pipeline and the only one that refuses: below the confidence that is needed the
intent becomes Rasa's `nlu_fallback`, with the candidates beside it, from which the coach asks "did you mean". A
message of several questions becomes `ask_several`, with the questions in order.
"""

from collections.abc import Sequence
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
from bot.nlu.question_rules import settle
from bot.nlu.question_signs import Heard, bare_name
from bot.nlu.sentence_encoder import PARTS
from bot.nlu.text import Part, asks
from bot.nlu.topic_finder import TopicFinder

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
        """Return the question as the rules settle it."""
        shares = {rank["name"]: rank["confidence"] for rank in intent_ranking(reading["labels"])}
        return settle(Heard(part, question, shares, self._accept, self._careful))

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


def candidates(reading: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the likeliest readings as (intent, topic, probability), for "did you mean"."""
    return [
        {"intent": intent, "topic": topic, "probability": round(probability, 4)}
        for label, probability in reading["labels"][:4]
        for intent, topic in [split_label(label)]
    ]
