"""The store: one database, and units of work on it."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.engine import Connection, Engine

from bot.errors import StoreError
from bot.store.conversations import ConversationRepository
from bot.store.engine import PATIENCE, emptied_log, explained, make_engine
from bot.store.knowledge import KnowledgeRepository
from bot.store.migrate import migrate
from bot.store.people import PeopleRepository
from bot.store.reviews import ReviewRepository
from bot.store.slack_events import SlackEventRepository
from bot.store.talks import TalkRepository
from bot.store.teams import TeamRepository
from bot.store.writing import Writing


class UnitOfWork:
    """The repositories on one connection, in one transaction."""

    def __init__(self, connection: Connection) -> None:
        """Make the repositories on that connection."""
        self.knowledge = KnowledgeRepository(connection)
        self.conversations = ConversationRepository(connection)
        self.slack_events = SlackEventRepository(connection)
        self.people = PeopleRepository(connection)
        self.teams = TeamRepository(connection)
        self.talks = TalkRepository(connection)
        self.reviews = ReviewRepository(connection)


class Store:
    """A database; it is connected when there is work."""

    def __init__(self, engine: Engine) -> None:
        """Work with that engine."""
        self.engine = engine
        self._writing = Writing(engine)

    def migrate(self) -> None:
        """Bring the tables up to date; raise StoreError and change nothing where that fails."""
        migrate(self.engine)

    @contextmanager
    def unit_of_work(self, *, read_only: bool = False, patience: float = PATIENCE) -> Iterator[UnitOfWork]:
        """Begin a transaction that is committed at the end of the block, and rolled back on an exception.

        On SQLite it has the file's only write lock from the beginning, unless it says that it only reads: then it
        waits for nobody, and sees the file as it is now. `patience` is how many seconds it waits for that lock. What
        the database refuses is raised as StoreError.
        """
        try:
            with explained(self.engine), self._connect(read_only, patience) as connection, connection.begin():
                yield UnitOfWork(connection)
        except StoreError as exc:
            if not read_only:
                self._writing.failed(exc)
            raise

    def _connect(self, read_only: bool, patience: float) -> Connection:
        """Return a connection, whose transactions only read if that is all there is to do."""
        connection = self.engine.connect()
        if read_only:
            return connection.execution_options(read_only=True, postgresql_readonly=True)
        return connection.execution_options(patience=patience)

    def check_writing(self) -> None:
        """Raise UnwritableError where nothing can be written just now."""
        self._writing.check()

    def overwrite_erased(self) -> bool:
        """Empty SQLite's log, which has what was erased until then; False while somebody else still reads in it.

        Call it after the unit of work that erased. PostgreSQL looks after its own log.
        """
        if self.engine.dialect.name != "sqlite":
            return True
        with explained(self.engine), self.engine.connect() as connection:
            return emptied_log(connection)

    def close(self) -> None:
        """Close the connections that are kept open."""
        self.engine.dispose()


def open_store(url: str) -> Store:
    """Return the store of a database URL, for SQLite or PostgreSQL; raise StoreError where it cannot be one."""
    return Store(make_engine(url))
