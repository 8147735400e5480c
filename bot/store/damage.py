"""A SQLite file that is cut off or damaged is refused before anything is done with it, and left as it is.

SQLite itself notices damage when it comes across it, which may be weeks later and in the middle of somebody's talk.
So the file is looked through at start, as long as that takes no time: 0.08 seconds for each 100 MB. Of a larger one
SQLite compares the length with the number of pages that the file says it has, as it does whenever it opens one.
"""

import sqlite3
from contextlib import closing
from pathlib import Path
from urllib.parse import quote

from bot.errors import StoreError

CHECKED_WHOLE = 256_000_000
"""The bytes of the largest file that is looked through."""

OK, EMPTY, CUT_OFF = "ok", "it is empty, but its log is not", "it is cut off"


def refuse_damaged(path: Path) -> None:
    """Raise StoreError where the file is damaged; one that is not there, or is empty, is about to be made."""
    try:
        problem = _problem(path)
    except (OSError, sqlite3.OperationalError):
        return  # it cannot be opened, or is locked: whoever works with it next says so
    if problem:
        raise StoreError(
            f"The database file {path} is damaged ({problem}) and was left as it is: put a backup in its place, "
            'as docs/operating.md says under "Backup and restore", or move it away to begin anew.'
        )


def _problem(path: Path) -> str:
    """Return what is wrong with the file, empty where nothing is; nothing is written, into the log neither.

    SQLite alone opens it: to close a file that this process has open elsewhere drops SQLite's locks on it, and the next
    process to leave would remove the log that this one goes on writing to.
    """
    log = path.with_name(f"{path.name}-wal")
    had_log, size = _size(log), _size(path)
    if not size:
        return EMPTY if had_log and path.is_file() else ""
    try:
        with closing(sqlite3.connect(f"file:{quote(str(path))}?mode=ro", uri=True)) as connection:
            _value(connection, "schema_version")  # looks at the header, and from then on the size of a page is known
            # While there is a log, another process may be writing it into the file, or was killed as it did.
            if size % int(_value(connection, "page_size")) and not had_log and not _size(log):
                return CUT_OFF
            found = _value(connection, "quick_check(1)") if size <= CHECKED_WHOLE else OK
    except sqlite3.OperationalError:
        raise
    except sqlite3.DatabaseError as exc:
        return str(exc)
    return "" if found == OK else found.splitlines()[-1]


def _value(connection: sqlite3.Connection, pragma: str) -> str:
    return str(connection.execute(f"PRAGMA {pragma}").fetchone()[0])


def _size(path: Path) -> int:
    return path.stat().st_size if path.is_file() else 0
