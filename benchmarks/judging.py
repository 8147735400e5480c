"""What became of the messages of a crowd: compared, person by person, with the history that the store has."""

import asyncio
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, fields
from itertools import pairwise
from typing import Any

from benchmarks.crowd import PROBE, Crowd, Person

AT_ONCE = 16


@dataclass(frozen=True)
class Judgement:
    """Counts over all people; `broken` are those who could not go on.

    `lost` are acknowledged messages, or answers to them, that the store does not have as they were heard; `doubled`
    are messages that it has more than once; `disordered` those that stand elsewhere than they were said, or have no
    answer behind them; `foreign` is what another person said, or an answer made of what another person told.
    """

    acknowledged: int = 0
    lost: int = 0
    doubled: int = 0
    disordered: int = 0
    foreign: int = 0
    broken: int = 0

    def __add__(self, other: "Judgement") -> "Judgement":
        return Judgement(*(getattr(self, each.name) + getattr(other, each.name) for each in fields(self)))

    @property
    def four(self) -> tuple[float, float, float, float]:
        """Lost, doubled, out of order and another's."""
        return float(self.lost), float(self.doubled), float(self.disordered), float(self.foreign)


async def judge(crowd: Crowd) -> Judgement:
    """Read everybody's history and judge it."""
    room = asyncio.Semaphore(AT_ONCE)

    async def one(person: Person) -> Judgement:
        async with room:
            return judge_person(person, await crowd.history(person))

    return sum(await asyncio.gather(*map(one, crowd.people)), Judgement())


def judge_person(person: Person, history: Sequence[dict[str, Any]]) -> Judgement:
    """Return what became of one person's messages."""
    stored = [entry["text"] for entry in history if entry["from"] == "person"]
    answers = {entry["id"]: entry["text"] for entry in history if entry["from"] == "coach"}
    kept = Counter(stored)
    lost = [
        heard for heard in person.heard
        if not kept[heard.text] or any(answers.get(number) != text for number, text in heard.answers)
    ]  # fmt: skip
    own = [text for text in stored if text in set(person.said)]
    return Judgement(
        acknowledged=len(person.heard),
        lost=len(lost),
        doubled=sum(max(0, count - person.said.count(text)) for text, count in kept.items() if text in person.said),
        disordered=_disordered(person.said, own) + _unanswered(history),
        foreign=len(stored) - len(own) + _made_of_another(person),
        broken=bool(person.broken),
    )


def _disordered(said: Sequence[str], stored: Sequence[str]) -> int:
    """Return how many stored messages do not follow the one before them as they were said."""
    places = [said.index(text) for text in dict.fromkeys(stored)]
    return sum(later < earlier for earlier, later in pairwise(places))


def _unanswered(history: Sequence[dict[str, Any]]) -> int:
    """Return how many messages of the person have no message of the coach right behind them."""
    senders = [*(entry["from"] for entry in history), "person"]
    return sum(a == b == "person" for a, b in pairwise(senders))


def _made_of_another(person: Person) -> int:
    """Return how many answers to what is known of the person do not tell the years that they told."""
    return sum(
        heard.text == PROBE and not any(f"{person.years} years" in text for _, text in heard.answers)
        for heard in person.heard
    )


def troubles(people: Sequence[Person]) -> Counter[str]:
    """Return how often each kind of trouble was met until a message was answered."""
    return sum((person.troubles for person in people), Counter())


def told(found: Counter[str]) -> str:
    """Return the troubles in words."""
    return ", ".join(f"{count:,} times {what}" for what, count in found.most_common()) or "none"


def broken(people: Sequence[Person]) -> list[str]:
    """Return why people could not go on, each reason once."""
    return sorted({person.broken for person in people if person.broken})
