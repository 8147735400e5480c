"""Whether a person says to hold a certification, not to hold it, or to want it: read from the words before it."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

_CLAUSE_END = re.compile(
    r"[.?!;\n]|,\s*(?=(?:what|which|should|so|is|do|can|where|how|whats)\b)|\bbut\b|\bso\b|"
    r"^\W*(?:no|nope)(?:\s*,|\s+(?=(?:wait|sorry|hang on|hold on|actually|i meant|i mean|i said|that'?s|it'?s)\b))"
)
"""The last part is a "no" to what was said before, which denies nothing that comes after it."""
_PIECE = re.compile(r"[^.,;:\n]+")
_JOINING = re.compile(
    r"\b(?:and|plus|also|n|foundation|practitioner|certified|expired|lapsed|in|since)\b|&|[(\[]?\b(?:19|20)\d\d\b[)\]]?"
)
"""What stands beside the names of a list, as on a CV: "P3O Practitioner (2018), PRINCE2, expired 2021"."""
_CHOOSING = re.compile(r"\?|\b(?:or|vs|versus|compare\w*|difference|between|which)\b")
"""What says that names are compared or asked about, and not listed as one's own."""
_ASKING_BACK = frozenset({"is", "are", "was", "were", "would", "should", "could"})
"""What before "n't" makes it a question or a judgement and no word on holding: "isn't P3O a bit old"."""
_COMPARING = frozenset({"compare", "compared", "comparing", "comparison", "difference", "differ", "differs"})
"""What before "with" makes it a comparison: "compare that with PMP"."""
_HOLDING_AFTER = frozenset({"since", "certified", "holder", "qualified"})
"""What says after a name that it is held: "PMP since 2015"."""


@dataclass(frozen=True)
class HoldingCues:
    """The words that say to hold, not to hold, and to want."""

    held: frozenset[str]
    not_held: frozenset[str]
    wanted: frozenset[str]


def holding_marks(
    raw: str, tokens: Sequence[tuple[str, int]], mentions: Iterable[tuple[int, int]], cues: HoldingCues
) -> list[tuple[bool | None, bool]]:
    """Return (held, wanted) for each mention, given as (start, end); held is None where nothing is said.

    `raw` is the message in lower case with its punctuation, `tokens` its words with their places.
    """
    breaks = [match.end() for match in _CLAUSE_END.finditer(raw)]
    return [_mark(tokens, place, max((b for b in breaks if b <= place[0]), default=0), cues) for place in mentions]


def listed(raw: str, mentions: Sequence[tuple[int, int]], told: Iterable[int]) -> list[bool]:
    """Tell of each mention whether it is in a bare list after what somebody told of themselves, at those places.

    "Head of PMO, 15 years, PMP and MSP": who puts names behind their title says to hold them.
    """
    first = min(told, default=len(raw))
    rest = list(raw)
    for start, end in mentions:
        rest[start:end] = "\0" * (end - start)
    marked = "".join(rest)
    pieces = [(m.start(), m[0]) for m in _PIECE.finditer(marked)] if not _CHOOSING.search(raw) else []
    bare = [
        (start, start + len(piece))
        for start, piece in pieces
        if not _JOINING.sub("", piece).strip(" \0") and start > first
    ]
    return [any(start <= place[0] < end for start, end in bare) for place in mentions]


def _mark(
    tokens: Sequence[tuple[str, int]], mention: tuple[int, int], clause: int, cues: HoldingCues
) -> tuple[bool | None, bool]:
    start, end = mention
    negated = False
    after = next((word for word, place in tokens if place >= end), "")
    for at, (word, place) in reversed(list(enumerate(tokens))):
        if not clause <= place < start:
            continue
        if word in cues.not_held:
            negated = negated or not (at and _asks_back(tokens[at - 1][0], word))
        elif word in cues.held:
            before = [w for w, p in tokens if clause <= p < place]
            if not _COMPARING.isdisjoint(before):
                return (None, False)
            return (not (negated or any(w in cues.not_held for w in before[-3:])), False)
        elif word in cues.wanted:
            return (False if negated else None, not negated)
    return (False if negated else True if after in _HOLDING_AFTER else None, False)


def _asks_back(before: str, word: str) -> bool:
    return word in ("n't", "nt") and before in _ASKING_BACK
