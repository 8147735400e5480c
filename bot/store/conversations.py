"""The repository of conversations: a turn is stored in one transaction, and read with a bounded number of rows."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Integer, Text, and_, bindparam, delete, func, insert, literal, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import Connection

from bot.errors import ConflictError
from bot.store.tables.conversations import choices, conversations, events, requests, turns

__all__ = ["ConflictError", "ConversationRepository", "Standing", "StoredEvent", "Window"]

KEPT_STATES = 16
"""States of older turns are dropped; a conversation is never read from further back."""

_INSERTS = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}

# The statements of every message are made once: making one costs as much as running it.
_ONE = conversations.c.id == bindparam("one")
_LAST_SEQ = select(conversations.c.last_seq).where(_ONE)
_OF_REQUEST = and_(requests.c.conversation_id == conversations.c.id, requests.c.key == bindparam("key"))
_STANDING = (
    select(conversations.c.last_seq, requests.c.first_seq, requests.c.last_seq.label("answered_to"))
    .outerjoin_from(conversations, requests, _OF_REQUEST)
    .where(_ONE)
)
_ADVANCE = (
    update(conversations)
    .where(_ONE, conversations.c.last_seq == bindparam("expected"))
    .values(last_seq=bindparam("last"), last_turn=conversations.c.last_turn + 1, updated=bindparam("now"))
)
_ADD_TURN = insert(turns).from_select(
    ["conversation_id", "turn", "first_seq", "state"],
    select(
        conversations.c.id,
        conversations.c.last_turn,
        bindparam("first", type_=Integer),
        bindparam("state", type_=Text),
    ).where(_ONE),
)
_DROP_OLD = delete(turns).where(
    turns.c.conversation_id == bindparam("one"),
    turns.c.turn <= select(conversations.c.last_turn - literal(KEPT_STATES)).where(_ONE).scalar_subquery(),
)
_ADD_EVENTS = insert(events)
_OFFER = {name: into(choices).on_conflict_do_nothing() for name, into in _INSERTS.items()}
_NEW_REQUEST = {name: into(requests) for name, into in _INSERTS.items()}
_NOTE_REQUEST = {
    name: new.on_conflict_do_update(
        index_elements=["conversation_id", "key"],
        set_={"first_seq": new.excluded.first_seq, "last_seq": new.excluded.last_seq},
    )
    for name, new in _NEW_REQUEST.items()
}


NO_STATE = "{}"
"""The state at the beginning: no slot set, no form active."""


@dataclass(frozen=True)
class StoredEvent:
    """One event as it is stored: its sequence number, time, type and JSON."""

    seq: int
    time: float
    type: str
    data: str


@dataclass(frozen=True)
class Window:
    """The last turns of a conversation: the state (JSON) before them, their events, and where the next one goes."""

    state: str | None
    events: tuple[StoredEvent, ...]
    last_seq: int
    last_turn: int


@dataclass(frozen=True)
class Standing:
    """How far a conversation is, and which events (first, last) a message with that key already led to, if any."""

    last_seq: int
    answered: tuple[int, int] | None


class ConversationRepository:
    """Reads and writes conversations on one connection."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def open(self, conversation: str, *, now: float) -> None:
        """Make a conversation known; nothing happens when it is."""
        if not self.exists(conversation):
            self._connection.execute(insert(conversations).values(
                id=conversation, opened=now, updated=now, last_turn=0, last_seq=0))  # fmt: skip

    def exists(self, conversation: str) -> bool:
        """Tell whether the conversation is known."""
        return self._connection.execute(
            select(conversations.c.id).where(conversations.c.id == conversation)
        ).first() is not None  # fmt: skip

    def last_seq(self, conversation: str) -> int | None:
        """Return the number of the last stored event, 0 before the first, None for an unknown conversation."""
        found = self._connection.execute(_LAST_SEQ, {"one": conversation}).scalar()
        return None if found is None else int(found)

    def standing(self, conversation: str, key: str) -> Standing | None:
        """Return how far the conversation is, and whether a message of that key was answered; None as `last_seq`."""
        found = self._connection.execute(_STANDING, {"one": conversation, "key": key}).first()
        if found is None:
            return None
        return Standing(found.last_seq, None if found.first_seq is None else (found.first_seq, found.answered_to))

    def window(self, conversation: str, *, most_turns: int | None) -> Window | None:
        """Return the last so many turns (all of them for None), or None for an unknown conversation."""
        row = self._connection.execute(
            select(conversations.c.last_turn, conversations.c.last_seq).where(conversations.c.id == conversation)
        ).first()
        if row is None:
            return None
        state, first_seq = None, 1
        if most_turns is not None and row.last_turn > most_turns:
            start = self._connection.execute(
                select(turns.c.state, turns.c.first_seq).where(
                    turns.c.conversation_id == conversation, turns.c.turn == row.last_turn - most_turns + 1
                )
            ).one()
            state, first_seq = start.state, start.first_seq
        found = self._connection.execute(
            select(events.c.seq, events.c.time, events.c.type, events.c.data)
            .where(events.c.conversation_id == conversation, events.c.seq >= first_seq)
            .order_by(events.c.seq)
        )
        return Window(state, tuple(StoredEvent(*event) for event in found), row.last_seq, row.last_turn)

    def add_turn(
        self,
        conversation: str,
        added: Sequence[tuple[float, str, str]],
        *,
        expected_seq: int,
        state: str,
        offered: Mapping[str, str],
        now: float,
        key: str = "",
    ) -> None:
        """Store a turn's events (time, type, JSON) after `expected_seq`; raise ConflictError if it is not the last.

        A message with a key is known by it from then on.
        """
        last = {"one": conversation, "expected": expected_seq, "last": expected_seq + len(added), "now": now}
        if not self._advance(last):
            if expected_seq or self.exists(conversation):
                raise ConflictError("The conversation went on elsewhere at the same moment: send the message again.")
            self.open(conversation, now=now)
            self._advance(last)
        self._connection.execute(_ADD_TURN, {"one": conversation, "first": expected_seq + 1, "state": state})
        self._connection.execute(_DROP_OLD, {"one": conversation})
        numbered = enumerate(added, start=expected_seq + 1)
        rows = [{"conversation_id": conversation, "seq": seq, "time": time, "type": type_, "data": data}
                for seq, (time, type_, data) in numbered]  # fmt: skip
        self._connection.execute(_ADD_EVENTS, rows)
        self._offer(conversation, offered)
        if key:
            self._note_request(conversation, key, expected_seq + 1, expected_seq + len(added))

    def _note_request(self, conversation: str, key: str, first_seq: int, last_seq: int) -> None:
        values = {"conversation_id": conversation, "key": key, "first_seq": first_seq, "last_seq": last_seq}
        # A message that found no answer may be sent again: then its later turn is the one that counts.
        self._connection.execute(_NOTE_REQUEST[self._connection.dialect.name], values)

    def _advance(self, last: Mapping[str, object]) -> bool:
        return bool(self._connection.execute(_ADVANCE, last).rowcount)

    def _offer(self, conversation: str, offered: Mapping[str, str]) -> None:
        rows = [
            {"conversation_id": conversation, "payload": payload, "title": title} for payload, title in offered.items()
        ]
        if rows:
            # The title under which a payload was offered first is kept.
            self._connection.execute(_OFFER[self._connection.dialect.name], rows)

    def offered(self, conversation: str, payload: str) -> str | None:
        """Return the title under which a payload was offered in this conversation, if it was."""
        return self._connection.execute(
            select(choices.c.title).where(choices.c.conversation_id == conversation, choices.c.payload == payload)
        ).scalar()

    def messages(
        self, conversation: str, *, types: Iterable[str], after: int, most: int | None = None
    ) -> list[StoredEvent]:
        """Return the events of those types with numbers above `after`, oldest first; at most the last so many."""
        query = select(events.c.seq, events.c.time, events.c.type, events.c.data).where(
            events.c.conversation_id == conversation, events.c.seq > after, events.c.type.in_(list(types))
        )
        if most is None:
            found = self._connection.execute(query.order_by(events.c.seq)).all()
        else:
            found = self._connection.execute(query.order_by(events.c.seq.desc()).limit(most)).all()[::-1]
        return [StoredEvent(*event) for event in found]

    def ids(self) -> list[str]:
        """Return the ids of all conversations."""
        return list(self._connection.execute(select(conversations.c.id)).scalars())

    def count(self) -> int:
        """Return how many conversations there are."""
        return int(self._connection.execute(select(func.count()).select_from(conversations)).scalar_one())

    def restart(
        self,
        conversation: str,
        said: Sequence[tuple[float, str, str]],
        *,
        after_seq: int,
        offered: Mapping[str, str],
        now: float,
        key: str = "",
    ) -> int:
        """Begin an erased conversation anew with these events; return the number of the last.

        They come after `after_seq`, so that a client that asks for what is new finds them.
        """
        self._connection.execute(insert(conversations).values(
            id=conversation, opened=now, updated=now, last_turn=0, last_seq=after_seq))  # fmt: skip
        self.add_turn(conversation, said, expected_seq=after_seq, state=NO_STATE, offered=offered, now=now, key=key)
        return after_seq + len(said)

    def erase(self, conversation: str) -> None:
        """Erase the conversation with everything that hangs on it."""
        for table in (choices, requests, events, turns):
            self._connection.execute(delete(table).where(table.c.conversation_id == conversation))
        self._connection.execute(delete(conversations).where(conversations.c.id == conversation))
