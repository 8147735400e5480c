"""The public intent sets, drawn with a fixed seed: ten examples an intent to learn from, a thousand queries to try.

Read from a folder outside the project: `clinc150/data_full.json` (CLINC150, Larson et al. 2019, CC BY 3.0) and
`banking77/train.csv`, `banking77/test.csv` (BANKING77, Casanueva et al. 2020, CC BY 4.0).
"""

import csv
import json
import random
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.records import NotMeasuredError

EXAMPLES = 10
QUERIES = 1000
OUTSIDE = 500
SEED = 0

Labelled = tuple[str, str]
"""A text and its intent."""


@dataclass(frozen=True)
class IntentSet:
    """What is learned from, what is tried, and what belongs to no intent."""

    train: tuple[Labelled, ...]
    test: tuple[Labelled, ...]
    outside: tuple[str, ...] = ()


def read_clinc(folder: Path) -> IntentSet:
    """Return a draw of CLINC150 with queries that are out of its scope."""
    data = json.loads(_file(folder / "clinc150" / "data_full.json").read_text(encoding="utf-8"))
    return draw(data["train"], data["test"], [text for text, _ in data["oos_test"]])


def read_banking(folder: Path) -> IntentSet:
    """Return a draw of BANKING77."""
    train, test = (_rows(_file(folder / "banking77" / name)) for name in ("train.csv", "test.csv"))
    return draw(train, test)


def draw(train: Sequence[Sequence[str]], test: Sequence[Sequence[str]], outside: Sequence[str] = ()) -> IntentSet:
    """Return a draw: the same one every time."""
    generator = random.Random(SEED)
    texts: dict[str, list[str]] = defaultdict(list)
    for text, label in train:
        texts[label].append(text)
    return IntentSet(
        tuple((text, label) for label in sorted(texts) for text in generator.sample(texts[label], EXAMPLES)),
        tuple((text, label) for text, label in generator.sample(list(test), min(QUERIES, len(test)))),
        tuple(generator.sample(list(outside), min(OUTSIDE, len(outside)))),
    )


def _file(path: Path) -> Path:
    if not path.is_file():
        raise NotMeasuredError(f"{path} is not there")
    return path


def _rows(file: Path) -> list[Labelled]:
    with file.open(encoding="utf-8", newline="") as stream:
        return [(row["text"], row["category"]) for row in csv.DictReader(stream)]
