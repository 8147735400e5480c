"""A SQLite file that is cut off or damaged is refused before anything is done with it, and left as it is.

SQLite itself notices damage when it comes across it, which may be weeks later and in the middle of somebody's talk.
So the file is looked through at start, as long as that takes no time: 0.08 seconds for each 100 MB. Of a larger one
SQLite compares the length with the number of pages that the file says it has, as it does whenever it opens one.
"""

import sqlite3
import struct
from contextlib import closing
from pathlib import Path
from urllib.parse import quote

from bot.errors import StoreError

CHECKED_WHOLE = 256_000_000
"""The bytes of the largest file that is looked through."""

HEADER = struct.Struct(">16sH6xII60xI")
"""What begins the file (https://www.sqlite.org/fileformat.html): its kind, the size of a page, a counter of changes,
how many pages there are, and the counter when they were counted."""
KIND = b"SQLite format 3\0"
LARGEST_PAGE = 65_536
"""The size of a page that two bytes cannot say: they say 1."""


def refuse_damaged(path: Path) -> None:
    """Raise StoreError where the file is damaged; one that is not there, or is empty, is about to be made."""
    try:
        problem = _problem_of_length(path) or _problem_inside(path)
    except (OSError, sqlite3.OperationalError):
        return  # it cannot be opened, or is locked: whoever works with it next says so
    if problem:
        raise StoreError(
            f"The database file {path} is damaged ({problem}) and was left as it is: put a backup in its place, "
            'as docs/operating.md says under "Backup and restore", or move it away to begin anew.'
        )


def _problem_of_length(path: Path) -> str:
    """Return what is wrong with the length of the file, empty where nothing is."""
    log = path.with_name(f"{path.name}-wal")
    had_log, header, size = _size(log), _header(path), _size(path)
    if had_log and path.is_file() and not size:
        return "it is empty, but its log is not"
    # While there is a log, another process may be writing it into the file, or was killed as it did.
    if header is None or had_log or _size(log):
        return ""
    kind, page, changes, pages, counted = header
    if kind != KIND or not page:
        return ""  # SQLite says it better
    page = LARGEST_PAGE if page == 1 else page
    return "it is cut off" if size % page or (changes == counted and size < pages * page) else ""


def _size(path: Path) -> int:
    return path.stat().st_size if path.is_file() else 0


def _header(path: Path) -> tuple[bytes, int, int, int, int] | None:
    """Return the parts of the header, None where the file is too short for one."""
    if not path.is_file():
        return None
    with path.open("rb") as file:
        read = file.read(HEADER.size)
    return HEADER.unpack(read) if len(read) == HEADER.size else None


def _problem_inside(path: Path) -> str:
    """Return what SQLite finds wrong, empty where nothing is; nothing is written, into the log neither."""
    size = _size(path)
    if not size:
        return ""
    look = "PRAGMA quick_check(1)" if size <= CHECKED_WHOLE else "PRAGMA schema_version"
    try:
        with closing(sqlite3.connect(f"file:{quote(str(path))}?mode=ro", uri=True)) as connection:
            found = str(connection.execute(look).fetchone()[0])
    except sqlite3.OperationalError:
        raise
    except sqlite3.DatabaseError as exc:
        return str(exc)
    return "" if found == "ok" or size > CHECKED_WHOLE else found.splitlines()[-1]
