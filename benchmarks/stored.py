"""Conversations by the million, written straight into the tables: copies of one that was really held.

Each copy has another id; ids are spread evenly over all that there can be, and written in their order, so that new
conversations and old ones lie among each other as in a database that grew.
"""

from sqlalchemy import text
from sqlalchemy.engine import Connection

from benchmarks.records import Say
from bot.store import Store, open_store

AT_ONCE = 50_000
PREFIX = "web-"
SPREAD = 2**60
TABLES = {
    "conversations": ("id", "opened, updated, last_turn, last_seq"),
    "conversation_turns": ("conversation_id", "turn, first_seq, state"),
    "conversation_events": ("conversation_id", "seq, time, type, data"),
    "conversation_choices": ("conversation_id", "payload, title"),
}
_NUMBERS = {
    "sqlite": "(WITH RECURSIVE numbers(n) AS (SELECT :first UNION ALL SELECT n + 1 FROM numbers WHERE n < :last) "
    "SELECT n FROM numbers)",
    "postgresql": "(SELECT generate_series(CAST(:first AS bigint), CAST(:last AS bigint)) AS n)",
}
_ID = {
    "sqlite": f"'{PREFIX}' || printf('%016x', n * :step)",
    "postgresql": f"'{PREFIX}' || lpad(to_hex(n * CAST(:step AS bigint)), 16, '0')",
}


def copied_id(number: int, count: int) -> str:
    """Return the id of a copy out of so many."""
    return f"{PREFIX}{number * (SPREAD // count):016x}"


def multiply(url: str, conversation: str, count: int, say: Say) -> None:
    """Store so many copies of the conversation in the database."""
    store = open_store(url)
    try:
        for first in range(0, count, AT_ONCE):
            last = min(first + AT_ONCE, count) - 1
            with store.engine.begin() as connection:
                _copy(connection, conversation, first, last, count)
            say(f"{last + 1:,} of {count:,} conversations stored")
        _tidy(store)
    finally:
        store.close()


def _copy(connection: Connection, conversation: str, first: int, last: int, count: int) -> None:
    dialect = connection.dialect.name
    numbers = {"one": conversation, "first": first, "last": last, "step": SPREAD // count}
    for table, (key, others) in TABLES.items():
        connection.execute(
            text(
                f"INSERT INTO {table} ({key}, {others}) SELECT {_ID[dialect]}, {others} "
                f"FROM {_NUMBERS[dialect]} AS numbered CROSS JOIN {table} WHERE {key} = :one ORDER BY 1"
            ),
            numbers,
        )


def _tidy(store: Store) -> None:
    """Do at once what the database would do by itself within the hour: count its rows, and empty its log."""
    if store.engine.dialect.name == "postgresql":
        with store.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(text("VACUUM ANALYZE"))
            connection.execute(text("CHECKPOINT"))
    else:
        store.overwrite_erased()
