"""Databases that cannot be used are told in one sentence, without secrets; those that can are set up alike."""

import os
import sqlite3
import stat
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.engine import make_url

from bot.errors import StoreError
from bot.store import Store, engine, open_store
from bot.store.engine import shown


@pytest.mark.parametrize(
    ("url", "said"),
    [
        pytest.param("coach.sqlite", "cannot be understood", id="no URL"),
        pytest.param("postgresql://u:secret@host:port/db", "cannot be understood", id="port that is no number"),
        pytest.param("mysql://u:secret@host/db", "neither SQLite nor PostgreSQL", id="another database"),
        pytest.param("postgresql+nodriver://u:secret@host/db", "driver is missing or unknown", id="no such driver"),
    ],
)
def test_url_that_cannot_be_used_is_refused_without_its_password(url: str, said: str) -> None:
    with pytest.raises(StoreError, match=said) as raised:
        open_store(url)

    assert "secret" not in str(raised.value)


@pytest.mark.parametrize(
    "work", [Store.migrate, lambda store: store.unit_of_work().__enter__()], ids=["migrate", "work"]
)
def test_database_that_cannot_be_reached_is_told_without_its_password(work: object) -> None:
    store = open_store("postgresql://coach:secret@127.0.0.1:9/coach?application_name=secret")

    with pytest.raises(StoreError, match=r"postgresql://coach:\*\*\*@127.0.0.1:9/coach cannot be reached: ") as raised:
        work(store)  # type: ignore[operator]

    assert "secret" not in str(raised.value)
    assert "\n" not in str(raised.value)


def test_shown_url_has_neither_password_nor_options() -> None:
    assert shown(make_url("postgresql://me:secret@host/db?password=secret")) == "postgresql://me:***@host/db"


def test_missing_folder_of_a_sqlite_file_is_made(tmp_path: Path) -> None:
    open_store(f"sqlite:///{tmp_path}/var/of/coach.sqlite").migrate()

    assert (tmp_path / "var/of/coach.sqlite").is_file()


@pytest.mark.parametrize("before", [None, 0o644, 0o666])
def test_sqlite_file_and_its_log_are_their_owners_alone(tmp_path: Path, before: int | None) -> None:
    # GIVEN an account whose new files everybody may read, and perhaps such a file
    umask = os.umask(0o022)
    file = tmp_path / "coach.sqlite"
    if before is not None:
        file.touch()
        file.chmod(before)

    # WHEN it is opened and written
    store = open_store(f"sqlite:///{file}")
    store.migrate()
    with store.unit_of_work() as work:
        work.conversations.open("web-1", now=1.0)
        made = {path.name: stat.S_IMODE(path.stat().st_mode) for path in tmp_path.iterdir()}
    os.umask(umask)

    # THEN nobody else may read any of it
    assert made == {"coach.sqlite": 0o600, "coach.sqlite-wal": 0o600, "coach.sqlite-shm": 0o600}


def test_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")

    with pytest.raises(StoreError, match=r"The folder .*/file/var of the database cannot be made: "):
        open_store(f"sqlite:///{tmp_path}/file/var/coach.sqlite")


def test_folder_named_in_place_of_a_file_is_told_and_left_as_it_was(tmp_path: Path) -> None:
    tmp_path.chmod(0o755)

    with pytest.raises(StoreError, match="unable to open database file"):
        open_store(f"sqlite:///{tmp_path}").migrate()

    assert stat.S_IMODE(tmp_path.stat().st_mode) == 0o755


def test_file_that_is_no_database_is_told(tmp_path: Path) -> None:
    (tmp_path / "coach.sqlite").write_text("nonsense " * 1000)

    with pytest.raises(StoreError, match="file is not a database"):
        open_store(f"sqlite:///{tmp_path}/coach.sqlite").migrate()


def test_missing_tables_are_told(url: str) -> None:
    store = open_store(url)

    with pytest.raises(StoreError, match=r"could not be read or written: .*seeding"), store.unit_of_work() as work:
        work.knowledge.digest()


def test_sqlite_enforces_references_and_lets_readers_read(sqlite_store: Store) -> None:
    with sqlite_store.engine.connect() as connection:
        pragmas = [connection.exec_driver_sql(f"PRAGMA {name}").scalar() for name in ("foreign_keys", "journal_mode")]

    assert pragmas == [1, "wal"]


def test_unit_of_work_takes_the_write_lock_at_once(sqlite_store: Store) -> None:
    other = create_engine(sqlite_store.engine.url, future=True, connect_args={"timeout": 0.01})

    with sqlite_store.unit_of_work(), other.connect() as connection:
        connection.connection.dbapi_connection.isolation_level = None
        with pytest.raises(Exception, match="database is locked"):
            connection.exec_driver_sql("BEGIN IMMEDIATE")

    with sqlite_store.unit_of_work(read_only=True), other.connect() as connection:
        connection.connection.dbapi_connection.isolation_level = None
        connection.exec_driver_sql("BEGIN IMMEDIATE")
        connection.exec_driver_sql("ROLLBACK")


def test_unit_of_work_gives_up_on_a_lock_that_stays(sqlite_store: Store) -> None:
    with sqlite3.connect(str(sqlite_store.engine.url.database), isolation_level=None) as other:
        other.execute("BEGIN IMMEDIATE")

        with pytest.raises(StoreError, match="database is locked"), sqlite_store.unit_of_work(patience=0.05):
            pass

        with sqlite_store.unit_of_work(read_only=True) as work:
            work.conversations.count()
    other.close()


def test_unit_of_work_waits_as_long_as_it_says(sqlite_store: Store) -> None:
    for patience in (0.05, 2.0):
        with sqlite_store.unit_of_work(patience=patience):
            pass
        with sqlite_store.engine.connect() as connection:
            actual = connection.connection.dbapi_connection.execute("PRAGMA busy_timeout").fetchone()
        assert actual == (round(1000 * patience),)


def test_postgresql_is_let_have_a_connection_for_each_thread() -> None:
    pool = open_store("postgresql://coach@127.0.0.1:1/coach").engine.pool

    assert (pool.size(), pool._pre_ping) == (engine.POOL_SIZE, True)


def test_error_of_ours_inside_a_unit_of_work_stays_as_it_is(sqlite_store: Store) -> None:
    with pytest.raises(KeyError), sqlite_store.unit_of_work():
        raise KeyError


def test_closed_store_can_be_used_again(store: Store) -> None:
    store.close()

    with store.unit_of_work(read_only=True) as work:
        assert work.knowledge.digest() is None


def test_file_that_another_process_is_just_making_is_waited_for(tmp_path: Path) -> None:
    making = sqlite3.connect(tmp_path / "coach.sqlite", isolation_level=None, check_same_thread=False)
    making.execute("BEGIN EXCLUSIVE")
    soon = threading.Timer(0.2, making.rollback)
    soon.start()

    open_store(f"sqlite:///{tmp_path}/coach.sqlite").migrate()

    soon.join()
    making.close()


def test_file_that_stays_locked_is_told_in_the_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "BUSY_SECONDS", 0.2)
    making = sqlite3.connect(tmp_path / "coach.sqlite", isolation_level=None)
    making.execute("BEGIN EXCLUSIVE")

    with pytest.raises(StoreError, match=r"coach\.sqlite cannot be reached: database is locked"):
        open_store(f"sqlite:///{tmp_path}/coach.sqlite").migrate()

    making.close()


def test_a_second_connection_keeps_the_locks_of_the_first_so_that_no_other_process_drops_the_log(tmp_path: Path):
    """POSIX locks go when a process closes any descriptor of the file, and the last one to close removes the log."""
    url = f"sqlite:///{tmp_path / 'coach.db'}"
    store = open_store(url)
    store.migrate()
    with store.engine.connect() as first, store.engine.connect() as second:
        for connection in (first, second):
            connection.execute(text("SELECT 1 FROM conversations")).all()
            connection.rollback()
        elsewhere = (
            "import sqlite3, sys; sqlite3.connect(sys.argv[1]).execute('SELECT 1 FROM conversations').fetchall()"
        )
        subprocess.run([sys.executable, "-c", elsewhere, str(tmp_path / "coach.db")], check=True)
        assert (tmp_path / "coach.db-wal").exists()
    store.close()
