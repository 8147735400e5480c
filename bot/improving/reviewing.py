"""Misread messages made ready for review: masked, like ones together, the most frequent first."""

import hashlib
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, field

from bot.improving.corpus import plain
from bot.improving.masking import Masker
from bot.improving.misread import Misread, Reason
from bot.improving.turns import Reading

MOST_TEXTS = 2000
"""How many different texts are kept; what comes after them comes at the next review."""
SUGGESTIONS = 4
SHOWN_WORDINGS = 5


@dataclass
class _Text:
    """A masked text while it is collected; `people` may count one who wrote it in two ways twice."""

    people: set[str] = field(default_factory=set)
    times: int = 0
    reasons: Counter[Reason] = field(default_factory=Counter)
    shares: Counter[str] = field(default_factory=Counter)


@dataclass(frozen=True)
class Item:
    """One thing to review: like texts, the likeliest first; why; and intents or topics it may have meant, ranked."""

    texts: tuple[str, ...]
    people: int
    times: int
    reasons: tuple[Reason, ...]
    suggestions: tuple[str, ...]

    @property
    def sums(self) -> tuple[str, ...]:
        """The sums that the item is remembered by."""
        return tuple(map(sum_of, self.texts))


class Gathering:
    """Gathers misread messages, each different text once."""

    def __init__(self, mask: Masker, *, known: Collection[str]) -> None:
        """Begin with nothing; `mask` is applied to every text before it is kept, `known` are examples by now."""
        self._mask, self._known = mask, known
        self._texts: dict[str, _Text] = {}
        self.left_out = 0

    def add(self, found: Iterable[Misread]) -> None:
        """Add the messages of a talk."""
        for one in found:
            text = self._mask(one.text)
            if not plain(text) or plain(one.text) in self._known:
                continue
            if text not in self._texts and len(self._texts) >= MOST_TEXTS:
                self.left_out += 1
                continue
            kept = self._texts.setdefault(text, _Text())
            kept.people.add(one.person)
            kept.times += 1
            kept.reasons[one.reason] += 1
            kept.shares.update({_name(reading): int(1000 * reading.share) for reading in one.readings})

    def sums(self) -> list[str]:
        """Return the sums of all texts."""
        return list(map(sum_of, self._texts))

    def items(self, group: Callable[[Sequence[str]], list[list[int]]], *, reviewed: Collection[str]) -> list[Item]:
        """Return what was not reviewed yet."""
        texts = [(text, kept) for text, kept in self._texts.items() if sum_of(text) not in reviewed]
        texts.sort(key=lambda pair: (-len(pair[1].people), -pair[1].times, pair[0]))
        groups = group([text for text, _ in texts]) if texts else []
        items = [_item([texts[place] for place in members]) for members in groups]
        order = list(Reason)
        return sorted(items, key=lambda item: (-item.people, -item.times, order.index(item.reasons[0]), item.texts))


def _item(members: Sequence[tuple[str, _Text]]) -> Item:
    reasons: Counter[Reason] = sum((kept.reasons for _, kept in members), Counter())
    shares: Counter[str] = sum((kept.shares for _, kept in members), Counter())
    return Item(
        texts=tuple(text for text, _ in members),
        people=len(set().union(*(kept.people for _, kept in members))),
        times=sum(kept.times for _, kept in members),
        reasons=tuple(reason for reason in Reason if reason in reasons),
        suggestions=tuple(name for name, _ in shares.most_common(SUGGESTIONS)),
    )


def sum_of(text: str) -> str:
    """Return the SHA-256 sum of a masked text's plain form."""
    return hashlib.sha256(plain(text).encode()).hexdigest()


def _name(reading: Reading) -> str:
    return reading.topic or reading.intent
