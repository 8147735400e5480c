"""Records of the coaching talks: what a question of a form asks, and what became of a message that answers it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType
from typing import Any

from bot.records.person import Profile
from bot.records.reply import Choice, Reply
from bot.records.understanding import Focus

SKIPPED: Mapping[str, Any] = MappingProxyType({"skipped": True})
"""The value of a question that the person passed over; it is stored as JSON, like every answer."""


@dataclass(frozen=True)
class Asking:
    """A question as it is put: its words and the answers to pick from, each a title and its value."""

    text: str
    options: tuple[tuple[str, str], ...] = ()
    sources: tuple[str, ...] = ()


@dataclass(frozen=True)
class Refused:
    """Why words cannot be taken as an answer, in a sentence that says what would do."""

    text: str


@dataclass(frozen=True)
class Result:
    """What a talk found: its kind (level, builder_grower, insights, qualification), its day, its data as JSON."""

    kind: str
    day: date
    data: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Ending:
    """How a finished form ends: what is said, what is now known of the person, what is kept, what to talk of next."""

    replies: tuple[Reply, ...]
    profile: Profile | None = None
    result: Result | None = None
    plan: Mapping[str, Any] | None = None
    offers: tuple[Choice, ...] = ()
    focus: Focus | None = None
