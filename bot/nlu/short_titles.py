"""Titles without their "PMO": "im an analyst", "analyst, 3 yrs", or "manager" and nothing else.

Such a word is a title only where the words around it leave it alone: "business analyst" and "admin rights" are other
things. Which role it means comes from the names of the store: the one called "PMO" and that word.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

_BEFORE = frozenset(
    "a an as and or by am im i'm i’m m 'm ’m now currently just still only being became was about for versus "
    "vs than".split()
)
_AFTER = frozenset(
    "here with and or in at on for of now but who what whats which to since so i my looking no not do does vs versus "
    "than next am".split()
)
_GRADES = frozenset({"band", "grade"})
"""What a number before a title grades: "band 4 admin"."""
_BREAKS = frozenset(".,;:!?\n()-/")


@dataclass(frozen=True)
class ShortTitles:
    """The words that are titles among other words, those that are only where they stand alone, and their roles."""

    among_others: frozenset[str]
    alone: frozenset[str]
    roles: Mapping[str, str]

    def find(
        self, text: str, tokens: Sequence[tuple[str, int]], taken: Iterable[int]
    ) -> list[tuple[str, int, int, str]]:
        """Return (role, start, end, how) for each short title among the tokens, given as (word, place in the text).

        `how` is "alone" for one that is the whole message, else "among others"; `taken` are the places of tokens that
        belong to a longer name.
        """
        names = set(taken)
        found = []
        for index, (word, place) in enumerate(tokens):
            alone = len(tokens) == 1
            single = word.removesuffix("s") if word not in self.roles else word
            known = single in self.among_others or (alone and single in self.alone)
            if place in names or not known or single not in self.roles:
                continue
            if alone or self._is_left_alone(text, tokens, index):
                found.append((self.roles[single], place, place + len(word), "alone" if alone else "among others"))
        return found

    def _is_left_alone(self, text: str, tokens: Sequence[tuple[str, int]], index: int) -> bool:
        word, place = tokens[index]
        before = tokens[index - 1][0] if index else None
        after, rest = (tokens[index + 1][0] if index + 1 < len(tokens) else None), text[place + len(word) :].lstrip(" ")
        graded = index > 1 and (before or "").isdigit() and tokens[index - 2][0] in _GRADES
        opened = before is None or before in _BEFORE or graded or text[:place].rstrip(" ")[-1:] in _BREAKS
        closed = after is None or after in _AFTER or after.isdigit() or rest[:1] in _BREAKS
        return opened and closed


def short_titles(names: Iterable[tuple[str, str, str]], cues: Mapping[str, Sequence[str]]) -> ShortTitles:
    """Return the short titles of the cues with the roles that the store's names give them."""
    named = {phrase: value for phrase, entity, value in names if entity == "role"}
    words = (*cues["short_titles"], *cues["titles_alone"])
    roles = {word: role for word in words if (role := named.get(f"pmo {word}")) is not None}
    return ShortTitles(frozenset(cues["short_titles"]), frozenset(cues["titles_alone"]), roles)
