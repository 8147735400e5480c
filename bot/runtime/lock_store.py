"""Locks on turns: messages of one person are answered one after the other, in the order in which they came.

Rasa's lock stores look once a second whether it is their turn. These wait to be called. In one process that is
asyncio's lock; across servers it is Redis where `PMO_COACH_REDIS_URL` is set, else PostgreSQL where that is the
database (docs/decisions/0008). Two servers on one SQLite file have no lock in common: the sequence number of the
tracker store keeps their turns apart, and the slower one runs its turn again.

No lock is trusted to the end: whoever believes to have one and has it no more cannot store a turn, because another
one's has been stored since.
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from rasa.core.lock import TicketLock
from rasa.core.lock_store import LockStore

from bot.runtime.process_locks import ProcessLocks, TurnLocks
from bot.runtime.settings import Settings
from bot.store import Store


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
