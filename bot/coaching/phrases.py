"""Fragments of the content as they stand in a sentence, a list or a table cell."""

import re

from bot.coaching.wording import sentence

NAMES_FIRST = frozenset(
    "January February March April May June July August September October November December "
    "Foundation Practitioner Essentials".split()
)
"""Words that keep their capital letter inside a sentence."""
PAUSES = (re.compile(r"[;,]\s|\.\s|\s(?:that|such as)\s"), re.compile(r"\s(?:who|for|with)\s"))
"""Where a fragment may be cut, the better places first."""


def running(text: str) -> str:
    """Return a fragment as it stands inside a sentence: a small first letter, unless that is part of a name."""
    first = text.split(maxsplit=1)[0]
    plain = first.strip(",;'").islower() or first[1:].strip(",;").replace("-", "").replace("'", "").islower()
    if len(first) > 1 and (not plain or first.endswith(("'s", "'")) or first.rstrip(",:") in NAMES_FIRST):
        return text
    return text[:1].lower() + text[1:]


def clipped(text: str, width: int = 56) -> str:
    """Return the beginning of a fragment that fits a list or a table cell, cut where it pauses."""
    if len(text) <= width:
        return text
    for pause in PAUSES:
        if cuts := [match.start() for match in pause.finditer(text) if match.start() <= width]:
            return text[: cuts[-1]]
    return f"{text[:width].rpartition(' ')[0]}…"


def first_sentence(text: str) -> str:
    """Return the first sentence of a text."""
    return f"{text.partition('. ')[0].rstrip('.')}."


def bold_first(text: str) -> str:
    """Return a text with its first sentence in bold, as the direct answer that it is."""
    first, _, rest = text.partition(". ")
    return f"**{sentence(first)}** {sentence(rest) if rest else ''}".strip()


def short_name(name: str) -> str:
    """Return a name without what is added to it in brackets or after a comma."""
    return re.split(r" \(|, ", name)[0]


def headed(name: str, text: str) -> str:
    """Return a text with the name it is about in bold: where the text says it, else in front."""
    for words in (name, short_name(name)):
        bold = re.sub(f"{re.escape(words)}s?(?![\\w-])", r"**\g<0>**", first_sentence(text), count=1)
        if bold != first_sentence(text):
            return bold + text[len(first_sentence(text)) :]
    return f"**{name}**: {running(text)}"
