"""Redis and PostgreSQL for tests that need them, as the variables name them; and locks of each kind."""

import os
import uuid
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager

import pytest
from sqlalchemy import create_engine
from sqlalchemy.engine import make_url

from bot.runtime.process_locks import ProcessLocks, TurnLocks

REDIS = "PMO_COACH_TEST_REDIS"
POSTGRES = "PMO_COACH_TEST_POSTGRES"

SHARED = [pytest.param("redis", marks=pytest.mark.redis), pytest.param("postgres", marks=pytest.mark.postgres)]
"""The kinds of locks that servers share."""


def address(variable: str) -> str:
    """Return the address of a server that the tests may use; skip the test where there is none."""
    found = os.environ.get(variable)
    if not found:
        pytest.skip(f"{variable} names no server")
    return found


@contextmanager
def a_schema() -> Iterator[str]:
    """Give the address of an empty schema of PostgreSQL."""
    server, schema = address(POSTGRES), f"test_{uuid.uuid4().hex}"
    engine = create_engine(server, future=True)
    with engine.begin() as connection:
        connection.exec_driver_sql(f"CREATE SCHEMA {schema}")
    yield f"{server}{'&' if '?' in server else '?'}options=-csearch_path%3D{schema}"
    with engine.begin() as connection:
        connection.exec_driver_sql(f"DROP SCHEMA {schema} CASCADE")
    engine.dispose()


def make_locks(kind: str) -> TurnLocks:
    """Return locks of that kind; each call stands for another server."""
    if kind == "redis":
        from bot.channels.redis_server import connect
        from bot.runtime.redis_locks import RedisLocks

        return RedisLocks(connect(address(REDIS)), lease_seconds=0.3)
    if kind == "postgres":
        from bot.runtime.postgres_locks import PostgresLocks

        return PostgresLocks(make_url(address(POSTGRES)))
    return ProcessLocks()


@asynccontextmanager
async def two_servers(kind: str) -> AsyncIterator[Callable[[int], TurnLocks]]:
    """Give the locks of two servers by number; those of a process are one and the same."""
    locks = [make_locks(kind), make_locks(kind)] if kind != "process" else [make_locks(kind)] * 2
    for each in locks:
        await each.check()
    yield lambda number: locks[number % 2]
    for each in locks:
        await each.close()
