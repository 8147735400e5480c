"""Whether a person says to hold a certification, not to hold it, or to want it: read from the words before it."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

_CLAUSE_END = re.compile(r"[.?!;\n]|,\s*(?=(?:what|which|should|so|is|do|can|where|how|whats)\b)|\bbut\b|\bso\b")


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
    return [_mark(tokens, start, max((b for b in breaks if b <= start), default=0), cues) for start, _ in mentions]


def _mark(tokens: Sequence[tuple[str, int]], start: int, clause: int, cues: HoldingCues) -> tuple[bool | None, bool]:
    negated = False
    for word, place in reversed(tokens):
        if not clause <= place < start:
            continue
        if word in cues.not_held:
            negated = True
        elif word in cues.held:
            before = [w for w, p in tokens if clause <= p < place][-3:]
            return (not (negated or any(w in cues.not_held for w in before)), False)
        elif word in cues.wanted:
            return (False if negated else None, not negated)
    return (False if negated else None, False)
