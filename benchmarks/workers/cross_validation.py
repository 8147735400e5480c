"""The project's own training data in folds: each example is read once, by a model that was trained without it.

The job is `{"folds", "data", "config"}` (how many, the folder of the NLU data, the pipeline's file); the result has
`labels` and `found`, both intents or `ask_topic/<topic>`. The model is the one of the intent classifier, trained on
the same features; its confidence, which refuses nothing here, is not calibrated.
"""

import tempfile
import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from benchmarks.workers import run_worker


@dataclass(frozen=True)
class Examples:
    """The training data as the classifier sees it, a row for each example."""

    texts: list[str]
    vectors: Any
    flags: Any
    labels: list[str]


def work(job: Any) -> Any:
    """Return each example's label and the label that was found for it."""
    from bot.runtime import lean

    lean.prepare()
    examples = _examples(job["data"], _excluded(Path(job["config"])))
    return {"labels": examples.labels, "found": _found(examples, job["folds"])}


def _excluded(config: Path) -> set[str]:
    """Return the intents that the pipeline's classifier never predicts."""
    pipeline = yaml.safe_load(config.read_text(encoding="utf-8"))["pipeline"]
    return {intent for component in pipeline for intent in component.get("exclude", ())}


def _examples(folder: str, excluded: set[str]) -> Examples:
    import numpy as np
    from rasa.shared.nlu.constants import ENTITIES, INTENT, TEXT

    from bot.nlu.flags import flags_of
    from bot.nlu.importer import TOPIC, TOPIC_INTENT
    from bot.nlu.sentence_encoder import VECTORS

    kept = [message for message in _messages(folder) if message.get(INTENT) not in excluded]
    labels = [f"{TOPIC_INTENT}/{message.get(TOPIC)}" if message.get(TOPIC) else message.get(INTENT) for message in kept]
    return Examples(
        [message.get(TEXT) for message in kept],
        np.vstack([message.get(VECTORS)[0] for message in kept]),
        np.vstack([flags_of(message.get(TEXT), message.get(ENTITIES, [])) for message in kept]),
        labels,
    )


def _messages(folder: str) -> list[Any]:
    """Return the examples with their entities and vectors."""
    from rasa.engine.storage.local_model_storage import LocalModelStorage
    from rasa.engine.storage.resource import Resource
    from rasa.shared.importers.utils import training_data_from_paths

    from bot.nlu.entity_finder import EntityFinder
    from bot.nlu.importer import KnowledgeImporter
    from bot.nlu.sentence_encoder import SentenceEncoder, open_encoder
    from bot.runtime.settings import read_settings

    files = [str(file) for file in sorted(Path(folder).rglob("*.yml"))]
    data = training_data_from_paths(files, "en").merge(KnowledgeImporter().get_nlu_data())
    with tempfile.TemporaryDirectory() as storage:
        finder = EntityFinder(LocalModelStorage(Path(storage)), Resource("names"))
        finder.train(data)
    encoder = SentenceEncoder(SentenceEncoder.get_default_config(), open_encoder(read_settings().encoder))
    return list(encoder.process_training_data(finder.process_training_data(data)).intent_examples)


def _found(examples: Examples, folds: int) -> Sequence[str]:
    from sklearn.model_selection import StratifiedKFold

    from bot.nlu.fitting import train_model

    found = [""] * len(examples.labels)
    splitter = StratifiedKFold(folds, shuffle=True, random_state=0)
    with warnings.catch_warnings():
        # A topic may have fewer questions than there are folds.
        warnings.simplefilter("ignore", UserWarning)
        splits = list(splitter.split(examples.texts, examples.labels))
    for kept, tried in splits:
        some = [[rows[i] for i in kept] for rows in (examples.texts, examples.labels)]
        model = train_model(some[0], examples.vectors[kept], examples.flags[kept], some[1])
        rows = model.probabilities([examples.texts[i] for i in tried], examples.vectors[tried], examples.flags[tried])
        for place, best in zip(tried, rows.argmax(axis=1), strict=True):
            found[place] = model.labels[best]
    return found


if __name__ == "__main__":
    run_worker(work)
