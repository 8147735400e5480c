"""The repository of what Slack sent: who may work on it, what is still to be answered, what was answered lately."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import delete, insert, select, update
from sqlalchemy.engine import Connection
from sqlalchemy.exc import IntegrityError

from bot.store.tables.slack_events import slack_events


@dataclass(frozen=True)
class OpenEvent:
    """Something that was received and not answered: its id, when it came, and what was asked, as JSON."""

    id: str
    received: float
    request: str


class SlackEventRepository:
    """Reads and writes what Slack sent on one connection."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def claim(self, event: str, *, now: float, request: str | None, held_until: float | None) -> bool:
        """Remember an event, and tell whether it is new; without a request there is nothing to answer later."""
        known = self._connection.execute(select(slack_events.c.id).where(slack_events.c.id == event)).first()
        if known is not None:
            return False
        values = {"id": event, "received": now, "held_until": held_until, "request": request}
        try:
            with self._connection.begin_nested():
                self._connection.execute(insert(slack_events).values(**values))
        except IntegrityError:  # another server got the same event at the same moment
            return False
        return True

    def finish(self, event: str) -> None:
        """Note that the event was answered, and forget what was asked."""
        self._connection.execute(
            update(slack_events).where(slack_events.c.id == event).values(request=None, held_until=None)
        )

    def hold(self, events: Iterable[str], *, held_until: float) -> None:
        """Keep those that are worked on to ourselves for longer."""
        self._connection.execute(
            update(slack_events)
            .where(slack_events.c.id.in_(list(events)), slack_events.c.request.is_not(None))
            .values(held_until=held_until)
        )

    def take_over(self, *, now: float, held_until: float, everything: bool = False) -> list[OpenEvent]:
        """Return the unanswered events that no server works on any more, oldest first; they are ours now.

        With `everything`, those that are still held too: for a server that knows it is the only one.
        """
        query = select(slack_events).where(slack_events.c.request.is_not(None)).order_by(slack_events.c.received)
        if not everything:
            query = query.where(slack_events.c.held_until <= now)
        return [
            OpenEvent(row.id, row.received, row.request)
            for row in self._connection.execute(query).all()
            if self._took(row.id, row.held_until, held_until)
        ]

    def _took(self, event: str, was: float | None, held_until: float) -> bool:
        """Take an event unless another server was quicker."""
        result = self._connection.execute(
            update(slack_events)
            .where(slack_events.c.id == event, slack_events.c.held_until == was)
            .values(held_until=held_until)
        )
        return bool(result.rowcount)

    def forget(self, *, before: float) -> None:
        """Forget what was answered and came before that time."""
        self._connection.execute(
            delete(slack_events).where(slack_events.c.received < before, slack_events.c.request.is_(None))
        )
