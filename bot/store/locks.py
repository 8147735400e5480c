"""Locks that servers of one database hold against each other, until their transaction ends."""

from sqlalchemy import func, select
from sqlalchemy.engine import Connection

MIGRATION_LOCK = 7_061_001
KNOWLEDGE_LOCK = 7_061_002
"""The keys of PostgreSQL's advisory locks; any numbers do that nobody else in the database uses."""


def hold(connection: Connection, key: int, *, shared: bool = False) -> None:
    """Wait for the lock and hold it until the transaction ends; shared holders do not wait for each other.

    SQLite needs none: a unit of work that writes begins by taking the file's only write lock, and one that reads
    sees the file as it was when it began.
    """
    if connection.dialect.name == "postgresql":
        lock = func.pg_advisory_xact_lock_shared if shared else func.pg_advisory_xact_lock
        connection.execute(select(lock(key)))
