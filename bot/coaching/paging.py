"""More of the same subject, a message at a time: what was told is not told again, and no message grows too long."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from bot.coaching.wording import compose

PAGE_WORDS = 110
TOLD = "told:"
"""Marks, among the facets of a focus, what was told without being asked for."""


@dataclass(frozen=True)
class Part:
    """Something that can be told of a subject; `facet` is what it is remembered by, `listed` makes it a list item."""

    facet: str
    text: str
    sources: tuple[str, ...] = ()
    listed: bool = False


@dataclass(frozen=True)
class Page:
    """The parts that fit one message, what to remember them by, and whether some are left."""

    text: str
    facets: tuple[str, ...]
    sources: tuple[str, ...]
    rest: bool


def next_page(parts: Sequence[Part], told: Collection[str]) -> Page | None:
    """Return the first parts that are not told yet, as many as fit; None when all are told."""
    known = {facet.removeprefix(TOLD) for facet in told}
    untold = [part for part in parts if part.facet not in known and part.text.strip()]
    if not untold:
        return None
    chosen, words = [untold[0]], _words(untold[0])
    for part in untold[1:]:
        words += _words(part)
        if words > PAGE_WORDS:
            break
        chosen.append(part)
    return Page(
        text=_text(chosen),
        facets=tuple(dict.fromkeys(f"{TOLD}{part.facet}" for part in chosen)),
        sources=tuple(dict.fromkeys(source for part in chosen for source in part.sources)),
        rest=len(chosen) < len(untold),
    )


def paragraphs_of(text: str) -> list[str]:
    """Return the paragraphs of a prose text."""
    return [paragraph for paragraph in re.split(r"\n+", text.strip()) if paragraph.strip()]


def _words(part: Part) -> int:
    return len(part.text.split())


def _text(parts: Sequence[Part]) -> str:
    """Return the parts as paragraphs, neighbouring list items as one list."""
    lines = [f"- {part.text}" if part.listed else f"\n{part.text}\n" for part in parts]
    return compose("\n".join(lines))
