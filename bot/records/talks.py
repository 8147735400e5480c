"""Stored conversations as they are read for learning from them: their events, and how messages were rated."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.records.memory import Rating


@dataclass(frozen=True)
class TalkEvent:
    """One event of a conversation: its number, time, type and JSON."""

    seq: int
    time: float
    type: str
    data: str


@dataclass(frozen=True)
class StoredTalk:
    """One conversation, or its later part; `ratings` by the number of the coach's message."""

    id: str
    events: tuple[TalkEvent, ...]
    ratings: Mapping[int, Rating]
