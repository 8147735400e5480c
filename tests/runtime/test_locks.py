"""Locks on turns: one at a time, in the order of arrival, on whichever server; nobody waits for the dead."""

import asyncio
import os
import signal
import subprocess
import sys
import uuid

import pytest
from sqlalchemy.engine import make_url

from bot.errors import LockError
from bot.runtime.lock_store import OpenLockStore
from tests.coach import free_port
from tests.runtime.servers import SHARED, make_locks, two_servers

HOLDER = """
import asyncio, sys
from bot.runtime import lean
lean.install()
from tests.runtime.servers import make_locks
async def main():
    async with make_locks(sys.argv[1]).hold(sys.argv[2]):
        print("held", flush=True)
        await asyncio.sleep(60)
asyncio.run(main())
"""


@pytest.fixture
def conversation() -> str:
    return f"web-{uuid.uuid4().hex}"


async def settle() -> None:
    """Let what was begun get as far as it can."""
    await asyncio.sleep(0.05)


@pytest.mark.parametrize("kind", ["process", *SHARED])
async def test_turns_run_one_at_a_time_in_the_order_of_arrival(kind: str, conversation: str) -> None:
    ran: list[int] = []
    inside = 0

    async def turn(number: int) -> None:
        nonlocal inside
        async with server(number).hold(conversation):
            inside += 1
            assert inside == 1
            await asyncio.sleep(0.02)
            inside -= 1
            ran.append(number)

    async with two_servers(kind) as server:
        tasks = []
        for number in (0, 2, 1, 3, 5, 4):
            tasks.append(asyncio.create_task(turn(number)))
            await asyncio.sleep(0.01)
        await asyncio.wait_for(asyncio.gather(*tasks), 10)

    assert ran == [0, 2, 1, 3, 5, 4]


@pytest.mark.parametrize("kind", ["process", *SHARED])
async def test_conversations_do_not_wait_for_each_other(kind: str, conversation: str) -> None:
    async with two_servers(kind) as server, server(0).hold(conversation):
        async with server(0).hold(conversation + "x"), server(1).hold(conversation + "y"):
            pass


@pytest.mark.parametrize("kind", ["process", *SHARED])
async def test_who_gives_up_waiting_leaves_the_line(kind: str, conversation: str) -> None:
    async def turn(number: int) -> None:
        async with server(number).hold(conversation):
            ran.append(number)

    ran: list[int] = []
    async with two_servers(kind) as server:
        async with server(0).hold(conversation):
            impatient, patient = asyncio.create_task(turn(1)), asyncio.create_task(turn(3))
            await settle()
            impatient.cancel()
            await settle()
        await asyncio.wait_for(patient, 5)

    assert ran == [3]


@pytest.mark.parametrize("kind", SHARED)
async def test_a_long_turn_keeps_its_lock(kind: str, conversation: str) -> None:
    async def turn() -> None:
        async with server(1).hold(conversation):
            pass

    async with two_servers(kind) as server:
        async with server(0).hold(conversation):
            other = asyncio.create_task(turn())
            await asyncio.sleep(1.0)  # three times as long as the tests' tickets in Redis live unrenewed
            assert not other.done()
        await asyncio.wait_for(other, 5)


@pytest.mark.parametrize("kind", SHARED)
async def test_a_server_that_is_killed_holds_up_nobody(kind: str, conversation: str) -> None:
    # GIVEN a server that holds the lock
    make_locks(kind)  # skips where there is no server
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLDER, kind, conversation],
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": "."},
    )
    assert holder.stdout is not None
    assert holder.stdout.readline() == b"held\n"
    async with two_servers(kind) as server:
        # WHEN it is killed while another waits
        waiting = asyncio.create_task(_once(server(0), conversation))
        await settle()
        assert not waiting.done()
        holder.send_signal(signal.SIGKILL)
        holder.wait()
        holder.stdout.close()
        # THEN the other gets in
        await asyncio.wait_for(waiting, 5)


async def _once(locks, conversation: str) -> None:
    async with locks.hold(conversation):
        pass


@pytest.mark.redis
async def test_a_call_that_nobody_heard_is_made_up_for(conversation: str) -> None:
    async with two_servers("redis") as server:
        async with server(0).hold(conversation):
            waiting = asyncio.create_task(_once(server(1), conversation))
            await settle()
            # As if the connection had just broken.
            await server(0)._redis.execute_command("CLIENT", "KILL", "TYPE", "pubsub")
        await asyncio.wait_for(waiting, 5)


@pytest.mark.redis
async def test_redis_that_lost_everything_goes_on(conversation: str) -> None:
    async with two_servers("redis") as server:
        redis = server(0)._redis
        async with server(0).hold(conversation):
            waiting = asyncio.create_task(_once(server(1), conversation))
            await settle()
            await redis.delete(*[key async for key in redis.scan_iter(f"*{conversation}*")])
            await redis.execute_command("SCRIPT", "FLUSH")
        await asyncio.wait_for(waiting, 5)
        await asyncio.wait_for(_once(server(0), conversation), 5)
        await settle()
        assert not [key async for key in redis.scan_iter(f"*{conversation}*")]


async def test_redis_that_is_not_there_is_an_error_at_once(conversation: str) -> None:
    from bot.channels.redis_server import connect
    from bot.runtime.redis_locks import RedisLocks

    locks = RedisLocks(connect(f"redis://127.0.0.1:{free_port()}/0"))
    for _ in range(2):
        with pytest.raises(LockError, match="Redis, which the servers share, does not answer"):
            await _once(locks, conversation)
    with pytest.raises(LockError):
        await locks.check()
    await locks.close()


async def test_postgres_that_is_not_there_is_an_error_at_once(conversation: str) -> None:
    from bot.runtime.postgres_locks import PostgresLocks

    locks = PostgresLocks(make_url(f"postgresql://coach@127.0.0.1:{free_port()}/coach"))
    with pytest.raises(LockError, match="PostgreSQL, which the servers share, does not answer"):
        await _once(locks, conversation)
    with pytest.raises(LockError):
        await locks.check()
    await locks.close()


@pytest.mark.postgres
async def test_connections_that_postgres_dropped_are_made_anew(conversation: str) -> None:
    locks = make_locks("postgres")
    await _once(locks, conversation)
    await settle()
    other = make_locks("postgres")
    driver = await other._connected()
    assert locks._idle
    for idle in locks._idle:
        await other._run(driver, "SELECT pg_terminate_backend(%s)", idle.info.backend_pid)
    await settle()

    await asyncio.wait_for(_once(locks, conversation), 5)
    await locks.check()

    for each in (locks, other):
        await each.close()
    driver.close()


@pytest.mark.postgres
async def test_a_connection_that_is_lost_in_a_turn_does_not_end_it(conversation: str) -> None:
    async with two_servers("postgres") as server:
        async with server(0).hold(conversation):
            driver = await server(1)._connected()
            await server(1)._run(
                driver, "SELECT count(pg_terminate_backend(pid)) FROM pg_locks WHERE locktype = 'advisory'"
            )
            driver.close()
        await asyncio.wait_for(_once(server(1), conversation), 5)


async def test_rasa_is_given_a_store_that_locks_nothing() -> None:
    store = OpenLockStore()
    async with store.lock("c"), store.lock("c"):
        pass
