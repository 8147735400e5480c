"""The repository of reviewed messages: which texts were dealt with, by their sums alone."""

from collections.abc import Iterable

from sqlalchemy import insert, select
from sqlalchemy.engine import Connection

from bot.store.tables.reviews import reviewed_messages

AT_ONCE = 500


class ReviewRepository:
    """Remembers on one connection which messages need not be shown again."""

    def __init__(self, connection: Connection) -> None:
        """Work on that connection."""
        self._connection = connection

    def known(self, sums: Iterable[str]) -> frozenset[str]:
        """Return those of the sums that were dealt with."""
        asked = sorted(set(sums))
        found: set[str] = set()
        for start in range(0, len(asked), AT_ONCE):
            query = select(reviewed_messages.c.sum).where(reviewed_messages.c.sum.in_(asked[start : start + AT_ONCE]))
            found.update(self._connection.execute(query).scalars())
        return frozenset(found)

    def add(self, sums: Iterable[str]) -> None:
        """Note that these were dealt with; nothing happens for those that were already."""
        asked = set(sums)
        rows = [{"sum": one} for one in sorted(asked - self.known(asked))]
        if rows:
            self._connection.execute(insert(reviewed_messages), rows)
