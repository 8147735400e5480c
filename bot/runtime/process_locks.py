"""Locks on turns: what every kind of them does, and those of one process."""

import asyncio
from contextlib import AbstractAsyncContextManager
from typing import Protocol
from weakref import WeakValueDictionary


class TurnLocks(Protocol):
    """Locks, one for each conversation."""

    def hold(self, conversation: str) -> AbstractAsyncContextManager[None]:
        """Return a block that nobody else is in at the same time; who asks first is first. Raises LockError."""

    async def check(self) -> None:
        """Raise LockError when no lock can be had."""

    async def close(self) -> None:
        """Let go of connections."""


class ProcessLocks:
    """Locks within this process."""

    def __init__(self) -> None:
        """Begin with none."""
        self._locks: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    def __len__(self) -> int:
        """Return how many are held or awaited."""
        return len(self._locks)

    def hold(self, conversation: str) -> AbstractAsyncContextManager[None]:
        """Return the conversation's lock."""
        # Whoever holds or awaits the lock refers to it; with the last of them it goes from the dictionary.
        return self._locks.setdefault(conversation, asyncio.Lock())

    async def check(self) -> None:
        """There is always a lock to be had."""

    async def close(self) -> None:
        """There is nothing to let go of."""
