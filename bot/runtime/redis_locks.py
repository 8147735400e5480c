"""Locks on turns in Redis: a line of tickets for each conversation, and whoever leaves it calls the next.

A ticket is in the line from the moment a message comes, so that the order is that of arrival on whichever server. Its
server renews it as long as it lives; the tickets of a server that was killed run out, and those behind them move up.
`redis-py` has a lock too, but one that is looked at ten times a second and taken by whoever looks first.
"""

import asyncio
import contextlib
import logging
import secrets
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from itertools import count
from typing import Any

from redis.asyncio import Redis
from redis.exceptions import ConnectionError as RedisConnectionError
from redis.exceptions import RedisError

from bot.errors import LockError
from bot.runtime.process_locks import ProcessLocks

logger = logging.getLogger(__name__)

LEASE_SECONDS = 3.0
"""How long the ticket of a dead server holds up those behind it."""
RENEWALS = 3
"""How often a ticket is renewed in that time."""
PAUSE_SECONDS = 0.2
LISTEN_SECONDS = 10.0
PREFIX = "pmo-coach:turn:"

# Redis runs a script alone. Keys: the line, and when each ticket in it runs out. Time is Redis's own.
_NOW = "local t = redis.call('TIME') local now = t[1] * 1000 + math.floor(t[2] / 1000) "
_KEEP = """
redis.call('HSET', KEYS[2], ARGV[1], now + ARGV[2])
redis.call('PEXPIRE', KEYS[1], ARGV[2] * 20) redis.call('PEXPIRE', KEYS[2], ARGV[2] * 20)
"""
_CALL_FIRST = """
local first = redis.call('LINDEX', KEYS[1], 0)
while first and tonumber(redis.call('HGET', KEYS[2], first) or 0) < now do
  redis.call('LPOP', KEYS[1]) redis.call('HDEL', KEYS[2], first) first = redis.call('LINDEX', KEYS[1], 0)
end
"""
_TAKE = (
    _NOW
    + "if redis.call('HEXISTS', KEYS[2], ARGV[1]) == 0 then redis.call('RPUSH', KEYS[1], ARGV[1]) end"
    + _KEEP
    + _CALL_FIRST
    + "return first == ARGV[1] and 1 or 0"
)
_RENEW = _NOW + "if redis.call('HEXISTS', KEYS[2], ARGV[1]) == 0 then return 0 end" + _KEEP + "return 1"
_LEAVE = (
    _NOW
    + "redis.call('LREM', KEYS[1], 1, ARGV[1]) redis.call('HDEL', KEYS[2], ARGV[1])"
    + _CALL_FIRST
    + "if first then redis.call('PUBLISH', ARGV[3] .. string.match(first, '^[^:]+'), first) end"
)


class _Place:
    """A ticket in a line, and whether it was called."""

    def __init__(self, conversation: str, ticket: str) -> None:
        self.keys = [f"{PREFIX}{{{conversation}}}:line", f"{PREFIX}{{{conversation}}}:leases"]
        self.ticket = ticket
        self.since = time.monotonic()
        self.called: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    def call(self) -> None:
        if not self.called.done():
            self.called.set_result(None)

    def fail(self, error: RedisError) -> None:
        if not self.called.done():
            self.called.set_exception(_lock_error(error))


class RedisLocks:
    """Locks that the servers of one Redis have in common."""

    def __init__(self, redis: "Redis[str]", *, lease_seconds: float = LEASE_SECONDS) -> None:
        """Keep them there; close the client at the end."""
        self._redis, self._lease = redis, lease_seconds
        self._take, self._renew, self._leave = map(redis.register_script, (_TAKE, _RENEW, _LEAVE))
        self._server, self._numbers = secrets.token_hex(8), count(1)
        self._places: dict[str, _Place] = {}
        self._arrivals = ProcessLocks()
        self._tasks: set[asyncio.Task[None]] = set()
        self._heard: asyncio.Event | None = None

    @asynccontextmanager
    async def hold(self, conversation: str) -> AsyncIterator[None]:
        """Stand in line, and be alone from the moment of being called."""
        place = _Place(conversation, f"{self._server}:{next(self._numbers)}")
        try:
            await self._stand_in_line(conversation, place)
            await place.called
            yield
        finally:
            if self._places.pop(place.ticket, None):
                self._spawn(self._go(place))

    async def _stand_in_line(self, conversation: str, place: _Place) -> None:
        async with self._arrivals.hold(conversation):  # two connections might swap what came one after the other
            try:
                await self._listening()
                self._places[place.ticket] = place
                if await self._ask(self._take, place):
                    place.call()
            except RedisError as exc:
                raise _lock_error(exc) from exc

    async def check(self) -> None:
        """Raise LockError when Redis does not answer."""
        try:
            await self._redis.ping()
        except RedisError as exc:
            raise _lock_error(exc) from exc

    async def close(self) -> None:
        """Leave every line, and let go of the connections."""
        going = [self._go(place) for place in self._places.values()]
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*going, *self._tasks, return_exceptions=True)
        await self._redis.close()
        await self._redis.connection_pool.disconnect()

    async def _ask(self, script: Any, place: _Place) -> Any:
        """Run a script; again where the connection broke, since what a ticket was asked for twice is done once."""
        try:
            return await script(place.keys, self._arguments(place))
        except RedisConnectionError:
            return await script(place.keys, self._arguments(place))

    async def _go(self, place: _Place) -> None:
        try:
            await self._ask(self._leave, place)
        except RedisError as exc:
            logger.warning("a lock runs out instead of being given back: %s", type(exc).__name__)

    def _arguments(self, place: _Place) -> list[str]:
        return [place.ticket, str(round(self._lease * 1000)), PREFIX]

    async def _listening(self) -> None:
        """Return when calls are heard; the first who waits begins it."""
        if self._heard is None:
            self._heard = asyncio.Event()
            self._spawn(self._listen(self._heard))
            self._spawn(self._tend())
        if not self._heard.is_set():
            await self._redis.ping()  # raises at once where there is no Redis to wait for
            with contextlib.suppress(asyncio.TimeoutError):
                await asyncio.wait_for(self._heard.wait(), PAUSE_SECONDS * 2)

    async def _listen(self, heard: asyncio.Event) -> None:
        while True:
            try:
                async with self._redis.pubsub() as calls:
                    await calls.subscribe(PREFIX + self._server)
                    while True:
                        message = await calls.get_message(timeout=LISTEN_SECONDS)
                        heard.set()
                        if message and (place := self._places.get(message["data"])):
                            place.call()
            except RedisError as exc:
                logger.warning("Redis cannot be listened to: %s", type(exc).__name__)
            heard.clear()
            await asyncio.sleep(PAUSE_SECONDS)

    async def _tend(self) -> None:
        """Renew the tickets now and then, and look whether a call went unheard or a server before us died."""
        pause = self._lease / RENEWALS
        while True:
            await asyncio.sleep(pause)
            old = [place for place in self._places.values() if place.since < time.monotonic() - pause]
            await asyncio.gather(*map(self._tend_to, old))

    async def _tend_to(self, place: _Place) -> None:
        held = place.called.done()
        try:
            kept = await self._ask(self._renew if held else self._take, place)
        except RedisError as exc:
            place.fail(exc)
            return
        if held and not kept and place.ticket in self._places:
            logger.warning("a turn goes on without its lock: if another comes before it, it is run again")
        elif kept:
            place.call()

    def _spawn(self, work: Any) -> None:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)


def _lock_error(error: RedisError) -> LockError:
    lock_error = LockError("Redis, which the servers share, does not answer.")
    lock_error.__cause__ = error
    return lock_error
