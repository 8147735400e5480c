"""What is reckoned from measurements: percentiles, shares, scores."""

from collections import Counter
from collections.abc import Sequence
from itertools import groupby
from math import ceil
from operator import itemgetter
from statistics import median


def percentile(values: Sequence[float], percent: float) -> float:
    """Return the smallest value that at least so many per cent of the values do not exceed (nearest rank)."""
    if not values or not 0 < percent <= 100:
        raise ValueError("a percentile needs values, and a percentage above 0 and up to 100")
    return sorted(values)[ceil(len(values) * percent / 100) - 1]


def share(hits: Sequence[bool]) -> float:
    """Return the percentage of hits."""
    if not hits:
        raise ValueError("a share needs at least one case")
    return 100 * sum(hits) / len(hits)


def auroc(inside: Sequence[float], outside: Sequence[float]) -> float:
    """Return the chance that something inside scores above something outside; a tie counts half."""
    if not inside or not outside:
        raise ValueError("AUROC needs scores on both sides")
    scores = sorted([(score, True) for score in inside] + [(score, False) for score in outside])
    wins, outside_below = 0.0, 0
    for _, tied in groupby(scores, key=itemgetter(0)):
        sides = [is_inside for _, is_inside in tied]
        outside_here = sides.count(False)
        wins += sides.count(True) * (outside_below + outside_here / 2)
        outside_below += outside_here
    return wins / (len(inside) * len(outside))


def f1_of_each(labels: Sequence[str], found: Sequence[str]) -> dict[str, float]:
    """Return every label's F1, from 0 to 1, the lowest first; labels that are only found have one too."""
    right = Counter(label for label, one in zip(labels, found, strict=True) if label == one)
    there, guessed = Counter(labels), Counter(found)
    scores = {label: 2 * right[label] / (there[label] + guessed[label]) for label in there | guessed}
    return dict(sorted(scores.items(), key=itemgetter(1)))


def slowdown(early: Sequence[float], late: Sequence[float]) -> float:
    """Return how many times slower the median of the late ones is."""
    return median(late) / median(early)
