"""Locks on turns in PostgreSQL: advisory locks, one connection for each turn that runs or waits.

PostgreSQL keeps those who wait in the order of their asking and wakes the first by itself. It releases the locks of a
server that was killed as soon as its connections are gone. The connections are asynchronous: nobody's wait holds up
a thread.
"""

import asyncio
import hashlib
import logging
import select
from collections.abc import AsyncIterator, Coroutine
from contextlib import asynccontextmanager
from typing import Any

import psycopg2
from psycopg2.extensions import POLL_OK, POLL_READ
from sqlalchemy.engine import URL

from bot.errors import LockError
from bot.runtime.process_locks import ProcessLocks

logger = logging.getLogger(__name__)

CONNECTIONS = 16
"""How many turns run or wait at once on a server; PostgreSQL allows 100 connections in all by default."""
SPARE = 2
"""How many idle connections are made ahead: to make one takes so long that a later message might overtake."""
ANSWER_SECONDS = 5.0
"""How long PostgreSQL may take for what needs no waiting."""
# A machine that lost its power says no goodbye: PostgreSQL is to miss it within ten seconds.
OPTIONS = "-c tcp_keepalives_idle=4 -c tcp_keepalives_interval=2 -c tcp_keepalives_count=3"

Driver = Any
"""A connection of psycopg2."""


class PostgresLocks:
    """Locks that the servers of one database have in common."""

    def __init__(self, url: URL) -> None:
        """Keep them in that database."""
        backend = url.get_dialect()()
        self._given: dict[str, Any] = dict(backend.create_connect_args(url)[1])
        self._given["options"] = f"{self._given.get('options', '')} {OPTIONS}".strip()
        self._idle: list[Driver] = []
        self._free = asyncio.Semaphore(CONNECTIONS)
        self._arrivals = ProcessLocks()
        self._tasks: set[asyncio.Task[None]] = set()
        self._making = False

    @asynccontextmanager
    async def hold(self, conversation: str) -> AsyncIterator[None]:
        """Wait for the conversation's lock and hold it."""
        key = _key(conversation)
        async with self._free:
            driver = await self._take(conversation, key)
            try:
                yield
            finally:
                await asyncio.shield(self._spawn(self._give_back(driver, key)))

    async def check(self) -> None:
        """Raise LockError when PostgreSQL does not answer."""
        driver = await self._connected()
        await self._run(driver, "SELECT 1")
        self._idle.append(driver)
        await asyncio.gather(*self._tasks)

    async def close(self) -> None:
        """Let go of the connections."""
        await asyncio.gather(*self._tasks, return_exceptions=True)
        while self._idle:
            self._idle.pop().close()

    async def _take(self, conversation: str, key: int) -> Driver:
        """Return a connection that holds the lock."""
        async with self._arrivals.hold(conversation):  # two connections might swap what came one after the other
            driver = await self._connected()
            if await self._run(driver, "SELECT pg_try_advisory_lock(%s)", key):
                return driver
            waiting = self._ask(driver, "SELECT pg_advisory_lock(%s)", key)
        await self._answer(driver, waiting, seconds=None)
        return driver

    async def _give_back(self, driver: Driver, key: int) -> None:
        try:
            await self._run(driver, "SELECT pg_advisory_unlock(%s)", key)
            self._idle.append(driver)
        except LockError as exc:
            logger.warning("a lock went with its connection: %s", type(exc.__cause__).__name__)

    async def _connected(self) -> Driver:
        """Return a connection: an idle one that PostgreSQL did not hang up on meanwhile, or a new one."""
        while self._idle:
            driver = self._idle.pop()
            if not _has_hung_up(driver):
                break
            _drop(driver)
        else:
            driver = await self._new()
        if not (self._idle or self._making):
            self._making = True
            self._spawn(self._make_spare())
        return driver

    async def _make_spare(self) -> None:
        try:
            while len(self._idle) < SPARE:
                self._idle.append(await self._new())
        except LockError:
            logger.warning("PostgreSQL takes no further connection for locks")
        finally:
            self._making = False

    async def _new(self) -> Driver:
        driver = None
        try:
            driver = psycopg2.connect(**self._given, async_=1)
            await asyncio.wait_for(_ready(driver), ANSWER_SECONDS)
        except BaseException as exc:
            _drop(driver)
            raise _explained(exc) from exc
        return driver

    def _spawn(self, work: Coroutine[Any, Any, None]) -> "asyncio.Task[None]":
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task

    async def _run(self, driver: Driver, statement: str, *values: object) -> Any:
        return await self._answer(driver, self._ask(driver, statement, *values), seconds=ANSWER_SECONDS)

    def _ask(self, driver: Driver, statement: str, *values: object) -> Any:
        try:
            cursor = driver.cursor()
            cursor.execute(statement, values)
        except psycopg2.Error as exc:
            _drop(driver)
            raise _explained(exc) from exc
        return cursor

    async def _answer(self, driver: Driver, cursor: Any, *, seconds: float | None) -> Any:
        try:
            await asyncio.wait_for(_ready(driver), seconds)
            return cursor.fetchone()[0]
        except BaseException as exc:
            _drop(driver)  # PostgreSQL forgets who waited together with the connection
            raise _explained(exc) from exc


async def _ready(driver: Driver) -> None:
    """Return when the connection has done what it was told."""
    loop = asyncio.get_running_loop()
    while (state := driver.poll()) != POLL_OK:
        moved: asyncio.Future[None] = loop.create_future()
        socket = driver.fileno()
        watch, leave = (
            (loop.add_reader, loop.remove_reader) if state == POLL_READ else (loop.add_writer, loop.remove_writer)
        )
        watch(socket, _note, moved)
        try:
            await moved
        finally:
            leave(socket)


def _note(moved: "asyncio.Future[None]") -> None:
    if not moved.done():
        moved.set_result(None)


def _has_hung_up(driver: Driver) -> bool:
    """Tell whether PostgreSQL hung up on an idle connection: otherwise there is nothing to read from it."""
    return bool(driver.closed or select.select([driver.fileno()], [], [], 0)[0])


def _drop(driver: Driver | None) -> None:
    if driver is not None and not driver.closed:
        driver.close()


def _explained(error: BaseException) -> BaseException:
    """Return what to raise for an error: that PostgreSQL failed, or that whoever waited is gone."""
    failed = isinstance(error, psycopg2.Error | OSError | asyncio.TimeoutError)
    return LockError("PostgreSQL, which the servers share, does not answer.") if failed else error


def _key(conversation: str) -> int:
    """Return the number of the conversation's lock: 64 bits, so that no two conversations share one."""
    return int.from_bytes(hashlib.blake2b(conversation.encode(), digest_size=8).digest(), "big", signed=True)
