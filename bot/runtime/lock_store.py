"""Locks on turns: messages of one person are answered one after the other, in the order in which they came.

Rasa's lock stores look once a second whether it is their turn. These wait to be called. In one process that is
asyncio's lock; across servers it is Redis where `PMO_COACH_REDIS_URL` is set, else PostgreSQL where that is the
database (docs/decisions/0008). Two servers on one SQLite file have no lock in common: the sequence number of the
tracker store keeps their turns apart, and the slower one runs its turn again.

No lock is trusted to the end: whoever believes to have one and has it no more cannot store a turn, because another
one's has been stored since.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import Protocol
from weakref import WeakValueDictionary

from rasa.core.lock import TicketLock
from rasa.core.lock_store import LockStore

from bot.runtime.settings import Settings
from bot.store import Store


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


class OpenLockStore(LockStore):
    """What Rasa's agent is given: turns reach it one at a time, so it locks nothing."""

    @asynccontextmanager
    async def lock(
        self, conversation_id: str, lock_lifetime: float = 0, wait_time_in_seconds: float = 0
    ) -> AsyncIterator[TicketLock]:
        """Wait for nobody."""
        yield TicketLock(conversation_id)


def make_locks(settings: Settings, store: Store) -> TurnLocks:
    """Return the locks that the settings ask for; call it where an event loop runs."""
    if settings.redis_url:
        from bot.channels.redis_server import connect
        from bot.runtime.redis_locks import RedisLocks

        return RedisLocks(connect(settings.redis_url))
    if store.engine.dialect.name == "postgresql":
        from bot.runtime.postgres_locks import PostgresLocks

        return PostgresLocks(store.engine.url)
    return ProcessLocks()
