"""Locks on turns, measured: what one costs when nobody waits, and how long the next waits once it is free.

python -m benchmarks.locks [redis://...] [postgresql://...]
"""

import asyncio
import statistics
import sys
import time
import uuid
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager
from typing import Any

from rich.console import Console
from rich.table import Table
from sqlalchemy.engine import make_url

from bot.runtime import lean

Hold = Callable[[str], AbstractAsyncContextManager[None]]
ROUNDS = 300
HANDOVERS = 100
HELD_SECONDS = 0.01


def main() -> None:
    """Print the table."""
    lean.install()
    asyncio.run(measure(sys.argv[1:]))


async def measure(urls: list[str]) -> None:
    """Measure each kind of lock that the addresses allow."""
    table = Table("lock", "lock and unlock, p50 / p95 (ms)", "hand-over to another server, p50 / p95 (ms)")
    async for name, one, other in kinds(urls):
        free, handed = await uncontended(one), await hand_over(one, other)
        table.add_row(name, shown(free), shown(handed))
    Console().print(table)


async def kinds(urls: list[str]) -> AsyncIterator[tuple[str, Hold, Hold]]:
    """Yield the name of each kind, and the locks of two servers."""
    from bot.runtime.process_locks import ProcessLocks

    locks = ProcessLocks()
    yield "asyncio, in one process", locks.hold, locks.hold
    for url in urls:
        if url.startswith("redis"):
            async for kind in redis_kinds(url):
                yield kind
        else:
            from bot.runtime.postgres_locks import PostgresLocks

            pair = [PostgresLocks(make_url(url)) for _ in range(2)]
            yield "PostgreSQL, advisory lock", pair[0].hold, pair[1].hold
            for each in pair:
                await each.close()


async def redis_kinds(url: str) -> AsyncIterator[tuple[str, Hold, Hold]]:
    """Yield our line of tickets, and the lock that comes with redis-py."""
    from bot.channels.redis_server import connect
    from bot.runtime.redis_locks import RedisLocks

    pair = [RedisLocks(connect(url)) for _ in range(2)]
    yield "Redis, a line of tickets", pair[0].hold, pair[1].hold
    for each in pair:
        await each.close()
    clients = [connect(url) for _ in range(2)]
    yield "Redis, redis-py's Lock", _lock_of(clients[0]), _lock_of(clients[1])
    for client in clients:
        await client.close()
        await client.connection_pool.disconnect()


def _lock_of(client: Any) -> Hold:
    return lambda conversation: client.lock(f"lock:{conversation}", timeout=3)


async def uncontended(hold: Hold) -> list[float]:
    """Return how long a lock that nobody else wants takes, in ms."""
    taken = []
    for number in range(ROUNDS):
        began = time.perf_counter()
        async with hold(f"bench-{number % 50}"):
            pass
        taken.append((time.perf_counter() - began) * 1000)
    return taken[ROUNDS // 10 :]


async def hand_over(one: Hold, other: Hold) -> list[float]:
    """Return how long after its release the lock is with a server that waits for it, in ms."""
    taken = []
    for _ in range(HANDOVERS):
        conversation = uuid.uuid4().hex
        async with one(conversation):
            waiting = asyncio.create_task(_wait(other, conversation))
            await asyncio.sleep(HELD_SECONDS)
            freed = time.perf_counter()
        taken.append((await waiting - freed) * 1000)
    return taken[HANDOVERS // 10 :]


async def _wait(hold: Hold, conversation: str) -> float:
    async with hold(conversation):
        return time.perf_counter()


def shown(values: list[float]) -> str:
    """Return the median and the 95th percentile."""
    return f"{statistics.median(values):.2f} / {statistics.quantiles(values, n=20)[-1]:.2f}"


if __name__ == "__main__":
    main()
