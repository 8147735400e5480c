"""Text as the understanding reads it: one length-keeping clean form, and the split into questions."""

import re
import unicodedata
from dataclasses import dataclass

_SPACE_FOR = set('-_/\\.,;:!?()[]{}<>"`®™©*+=|~^#&•·…“”«»\n\t\r–—‐‑')
_APOSTROPHES = str.maketrans({"’": "'", "‘": "'", "`": "'", "´": "'"})

STARTERS = (
    r"what|whats|what's|wot|how|hows|how's|which|who|whos|who's|is|are|do|does|did|can|could|should|shall|will|would|"
    r"where|wheres|where's|why|when|whens|tell me|also|am i|has|have they|explain|compare|any"
)
"""How a question begins (a regular expression)."""
_BREAK = re.compile(
    rf"[?!]+[\s\"')]*|\.\s+|;\s*|\n+|(?:,?\s+(?:and|also|plus|n|&|then|and also|but)\s+|,\s*)(?=(?:{STARTERS})\b)",
    re.IGNORECASE,
)
_QUESTION = re.compile(rf"\W*(?:(?:and|also|but|so|then|plus|n|&)\s+)?(?:{STARTERS})\b", re.IGNORECASE)
_JOINS = frozenset(("and", "also", "plus", "n", "&", "then", "but"))
MIN_WORDS = 2
"""A part with fewer words leans on its neighbour and is no question of its own."""
MAX_PARTS = 4


@dataclass(frozen=True)
class Part:
    """One part of a message, with its place in the text."""

    text: str
    start: int
    end: int


def clean(text: str) -> str:
    """Return the text in lower case with punctuation as spaces, every character at its old place."""
    if text.isascii():
        return text.translate(_ASCII)
    folded = text.translate(_APOSTROPHES)
    return "".join(_clean_character(character) for character in folded)


def _clean_character(character: str) -> str:
    if character in _SPACE_FOR:
        return " "
    plain = unicodedata.normalize("NFKD", character)[:1].lower()
    return plain if len(plain) == 1 and plain.isprintable() else " "


_ASCII = {code: _clean_character(chr(code).translate(_APOSTROPHES)) for code in range(128)}
"""What becomes of each ASCII character, of which most texts have no others."""


def collapse(cleaned: str) -> tuple[str, list[int]]:
    """Return a clean text with single spaces, and for each of its places (and its end) the place before."""
    places = [
        index for index, character in enumerate(cleaned)
        if character != " " or (index and cleaned[index - 1] != " ")
    ]  # fmt: skip
    return "".join(cleaned[index] for index in places), [*places, len(cleaned)]


def asks(text: str) -> bool:
    """Tell whether a part of a message is put as a question, and not as the story before one."""
    return "?" in text or _QUESTION.match(text) is not None


def split_questions(text: str) -> tuple[Part, ...]:
    """Return the parts of a message in which at least two questions are put; otherwise the message as one part."""
    parts = split_parts(text)
    return parts if sum(asks(part.text) for part in parts) > 1 else (Part(text, 0, len(text)),)


def split_parts(text: str) -> tuple[Part, ...]:
    """Return the parts of a message that may each be a question; one part when there is nothing to split."""
    parts: list[Part] = []
    start = 0
    for found in [*_BREAK.finditer(text), None]:
        end = len(text) if found is None else found.start()
        stop = len(text) if found is None else found.end()
        piece = text[start:stop].strip()
        if len(re.findall(r"\w+", text[start:end])) >= MIN_WORDS:
            parts.append(Part(_without_joins(piece), start, stop))
            start = stop
        elif parts and not text[start:end].strip():
            start = stop
    if not parts or len(parts) > MAX_PARTS:
        return (Part(text, 0, len(text)),)
    return tuple(parts)


def _without_joins(text: str) -> str:
    """Return a part without the words and signs at its end that only led to the next one.

    Not a pattern: one that repeats what repeats took a minute for a row of forty spaces.
    """
    while True:
        bare = text.rstrip().rstrip(",;")
        if bare == text:
            last = text.rsplit(maxsplit=1)[-1:]
            if last in ([], [text]) or last[0].lower() not in _JOINS:
                return text
            bare = text.removesuffix(last[0])
        text = bare
