"""The intent classifier: one linear model over intents and topics together, with calibrated confidence.

A topic's questions are examples of `ask_topic`, but each topic is a label of its own while learning: a class that
means a hundred things at once has no direction that a linear model could find. The intent's probability is the sum
over its topics. Confidence is calibrated on examples held back: it says how often such a decision is right,
from the probability of the best label and from how near the text is to anything seen in training.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier as RasaIntentClassifier
from rasa.shared.nlu.constants import ENTITIES, INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.nlu.flags import Entity, flags_of
from bot.nlu.importer import TOPIC, TOPIC_INTENT
from bot.nlu.linear_model import UNCALIBRATED, Array, LinearModel, confidence
from bot.nlu.sentence_encoder import PARTS, VECTORS, SentenceEncoder
from bot.nlu.text import Part

READINGS = "readings"
"""For the text and then for each of its parts: `labels` (the likeliest, with probabilities) and `confidence`."""
KEPT_LABELS = 6


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class IntentClassifier(RasaIntentClassifier, GraphComponent):
    """Sets each message's intent and ranking, and a reading of each of its parts."""

    def __init__(self, config: dict[str, Any], model_storage: ModelStorage, resource: Resource) -> None:
        self._config, self._storage, self._resource = config, model_storage, resource
        self._model: LinearModel | None = None
        self._calibration: NDArray[np.float64] = UNCALIBRATED

    @classmethod
    def required_components(cls) -> list[type]:
        """Name the component whose vectors this one reads."""
        return [SentenceEncoder]

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Return the defaults: intents in `exclude` are never predicted from text."""
        return {"exclude": []}

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> "IntentClassifier":
        """Return a classifier that is to be trained."""
        return cls(config, model_storage, resource)

    def train(self, training_data: TrainingData) -> Resource:
        """Fit the model to the examples and calibrate its confidence on examples held back."""
        examples = [
            message
            for message in training_data.intent_examples
            if message.get(TEXT)
            and message.get(VECTORS) is not None
            and message.get(INTENT) not in self._config["exclude"]
        ]
        if len({_label(message) for message in examples}) < 2:
            return self._resource
        texts = [message.get(TEXT) for message in examples]
        vectors = np.vstack([message.get(VECTORS)[0] for message in examples])
        flags = np.vstack([flags_of(m.get(TEXT), m.get(ENTITIES, [])) for m in examples])
        labels = [_label(message) for message in examples]
        # Not at the top: the server never learns.
        from bot.nlu.fitting import calibrate, train_model

        self._calibration = calibrate(texts, vectors, flags, labels)
        self._model = train_model(texts, vectors, flags, labels)
        with self._storage.write_to(self._resource) as folder:
            self._model.save(folder)
            np.save(folder / "calibration.npy", self._calibration)
        return self._resource

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> "IntentClassifier":
        """Return the trained classifier."""
        classifier = cls(config, model_storage, resource)
        with model_storage.read_from(resource) as folder:
            classifier._model = LinearModel.open(folder)
            classifier._calibration = np.load(folder / "calibration.npy", allow_pickle=False)
        return classifier

    def process(self, messages: list[Message]) -> list[Message]:
        """Set the intent, its ranking and the readings of each message that has a vector."""
        for message in messages:
            if self._model is None or message.get(VECTORS) is None:
                continue
            parts = message.get(PARTS) or (Part(message.get(TEXT), 0, len(message.get(TEXT))),)
            pieces = [Part(message.get(TEXT), 0, len(message.get(TEXT))), *(parts if len(parts) > 1 else ())]
            readings = self.read(pieces, message.get(VECTORS), message.get(ENTITIES, []))
            message.set(READINGS, readings)
            ranking = intent_ranking(readings[0]["labels"])
            ranking[0]["confidence"] = readings[0]["confidence"]
            message.set(INTENT, ranking[0], add_to_output=True)
            message.set("intent_ranking", ranking, add_to_output=True)
        return messages

    def read(self, parts: Sequence[Part], vectors: Array, entities: Sequence[Entity]) -> list[dict[str, Any]]:
        """Return for each part its likeliest labels with probabilities, confidence and nearness."""
        assert self._model is not None
        texts = [part.text for part in parts]
        flags = np.vstack([flags_of(part.text, entities_within(part, entities)) for part in parts])
        probabilities = self._model.probabilities(texts, vectors, flags)
        nearness = self._model.nearness(vectors, probabilities)
        chances = confidence(self._calibration, probabilities.max(axis=1), nearness)
        readings = []
        for row, near, sure in zip(probabilities, nearness, chances, strict=True):
            best = np.argsort(row)[::-1][:KEPT_LABELS]
            labels = [(self._model.labels[index], float(row[index])) for index in best]
            readings.append({"labels": labels, "confidence": float(sure), "nearness": float(near)})
        return readings


def entities_within(part: Part, entities: Sequence[Entity]) -> list[Entity]:
    """Return the entities that lie within the part."""
    return [entity for entity in entities if part.start <= entity["start"] < part.end]


def split_label(label: str) -> tuple[str, str | None]:
    """Return a label's intent and, for a topic, its id."""
    intent, _, topic = label.partition("/")
    return intent, topic or None


def intent_ranking(labels: Sequence[tuple[str, float]]) -> list[dict[str, Any]]:
    """Return Rasa's ranking: each intent with the sum of its labels' probabilities, likeliest first."""
    sums: dict[str, float] = {}
    for label, probability in labels:
        intent = split_label(label)[0]
        sums[intent] = sums.get(intent, 0.0) + probability
    return [{"name": name, "confidence": value} for name, value in sorted(sums.items(), key=lambda item: -item[1])]


def _label(message: Message) -> str:
    topic = message.get(TOPIC)
    return f"{TOPIC_INTENT}/{topic}" if topic else str(message.get(INTENT))
