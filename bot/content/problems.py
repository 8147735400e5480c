"""Problems of content, each with the file and line to open."""

from collections.abc import Iterable
from dataclasses import dataclass

from rapidfuzz import process
from rapidfuzz.distance import OSA

NEAR_ENOUGH = 0.6
"""How alike two words must be, of 1.0, for one to be suggested in place of the other."""


@dataclass(frozen=True, order=True)
class Problem:
    """One thing wrong with the content; `line` is None where a whole file or folder is meant."""

    file: str
    line: int | None
    text: str

    def __str__(self) -> str:
        """Return the problem as compilers print theirs, so that editors can jump to it."""
        place = self.file if self.line is None else f"{self.file}:{self.line}"
        return f"{place}: {self.text}"


def in_reading_order(problems: Iterable[Problem]) -> list[Problem]:
    """Return the problems by file and line, each once."""
    return sorted(set(problems), key=lambda problem: (problem.file, problem.line or 0, problem.text))


def suggest(word: str, known: Iterable[str]) -> str:
    """Return " (did you mean 'level'?)" for the known word nearest to it, or nothing where none is near."""
    best = process.extractOne(word, list(known), scorer=OSA.normalized_similarity, score_cutoff=NEAR_ENOUGH)
    return f" (did you mean '{best[0]}'?)" if best else ""
