"""Brings a database's tables to the state that this version needs, by Alembic's migrations."""

import threading
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.util.exc import CommandError
from sqlalchemy.engine import Connection, Engine

from bot.errors import StoreError
from bot.store.damage import refuse_damaged
from bot.store.engine import explained, file_of, shown
from bot.store.locks import MIGRATION_LOCK, hold

MIGRATIONS = Path(__file__).parent / "migrations"

_one_at_a_time = threading.Lock()
"""Alembic keeps the migration under way in module state, so threads of a process take turns."""


def alembic_config(connection: Connection) -> Config:
    """Return Alembic's configuration for work on that connection."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config


def migrate(engine: Engine) -> None:
    """Bring the tables up to date in one transaction; processes that do so at once wait for each other."""
    if (path := file_of(engine)) is not None:
        refuse_damaged(path)
    try:
        with _one_at_a_time, explained(engine), engine.connect() as connection:
            _set_foreign_keys(connection, on=False)
            try:
                with connection.begin():
                    hold(connection, MIGRATION_LOCK)
                    before = _heads(connection)
                    command.upgrade(alembic_config(connection), "head")
                    if _heads(connection) != before:
                        _refuse_broken_references(connection)
            finally:
                _set_foreign_keys(connection, on=True)
    except CommandError as exc:
        raise StoreError(
            f"The database {shown(engine.url)} was not migrated: {exc}. Was it made by a newer PMO Coach?"
        ) from exc


def _heads(connection: Connection) -> tuple[str, ...]:
    """Return the last migrations that the database has; all its rows are looked through only after another one."""
    return MigrationContext.configure(connection).get_current_heads()


def _set_foreign_keys(connection: Connection, *, on: bool) -> None:
    """Switch SQLite's enforcement, outside a transaction: to alter a table SQLite makes it anew and drops the old."""
    if connection.dialect.name == "sqlite":
        driver: Any = connection.connection.dbapi_connection
        driver.execute(f"PRAGMA foreign_keys = {'ON' if on else 'OFF'}")


def _refuse_broken_references(connection: Connection) -> None:
    """Raise StoreError if a migration left a row that refers to none, while SQLite was not watching."""
    if connection.dialect.name == "sqlite":
        broken = connection.exec_driver_sql("PRAGMA foreign_key_check").first()
        if broken is not None:
            raise StoreError(f"The migration left rows of the table {broken[0]} that refer to nothing; it was undone.")
