"""Reads the table in which Rasa's own `SQLTrackerStore` keeps its events; nothing is ever written there."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Column, Float, Integer, MetaData, String, Table, Text, create_engine, func, inspect, select
from sqlalchemy.engine import Connection, make_url
from sqlalchemy.exc import ArgumentError, NoSuchModuleError

from bot.errors import StoreError
from bot.store.engine import explained, shown

_EVENTS = Table(
    "events",
    MetaData(),
    Column("id", Integer, primary_key=True),
    Column("sender_id", String(255)),
    Column("type_name", String(255)),
    Column("timestamp", Float),
    Column("data", Text),
)


@dataclass(frozen=True)
class RasaRow:
    """A row as Rasa wrote it: its id, and the event as JSON, if it has a text."""

    id: int
    data: str | None


@dataclass(frozen=True)
class RasaSender:
    """A conversation: its id, if it has a text for one, and its first row's."""

    id: str | None
    first_row: int


class RasaEvents:
    """The events of a database of Rasa's, on one connection."""

    def __init__(self, connection: Connection) -> None:
        """Read on that connection."""
        self._connection = connection

    def senders(self) -> list[RasaSender]:
        """Return all conversations, in the order in which they began."""
        first = func.min(_EVENTS.c.id)
        query = select(_EVENTS.c.sender_id, first.label("first")).group_by(_EVENTS.c.sender_id).order_by(first)
        return [RasaSender(_text(row.sender_id), row.first) for row in self._connection.execute(query)]

    def rows(self, sender: str) -> list[RasaRow]:
        """Return the rows of a conversation in the order in which they were written."""
        query = select(_EVENTS.c.id, _EVENTS.c.data).where(_EVENTS.c.sender_id == sender).order_by(_EVENTS.c.id)
        return [RasaRow(row.id, _text(row.data)) for row in self._connection.execute(query)]


@contextmanager
def open_rasa_events(url: str) -> Iterator[RasaEvents]:
    """Give the events of the database at that address; raise StoreError where it cannot be one of Rasa's."""
    try:
        parsed = make_url(url)
        engine = create_engine(parsed, future=True, hide_parameters=True)
    except (ArgumentError, NoSuchModuleError, ImportError, ValueError) as exc:
        raise StoreError(
            "The database cannot be opened: write sqlite:///rasa.db or postgresql://user@host/name."
        ) from exc
    if parsed.get_backend_name() == "sqlite" and not Path(parsed.database or "").is_file():
        raise StoreError(f"There is no database {shown(parsed)}.")  # SQLite would make one
    try:
        with explained(engine), engine.connect() as connection:
            if not _has_events(connection):
                raise StoreError(f"{shown(parsed)} has no table of Rasa's events (id, sender_id, data).")
            if parsed.get_backend_name() == "sqlite":
                _bear_other_encodings(connection)
            yield RasaEvents(connection)
    finally:
        engine.dispose()


def _bear_other_encodings(connection: Connection) -> None:
    """Let SQLite give text that is not UTF-8 as well: it would refuse the whole query for the sake of one row."""
    driver: Any = connection.connection.dbapi_connection
    driver.text_factory = lambda data: data.decode("utf-8", "surrogateescape")


def _text(value: Any) -> str | None:
    """Return the value if it is a text in UTF-8: SQLite keeps anything in any column."""
    if not isinstance(value, str):
        return None
    try:
        value.encode()
    except UnicodeEncodeError:
        return None
    return value


def _has_events(connection: Connection) -> bool:
    inspector = inspect(connection)
    if not inspector.has_table(_EVENTS.name):
        return False
    return {"id", "sender_id", "data"} <= {column["name"] for column in inspector.get_columns(_EVENTS.name)}
