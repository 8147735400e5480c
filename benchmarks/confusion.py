"""What was taken for what: scores of each label, the worst confusions, and the matrix as a picture."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

CELL = 13
MARGIN = 190
STRENGTHS = (0.01, 0.05, 0.1, 0.25, 0.5, 0.75, 0.9)
"""Shares of a row from which on a cell is drawn stronger."""

_STYLE = """
svg { color-scheme: light dark; background: #fff; } text { font: 10px system-ui, sans-serif; fill: #1c2430; }
.right { fill: #1f6feb; } .wrong { fill: #c2410c; } .grid { stroke: #e3e7ec; stroke-width: 1; }
@media (prefers-color-scheme: dark) { svg { background: #14181e; } text { fill: #e6e9ee; } .right { fill: #6ea8fe; }
.wrong { fill: #f0a95b; } .grid { stroke: #2a323c; } }
"""


@dataclass(frozen=True)
class Score:
    """How well one label is told: of those found, how many are right; of those there, how many were found."""

    label: str
    examples: int
    precision: float
    recall: float

    @property
    def f1(self) -> float:
        """The harmonic mean of the two; 0 where nothing was right."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


@dataclass(frozen=True)
class Confusion:
    """One label that is taken for another: how often, and the share of its examples."""

    label: str
    found: str
    times: int
    share: float


def scores_of(labels: Sequence[str], found: Sequence[str]) -> list[Score]:
    """Return each label's score, the lowest F1 first; labels that are only found have no examples."""
    right = Counter(label for label, one in zip(labels, found, strict=True) if label == one)
    there, guessed = Counter(labels), Counter(found)
    scores = [
        Score(label, there[label], _part(right[label], guessed[label]), _part(right[label], there[label]))
        for label in there | guessed
    ]
    return sorted(scores, key=lambda score: (score.f1, score.label))


def worst_confusions(labels: Sequence[str], found: Sequence[str], *, most: int) -> list[Confusion]:
    """Return the confusions that happen most often."""
    there = Counter(labels)
    pairs = Counter((label, one) for label, one in zip(labels, found, strict=True) if label != one)
    ordered = sorted(pairs.items(), key=lambda item: (-item[1], item[0]))[:most]
    return [Confusion(label, one, times, times / there[label]) for (label, one), times in ordered]


def draw_matrix(labels: Sequence[str], found: Sequence[str], title: str) -> str:
    """Return the matrix as SVG: a row for what it is, a column for what it was taken for, stronger where more often."""
    names = sorted({*labels, *found})
    there, pairs = Counter(labels), Counter(zip(labels, found, strict=True))
    place = {name: number for number, name in enumerate(names)}
    size = MARGIN + len(names) * CELL + 20
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-label="{escape(title, quote=True)}" '
        f'viewBox="0 0 {size} {size + 30}" width="{size}" height="{size + 30}">\n<style>{_STYLE}</style>\n'
        f'<text x="8" y="18" style="font-size:14px">{escape(title)}</text>\n'
        f'<text x="8" y="34">Rows: what it is. Columns: what it was taken for. The diagonal is right.</text>\n'
        + "".join(_line(name, number, len(names)) for name, number in place.items())
        + "".join(_cell(pair, times, place, there[pair[0]]) for pair, times in sorted(pairs.items()))
        + "</svg>\n"
    )


def _line(name: str, number: int, count: int) -> str:
    at, far = MARGIN + number * CELL, MARGIN + count * CELL
    return (
        f'<text x="{MARGIN - 5}" y="{at + CELL - 3}" text-anchor="end">{escape(name)}</text>'
        f'<text transform="translate({at + CELL - 3} {MARGIN - 5}) rotate(-90)">{escape(name)}</text>'
        f'<path class="grid" d="M{MARGIN} {at}H{far}M{at} {MARGIN}V{far}"/>\n'
    )


def _cell(pair: tuple[str, str], times: int, place: dict[str, int], there: int) -> str:
    share = times / there
    strength = (1 + sum(share >= step for step in STRENGTHS)) / (1 + len(STRENGTHS))
    row, column = place[pair[0]], place[pair[1]]
    kind = "right" if row == column else "wrong"
    told = escape(f"{pair[0]} taken for {pair[1]}: {times} of {there}")
    return (
        f'<rect class="{kind}" fill-opacity="{strength:.2f}" x="{MARGIN + column * CELL + 0.5}" '
        f'y="{MARGIN + row * CELL + 0.5}" width="{CELL - 1}" height="{CELL - 1}"><title>{told}</title></rect>\n'
    )


def _part(part: int, whole: int) -> float:
    return part / whole if whole else 0.0
