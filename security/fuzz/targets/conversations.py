"""The importer of a stock Rasa's conversations: rows of its `events` table, as another program wrote or broke them.

Each line of an input is a row: who it is of, a tab, and its event as JSON. What comes must come whole, be readable
again by the coach and its history, and not come twice.
"""

import asyncio
import json
import logging
import sqlite3
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from bot.errors import StoreError
from bot.runtime import lean
from security.fuzz import Target

Row = dict[str, Any]
"""An event as Rasa writes it."""
MOST_ROWS = 12
USER: Row = {"event": "user", "text": "hi", "parse_data": {"intent": {"name": "greet"}, "entities": [], "text": "hi"}}
BOT: Row = {"event": "bot", "text": "?", "data": {"buttons": [{"title": "Yes", "payload": '/affirm{"a": "b"}'}]}}
OTHERS: tuple[Row, ...] = (
    {"event": "action", "name": "action_session_start", "policy": None, "confidence": 1.0},
    {"event": "session_started"},
    {"event": "slot", "name": "role", "value": {"nested": ["pmo_lead", 3, None, True]}},
    {"event": "active_loop", "name": "level_form"},
    {"event": "form", "name": "level_form"},
    {"event": "entities", "entities": [{"entity": "role", "value": "pmo_lead", "start": 0, "end": 2}]},
    {"event": "reminder", "intent": "greet", "date_time": "2026-01-02T00:00:00+00:00", "kill_on_user_msg": True},
    {"event": "followup", "name": "action_x"},
    {"event": "rewind"},
    {"event": "undo"},
    {"event": "restart"},
    {"event": "reset_slots"},
    {"event": "user_featurization", "use_text_for_featurization": True},
    {"event": "loop_interrupted", "is_interrupted": True},
)


def seeds() -> Iterable[bytes]:
    """Yield talks with every sort of event, and rows that hold none."""
    for other in OTHERS:
        yield _rows(USER, other, BOT, USER, BOT)
    yield _rows(*[event for _ in range(5) for event in (USER, BOT)])
    yield _rows(*({**USER, "timestamp": time} for time in (-1, 1e300, "now", None)))
    yield b'c\t{"event": "user", "text": "\\ud800\\u0000", "timestamp": NaN}\nd\t' + json.dumps(BOT).encode()
    yield b'\t{}\nc\t[]\nc\t{"event": 1}\nno tab\n\xff\t\xff\nc\tnull\n' + b"c" * 300 + b"\t{}"


def _rows(*events: Row) -> bytes:
    told = ({"timestamp": 1.0 + number, **event} for number, event in enumerate(events))
    return b"\n".join(b"c\t" + json.dumps(event).encode() for event in told)


def target() -> Target:
    """Return what writes the rows as Rasa would, imports them twice, and reads what came."""
    lean.prepare()
    logging.disable(logging.CRITICAL)
    door = _Door(Path(tempfile.mkdtemp(prefix="pmo-coach-fuzz-")))
    return door.read


class _Door:
    """A database of Rasa's and one of ours, both emptied for each input."""

    def __init__(self, folder: Path) -> None:
        from rasa.shared.core.domain import Domain

        from bot.channels.wire import history_value
        from bot.runtime.conversations import StoredConversations
        from bot.runtime.importing import import_conversations
        from bot.runtime.tracker_store import ConversationTrackerStore
        from bot.store import open_store
        from bot.store.rasa_events import open_rasa_events

        self._rasa = sqlite3.connect(folder / "rasa.db")
        self._rasa.execute("CREATE TABLE events (id INTEGER PRIMARY KEY, sender_id, data)")
        self._url = f"sqlite:///{folder / 'rasa.db'}"
        self._store = open_store(f"sqlite:///{folder / 'coach.db'}")
        self._store.migrate()
        self._open, self._import = open_rasa_events, import_conversations
        self._trackers = ConversationTrackerStore(Domain.empty(), self._store)
        self._stored, self._shown = StoredConversations(self._trackers), history_value

    def read(self, data: bytes) -> None:
        """Import rows of these bytes, and see that what came is whole and can be read."""
        self._write(data)
        try:
            with self._open(self._url) as source:
                first = self._import(source, self._store, lambda done, total: None)
                again = self._import(source, self._store, lambda done, total: None)
        except StoreError as exc:
            if "UTF-8" not in str(exc.__cause__):  # what SQLite cannot hand out it tells, and the command ends
                raise
            self._forget(self._ids())
            return
        assert (again.conversations, again.known) == (0, first.conversations), "a conversation came twice"
        assert len(again.refused) == len(first.refused)
        ids = self._ids()
        assert len(ids) == first.conversations
        read = asyncio.run(self._look(ids))
        assert read == first.events, "events were lost on the way"
        self._forget(ids)

    def _write(self, data: bytes) -> None:
        self._rasa.execute("DELETE FROM events")
        for line in data.split(b"\n")[:MOST_ROWS]:
            sender, _, event = line.partition(b"\t")
            self._rasa.execute(
                "INSERT INTO events (sender_id, data) VALUES (CAST(? AS TEXT), CAST(? AS TEXT))", (sender, event)
            )
        self._rasa.commit()

    async def _look(self, ids: list[str]) -> int:
        """Read each conversation as a message would and as its history shows it; count its events."""
        count = 0
        for conversation in ids:
            await self._trackers.retrieve(conversation)
            full = await self._trackers.retrieve_full_tracker(conversation)
            count += len(full.events) if full is not None else 0
            json.dumps(self._shown(await self._stored.history(conversation))).encode()
        return count

    def _ids(self) -> list[str]:
        with self._store.unit_of_work(read_only=True) as work:
            return work.conversations.ids()

    def _forget(self, ids: list[str]) -> None:
        with self._store.unit_of_work() as work:
            for conversation in ids:
                work.conversations.erase(conversation)
