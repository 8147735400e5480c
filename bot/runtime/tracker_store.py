"""The tracker store: Rasa's conversations in our database, read with a bounded number of turns.

Stock stores read and replay the whole session at every message, so that a talk gets slower the longer it lasts, and
Rasa wraps them in a fail-safe that starts a blank conversation when the database blinks. This one reads the last
turns and the state before them, writes a turn in one transaction on its own thread, and fails loudly: whoever sent
the message is told, and nothing is answered that was not stored.
"""

import asyncio
import json
import time
from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

from rasa.core.tracker_store import TrackerStore
from rasa.shared.core.constants import ACTION_LISTEN_NAME
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, ActiveLoop, Event, SlotSet
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.shared.utils.common import all_subclasses

from bot.errors import StoreError
from bot.records import Reply
from bot.store import Store
from bot.store.conversations import ConversationRepository, StoredEvent, Window

REMEMBERED = 256
"""Of how many conversations the last turn is kept in memory."""
READ_TURNS = 3
"""How many turns are read back: the rules and stories look back two at most."""

_EVENTS = {kind.type_name: kind for kind in all_subclasses(Event)}

MARK = "_stored"
NOTHING_STORED = (0, 0, "{}")

Result = TypeVar("Result")


class ConversationTrackerStore(TrackerStore):
    """Keeps trackers in the tables of `bot.store.conversations`."""

    def __init__(self, domain: Domain | None, store: Store, event_broker: Any = None, **kwargs: Any) -> None:
        super().__init__(domain, event_broker, **kwargs)
        self._store = store
        # SQLite has one writer; one thread keeps turns in order and off the event loop.
        self._last_turns: OrderedDict[str, list[StoredEvent]] = OrderedDict()
        self._threads = ThreadPoolExecutor(1 if store.engine.dialect.name == "sqlite" else 8, "conversations")

    async def call(self, work: Callable[[ConversationRepository], Result], *, read_only: bool = False) -> Result:
        """Run work on the repository in one transaction, on a thread of the store's; raise StoreError when it fails."""

        def in_transaction() -> Result:
            with self._store.unit_of_work(read_only=read_only) as unit:
                return work(unit.conversations)

        return await asyncio.get_running_loop().run_in_executor(self._threads, in_transaction)

    async def retrieve(self, sender_id: str) -> DialogueStateTracker | None:
        """Return the tracker with its last turns, or None when nothing was said yet."""
        return await self._retrieve(sender_id, READ_TURNS)

    async def retrieve_full_tracker(self, conversation_id: str) -> DialogueStateTracker | None:
        """Return the tracker with all its turns."""
        return await self._retrieve(conversation_id, None)

    async def _retrieve(self, sender_id: str, most_turns: int | None) -> DialogueStateTracker | None:
        window = await self.call(lambda repository: repository.window(sender_id, most_turns=most_turns), read_only=True)
        return None if window is None else self._tracker(sender_id, window)

    def _tracker(self, sender_id: str, window: Window) -> DialogueStateTracker:
        stored = [_event(json.loads(event.data)) for event in window.events]
        before = list(_events_of_state(window.state))
        tracker = DialogueStateTracker.from_events(
            sender_id, before + stored, slots=self.domain.slots, domain=self.domain
        )
        _mark(tracker, len(tracker.events), window.last_seq)
        return tracker

    async def create_tracker(self, sender_id: str, append_action_listen: bool = True) -> DialogueStateTracker:
        """Return a new tracker; it is stored with its first turn."""
        tracker = self.init_tracker(sender_id)
        if append_action_listen:
            tracker.update(ActionExecuted(ACTION_LISTEN_NAME))
        return tracker

    async def save(self, tracker: DialogueStateTracker) -> None:
        """Store what the tracker gained since it was read; raise ConflictError if another server was quicker."""
        count, seq, state = getattr(tracker, MARK, NOTHING_STORED)
        added = list(tracker.events)[count:]
        if not added:
            return
        rows = [
            (event.timestamp, event.type_name, json.dumps(event.as_dict(), separators=(",", ":"))) for event in added
        ]
        offered = dict(_offered(added))
        await self.call(
            lambda repository: repository.add_turn(
                tracker.sender_id, rows, expected_seq=seq, state=state, offered=offered, now=time.time()
            )
        )
        self._remember(tracker.sender_id, seq, rows)
        await self._stream(added, tracker.sender_id)
        _mark(tracker, count + len(added), seq + len(added))

    def _remember(self, conversation: str, seq: int, rows: list[tuple[float, str, str]]) -> None:
        """Keep the turn that was just stored, for whoever tells it to the person next."""
        events = [StoredEvent(seq + number, *row) for number, row in enumerate(rows, start=1)]
        self._last_turns[conversation] = events
        self._last_turns.move_to_end(conversation)
        if len(self._last_turns) > REMEMBERED:
            self._last_turns.popitem(last=False)

    def last_turn(self, conversation: str, *, after: int) -> list[StoredEvent] | None:
        """Return the events stored last, if they are just those after that number; None to look into the database."""
        events = self._last_turns.get(conversation)
        return events if events and events[0].seq == after + 1 else None

    async def _stream(self, added: list[Event], sender_id: str) -> None:
        if self.event_broker is not None:
            await self._stream_new_events(self.event_broker, added, sender_id)

    async def keys(self) -> Iterable[str]:
        """Return the ids of all conversations."""
        return await self.call(lambda repository: repository.ids(), read_only=True)

    def close(self) -> None:
        """Wait for the writes under way and release the threads."""
        self._threads.shutdown(wait=True)


def _mark(tracker: DialogueStateTracker, count: int, seq: int) -> None:
    """Note on the tracker how many of its events are stored, under which number the last, and its state after them."""
    setattr(tracker, MARK, (count, seq, _state_of(tracker)))


def _event(data: dict[str, Any]) -> Event:
    """Return the event of its JSON; Rasa's own way asks every class of event for each event."""
    kind = _EVENTS.get(data["event"])
    if kind is None:
        raise StoreError(f"The database holds an event of the unknown kind {data['event']!r}.")
    event: Event = kind._from_parameters(data)
    return event


def _state_of(tracker: DialogueStateTracker) -> str:
    """Return slots that were set and the active form as JSON: what a reader needs who starts after this point."""
    slots = {name: slot.value for name, slot in tracker.slots.items() if slot.value != slot.initial_value}
    return json.dumps({"slots": slots, "loop": tracker.active_loop_name}, separators=(",", ":"))


def _events_of_state(state: str | None) -> Iterator[Event]:
    """Yield the events that bring an empty tracker to that state; they are never stored."""
    if state is None:
        return
    data = json.loads(state)
    for name, value in data.get("slots", {}).items():
        yield SlotSet(name, value)
    if data.get("loop"):
        yield ActiveLoop(data["loop"])
    yield ActionExecuted(ACTION_LISTEN_NAME)


def _offered(events: Iterable[Event]) -> Iterator[tuple[str, str]]:
    for event in events:
        if event.type_name == "bot":
            for choice in body_of_bot_message(event.as_dict())["choices"]:
                yield choice["payload"], choice["title"]


def body_of_bot_message(event: dict[str, Any]) -> dict[str, Any]:
    """Return what the coach said, as the web channel sends it, from a stored bot event.

    A reply of our actions is there as it was made; a response of domain.yml has its kind in its metadata.
    """
    metadata = event.get("metadata") or {}
    if isinstance(metadata.get("reply"), dict):
        return dict(metadata["reply"])
    buttons = (event.get("data") or {}).get("buttons") or []
    choices = [{"title": button["title"], "payload": button["payload"]} for button in buttons]
    kind = (metadata.get("metadata") or {}).get("kind", Reply(text="").kind.value)
    return {"kind": kind, "text": event.get("text") or "", "choices": choices, "sources": [], "figure": None}
