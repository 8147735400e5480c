"""Empty databases, migrated: a SQLite file of the test's own, and a schema of its own in PostgreSQL."""

import os
import shutil
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import create_engine

from bot.store import Store, open_store

POSTGRES = "PMO_COACH_TEST_POSTGRES"


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The URL of an empty database, once for each kind of database."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path}/coach.sqlite"
        return
    server = os.environ.get(POSTGRES)
    if not server:
        pytest.skip(f"{POSTGRES} names no PostgreSQL server")
    schema = f"test_{uuid.uuid4().hex}"
    engine = create_engine(server, future=True)
    with engine.begin() as connection:
        connection.exec_driver_sql(f"CREATE SCHEMA {schema}")
    yield f"{server}{'&' if '?' in server else '?'}options=-csearch_path%3D{schema}"
    with engine.begin() as connection:
        connection.exec_driver_sql(f"DROP SCHEMA {schema} CASCADE")
    engine.dispose()


@pytest.fixture(scope="session")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite file that was migrated once, to be copied: most tests are about what comes after."""
    path = tmp_path_factory.mktemp("migrated") / "coach.sqlite"
    store = open_store(f"sqlite:///{path}")
    store.migrate()
    store.close()
    return path


@pytest.fixture
def store(url: str, migrated: Path) -> Iterator[Store]:
    """A migrated store of each kind of database."""
    store = open_store(url)
    if store.engine.dialect.name == "sqlite":
        shutil.copy(migrated, str(store.engine.url.database))
    else:
        store.migrate()
    yield store
    store.close()


@pytest.fixture
def sqlite_store(tmp_path: Path, migrated: Path) -> Store:
    """A migrated store in a SQLite file."""
    return open_store(f"sqlite:///{shutil.copy(migrated, tmp_path / 'coach.sqlite')}")
