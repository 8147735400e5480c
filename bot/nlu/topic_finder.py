"""The topic finder: which topic of the content a message means, by the nearest of its example questions.

The classifier's probability says which topic the words resemble as a whole; the nearest single example says whether
somebody asked just that. Their product ranks the topics; the best is set on the message with a score, and the next
ones are kept for "did you mean".
"""

from typing import Any

import numpy as np
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.nlu.importer import TOPIC, TOPIC_INTENT
from bot.nlu.intent_classifier import READINGS, split_label
from bot.nlu.linear_model import Array
from bot.nlu.sentence_encoder import VECTORS, SentenceEncoder

NEARNESS_POWER = 2.0
"""How much the nearest example counts beside the classifier's probability."""


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class TopicFinder(GraphComponent):
    """Adds to each reading its topics, likeliest first, as (id, score)."""

    def __init__(self, model_storage: ModelStorage, resource: Resource) -> None:
        self._storage, self._resource = model_storage, resource
        self._rows: dict[str, list[int]] = {}
        self._vectors: Array = np.zeros((0, 384), dtype=np.float32)

    @classmethod
    def required_components(cls) -> list[type]:
        """Name the component whose vectors this one learns from; it completes the IntentClassifier's readings."""
        return [SentenceEncoder]

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> "TopicFinder":
        """Return a finder that is to be trained."""
        return cls(model_storage, resource)

    def train(self, training_data: TrainingData) -> Resource:
        """Keep the vectors of the topics' example questions."""
        examples = [m for m in training_data.intent_examples if m.get(TOPIC) and m.get(VECTORS) is not None]
        topics = [str(message.get(TOPIC)) for message in examples]
        if examples:
            self._use(topics, np.vstack([message.get(VECTORS)[0] for message in examples]))
        with self._storage.write_to(self._resource) as folder:
            np.savez(
                folder / "topics.npz", topics=np.array(topics, dtype=str), vectors=self._vectors.astype(np.float16)
            )
        return self._resource

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> "TopicFinder":
        """Return the finder with the trained model's examples."""
        finder = cls(model_storage, resource)
        with model_storage.read_from(resource) as folder, np.load(folder / "topics.npz", allow_pickle=False) as data:
            finder._use(list(map(str, data["topics"])), data["vectors"].astype(np.float32))
        return finder

    def _use(self, topics: list[str], vectors: Array) -> None:
        self._vectors, self._rows = vectors, {}
        for row, topic in enumerate(topics):
            self._rows.setdefault(topic, []).append(row)

    def process(self, messages: list[Message]) -> list[Message]:
        """Add `topics` to each reading of each message."""
        for message in messages:
            readings = message.get(READINGS) or []
            for reading, vector in zip(readings, message.get(VECTORS, []), strict=False):
                reading["topics"] = self.rank(reading["labels"], vector)
        return messages

    def rank(self, labels: list[tuple[str, float]], vector: Array) -> list[tuple[str, float]]:
        """Return the likely topics, best first, with scores from 0 to 1."""
        likely = {
            topic: p
            for label, p in labels
            for intent, topic in [split_label(label)]
            if intent == TOPIC_INTENT and topic
        }
        if not likely:
            return []
        nearest = {t: float((self._vectors[self._rows[t]] @ vector).max()) for t in likely if t in self._rows}
        scores = {t: p * max(nearest.get(t, 0.0), 0.0) ** NEARNESS_POWER for t, p in likely.items()}
        return sorted(scores.items(), key=lambda item: -item[1])
