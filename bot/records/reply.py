"""The reply: what the coach says, in one form that every channel renders as well as it can."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.records.enums import ReplyKind

MAX_CHOICES = 8
"""How many choices a reply offers at most; more would be a list, not a choice."""


@dataclass(frozen=True)
class Choice:
    """Something the person may pick: its words, and the payload that the coach gets back."""

    title: str
    payload: str


@dataclass(frozen=True)
class SourceLink:
    """A source as it is shown under an answer."""

    id: str
    title: str
    url: str | None = None
    year: int | None = None


@dataclass(frozen=True)
class Figure:
    """A picture as data: `kind` is career_map, balance, plan or table, `data` what it draws."""

    kind: str
    data: Mapping[str, Any]


@dataclass(frozen=True)
class Reply:
    """One message of the coach: text in a small Markdown, choices, sources, perhaps a figure."""

    text: str
    kind: ReplyKind = ReplyKind.ANSWER
    choices: tuple[Choice, ...] = ()
    sources: tuple[SourceLink, ...] = ()
    figure: Figure | None = None

    @property
    def understood(self) -> bool:
        """False when the coach did not understand, or could not answer."""
        return self.kind not in (ReplyKind.FALLBACK, ReplyKind.ERROR)

    def to_json(self) -> dict[str, Any]:
        """Return the reply as plain JSON values, as the web channel sends it."""
        figure = None if self.figure is None else {"kind": self.figure.kind, "data": dict(self.figure.data)}
        return {
            "kind": self.kind.value,
            "text": self.text,
            "choices": [{**vars(choice)} for choice in self.choices[:MAX_CHOICES]],
            "sources": [{**vars(source)} for source in self.sources],
            "figure": figure,
        }
