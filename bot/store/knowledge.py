"""The repository of the knowledge: all of it is loaded at once, and replaced at once."""

from sqlalchemy import delete, insert, select
from sqlalchemy.engine import Connection

from bot.errors import StoreError
from bot.records import Knowledge
from bot.store.locks import KNOWLEDGE_LOCK, hold
from bot.store.rows import from_rows, to_rows
from bot.store.tables import KNOWLEDGE_TABLES
from bot.store.tables.knowledge import seeding


class KnowledgeRepository:
    """Reads and writes the knowledge on one connection."""

    def __init__(self, connection: Connection) -> None:
        """Work on that connection, in its transaction."""
        self._connection = connection

    def load(self) -> Knowledge:
        """Return all of the knowledge as one seeding wrote it; raise StoreError where there was none yet."""
        hold(self._connection, KNOWLEDGE_LOCK, shared=True)
        found = {}
        for table in KNOWLEDGE_TABLES:
            query = select(table).order_by(table.c.position) if "position" in table.c else select(table)
            found[table] = [tuple(row) for row in self._connection.execute(query)]
        knowledge = from_rows(found)
        if knowledge is None:
            raise StoreError("The database holds no knowledge yet: seed it first.")
        return knowledge

    def digest(self) -> str | None:
        """Return the digest of the content that the knowledge was read from, or None where there is none yet."""
        digest: str | None = self._connection.execute(select(seeding.c.digest)).scalar_one_or_none()
        return digest

    def lock(self) -> None:
        """Keep others from replacing or loading the knowledge until this unit of work ends."""
        hold(self._connection, KNOWLEDGE_LOCK)

    def replace(self, knowledge: Knowledge, digest: str) -> None:
        """Put that knowledge in the place of what is there; it takes effect when the unit of work ends."""
        self.lock()
        rows = to_rows(knowledge)
        for table in reversed(KNOWLEDGE_TABLES):
            self._connection.execute(delete(table))
        for table in KNOWLEDGE_TABLES:
            if table in rows:
                self._connection.execute(insert(table), rows[table])
        self._connection.execute(insert(seeding), {"id": 1, "digest": digest})
