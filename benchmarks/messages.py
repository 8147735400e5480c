"""What the servers are sent: the held-out utterances, each text once, so that no cache flatters."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import count
from pathlib import Path

import yaml

from benchmarks.records import NotMeasuredError
from bot.runtime.settings import project_root

UTTERANCES = project_root() / "tests" / "nlu"
HELD_OUT = UTTERANCES / "held_out.yml"
OUT_OF_SCOPE = UTTERANCES / "out_of_scope.yml"
ENDINGS = (" please", " thanks", " pls", " thank you", " cheers")
"""What makes a text new to every cache at the same cost, where more messages are needed than there are texts."""


@dataclass(frozen=True)
class Utterance:
    """What somebody typed, and every label that a fair judge would accept."""

    text: str
    expect: frozenset[str]


def read_utterances(file: Path) -> list[Utterance]:
    """Return the utterances of a file, in its order; raise NotMeasuredError where there is none."""
    if not file.is_file():
        raise NotMeasuredError(f"{file} is not there")
    rows = yaml.safe_load(file.read_text(encoding="utf-8"))["utterances"]
    return [Utterance(row["text"], frozenset(row["expect"])) for row in rows]


def varied(texts: Sequence[str], number: int) -> list[str]:
    """Return so many different texts in a fixed random order; those beyond the supply have another ending."""
    shuffled = random.Random(0).sample(list(dict.fromkeys(texts)), len(set(texts)))
    endless = _endless(shuffled)
    return [next(endless) for _ in range(number)]


def _endless(texts: Sequence[str]) -> Iterator[str]:
    for turn in count():
        for text in texts:
            yield text + another_ending(turn)


def another_ending(turn: int) -> str:
    """Return an ending for the texts of this round: none in the first, ever longer ones after the last."""
    rounds, ending = divmod(turn - 1, len(ENDINGS))
    return "" if turn == 0 else ENDINGS[ending] * (rounds + 1)


def talks_of(texts: Sequence[str], turns: int) -> list[list[str]]:
    """Return the texts as conversations of so many turns, the last one perhaps shorter."""
    return [list(texts[start : start + turns]) for start in range(0, len(texts), turns)]
