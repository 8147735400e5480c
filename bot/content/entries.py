"""Entries: the items of the content's lists, each with its kind, its key and the place it was read from."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from bot.content.document import Document
from bot.content.problems import Problem

KINDS = (
    "sources",
    "bodies",
    "levels",
    "kinds",
    "roles",
    "groups",
    "functions",
    "insights",
    "certifications",
    "topics",
    "questionnaire",
)
"""The kinds of entries, by their key in the files."""


@dataclass(frozen=True)
class Entry:
    """One item of the content; `sound` says whether it keeps to the schema, so that its values can be relied on."""

    kind: str
    key: str
    data: Any
    document: Document
    path: tuple[str | int, ...]
    folder: int
    sound: bool

    def problem(self, text: str, *path: str | int) -> Problem:
        """Return a problem of this entry, at a path inside it if one is given."""
        return self.document.problem((*self.path, *path), text)

    @property
    def name(self) -> str:
        """How problems call the entry."""
        return f"level {self.key}" if self.kind == "levels" else f"'{self.key}'"

    @property
    def place(self) -> str:
        """The file and line of the entry."""
        return f"{self.document.name}:{self.document.line(self.path)}"


@dataclass
class Library:
    """All entries by kind and key, in the order of the content; a later folder's entry takes the place of ours."""

    entries: dict[str, dict[str, Entry]] = field(default_factory=lambda: {kind: {} for kind in KINDS})

    def add(self, entries: Iterable[Entry]) -> list[Problem]:
        """Add entries; return the problems of ids that one folder tells twice, or that two kinds share."""
        problems: list[Problem] = []
        for entry in entries:
            other = self.find(entry.key)
            if other is None or (other.kind == entry.kind and other.folder < entry.folder):
                self.entries[entry.kind][entry.key] = entry
            else:
                problems.append(entry.problem(f"the id {entry.name} is already taken, at {other.place}"))
        return problems

    def find(self, key: str) -> Entry | None:
        """Return the entry of that id, whatever its kind."""
        return next((entries[key] for entries in self.entries.values() if key in entries), None)

    def of(self, kind: str) -> list[Entry]:
        """Return the entries of a kind that keep to the schema, in order."""
        return [entry for entry in self.entries[kind].values() if entry.sound]

    def keys(self, kind: str) -> Collection[str]:
        """Return the ids of a kind, those of unsound entries too: they exist, whatever is wrong with them."""
        return self.entries[kind].keys()

    def __iter__(self) -> Iterator[Entry]:
        """Yield the entries that keep to the schema."""
        for kind in KINDS:
            yield from self.of(kind)


def entries_of(document: Document, folder: int, faults: Sequence[tuple[str | int, ...]]) -> Iterator[Entry]:
    """Yield the entries of a document that have an id; `faults` are the paths at which the schema is broken."""
    content = document.data if isinstance(document.data, dict) else {}
    for kind in (kind for kind in KINDS if kind in content):
        for path, data in _items(kind, content[kind]):
            key = data.get("number" if kind == "levels" else "id")
            sound = not any(fault[: len(path)] == path for fault in faults)
            if isinstance(key, (str, int)):
                yield Entry(kind, str(key), data, document, path, folder, sound)


def _items(kind: str, content: Any) -> Iterator[tuple[tuple[str | int, ...], dict[str, Any]]]:
    """Yield the mappings of a kind's list, or the one mapping of the questionnaire, with their paths."""
    if isinstance(content, dict) and kind == "questionnaire":
        yield (kind,), content
    elif isinstance(content, list) and kind != "questionnaire":
        yield from (((kind, number), data) for number, data in enumerate(content) if isinstance(data, dict))
