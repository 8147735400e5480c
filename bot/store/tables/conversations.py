"""Tables of conversations: their turns, the events of each turn, and the choices that were offered.

`conversations.last_seq` is the sequence number of the last stored event; two writers that both think they come next
cannot both win, for a save names the number it read. A turn keeps the state (slots, active form) at its start, so
that a conversation can be read from any turn on. A request is the key that a client gave a message, with the events
of its turn: whoever sends it again gets the same answer.
"""

from sqlalchemy import Column, Float, ForeignKey, Integer, String, Table, Text

from bot.store.tables.metadata import metadata

ID_LENGTH = 255

conversations = Table(
    "conversations",
    metadata,
    Column("id", String(ID_LENGTH), primary_key=True),
    Column("opened", Float, nullable=False),
    Column("updated", Float, nullable=False),
    Column("last_turn", Integer, nullable=False, default=0),
    Column("last_seq", Integer, nullable=False, default=0),
)

turns = Table(
    "conversation_turns",
    metadata,
    Column("conversation_id", ForeignKey("conversations.id", ondelete="CASCADE"), primary_key=True),
    Column("turn", Integer, primary_key=True, autoincrement=False),
    Column("first_seq", Integer, nullable=False),
    Column("state", Text, nullable=False),
)

events = Table(
    "conversation_events",
    metadata,
    Column("conversation_id", ForeignKey("conversations.id", ondelete="CASCADE"), primary_key=True),
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("time", Float, nullable=False),
    Column("type", String(64), nullable=False),
    Column("data", Text, nullable=False),
)

requests = Table(
    "conversation_requests",
    metadata,
    Column("conversation_id", ForeignKey("conversations.id", ondelete="CASCADE"), primary_key=True),
    Column("key", String(ID_LENGTH), primary_key=True),
    Column("first_seq", Integer, nullable=False),
    Column("last_seq", Integer, nullable=False),
)

choices = Table(
    "conversation_choices",
    metadata,
    Column("conversation_id", ForeignKey("conversations.id", ondelete="CASCADE"), primary_key=True),
    Column("payload", String(1024), primary_key=True),
    Column("title", Text, nullable=False),
)
