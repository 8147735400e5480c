"""The rule that keeps people from being recognised in counts.

1. A report is made of five people or more, or not at all.
2. A line (a topic, a question of a form, a group of like messages) is shown when five people or more are behind it.
   Smaller ones are added up in one line, "others".
3. Where "others" has fewer than five people itself, the smallest shown lines go into it as well, so that it cannot be
   found by taking the shown lines from the total.
4. People's words are shown where five people or more wrote alike, masked (`bot.improving.masking`).

A person is a conversation here: one who comes back without their token is counted twice. Who compares two reports of
almost the same days can still find small differences: hand out one report for each period.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

FEWEST = 5
"""How many people there must be behind whatever is shown: the number that team reports have, too."""
OTHERS = "others, each of fewer than five people"


@dataclass(frozen=True)
class Line:
    """A line of a count: its label, the people behind it, and its numbers."""

    label: str
    people: int
    numbers: tuple[int, ...]


def shown_lines(lines: Iterable[Line], *, order: Callable[[Line], object] | None = None) -> Sequence[Line]:
    """Return the lines that may be shown, by the rule above, the most people first unless `order` says otherwise."""
    ordered = sorted((line for line in lines if line.people > 0), key=lambda line: (-line.people, line.label))
    small = [line for line in ordered if line.people < FEWEST]
    large = [line for line in ordered if line.people >= FEWEST]
    while small and large and sum(line.people for line in small) < FEWEST:
        small.append(large.pop())
    if order is not None:
        large.sort(key=order)  # type: ignore[arg-type]
    return [*large, *([_sum(small)] if small else [])]


def _sum(lines: Sequence[Line]) -> Line:
    numbers = tuple(sum(column) for column in zip(*(line.numbers for line in lines), strict=True))
    return Line(OTHERS, sum(line.people for line in lines), numbers)
