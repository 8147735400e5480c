"""The conversations as the channels see them: who said what, which choices were offered, and forgetting it all."""

import json
import time
from contextlib import AbstractAsyncContextManager
from datetime import datetime, timezone
from typing import Any

from rasa.shared.core.events import SlotSet

from bot.channels.conversations import Standing, StoredMessage
from bot.channels.web import shown_text
from bot.observing import metrics
from bot.records import Knowledge, Memory, Rating
from bot.runtime.bot_messages import body_of_bot_message
from bot.runtime.exporting import NAMES_THINGS, Exporter, export, plan_slot, plans_in, with_slots
from bot.runtime.process_locks import ProcessLocks, TurnLocks
from bot.runtime.reading_ahead import ReadingAhead
from bot.runtime.tracker_store import ConversationTrackerStore
from bot.store import UnitOfWork

SENDERS = {"user": "person", "bot": "coach"}


class StoredConversations:
    """The channels' protocol `Conversations` on top of the tracker store."""

    def __init__(
        self,
        trackers: ConversationTrackerStore,
        exporter: Exporter | None = None,
        *,
        locks: TurnLocks | None = None,
        ahead: ReadingAhead | None = None,
    ) -> None:
        """Work on the tracker store; the exporter is `bot.runtime.exporting.export` unless another is given.

        Without locks, turns are kept apart in this process alone; `ahead` is told what is to be read.
        """
        self._trackers, self._exporter = trackers, exporter or export
        self._locks, self._ahead = locks or ProcessLocks(), ahead

    def expect(self, text: str) -> None:
        """Begin to read a text whose turn begins in this task."""
        if self._ahead is not None:
            self._ahead.begin(text)

    def turn(self, conversation: str) -> AbstractAsyncContextManager[None]:
        """Return a block that one turn of the conversation has to itself."""
        return self._locks.hold(conversation)

    async def open(self, conversation: str) -> None:
        """Make a conversation known."""
        await self._trackers.call(lambda repository: repository.open(conversation, now=time.time()))

    async def exists(self, conversation: str) -> bool:
        """Tell whether the conversation is known."""
        return await self._trackers.call(lambda repository: repository.exists(conversation), read_only=True)

    async def begin(self, conversation: str, *, key: str = "") -> Standing | None:
        """Return how far the conversation is; what the turn to come needs is read with it."""
        standing = await self._trackers.begin(conversation, key)
        if standing is None or standing.answered is None:
            return None if standing is None else Standing(standing.last_seq)
        first, last = standing.answered
        told = [message for message in await self.history(conversation, after=first - 1) if message.id <= last]
        return Standing(standing.last_seq, tuple(told))

    async def turn_after(self, conversation: str, after: int) -> list[StoredMessage]:
        """Return the messages of the turn that this process stored, from memory as far as it has them."""
        told = self._trackers.recent.turn_after(conversation, after)
        if told is None:
            return await self.history(conversation, after=after)
        return [
            _message(seq, event.type_name, event.timestamp, event.as_dict())
            for seq, event in enumerate(told.events, start=told.first_seq)
            if event.type_name in SENDERS
        ]

    async def history(self, conversation: str, *, after: int = 0, limit: int | None = None) -> list[StoredMessage]:
        """Return the messages after that id, oldest first."""
        found = await self._trackers.call(
            lambda repository: repository.messages(conversation, types=SENDERS, after=after, most=limit),
            read_only=True,
        )
        return [_message(event.seq, event.type, event.time, json.loads(event.data)) for event in found]

    async def offered(self, conversation: str, payload: str) -> str | None:
        """Return the title of an offered payload."""
        return await self._trackers.call(lambda repository: repository.offered(conversation, payload), read_only=True)

    async def rate(self, conversation: str, message: int, rating: Rating, comment: str | None) -> bool:
        """Note what the person thinks of a message."""
        rated = await self._trackers.in_transaction(
            lambda unit: unit.people.add_feedback(conversation, message, rating, comment)
        )
        if rated:
            metrics.FEEDBACK.labels(rating.value).inc()
        return rated

    async def export(self, conversation: str, format: str) -> bytes:
        """Return what is remembered of the person as a file."""

        def read(unit: UnitOfWork) -> tuple[Memory, Knowledge | None]:
            named = format in NAMES_THINGS and unit.knowledge.digest() is not None
            return unit.people.memory(conversation), unit.knowledge.load() if named else None

        memory, knowledge = await self._trackers.in_transaction(read, read_only=True)
        tracker = await self._trackers.retrieve(conversation)
        slots = {} if tracker is None else tracker.current_slot_values()
        return self._exporter(with_slots(memory, slots), format, datetime.now(timezone.utc), knowledge)

    async def import_plans(self, conversation: str, text: str) -> int:
        """Take back the plans of an export: all of them for who is remembered, else the one to go on with."""
        plans = plans_in(text)
        if not plans:
            return 0
        slot = plan_slot(plans)
        tracker = await self._trackers.get_or_create_tracker(conversation)
        tracker.update(SlotSet("plan", slot))
        await self._trackers.save(tracker)

        def remember(unit: UnitOfWork) -> int:
            consent = unit.people.consent(conversation)
            if consent is None or not consent.given:
                return 1
            for plan in plans:
                unit.people.save_plan(conversation, plan)
            return len({plan.id for plan in plans})

        return await self._trackers.in_transaction(remember)

    async def erase(self, conversation: str) -> None:
        """Erase everything of the person."""
        await self._trackers.forget(conversation)

    async def check(self) -> None:
        """Raise UnwritableError when the database takes nothing, StoreError when it does not answer.

        LockError when what the locks are in does not answer.
        """
        await self._trackers.call(lambda repository: repository.exists(""), read_only=True)
        await self._trackers.check_writing()
        await self._locks.check()


def _message(seq: int, type_: str, time: float, data: dict[str, Any]) -> StoredMessage:
    body = body_of_bot_message(data) if type_ == "bot" else {"text": shown_text(data.get("text") or "")}
    return StoredMessage(seq, SENDERS[type_], time, body)
