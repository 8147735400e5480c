"""The tracker store: Rasa's conversations in our database, read with a bounded number of turns.

Stock stores read and replay the whole session at every message, so that a talk gets slower the longer it lasts, and
Rasa wraps them in a fail-safe that starts a blank conversation when the database blinks. This one reads the last
turns and the state before them, writes a turn in one transaction on its own thread, and fails loudly: whoever sent
the message is told, and nothing is answered that was not stored.
"""

import asyncio
import json
import logging
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextvars import ContextVar, copy_context
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from rasa.core.tracker_store import TrackerStore
from rasa.shared.core.constants import ACTION_LISTEN_NAME
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, ActiveLoop, BotUttered, Event, SlotSet
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.shared.utils.common import all_subclasses

from bot.errors import StoreError
from bot.observing import metrics
from bot.runtime.bot_messages import offered
from bot.runtime.form_counts import count_forms
from bot.runtime.recent_turns import RecentTurn, RecentTurns
from bot.runtime.talk_tracker import TalkTracker
from bot.store import PATIENCE, Store, UnitOfWork
from bot.store.conversations import NO_STATE, ConversationRepository, Standing, Window

logger = logging.getLogger(__name__)

REMEMBERED = 64
"""Of how many conversations the last turns are kept in memory."""
READ_TURNS = 2
"""How many turns are read back: the rules and stories look back at one, and the message to come is another."""

_EVENTS = {kind.type_name: kind for kind in all_subclasses(Event)}

FAREWELL = "farewell"
"""In the metadata of a coach's message: the person wants to be forgotten, and this is all that stays."""
MARK = "_stored"
LEAST_PATIENCE = 0.1
"""Seconds that a transaction waits for another process's write, however long it waited for its thread."""
NOTHING_STORED = (0, 0, NO_STATE)

Result = TypeVar("Result")


@dataclass(frozen=True)
class _Past:
    """What a tracker is made of: the state (JSON) before the last turns, their events, and the last one's number."""

    conversation: str
    state: str | None
    events: tuple[Event, ...]
    last_seq: int
    now: str | None = None
    """The state after the events, where it is known."""
    answered: tuple[int, int] | None = None
    """The first and the last event of the turn that a message with the same key led to before."""


_read_ahead: ContextVar[_Past | None] = ContextVar("read_ahead", default=None)
"""What this task has read of its conversation and Rasa will ask for next; it goes when the task goes."""
_key: ContextVar[str] = ContextVar("key", default="")
"""The key of the message that this task is about: it is stored with the turn."""


class ConversationTrackerStore(TrackerStore):
    """Keeps trackers in the tables of `bot.store.conversations`."""

    def __init__(self, domain: Domain | None, store: Store, event_broker: Any = None, **kwargs: Any) -> None:
        super().__init__(domain, event_broker, **kwargs)
        self._store = store
        self.recent = RecentTurns(most_turns=READ_TURNS, most_conversations=REMEMBERED)
        # SQLite has one writer; one thread keeps turns in order and off the event loop.
        self._threads = ThreadPoolExecutor(1 if store.engine.dialect.name == "sqlite" else 8, "conversations")

    async def call(self, work: Callable[[ConversationRepository], Result], *, read_only: bool = False) -> Result:
        """Run work on the repository in one transaction, on a thread of the store's; raise StoreError when it fails."""
        return await self.in_transaction(lambda unit: work(unit.conversations), read_only=read_only)

    async def in_transaction(self, work: Callable[[UnitOfWork], Result], *, read_only: bool = False) -> Result:
        """Run work on all repositories in one transaction, on a thread of the store's; raise StoreError as well."""
        asked = time.monotonic()

        def run() -> Result:
            # Who waited for the thread has waited for the database: behind a lock that stays, nobody waits for all.
            patience = max(LEAST_PATIENCE, PATIENCE - (time.monotonic() - asked))
            with self._store.unit_of_work(read_only=read_only, patience=patience) as unit:
                return work(unit)

        try:
            with metrics.STORE.time():
                return await self._on_thread(run)
        except StoreError:
            metrics.STORE_ERRORS.labels("read" if read_only else "write").inc()
            raise

    async def check_writing(self) -> None:
        """Raise StoreError where nothing can be stored just now."""
        try:
            await self._on_thread(self._store.check_writing)
        except StoreError:
            metrics.STORE_ERRORS.labels("write").inc()
            raise

    async def _on_thread(self, work: Callable[[], Result]) -> Result:
        # With the context, so that what a thread logs has the request's id.
        return await asyncio.get_running_loop().run_in_executor(self._threads, copy_context().run, work)

    async def retrieve(self, sender_id: str) -> DialogueStateTracker | None:
        """Return the tracker with its last turns, or None when nothing was said yet."""
        past = _read_ahead.get()
        _read_ahead.set(None)
        if past is None or past.conversation != sender_id:
            past = await self._past(sender_id)
        return self._tracker(past) if past is not None and past.last_seq else None

    async def begin(self, conversation: str, key: str = "") -> Standing | None:
        """Return how far the conversation is as its next turn begins, or None for one that is not known.

        What else the turn needs is read with it: the next `retrieve` of this task does not read. The next `save` of
        this task stores the key.
        """
        past = await self._past(conversation, key)
        _read_ahead.set(past)
        _key.set(key)
        return None if past is None else Standing(past.last_seq, past.answered)

    async def retrieve_full_tracker(self, conversation_id: str) -> DialogueStateTracker | None:
        """Return the tracker with all its turns."""
        window = await self.call(lambda repository: repository.window(conversation_id, most_turns=None), read_only=True)
        past = _past_of(conversation_id, window)
        return self._tracker(past) if past is not None and past.last_seq else None

    async def _past(self, conversation: str, key: str = "") -> _Past | None:
        """Return the last turns, from memory when the database has none after them; None for an unknown one."""
        turns = self.recent.turns(conversation)

        def read(repository: ConversationRepository) -> tuple[Standing | None, Window | None]:
            standing = repository.standing(conversation, key)
            if standing is None or (turns and turns[-1].last_seq == standing.last_seq):
                return standing, None
            return standing, repository.window(conversation, most_turns=READ_TURNS)

        standing, window = await self.call(read, read_only=True)
        if standing is None:
            return None
        past = _past_in_memory(conversation, turns) if window is None else _past_of(conversation, window)
        return past if past is None or standing.answered is None else replace(past, answered=standing.answered)

    def _tracker(self, past: _Past) -> DialogueStateTracker:
        before = list(_events_of_state(past.state))
        tracker = TalkTracker.from_events(
            past.conversation, before + list(past.events), slots=self.domain.slots, domain=self.domain
        )
        _mark(tracker, len(tracker.events), past.last_seq, past.now or state_of(tracker))
        return tracker

    async def create_tracker(self, sender_id: str, append_action_listen: bool = True) -> DialogueStateTracker:
        """Return a new tracker; it is stored with its first turn."""
        tracker = TalkTracker(sender_id, self.domain.slots)
        if append_action_listen:
            tracker.update(ActionExecuted(ACTION_LISTEN_NAME))
        return tracker

    async def save(self, tracker: DialogueStateTracker) -> None:
        """Store what the tracker gained since it was read; raise ConflictError if another server was quicker."""
        count, seq, state = getattr(tracker, MARK, NOTHING_STORED)
        added = list(tracker.events)[count:]
        if not added:
            return
        if farewell := [event for event in added if _is_farewell(event)]:
            await self._begin_anew(tracker, farewell, seq)
            return
        rows = rows_of(added)
        choices, key = dict(offered(added)), _key.get()
        await self.call(
            lambda repository: repository.add_turn(
                tracker.sender_id, rows, expected_seq=seq, state=state, offered=choices, now=time.time(), key=key
            )
        )
        _key.set("")
        count_forms(added, state)
        now = state_of(tracker)
        self.recent.add(tracker.sender_id, RecentTurn(seq + 1, state, tuple(added), now))
        await self._stream(added, tracker.sender_id)
        _mark(tracker, count + len(added), seq + len(added), now)

    async def _begin_anew(self, tracker: DialogueStateTracker, farewell: list[Event], seq: int) -> None:
        """Erase everything of the person, this turn included, and keep the farewell alone, in one transaction.

        Its number is above all before, so that whoever waits for the answer finds it.
        """
        conversation, kept = tracker.sender_id, [*farewell, ActionExecuted(ACTION_LISTEN_NAME)]
        choices, key = dict(offered(kept)), _key.get()

        def erase_and_begin(unit: UnitOfWork) -> int:
            after = max(unit.conversations.last_seq(conversation) or 0, seq)
            unit.people.forget(conversation)
            return unit.conversations.restart(
                conversation, rows_of(kept), after_seq=after, offered=choices, now=time.time(), key=key
            )

        last = await self.in_transaction(erase_and_begin)
        await self._overwrite(conversation)
        await self._stream(kept, conversation)
        _mark(tracker, len(tracker.events), last, NO_STATE)

    async def forget(self, person: str) -> None:
        """Erase everything of the person, the conversation as well."""
        await self.in_transaction(lambda unit: unit.people.forget(person))
        await self._overwrite(person)

    async def purge(self, before: float) -> int:
        """Forget everybody who was not here since that time; return how many."""
        gone = await self.in_transaction(lambda unit: unit.people.purge(before))
        await self._overwrite()
        return gone

    async def _overwrite(self, person: str | None = None) -> None:
        """Let nothing of what was erased linger, neither in memory nor in the database's log."""
        if person is not None:
            self.recent.forget(person)
        if not await self._on_thread(self._store.overwrite_erased):
            logger.warning("the database's log is in use: what was erased is overwritten with the next purge")

    async def _stream(self, added: list[Event], sender_id: str) -> None:
        if self.event_broker is not None:
            await self._stream_new_events(self.event_broker, added, sender_id)

    async def keys(self) -> Iterable[str]:
        """Return the ids of all conversations."""
        return await self.call(lambda repository: repository.ids(), read_only=True)

    def close(self) -> None:
        """Wait for the writes under way and release the threads."""
        self._threads.shutdown(wait=True)


def rows_of(events: Iterable[Event]) -> list[tuple[float, str, str]]:
    """Return the events as they are stored: time, type, JSON."""
    return [(event.timestamp, event.type_name, json.dumps(event.as_dict(), separators=(",", ":"))) for event in events]


def _is_farewell(event: Event) -> bool:
    return isinstance(event, BotUttered) and bool((event.metadata or {}).get(FAREWELL))


def _mark(tracker: DialogueStateTracker, count: int, seq: int, state: str) -> None:
    """Note on the tracker how many of its events are stored, under which number the last, and its state after them."""
    setattr(tracker, MARK, (count, seq, state))


def _past_of(conversation: str, window: Window | None) -> _Past | None:
    if window is None:
        return None
    events = tuple(event_of(json.loads(event.data)) for event in window.events)
    return _Past(conversation, window.state, events, window.last_seq)


def _past_in_memory(conversation: str, turns: Sequence[RecentTurn]) -> _Past:
    state = None if turns[0].first_seq == 1 else turns[0].state
    events = tuple(event for turn in turns for event in turn.events)
    return _Past(conversation, state, events, turns[-1].last_seq, turns[-1].state_after)


def event_of(data: dict[str, Any]) -> Event:
    """Return the event of its JSON; Rasa's own way asks every class of event for each event."""
    kind = _EVENTS.get(data["event"])
    if kind is None:
        raise StoreError(f"The database holds an event of the unknown kind {str(data['event'])[:40]!r}.")
    event: Event = kind._from_parameters(data)
    return event


def state_of(tracker: DialogueStateTracker) -> str:
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
