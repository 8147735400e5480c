"""A SQLite file that is deleted or replaced while we work with it.

A connection goes on with the file that it opened, also when that has no name any more: everything would be answered
and stored, and be gone when the server stops. So each use of a connection looks whether its file is still the one in
that place. Another one is opened anew (somebody put a backup back); where there is none, the work is refused.
"""

import os
import sqlite3
from collections.abc import Sequence
from threading import Event
from typing import Any

from sqlalchemy import event
from sqlalchemy.engine import Engine
from sqlalchemy.exc import DisconnectionError

FILE = "file"


def watch_file(engine: Engine, path: str) -> None:
    """Let the engine work with the file in that place alone; it is made at the first connection, never later."""
    opened = Event()

    def refuse(dialect: Any, record: Any, arguments: Sequence[Any], options: Any) -> None:
        if opened.is_set() and _identity(path) is None:
            raise sqlite3.OperationalError("its file was removed; put it back, or start anew without it")

    def check(connection: Any, record: Any, proxy: Any) -> None:
        opened.set()
        now = _identity(path)
        if record.info.setdefault(FILE, now) != now:  # SQLAlchemy clears it when it connects anew
            raise DisconnectionError("The file was removed or replaced.")

    event.listen(engine, "do_connect", refuse)
    event.listen(engine, "checkout", check)


def _identity(path: str) -> tuple[int, int] | None:
    try:
        found = os.stat(path)
    except OSError:
        return None
    return found.st_dev, found.st_ino
