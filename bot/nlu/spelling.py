"""Spelling of names: a word that nobody knows is read as the nearest word of a name, if one is near enough."""

from collections.abc import Iterable
from functools import lru_cache

from rapidfuzz.distance import OSA
from rapidfuzz.process import extractOne

SHORTEST = 5
"""Shorter words are codes or common words: one letter changes what they mean."""
LONG = 8


class Speller:
    """Corrects single words towards the words of names; words in common use stay as they are."""

    def __init__(self, name_words: Iterable[str], known_words: Iterable[str]) -> None:
        self._names = sorted({word for word in name_words if len(word) >= SHORTEST and word.isalpha()})
        self._known = frozenset(known_words) | frozenset(self._names)
        self.correct = lru_cache(maxsize=8192)(self._correct)

    def _correct(self, word: str) -> str:
        if len(word) < SHORTEST or not word.isalpha() or word in self._known:
            return word
        allowed = 2 if len(word) >= LONG else 1
        best = extractOne(word, self._names, scorer=OSA.distance, score_cutoff=allowed)
        return best[0] if best and best[0][0] == word[0] else word
