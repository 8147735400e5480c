"""Whether the database takes what is written: a full disk lets everybody read, and then nobody is answered.

A transaction of people's that failed is remembered for a moment. Where none did, SQLite's file is written to, and so
little that it may be asked often: one page into the log, without waiting for the disk. To roll it back would prove
nothing, for SQLite writes to the log when it commits. PostgreSQL is not written to: it looks after its own disk, and
an update every few seconds would leave a dead row each time.
"""

import time

from sqlalchemy.engine import Engine
from sqlalchemy.exc import DataError, DBAPIError, IntegrityError, ProgrammingError

from bot.errors import StoreError, UnwritableError
from bot.store.engine import explained

MOMENT = 2.0
"""Seconds for which a proof, or a failure, stands: however often somebody asks, no more is written."""
PATIENCE = 1.0
"""Seconds that the proof waits for another process's write: less than who asks for it does."""

_REASONS = {
    "its disk is full": ("is full", "no space left"),
    "its disk fails": ("i/o error",),
    "it may only be read": ("readonly", "read-only"),
    "another program has locked it": ("is locked",),
    "its file is damaged": ("malformed", "not a database"),
    "its file was removed": ("was removed",),
}
_WORK = (IntegrityError, DataError, ProgrammingError)
"""What is wrong with the work, and says nothing of the database."""


class Writing:
    """What is known of whether a database can be written to."""

    def __init__(self, engine: Engine) -> None:
        """Begin with no knowledge of that engine's database."""
        self._engine = engine
        self._proved: float | None = None
        self._failed: tuple[float, str] | None = None

    def failed(self, error: StoreError) -> None:
        """Note how a transaction that writes ended."""
        cause = error.__cause__
        if isinstance(cause, DBAPIError) and not isinstance(cause, _WORK):
            self._failed = time.monotonic(), _reason(error)

    def check(self) -> None:
        """Raise UnwritableError where a transaction has just failed, or SQLite's file takes nothing."""
        if self._failed is not None and _is_fresh(self._failed[0]):
            raise UnwritableError(self._failed[1])
        if self._engine.dialect.name != "sqlite" or (self._proved is not None and _is_fresh(self._proved)):
            return
        try:
            self._prove()
        except StoreError as exc:
            self._failed = time.monotonic(), _reason(exc)
            raise UnwritableError(self._failed[1]) from exc

    def _prove(self) -> None:
        """Write something that changes nothing, and commit it."""
        with explained(self._engine), self._engine.connect() as connection:
            connection = connection.execution_options(patience=PATIENCE)
            with connection.begin():
                number = connection.exec_driver_sql("PRAGMA user_version").scalar_one()
                connection.exec_driver_sql(f"PRAGMA user_version = {number:d}")
        self._proved = time.monotonic()


def _is_fresh(noted: float) -> bool:
    return time.monotonic() - noted < MOMENT


def _reason(error: StoreError) -> str:
    """Return why, without what the database said: whoever reaches the port may read it."""
    said = str(error.__cause__).lower()
    found = (reason for reason, signs in _REASONS.items() if any(sign in said for sign in signs))
    return f"The store cannot be written: {next(found, 'its database refuses')}."
