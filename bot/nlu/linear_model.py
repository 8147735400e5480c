"""The classifier's model: meaning, spelling and entities side by side, under one linear layer.

A text becomes its sentence vector (384 numbers), the spelling of its words (character n-grams of two to four
letters, reduced to 200 numbers) and flags of what it mentions. Multinomial logistic regression decides. With ten
examples an intent this is as accurate as the same with all n-grams, and trained in a tenth of the time
(docs/benchmarks.md). Nothing is pickled: the trained arrays are saved as they are. How it is fitted stands in
`fitting.py`, for only that needs scikit-learn, which would take a tenth of the server's memory.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import chain
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.special import softmax

Array = NDArray[np.float32]

SPELLING_WEIGHT = 0.5
LIKELY = 6
"""Among the examples of how many labels the nearest one is looked for."""
NGRAMS = (2, 4)
WORDS_KEPT = 2048
"""Of how many words the n-grams are kept."""
UNCALIBRATED = np.array([8.0, -9.0])
"""Weights of the evidence and of 1 that give the chance that a label is right, where nothing better is known."""


class Spelling:
    """Turns texts into the reduced n-gram space learned from the examples.

    It is scikit-learn's TfidfVectorizer and TruncatedSVD put into one table: a row for each n-gram, already weighted. A
    text's row is the sum of its n-grams' rows, which takes a tenth of the time of the two transforms. The table is the
    largest part of the model and kept in half precision: finer numbers change no decision.
    """

    def __init__(self, terms: Sequence[str], idf: Array, rows: NDArray[np.float16]) -> None:
        self.terms, self.idf, self.rows = tuple(terms), idf, rows
        self._index = {term: index for index, term in enumerate(self.terms)}
        # No n-gram reaches beyond its word, and most words come again.
        self._of_word = lru_cache(WORDS_KEPT)(self._indices)

    def transform(self, texts: Sequence[str]) -> Array:
        """Return one row a text."""
        return np.vstack([self._row(text) for text in texts])

    def _row(self, text: str) -> Array:
        counts = Counter(chain.from_iterable(map(self._of_word, text.split())))
        if not counts:
            return np.zeros(self.rows.shape[1], dtype=np.float32)
        found = list(counts)
        weights = (1 + np.log(np.fromiter(counts.values(), np.float32, len(counts)))) * self.idf[found]
        return np.asarray(weights / np.linalg.norm(weights) @ self.rows[found].astype(np.float32), dtype=np.float32)

    def _indices(self, word: str) -> tuple[int, ...]:
        return tuple(self._index[term] for term in ngrams(word) if term in self._index)


def ngrams(word: str) -> Iterator[str]:
    """Yield a word's n-grams with a space at both its ends, as scikit-learn's analyser `char_wb` does."""
    padded = f" {word.lower()} "
    for size in range(NGRAMS[0], NGRAMS[1] + 1):
        yield from (padded[start : start + size] for start in range(max(len(padded) - size + 1, 1)))
        if len(padded) <= size:
            return


@dataclass(frozen=True)
class LinearModel:
    """A trained model: labels, weights and the examples' vectors, by which it knows how near a text is."""

    labels: tuple[str, ...]
    weights: Array
    bias: Array
    spelling: Spelling
    examples: Array
    example_labels: NDArray[np.int32]
    """The examples' vectors and the numbers of their labels, sorted by these."""

    def probabilities(self, texts: Sequence[str], vectors: Array, flags: Array) -> Array:
        """Return the probability of each label, one row a text."""
        return np.asarray(softmax(self._features(texts, vectors, flags) @ self.weights.T + self.bias, axis=1))

    def nearness(self, vectors: Array, probabilities: Array) -> Array:
        """Return each text's cosine with the nearest example among those of its likeliest labels."""
        likely = np.argpartition(probabilities, -min(LIKELY, len(self.labels)), axis=1)[:, -LIKELY:]
        return np.array(
            [
                max((self._of_label[label] @ vector).max() for label in labels)
                for vector, labels in zip(vectors, likely, strict=True)
            ],
            dtype=np.float32,
        )

    @cached_property
    def _of_label(self) -> list[Array]:
        """Each label's examples, which lie side by side."""
        starts = np.searchsorted(self.example_labels, np.arange(1, len(self.labels)))
        return np.split(self.examples, starts)

    def _features(self, texts: Sequence[str], vectors: Array, flags: Array) -> Array:
        return np.hstack([vectors, SPELLING_WEIGHT * self.spelling.transform(texts), flags])

    def save(self, folder: Path) -> None:
        """Write the model into the folder as arrays."""
        np.savez(
            folder / "model.npz", labels=np.array(self.labels), weights=self.weights, bias=self.bias,
            terms=np.array(self.spelling.terms), idf=self.spelling.idf, rows=self.spelling.rows,
            examples=self.examples.astype(np.float16), example_labels=self.example_labels,
        )  # fmt: skip

    @classmethod
    def open(cls, folder: Path) -> "LinearModel":
        """Read a model that `save` wrote."""
        with np.load(folder / "model.npz", allow_pickle=False) as data:
            spelling = Spelling(list(map(str, data["terms"])), data["idf"], data["rows"])
            labels = tuple(map(str, data["labels"]))
            order = np.argsort(data["example_labels"], kind="stable")  # older models were saved in another order
            examples, numbers = data["examples"][order].astype(np.float32), data["example_labels"][order]
            return cls(labels, data["weights"], data["bias"], spelling, examples, numbers)


def evidence(best: Array, nearness: Array) -> NDArray[np.float64]:
    """Return what confidence is judged by, one row a text: the best label's probability plus the nearness."""
    return np.asarray(best + nearness, dtype=np.float64)[:, np.newaxis]


def confidence(calibration: NDArray[np.float64], best: Array, nearness: Array) -> NDArray[np.float64]:
    """Return each text's chance that its best label is right, by the calibration that `fitting.calibrate` made."""
    logits = evidence(best, nearness) @ calibration[:1] + calibration[1]
    return np.asarray(1 / (1 + np.exp(-logits)))
