"""The repository of whole conversations, page by page, for those who learn from them; nothing is ever written.

A page is a transaction of its own: a long reading keeps no server waiting, and whoever is forgotten meanwhile is not
read any more.
"""

from collections.abc import Iterator
from itertools import groupby

from sqlalchemy import and_, func, or_, select
from sqlalchemy.engine import Connection

from bot.records import Rating
from bot.records.talks import StoredTalk, TalkEvent
from bot.store.tables.conversations import conversations, events
from bot.store.tables.people import feedback

ROWS_AT_ONCE = 500

# Most rows are slots and the wait for the next message: what says nothing here is left in the database.
_TELLING = or_(
    events.c.type.in_(("user", "bot", "active_loop")),
    and_(events.c.type == "action", events.c.data.not_like('%"name":"action_listen"%')),
    and_(events.c.type == "slot", events.c.data.like('%"name":"requested_slot"%')),
)


class TalkRepository:
    """Reads conversations on one connection."""

    def __init__(self, connection: Connection) -> None:
        """Work on that connection."""
        self._connection = connection

    def count(self, *, since: float) -> int:
        """Return how many conversations something was said in since that time."""
        query = select(func.count()).select_from(conversations).where(conversations.c.updated >= since)
        return int(self._connection.execute(query).scalar_one())

    def ids(self, *, since: float, after: str, most: int) -> list[str]:
        """Return the ids of the next conversations after that id, in the order of ids."""
        query = (
            select(conversations.c.id)
            .where(conversations.c.updated >= since, conversations.c.id > after)
            .order_by(conversations.c.id)
            .limit(most)
        )
        return list(self._connection.execute(query).scalars())

    def read(self, ids: list[str], *, since: float) -> Iterator[StoredTalk]:
        """Yield what was said in those conversations since that time, one after another."""
        query = (
            select(events.c.conversation_id, events.c.seq, events.c.time, events.c.type, events.c.data)
            .where(events.c.conversation_id.in_(ids), events.c.time >= since, _TELLING)
            .order_by(events.c.conversation_id, events.c.seq)
        )
        ratings = self._ratings(ids)
        rows = self._connection.execute(query, execution_options={"yield_per": ROWS_AT_ONCE})
        for conversation, found in groupby(rows, key=lambda row: str(row.conversation_id)):
            talk = tuple(TalkEvent(row.seq, row.time, row.type, row.data) for row in found)
            yield StoredTalk(conversation, talk, ratings.get(conversation, {}))

    def _ratings(self, ids: list[str]) -> dict[str, dict[int, Rating]]:
        found: dict[str, dict[int, Rating]] = {}
        query = select(feedback.c.conversation_id, feedback.c.seq, feedback.c.rating)
        for row in self._connection.execute(query.where(feedback.c.conversation_id.in_(ids))):
            found.setdefault(row.conversation_id, {})[row.seq] = row.rating
        return found
