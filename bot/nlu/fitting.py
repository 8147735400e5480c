"""Fitting the classifier's model to its examples, and its confidence to examples held back, with scikit-learn."""

import warnings
from collections import Counter
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from sklearn.decomposition import TruncatedSVD
from sklearn.exceptions import ConvergenceWarning
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedShuffleSplit

from bot.nlu.linear_model import NGRAMS, SPELLING_WEIGHT, UNCALIBRATED, Array, LinearModel, Spelling, evidence

SPELLING_SIZE = 200
REGULARISATION = 30.0
"""The inverse strength of the penalty, scikit-learn's C."""
ITERATIONS = 40
HELD_BACK = 0.25
FEWEST = 2
"""Examples that every label has where some are held back."""


def learn_spelling(texts: Sequence[str]) -> Spelling:
    """Learn which n-grams matter from the examples."""
    vectorizer = TfidfVectorizer(analyzer="char_wb", ngram_range=NGRAMS, sublinear_tf=True, min_df=2, dtype=np.float32)
    matrix = vectorizer.fit_transform(texts)
    size = min(SPELLING_SIZE, matrix.shape[1] - 1, matrix.shape[0] - 1)
    reducer = TruncatedSVD(size, random_state=0).fit(matrix)
    rows = np.ascontiguousarray(reducer.components_.T, dtype=np.float16)
    return Spelling(list(vectorizer.get_feature_names_out()), vectorizer.idf_.astype(np.float32), rows)


def train_model(texts: Sequence[str], vectors: Array, flags: Array, labels: Sequence[str]) -> LinearModel:
    """Fit a model to the examples, one row each."""
    spelling = learn_spelling(texts)
    features = np.hstack([vectors, SPELLING_WEIGHT * spelling.transform(texts), flags])
    # Far from converged at times, which costs nothing on examples not seen: the penalty is weak.
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)
        fitted = LogisticRegression(C=REGULARISATION, max_iter=ITERATIONS, random_state=0).fit(features, labels)
    weights, bias = fitted.coef_.astype(np.float32), fitted.intercept_.astype(np.float32)
    if len(fitted.classes_) == 2:  # scikit-learn keeps one row for two classes
        weights, bias = np.vstack([-weights, weights]) / 2, np.concatenate([-bias, bias]) / 2
    numbers = np.searchsorted(fitted.classes_, np.asarray(labels)).astype(np.int32)
    order = np.argsort(numbers, kind="stable")
    return LinearModel(tuple(map(str, fitted.classes_)), weights, bias, spelling, vectors[order], numbers[order])


def calibrate(texts: list[str], vectors: Array, flags: Array, labels: list[str]) -> NDArray[np.float64]:
    """Return weights of (best label's probability plus nearness, 1) that give the chance that the best label is right.

    The sum of the two tells texts that belong nowhere apart better than either, or than weights learned from examples
    that all belong somewhere (docs/benchmarks.md, CLINC150).

    A model that has not seen a quarter of the examples is tried on them; with too few to hold back, the best label's
    own probability is taken.
    """
    if min(Counter(labels).values()) < FEWEST or len(texts) * HELD_BACK < len(set(labels)):
        return UNCALIBRATED
    split = StratifiedShuffleSplit(1, test_size=HELD_BACK, random_state=0)
    kept, held_back = next(split.split(texts, labels))
    model = train_model([texts[i] for i in kept], vectors[kept], flags[kept], [labels[i] for i in kept])
    probabilities = model.probabilities([texts[i] for i in held_back], vectors[held_back], flags[held_back])
    right = [model.labels[b] == labels[i] for b, i in zip(probabilities.argmax(axis=1), held_back, strict=True)]
    if len(set(right)) < 2:
        return UNCALIBRATED
    found = evidence(probabilities.max(axis=1), model.nearness(vectors[held_back], probabilities))
    fitted = LogisticRegression(C=100.0).fit(found, right)
    return np.array([*fitted.coef_[0], fitted.intercept_[0]])
