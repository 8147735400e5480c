"""The migrations make the tables that the code expects, on both kinds of databases."""

import re
from pathlib import Path

import pytest
from alembic import command
from alembic.config import main as alembic
from sqlalchemy import create_engine, inspect
from sqlalchemy.engine import Engine

from bot.errors import StoreError
from bot.store import Store, open_store
from bot.store.migrate import MIGRATIONS, alembic_config
from bot.store.tables import metadata


def definitions(engine: Engine) -> dict[str, list[str]]:
    """Return how SQLite was told to make each table, line by line in any order."""
    with engine.connect() as connection:
        tables = connection.exec_driver_sql("SELECT name, sql FROM sqlite_master WHERE type = 'table'").all()
    return {
        name: sorted(re.sub(r'[",]', "", line).strip() for line in made.splitlines())
        for name, made in tables
        if name != "alembic_version"
    }


def test_tables_and_migrations_agree(store: Store) -> None:
    # It raises where a migration is missing.
    with store.engine.connect() as connection:
        command.check(alembic_config(connection))


def test_migrations_make_tables_as_the_code_would(sqlite_store: Store) -> None:
    # Alembic does not compare checks; their names and conditions stand in the definition.
    expected = create_engine("sqlite://", future=True)
    metadata.create_all(expected)

    assert definitions(sqlite_store.engine) == definitions(expected)


def test_migrating_again_changes_nothing(store: Store) -> None:
    store.migrate()

    assert set(metadata.tables) <= set(inspect(store.engine).get_table_names())


def test_migrations_can_be_undone_and_done_again(store: Store) -> None:
    with store.engine.begin() as connection:
        command.downgrade(alembic_config(connection), "base")
    assert inspect(store.engine).get_table_names() == ["alembic_version"]

    store.migrate()

    assert set(metadata.tables) <= set(inspect(store.engine).get_table_names())


def test_database_of_a_newer_version_is_refused_with_a_sentence(store: Store) -> None:
    with store.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")

    with pytest.raises(StoreError, match=r"was not migrated: .*9999.* Was it made by a newer PMO Coach\?"):
        store.migrate()


def test_migration_that_leaves_broken_references_is_undone(tmp_path: Path) -> None:
    store = open_store(f"sqlite:///{tmp_path}/coach.sqlite")
    store.migrate()
    with store.engine.begin() as connection:
        command.downgrade(alembic_config(connection), "-1")
    with store.engine.connect() as connection:
        driver = connection.connection.dbapi_connection
        driver.execute("PRAGMA foreign_keys = OFF")
        driver.execute("INSERT INTO role_aliases VALUES ('gone', 0, 'alias')")

    with pytest.raises(StoreError, match="rows of the table role_aliases that refer to nothing; it was undone"):
        store.migrate()


def test_references_are_enforced_again_after_migrating_a_database_in_memory() -> None:
    store = open_store("sqlite://")
    store.migrate()

    with store.engine.connect() as connection:
        assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1


def test_developer_can_run_alembic_on_a_named_database(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/new.sqlite"

    for words in (["upgrade", "head"], ["check"]):
        alembic(["-c", str(MIGRATIONS / "alembic.ini"), "-x", f"url={url}", *words])

    assert set(metadata.tables) <= set(inspect(open_store(url).engine).get_table_names())
