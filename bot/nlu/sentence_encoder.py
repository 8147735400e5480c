"""The sentence encoder as a Rasa featurizer: splits a message into parts, mends them and gives each its vector."""

import json
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

from bot.nlu.cues import CUES_FILE, read_cues, words_of_shorts
from bot.nlu.encoder import Encoder, Vector
from bot.nlu.encoder_files import GRAPH, TOKENIZER, verify
from bot.nlu.knowledge import knowledge_fingerprint, known, prose_words
from bot.nlu.mending import Mender, words_in_use
from bot.nlu.text import Part, split_questions
from bot.runtime.settings import read_settings

PARTS = "parts"
VECTORS = "vectors"
WORDS_FILE = "words.json"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=True)
class SentenceEncoder(DenseFeaturizer, GraphComponent):
    """Sets a dense sentence feature, for any classifier, and for ours the vectors of the message's parts."""

    def __init__(
        self,
        config: dict[str, Any],
        encoder: Encoder,
        name: str = "SentenceEncoder",
        storage: tuple[ModelStorage, Resource] | None = None,
    ) -> None:
        super().__init__(name, config)
        self._encoder = encoder
        self._storage = storage
        self._mender: Mender | None = None

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
            (model_storage, resource),
        )

    @classmethod
    def fingerprint_addon(cls, config: dict[str, Any]) -> str:
        """Change when the knowledge or the shortened words change, so that Rasa trains again."""
        return knowledge_fingerprint(CUES_FILE)

    def train(self, training_data: TrainingData) -> Resource:
        """Learn the words that the examples and the knowledge use, towards which others are mended."""
        assert self._storage is not None
        storage, resource = self._storage
        texts = [message.get(TEXT) for message in training_data.intent_examples if message.get(TEXT)]
        words = words_in_use([*texts, *prose_words(known())])
        with storage.write_to(resource) as folder:
            (folder / WORDS_FILE).write_text(json.dumps(words), encoding="utf-8")
        return resource

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> "SentenceEncoder":
        """Return an encoder that mends towards the words of the trained model."""
        component = cls.create(config, model_storage, resource, execution_context)
        with model_storage.read_from(resource) as folder:
            component.mend_towards(json.loads((folder / WORDS_FILE).read_text(encoding="utf-8")))
        return component

    def mend_towards(self, words: list[str]) -> None:
        """Mend texts from now on before they are encoded, towards those words."""
        self._mender = Mender(words, words_of_shorts(read_cues(), "typed_short"), self._encoder.is_word)

    def _mended(self, text: str) -> str:
        return text if self._mender is None else self._mender.mend(text)

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Give every example its vector, encoding them together."""
        examples = [message for message in training_data.training_examples if message.get(TEXT)]
        for message, vector in zip(examples, self._encode([m.get(TEXT) for m in examples]), strict=True):
            self._set(message, vector[np.newaxis])
        return training_data

    def _encode(self, texts: list[str]) -> Vector:
        return self._encoder.encode([self._mended(text) for text in texts])

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
        return parts, np.stack([self._encoder.encode_one(self._mended(t)) for t in texts])

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
