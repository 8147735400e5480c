"""The same draw, learned and read by stock Rasa's default pipeline; run by the Python of stock Rasa's environment.

Job and result are those of `public_set`.
"""

import asyncio
import json
import tempfile
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from benchmarks.workers import run_worker

# What `rasa train` chooses where config.yml names no pipeline, less what finds no intents or overrules them.
PIPELINE: list[dict[str, Any]] = [
    {"name": "WhitespaceTokenizer"},
    {"name": "RegexFeaturizer"},
    {"name": "LexicalSyntacticFeaturizer"},
    {"name": "CountVectorsFeaturizer"},
    {"name": "CountVectorsFeaturizer", "analyzer": "char_wb", "min_ngram": 1, "max_ngram": 4},
    {"name": "DIETClassifier", "epochs": 100, "constrain_similarities": True},
]


def work(draw: Any) -> Any:
    """Train on the draw and return what is read in its queries."""
    from rasa.core.agent import Agent

    with tempfile.TemporaryDirectory() as folder:
        agent = Agent.load(model_path=_train(draw["train"], Path(folder)))
        tried = {"test": [text for text, _ in draw["test"]], "outside": draw["outside"]}
        return {name: asyncio.run(_read(agent, texts)) for name, texts in tried.items()}


def _train(examples: Sequence[Sequence[str]], folder: Path) -> str:
    from rasa.model_training import train_nlu

    intents: dict[str, list[str]] = defaultdict(list)
    for text, intent in examples:
        intents[intent].append(" ".join(text.split()))
    nlu = [{"intent": intent, "examples": "".join(f"- {t}\n" for t in texts)} for intent, texts in intents.items()]
    config = {"recipe": "default.v1", "language": "en", "assistant_id": "stock", "pipeline": PIPELINE}
    _write(folder / "nlu.yml", {"version": "3.1", "nlu": nlu})
    _write(folder / "config.yml", config)
    model = train_nlu(str(folder / "config.yml"), str(folder / "nlu.yml"), str(folder), fixed_model_name="stock")
    if model is None:
        raise SystemExit("stock Rasa could not train its pipeline")
    return model


def _write(file: Path, data: dict[str, Any]) -> None:
    # JSON is YAML and needs no care with quoting; but Rasa looks for lines that begin with a key.
    file.write_text("".join(f"{key}: {json.dumps(value)}\n" for key, value in data.items()), encoding="utf-8")


async def _read(agent: Any, texts: Sequence[str]) -> list[tuple[str, float]]:
    intents = [(await agent.parse_message(text))["intent"] for text in texts]
    return [(intent["name"], float(intent["confidence"])) for intent in intents]


if __name__ == "__main__":
    run_worker(work)
