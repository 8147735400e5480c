"""Spelling of names: a shortened word is read in full, and one that nobody knows as the nearest word of a name."""

from collections.abc import Iterable, Mapping
from functools import lru_cache

from rapidfuzz.distance import OSA
from rapidfuzz.process import extractOne

SHORTEST = 5
"""Shorter words are codes or common words: one letter changes what they mean."""
LONG = 8


class Speller:
    """Corrects single words towards the words of names; words in common use stay as they are."""

    def __init__(
        self, name_words: Iterable[str], known_words: Iterable[str], shortened: Mapping[str, str] | None = None
    ) -> None:
        self._shortened = dict(shortened or {})
        words, known = {word for word in name_words if len(word) >= SHORTEST and word.isalpha()}, frozenset(known_words)
        self._names = sorted(words & known)
        # Aliases hold typing errors too ("oficer"): they are read as the right word, as what people type is.
        self._names = sorted({*self._names, *(word for word in words - known if self._nearest(word) is None)})
        self._known = known | frozenset(self._names)
        self.correct = lru_cache(maxsize=8192)(self._correct)

    def _correct(self, word: str) -> str:
        if word in self._shortened:
            return self._shortened[word]
        if len(word) < SHORTEST or not word.isalpha() or word in self._known:
            return word
        return self._nearest(word) or word

    def _nearest(self, word: str) -> str | None:
        """Return the word of a name that is spelled nearly so, with the same first letter."""
        allowed = 2 if len(word) >= LONG else 1
        best = extractOne(word, self._names, scorer=OSA.distance, score_cutoff=allowed)
        return best[0] if best and best[0][0] == word[0] else None
