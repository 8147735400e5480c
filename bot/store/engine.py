"""Engines for SQLite and PostgreSQL, set up alike: transactions are real, references are enforced."""

import contextlib
import os
import sqlite3
import stat
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import create_engine, event
from sqlalchemy.engine import URL, Connection, Engine, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError, OperationalError, SQLAlchemyError
from sqlalchemy.pool import QueuePool, StaticPool

from bot.errors import StoreError
from bot.store.one_file import watch_file

BUSY_SECONDS = 30
"""How long one process waits for another one's write before it gives up, where nobody waits for it: at start."""

PATIENCE = 5.0
"""How many seconds a person's message waits for another process's write, or for PostgreSQL to let us in."""

POOL_SIZE, POOL_OVERFLOW = 8, 2
"""How many connections to PostgreSQL are kept, as many as the tracker store has threads, and made beyond that."""

LOG_BUSY_SECONDS = 2
"""How long emptying the log waits for readers; who erases next, or the day's purge, empties it then."""

LOCKED_PAUSE = 0.02
"""Seconds until a file that another process is just making is tried again."""

PRIVATE = stat.S_IRUSR | stat.S_IWUSR
OTHERS = stat.S_IRWXG | stat.S_IRWXO

_IN_MEMORY = (None, "", ":memory:")


def make_engine(url: str) -> Engine:
    """Return the engine of a database URL; a missing folder of a SQLite file is made. Nothing is connected yet."""
    parsed = _parsed(url)
    options: dict[str, Any] = {"future": True, "hide_parameters": True}
    if parsed.get_backend_name() == "sqlite":
        options["connect_args"] = {"timeout": BUSY_SECONDS, "check_same_thread": False}
        if parsed.database in _IN_MEMORY:
            options["poolclass"] = StaticPool
        else:
            # A connection that is closed after each use writes the whole log back each time: 3 ms for nothing.
            options["poolclass"] = QueuePool
            _make_folder(parsed)
    else:
        options["connect_args"] = {"connect_timeout": int(PATIENCE)}
        # After PostgreSQL was started anew, each connection that is kept is dead: asked first, it is made again.
        options["pool_pre_ping"] = True
        options |= {"pool_size": POOL_SIZE, "max_overflow": POOL_OVERFLOW, "pool_timeout": PATIENCE}
    try:
        engine: Engine = create_engine(parsed, **options)
    except (ArgumentError, NoSuchModuleError, ImportError, TypeError) as exc:
        raise StoreError(f"The database {shown(parsed)} cannot be used: its driver is missing or unknown.") from exc
    if parsed.get_backend_name() == "sqlite":
        if (path := file_of(engine)) is not None:
            watch_file(engine, str(path))
        event.listen(engine, "do_connect", _keep_private)
        event.listen(engine, "connect", _set_up_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
    return engine


def file_of(engine: Engine) -> Path | None:
    """Return the file of a SQLite database, None where it has none that has a place of its own."""
    name = str(engine.url.database or "")
    is_file = engine.dialect.name == "sqlite" and name not in _IN_MEMORY and not name.startswith("file:")
    return Path(name) if is_file else None


def shown(url: URL) -> str:
    """Return a database URL as it may be shown and logged: without password and options."""
    return url.set(query={}).render_as_string(hide_password=True)


@contextmanager
def explained(engine: Engine) -> Iterator[None]:
    """Turn any error of the database inside the block into a StoreError that says which database and what."""
    try:
        yield
    except SQLAlchemyError as exc:
        unreachable = isinstance(exc, OperationalError) and exc.statement is None
        trouble = "cannot be reached" if unreachable else "could not be read or written"
        raise StoreError(f"The database {shown(engine.url)} {trouble}: {_reason(exc)}") from exc


def _reason(exc: SQLAlchemyError) -> str:
    """Return the first line of what the database said; later lines may show the values of a row."""
    said = str(exc.orig if isinstance(exc, DBAPIError) else exc).strip()
    return said.splitlines()[0] if said else type(exc).__name__


def _parsed(url: str) -> URL:
    """Return the URL in parts, if it is one that can be used."""
    try:
        parsed = make_url(url)
    except (ArgumentError, ValueError) as exc:
        raise StoreError("The database URL cannot be understood: write sqlite:///file or postgresql://...") from exc
    if parsed.get_backend_name() not in ("sqlite", "postgresql"):
        raise StoreError(f"The database {shown(parsed)} is neither SQLite nor PostgreSQL, which are what works.")
    return parsed


def _make_folder(url: URL) -> None:
    """Make the folder that the SQLite file lies in."""
    folder = Path(url.database or "").parent
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as exc:
        raise StoreError(f"The folder {folder} of the database cannot be made: {exc.strerror}.") from exc


def _keep_private(dialect: Any, record: Any, arguments: Sequence[Any], options: Any) -> None:
    """Let nobody but its owner read the file, whatever the umask says; its log takes its permissions from it."""
    name = str(arguments[0])
    if name in _IN_MEMORY or name.startswith("file:"):
        return
    # What cannot be made or changed here (a file of another account, say) SQLite itself tells better.
    with contextlib.suppress(OSError):
        # Only a file that is not there is opened: to close one that SQLite has open drops this process's locks on it,
        # and the next process to leave would remove the log that this one goes on writing to.
        with contextlib.suppress(FileExistsError):
            os.close(os.open(name, os.O_CREAT | os.O_EXCL | os.O_RDWR | os.O_CLOEXEC, PRIVATE))
        for path in (name, f"{name}-wal", f"{name}-shm"):
            mode = os.stat(path).st_mode
            if stat.S_ISREG(mode) and mode & OTHERS:  # a folder that is named by mistake keeps its doors open
                os.chmod(path, PRIVATE)


def _set_up_sqlite(connection: Any, record: Any) -> None:
    """Enforce references, and let readers and one writer work at the same time."""
    # The driver must not begin transactions on its own: it would leave out DDL and reads, and begin too weakly.
    connection.isolation_level = None
    connection.execute(f"PRAGMA busy_timeout = {BUSY_SECONDS * 1000}")
    connection.execute("PRAGMA foreign_keys = ON")
    _switch_to_log(connection)
    # With the log, a killed process loses nothing; only a machine that loses power may lose the last turns.
    connection.execute("PRAGMA synchronous = NORMAL")
    # What is erased is overwritten, not only unlinked.
    connection.execute("PRAGMA secure_delete = ON")


def _switch_to_log(connection: sqlite3.Connection) -> None:
    """Keep a write-ahead log from now on; SQLite itself does not wait for another process that does so just now."""
    give_up = time.monotonic() + BUSY_SECONDS
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
            return
        except sqlite3.OperationalError as exc:
            if "locked" not in str(exc) or time.monotonic() > give_up:
                raise
            time.sleep(LOCKED_PAUSE)


def emptied_log(connection: Connection) -> bool:
    """Write SQLite's log back into the file and cut it to nothing; False when a reader was in the way for too long."""
    driver: Any = connection.connection.dbapi_connection
    driver.execute(f"PRAGMA busy_timeout = {LOG_BUSY_SECONDS * 1000}")
    try:
        busy, _, _ = driver.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    finally:
        driver.execute(f"PRAGMA busy_timeout = {BUSY_SECONDS * 1000}")
    return not busy


def _begin_sqlite(connection: Connection) -> None:
    """Begin a transaction: one that may write takes the write lock at once, for a later upgrade could not wait.

    It waits for the lock as long as its option `patience` says, in seconds.
    """
    options = connection.get_execution_options()
    if not options.get("read_only", False):
        driver: Any = connection.connection.dbapi_connection
        driver.execute(f"PRAGMA busy_timeout = {round(1000 * options.get('patience', BUSY_SECONDS))}")
    connection.exec_driver_sql("BEGIN" if options.get("read_only", False) else "BEGIN IMMEDIATE")
