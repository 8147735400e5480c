"""Records of what one message was understood to ask, and of what the talk is about."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Mention:
    """Something found in a text: `entity` is its kind, `value` its id, `held` True, False or None (not said)."""

    entity: str
    value: str
    text: str
    start: int
    end: int
    held: bool | None = None
    wanted: bool = False


@dataclass(frozen=True)
class Question:
    """One question of a message: its intent, the topic it means if any, and what it mentions."""

    text: str
    intent: str
    confidence: float
    topic: str | None = None
    mentions: tuple[Mention, ...] = ()

    def values(self, entity: str) -> tuple[str, ...]:
        """Return the ids mentioned of that kind, in the order of the text, each once."""
        return tuple(dict.fromkeys(m.value for m in self.mentions if m.entity == entity))

    def value(self, entity: str) -> str | None:
        """Return the first id mentioned of that kind."""
        return next(iter(self.values(entity)), None)


@dataclass(frozen=True)
class Focus:
    """What the last answer was about: a subject (kind and id), the facets told, and what was offered."""

    kind: str
    id: str
    facets: tuple[str, ...] = ()
    offered: tuple[str, ...] = ()

    @property
    def waits(self) -> bool:
        """True when the coach asked about the person's work or title, and the answer is still to come."""
        return self.kind in ("next_qualification", "assess_level") and not self.id

    def to_json(self) -> dict[str, Any]:
        """Return the focus as plain JSON values, for a slot."""
        return {"kind": self.kind, "id": self.id, "facets": list(self.facets), "offered": list(self.offered)}
