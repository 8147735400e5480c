"""Mending: a message as it would have been typed with care, for the sentence encoder, which stumbles over typos.

Words as people shorten them on a phone ("wat", "hw") are written out by a list. A word that nobody knows, neither the
encoder nor the examples, is read as the word of the coach's own vocabulary that is spelled nearly so. What the encoder
knows as a word stays as it is: it is English, and mostly means what it says. And only what fingers and ears get wrong
is mended: two letters the wrong way round, one left out, one doubled, a wrong vowel, or a "c" for an "s"; and words
typed without their vowels ("mny", "wrth"), which are read as the commonest word of those consonants.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache

from rapidfuzz.distance import OSA
from rapidfuzz.process import extract

IN_USE = 3
"""How often the vocabulary's texts must have a word before others are read as it."""
SHORTEST, SHORTEST_BARE = 5, 3
"""Letters of the shortest word that is mended, and of the shortest one typed without its vowels."""
MOST_LIKELY = 5
ALIKE = (frozenset("aeiouy"), frozenset("cskz"))
"""Letters that are taken for one another by ear."""
_VOWELS = re.compile(r"[aeiou]")
_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)?")


class Mender:
    """Writes out what is shortened, and reads unknown words as the nearest of the vocabulary."""

    def __init__(self, vocabulary: Iterable[str], shortened: Mapping[str, str], is_word: Callable[[str], bool]) -> None:
        words = list(vocabulary)  # the commonest first
        self._vocabulary = sorted({word for word in words if len(word) >= SHORTEST})
        self._known = frozenset(words)
        self._bare = without_vowels(words)
        self._shortened = dict(shortened)
        self._is_word = is_word
        self._mended = lru_cache(maxsize=8192)(self._mend_word)

    def mend(self, text: str) -> str:
        """Return the text with its words mended; everything else stays in place."""
        return _WORD.sub(lambda match: self._mended(match[0]), text)

    def _mend_word(self, word: str) -> str:
        lowered = word.lower()
        if lowered in self._shortened:
            return self._shortened[lowered]
        if len(word) < SHORTEST_BARE or not word.islower() or word in self._known or self._is_word(word):
            return word
        if word in self._bare:
            return self._bare[word]
        return word if len(word) < SHORTEST else self._nearest(word) or word

    def _nearest(self, word: str) -> str | None:
        near = extract(word, self._vocabulary, scorer=OSA.distance, score_cutoff=1, limit=MOST_LIKELY)
        return next((other for other, _, _ in near if is_slip(word, other)), None)


def without_vowels(words: Sequence[str]) -> dict[str, str]:
    """Return the words by their consonants alone ("mny"); of several with the same, the first one."""
    bare = {_VOWELS.sub("", word): word for word in reversed(words) if word[:1] not in "aeiou"}
    return {letters: word for letters, word in bare.items() if len(letters) >= SHORTEST_BARE and letters != word}


def is_slip(typed: str, meant: str) -> bool:
    """Tell whether a word is another one with a slip of the fingers or of the ear in it, after its first letter."""
    same = next(
        (i for i, (one, other) in enumerate(zip(typed, meant, strict=False)) if one != other),
        min(len(typed), len(meant)),
    )
    if not same:
        return False
    after, due = typed[same:], meant[same:]
    if len(typed) < len(meant):
        return after == due[1:]
    if len(typed) > len(meant):
        return after[1:] == due and after[0] == typed[same - 1]
    swapped = after[:2] == due[:2][::-1]
    return (
        after[2:] == due[2:]
        if swapped
        else after[1:] == due[1:] and any({after[0], due[0]} <= alike for alike in ALIKE)
    )


def words_in_use(texts: Iterable[str]) -> list[str]:
    """Return the words that texts have often enough to be no typing errors, the commonest first."""
    counts = Counter(word for text in texts for word in set(_WORD.findall(text.lower())))
    used = [word for word, count in counts.items() if count >= IN_USE and len(word) >= SHORTEST_BARE]
    return sorted(used, key=lambda word: (-counts[word], word))
