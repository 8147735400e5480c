"""The sentence encoder as a Rasa featurizer: splits a message into parts and gives each its vector."""

from pathlib import Path
from typing import Any

import numpy as np
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.featurizers.dense_featurizer.dense_featurizer import DenseFeaturizer
from rasa.shared.nlu.constants import FEATURE_TYPE_SENTENCE, TEXT
from rasa.shared.nlu.training_data.features import Features
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.nlu.encoder import Encoder, Vector
from bot.nlu.encoder_files import GRAPH, TOKENIZER, verify
from bot.nlu.text import Part, split_questions
from bot.runtime.settings import read_settings

PARTS = "parts"
VECTORS = "vectors"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=False)
class SentenceEncoder(DenseFeaturizer, GraphComponent):
    """Sets a dense sentence feature, for any classifier, and for ours the vectors of the message's parts."""

    def __init__(self, config: dict[str, Any], encoder: Encoder, name: str = "SentenceEncoder") -> None:
        super().__init__(name, config)
        self._encoder = encoder

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Return the defaults: `threads` is how many threads one encoding uses."""
        return {"alias": None, "threads": 1}

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> "SentenceEncoder":
        """Return an encoder on verified files; raise EncoderError when they are not installed."""
        return cls(
            config,
            open_encoder(read_settings().encoder, threads=config["threads"]),
            execution_context.node_name or cls.__name__,
        )

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Give every example its vector, encoding them together."""
        examples = [message for message in training_data.training_examples if message.get(TEXT)]
        for message, vector in zip(examples, self._encoder.encode([m.get(TEXT) for m in examples]), strict=True):
            self._set(message, vector[np.newaxis])
        return training_data

    def process(self, messages: list[Message]) -> list[Message]:
        """Give each message its vectors: first the whole text's, then its parts' when there are several."""
        for message in messages:
            if text := message.get(TEXT):
                parts, vectors = self.vectors_of(text)
                message.set(PARTS, parts)
                self._set(message, vectors)
        return messages

    def vectors_of(self, text: str) -> tuple[tuple[Part, ...], Vector]:
        """Return the text's parts and its vectors, quickly when it was asked for lately; safe on any thread."""
        parts = split_questions(text)
        texts = [text, *(part.text for part in parts)] if len(parts) > 1 else [text]
        return parts, np.stack([self._encoder.encode_one(t) for t in texts])

    def _set(self, message: Message, vectors: np.ndarray[Any, np.dtype[np.float32]]) -> None:
        message.set(VECTORS, vectors)
        message.add_features(Features(vectors[:1], FEATURE_TYPE_SENTENCE, TEXT, self._identifier))

    @classmethod
    def validate_config(cls, config: dict[str, Any]) -> None:
        """Accept any configuration with the default keys."""


def open_encoder(folder: Path, *, threads: int = 1) -> Encoder:
    """Return the encoder of that folder after checking its files; raise EncoderError otherwise."""
    verify(folder)
    return Encoder(folder / TOKENIZER, folder / GRAPH, threads=threads)
