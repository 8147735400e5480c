"""The model's short ways give what scikit-learn's own ways give."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.decomposition import TruncatedSVD
from sklearn.feature_extraction.text import TfidfVectorizer

from bot.nlu.fitting import SPELLING_SIZE, learn_spelling, train_model
from bot.nlu.linear_model import LIKELY, NGRAMS, LinearModel, ngrams

TEXTS = [
    "what is p3o", "whats the pmo for", "is p3o worth it", "which pmo job pays", "how do i get into a pmo",
    "do i need p3o for a pmo job", "p3o or prince2", "what does a pmo analyst do", "how long is the p3o exam",
]  # fmt: skip
LABELS = ["a", "b", "a", "c", "d", "e", "f", "g", "h"]


@pytest.mark.parametrize("text", [*TEXTS, "  P3O,  what\tis   it?? ", "", "x", "zzz qqq", "ΟΔΟΣ pmo"])
def test_spelling_is_that_of_the_two_transforms(text: str) -> None:
    vectorizer = TfidfVectorizer(analyzer="char_wb", ngram_range=NGRAMS, sublinear_tf=True, min_df=2, dtype=np.float32)
    matrix = vectorizer.fit_transform(TEXTS)
    size = min(SPELLING_SIZE, matrix.shape[1] - 1, matrix.shape[0] - 1)
    reducer = TruncatedSVD(size, random_state=0).fit(matrix)

    expected = reducer.transform(vectorizer.transform([text]))

    assert learn_spelling(TEXTS).transform([text]) == pytest.approx(expected, abs=1e-3)


@given(st.text(min_size=1).filter(lambda text: len(text.split()) == 1))
def test_the_ngrams_of_a_word_are_those_of_scikit_learn(word: str) -> None:
    analyse = TfidfVectorizer(analyzer="char_wb", ngram_range=NGRAMS).build_analyzer()

    assert list(ngrams(word.strip())) == analyse(word)


def test_nearness_is_the_greatest_cosine_among_the_likeliest_labels() -> None:
    vectors = np.random.default_rng(0).normal(size=(len(TEXTS), 16)).astype(np.float32)
    model = train_model(TEXTS, vectors, np.zeros((len(TEXTS), 1), dtype=np.float32), LABELS)
    probabilities = model.probabilities(TEXTS, vectors, np.zeros((len(TEXTS), 1), dtype=np.float32))

    actual = model.nearness(vectors, probabilities)

    for near, vector, row in zip(actual, vectors, probabilities, strict=True):
        likely = {model.labels[index] for index in np.argsort(row)[-LIKELY:]}
        expected = max(v @ vector for v, label in zip(vectors, LABELS, strict=True) if label in likely)
        assert near == pytest.approx(expected, rel=1e-5)


def test_model_reads_the_same_after_it_was_saved(tmp_path: object) -> None:
    vectors = np.random.default_rng(0).normal(size=(len(TEXTS), 16)).astype(np.float16).astype(np.float32)
    flags = np.zeros((len(TEXTS), 1), dtype=np.float32)
    model = train_model(TEXTS, vectors, flags, LABELS)
    model.save(tmp_path)  # type: ignore[arg-type]

    again = LinearModel.open(tmp_path)  # type: ignore[arg-type]

    expected = model.probabilities(TEXTS, vectors, flags)
    assert again.probabilities(TEXTS, vectors, flags) == pytest.approx(expected)
    assert again.nearness(vectors, expected) == pytest.approx(model.nearness(vectors, expected))
