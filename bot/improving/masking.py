"""Masking: a person's message without what tells who they are, before anybody reads it.

Masked are addresses of web and e-mail, handles, phone and other numbers of three digits or more, amounts of money,
dates, post codes; given names that are on a list, with the surname after them; names and employers where the words
before announce them ("my name is", "I work for"); and every other word that is in no lexicon and no slip of a known
word: most surnames, firms and places.

What it cannot do: a name that is a word ("Mark will know", "I work at Next") passes where nothing announces it, and
somebody who tells their whole story can be recognised by it without any name. So masked texts are for whoever runs
the coach to learn from, not to hand out; and no text becomes an example before that person has read it.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from importlib import resources

from rapidfuzz import fuzz, process

LONGEST = 300
"""Characters of a masked text."""
SLIP = 80
"""How alike, of 100, an unknown word is to a known one when it is taken for a slip of the fingers."""
SLIP_LENGTHS = 2
SHORTEST_NAME = 3
OFTEN = 2
"""In how many texts a word stands that is no name."""

_SPAN = re.compile(
    r"(?P<address>\b(?:https?://|www\.)\S+|\b[\w-]+(?:\.[\w-]+)*\.(?:com|org|net|co|uk|io|gov|edu|info)\b(?:/\S*)?)"
    r"|(?P<amount>[£$€]\s?\d(?:[\d.,]*\d)?(?:\s?[km]\b)?|\b\d[\d.,]*\s?(?:k|grand|quid|pounds?|dollars?|euros?|usd|gbp|eur)\b)"
    r"|(?P<date>\b\d{1,4}[/.-]\d{1,2}[/.-]\d{1,4}\b)"
    r"|(?P<postcode>\b[A-Z]{1,2}\d[A-Z\d]?\s?\d[A-Z]{2}\b)"
    r"|(?P<number>\+?\d[\d\s().-]{5,}\d|\d{3,})",
    re.IGNORECASE,
)
_EMAIL = re.compile(r"[^\s@<>()]+@[^\s@<>()]+")
_HANDLE = re.compile(r"(?<!\w)[@#]\w{2,}|<[@#!][^>]*>?")
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_NAME_CUE = re.compile(
    r"\b(?:my name is|my name's|name is|i am called|im called|i'm called|call me|this is|i am|i'm|im|named|called|"
    r"dear|mr|mrs|ms|miss|dr|sir|regards|cheers|(?:boss|manager|colleague|director|mentor|sponsor|friend|husband|"
    r"wife|partner)(?: is| called| named)?)\W+$",
    re.IGNORECASE,
)
_EMPLOYER_CUE = re.compile(
    r"\b(?:work(?:s|ed|ing)? (?:at|for)|employer is|employed (?:at|by)|jobs? (?:at|with)|company (?:is|called))\W+$",
    re.IGNORECASE,
)
_PERHAPS_EMPLOYER_CUE = re.compile(
    r"\b(?:work(?:s|ed|ing)? with|joined|joining|from|at|left|leaving)\W+$", re.IGNORECASE
)
_JOINED = re.compile(r"^[\s'’&.-]{1,3}$")


@dataclass(frozen=True)
class Lexicon:
    """Words that need no mask: `known` are those that the coach reads and writes, `common` those of the language."""

    known: frozenset[str]
    common: frozenset[str]
    _lengths: dict[int, tuple[str, ...]] = field(default_factory=dict, compare=False, repr=False)

    def near_in_length(self, length: int) -> tuple[str, ...]:
        """Return the known words that a word of that length may be a slip of."""
        if length not in self._lengths:
            self._lengths[length] = tuple(
                word for word in self.known if abs(len(word) - length) <= SLIP_LENGTHS and len(word) > SHORTEST_NAME
            )
        return self._lengths[length]


def mask(text: str, lexicon: Lexicon) -> str:
    """Return the text on one line, at most `LONGEST` long, with masks such as [name] for what tells who wrote it."""
    flat = " ".join("".join(char if char.isprintable() else " " for char in text[: 2 * LONGEST]).split())
    # A mask that somebody typed is none; nor may brackets reach the examples, where they mark entities.
    flat = flat.replace("[", "(").replace("]", ")")
    flat = _EMAIL.sub("[e-mail]", flat)
    flat = _HANDLE.sub("[handle]", flat)
    flat = _SPAN.sub(lambda match: f"[{match.lastgroup}]", flat)
    return _cut(_mask_words(flat, lexicon))


def is_masked(text: str) -> bool:
    """Tell whether the text has a mask in it."""
    return re.search(r"\[[a-z-]+\]", text) is not None


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST else text[: LONGEST - 1].rstrip() + "…"


def _mask_words(text: str, lexicon: Lexicon) -> str:
    pieces: list[str] = []
    end, last = 0, ""
    for match in _WORD.finditer(text):
        gap = text[end : match.start()]
        joined = last if _JOINED.match(gap) else ""
        kind = None if _in_mask(text, match) else _kind(match[0], text[: match.start()], joined, lexicon)
        if kind is not None and kind == joined:
            end = match.end()  # a surname after its given name, the second word of a firm: one mask for both
            continue
        pieces += [gap, f"[{kind}]" if kind else match[0]]
        last, end = kind or "", match.end()
    return "".join([*pieces, text[end:]])


def _in_mask(text: str, match: "re.Match[str]") -> bool:
    before = text.rfind("[", 0, match.start())
    return before >= 0 and "]" not in text[before : match.start()]


def _kind(word: str, before: str, joined: str, lexicon: Lexicon) -> str | None:
    """Return what a word is masked as, or None; `joined` is the mask of the word right before it."""
    plain = word.casefold().replace("’", "'")
    bare = plain.removesuffix("'s").replace("'", "")
    if joined in ("name", "employer") and word.istitle():
        return joined
    if plain in lexicon.known or bare in lexicon.known or len(bare) < SHORTEST_NAME:
        return None
    if bare in given_names():
        return "name"
    announced = joined if joined in ("name", "employer") else _announced(word, bare, before, lexicon)
    if announced is None and bare in lexicon.common and not _is_capital_inside(word, before):
        return None
    return None if _is_slip(bare, lexicon) else announced or "word"


def _announced(word: str, bare: str, before: str, lexicon: Lexicon) -> str | None:
    """Return what the words before announce: a name or an employer; None where an everyday word goes on."""
    if _EMPLOYER_CUE.search(before):
        return "employer"
    if word[0].islower() and bare in lexicon.common:
        return None
    return "name" if _NAME_CUE.search(before) else "employer" if _PERHAPS_EMPLOYER_CUE.search(before) else None


def _is_capital_inside(word: str, before: str) -> bool:
    """Tell whether the word has a capital that no beginning of a sentence gives it."""
    return word[0].isupper() and bool(before.strip()) and before.rstrip()[-1] not in ".!?:"


def _is_slip(word: str, lexicon: Lexicon) -> bool:
    near = process.extractOne(word, lexicon.near_in_length(len(word)), scorer=fuzz.ratio, score_cutoff=SLIP)
    return near is not None


@lru_cache(maxsize=1)
def given_names() -> frozenset[str]:
    """Return common given names in lower case, without those that are words of every day."""
    lines = resources.files(__package__).joinpath("given_names.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(name for line in lines if not line.startswith("#") for name in line.split())


def lexicon_of(sayings: Iterable[str], common: Iterable[str]) -> Lexicon:
    """Return the lexicon of what the coach reads and says: words that stand in several of its texts.

    A word of one text alone may be a name there.
    """
    counts: dict[str, int] = {}
    for saying in sayings:
        for word in {part for match in _WORD.finditer(saying.casefold()) for part in _forms(match[0])}:
            counts[word] = counts.get(word, 0) + 1
    known = frozenset(word for word, count in counts.items() if count >= OFTEN) - given_names()
    return Lexicon(known, frozenset(common) - given_names())


def _forms(word: str) -> tuple[str, ...]:
    plain = word.replace("’", "'")
    return (plain, plain.replace("'", ""), plain.removesuffix("'s"))


Masker = Callable[[str], str]
