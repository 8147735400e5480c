"""A draw of a public intent set, learned and read by our encoder and classifier as they are in the pipeline.

The job is a draw: `train` and `test` (pairs of text and intent) and `outside` (texts); the result has, for the texts
of `test` and of `outside`, the intent and its calibrated confidence. The entity finder, whose names are those of
PMOs, is left out.
"""

import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from benchmarks.workers import run_worker


def work(draw: Any) -> Any:
    """Train on the draw and return what is read in its queries."""
    from bot.runtime import lean

    lean.prepare()
    encoder, classifier = _trained(draw["train"])
    tried = {"test": [text for text, _ in draw["test"]], "outside": draw["outside"]}
    return {name: _read(encoder, classifier, texts) for name, texts in tried.items()}


def _trained(examples: Sequence[Sequence[str]]) -> tuple[Any, Any]:
    from rasa.engine.storage.local_model_storage import LocalModelStorage
    from rasa.engine.storage.resource import Resource
    from rasa.shared.nlu.constants import INTENT, TEXT
    from rasa.shared.nlu.training_data.message import Message
    from rasa.shared.nlu.training_data.training_data import TrainingData

    from bot.nlu.intent_classifier import IntentClassifier
    from bot.nlu.sentence_encoder import SentenceEncoder, open_encoder
    from bot.runtime.settings import read_settings

    encoder = SentenceEncoder(SentenceEncoder.get_default_config(), open_encoder(read_settings().encoder))
    data = TrainingData([Message({TEXT: text, INTENT: intent}) for text, intent in examples])
    with tempfile.TemporaryDirectory() as folder:
        storage = LocalModelStorage(Path(folder))
        classifier = IntentClassifier(IntentClassifier.get_default_config(), storage, Resource("classifier"))
        classifier.train(encoder.process_training_data(data))
    return encoder, classifier


def _read(encoder: Any, classifier: Any, texts: Sequence[str]) -> list[tuple[str, float]]:
    from rasa.shared.nlu.constants import INTENT, TEXT
    from rasa.shared.nlu.training_data.message import Message

    messages = classifier.process(encoder.process([Message({TEXT: text}) for text in texts]))
    return [(message.get(INTENT)["name"], float(message.get(INTENT)["confidence"])) for message in messages]


if __name__ == "__main__":
    run_worker(work)
