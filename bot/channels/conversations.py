"""What a channel needs of the conversations' store, as a protocol: the runner hands over the real one."""

from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from typing import Any, Protocol

from bot.records import Rating

EXPORT_TYPES = {"json": "application/json", "md": "text/markdown", "ics": "text/calendar"}
"""The formats of an export, each with its media type."""


@dataclass(frozen=True)
class StoredMessage:
    """One message of a conversation as it was sent; `sender` is person or coach, `body` what it had then.

    `id` grows within the conversation, `time` is in seconds since the epoch.
    """

    id: int
    sender: str
    time: float
    body: dict[str, Any]


@dataclass(frozen=True)
class Standing:
    """How far a conversation is: the id of the last message, or of what is stored beside messages after it.

    `answered` is the turn that a message with the same key led to before: its messages, of both sides.
    """

    last_id: int
    answered: tuple[StoredMessage, ...] | None = None


class Conversations(Protocol):
    """Reads and erases what is stored of conversations; every method may raise StoreError."""

    async def open(self, conversation: str) -> None:
        """Make a conversation known, without any message."""

    async def exists(self, conversation: str) -> bool:
        """Tell whether the conversation was opened and not erased."""

    def expect(self, text: str) -> None:
        """Hear what was typed, whose turn begins in this task: what takes long may be begun."""

    def turn(self, conversation: str) -> AbstractAsyncContextManager[None]:
        """Return a block that one turn of the conversation has to itself, whichever server runs it.

        Who asks first is first. Raises LockError.
        """

    async def begin(self, conversation: str, *, key: str = "") -> Standing | None:
        """Return how far the conversation is as its next turn begins; None as `exists` would be False.

        The turn that then runs in this task is stored under the key.
        """

    async def turn_after(self, conversation: str, after: int) -> list[StoredMessage]:
        """Return the messages of the turn that began with that id as the last, and was run here."""

    async def history(self, conversation: str, *, after: int = 0, limit: int | None = None) -> list[StoredMessage]:
        """Return the messages with ids above `after`, oldest first; with a limit, the last so many."""

    async def offered(self, conversation: str, payload: str) -> str | None:
        """Return the title of the choice with that payload, if the coach ever offered it in this conversation."""

    async def rate(self, conversation: str, message: int, rating: Rating, comment: str | None) -> bool:
        """Note what the person thinks of a message, in place of an earlier word; False if the coach said none such."""

    async def export(self, conversation: str, format: str) -> bytes:
        """Return what is remembered of the person as a file of one of `EXPORT_TYPES`."""

    async def import_plans(self, conversation: str, text: str) -> int:
        """Take back the plans of an export in JSON and return how many; raise PlanError, which says what is wrong."""

    async def erase(self, conversation: str) -> None:
        """Erase everything about the conversation and its person."""

    async def check(self) -> None:
        """Raise StoreError when the store cannot be read and written."""
