"""A database that can be read and takes nothing: that is noticed, why is told, and little is written to find out."""

import resource
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from sqlalchemy.exc import IntegrityError, InternalError, OperationalError

from bot.errors import StoreError, UnwritableError
from bot.store import Store, UnitOfWork, writing


@contextmanager
def full_disk(store: Store) -> Iterator[None]:
    """Let this process make no file longer than the log of the database is now: the kernel refuses to write on."""
    with store.unit_of_work() as work:
        work.teams.create("so that there is a log")
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (log_of(store).stat().st_size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def log_of(store: Store) -> Path:
    return Path(f"{store.engine.url.database}-wal")


def add_team(store: Store) -> None:
    with store.unit_of_work() as work:
        work.teams.create("a team")


def begin(work: UnitOfWork) -> None:
    work.conversations.restart("c", [(1.0, "user", "{}")], after_seq=0, offered={}, now=1.0)


@pytest.fixture
def moment(monkeypatch: pytest.MonkeyPatch) -> None:
    """What was found out holds for no moment at all."""
    monkeypatch.setattr(writing, "MOMENT", 0.0)


def test_writing_is_proved_and_changes_nothing(sqlite_store: Store) -> None:
    with sqlite_store.unit_of_work(read_only=True) as work:
        before = work.people.counts()

    sqlite_store.check_writing()

    with sqlite_store.unit_of_work(read_only=True) as work:
        assert work.people.counts() == before


@pytest.mark.usefixtures("moment")
def test_full_disk_is_told_while_reading_goes_on_and_over_when_there_is_room(sqlite_store: Store) -> None:
    with full_disk(sqlite_store):
        with sqlite_store.unit_of_work(read_only=True) as work:
            assert work.people.counts()["teams"] == 1
        with pytest.raises(UnwritableError, match=r"^The store cannot be written: its disk (is full|fails)\.$"):
            sqlite_store.check_writing()

    sqlite_store.check_writing()


def test_failed_transaction_of_a_person_is_remembered_for_a_moment(
    sqlite_store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    # GIVEN a proof that is still fresh
    sqlite_store.check_writing()

    # WHEN a person's transaction fails
    with full_disk(sqlite_store), pytest.raises(StoreError):
        add_team(sqlite_store)

    # THEN that counts more, and as long as a moment lasts
    with pytest.raises(UnwritableError):
        sqlite_store.check_writing()
    monkeypatch.setattr(writing, "MOMENT", 0.0)
    sqlite_store.check_writing()


def test_however_often_somebody_asks_no_more_is_written_for_a_moment(sqlite_store: Store) -> None:
    sqlite_store.check_writing()
    written = log_of(sqlite_store).stat().st_size

    for _ in range(20):
        sqlite_store.check_writing()

    assert log_of(sqlite_store).stat().st_size == written


@pytest.mark.usefixtures("moment")
def test_file_that_another_program_has_locked_is_told(sqlite_store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(writing, "PATIENCE", 0.01)
    with closing(sqlite3.connect(str(sqlite_store.engine.url.database), isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(UnwritableError, match="another program has locked it"):
            sqlite_store.check_writing()


def test_error_of_the_work_alone_says_nothing_of_the_database(sqlite_store: Store) -> None:
    with sqlite_store.unit_of_work() as work:
        begin(work)

    with pytest.raises(StoreError) as raised, sqlite_store.unit_of_work() as work:
        begin(work)

    assert isinstance(raised.value.__cause__, IntegrityError)
    sqlite_store.check_writing()


@pytest.mark.parametrize(
    ("cause", "told"),
    [
        (OperationalError("INSERT", {}, sqlite3.OperationalError("database or disk is full")), "its disk is full"),
        (
            OperationalError("INSERT", {}, Exception('could not extend file "base/1": No space left on device')),
            "its disk is full",
        ),
        (OperationalError("BEGIN", {}, sqlite3.OperationalError("disk I/O error")), "its disk fails"),
        (
            OperationalError("BEGIN", {}, sqlite3.OperationalError("attempt to write a readonly database")),
            "it may only be read",
        ),
        (
            InternalError("INSERT", {}, Exception("cannot execute INSERT in a read-only transaction")),
            "it may only be read",
        ),
        (OperationalError("INSERT", {}, Exception("host db.inner:5432 is on fire")), "its database refuses"),
    ],
)
def test_reason_is_one_of_a_few_and_names_nothing(sqlite_store: Store, cause: Exception, told: str) -> None:
    error = StoreError("The database postgresql://coach@db.inner could not be written")
    error.__cause__ = cause
    known = writing.Writing(sqlite_store.engine)

    known.failed(error)

    with pytest.raises(UnwritableError) as raised:
        known.check()
    assert str(raised.value) == f"The store cannot be written: {told}."
