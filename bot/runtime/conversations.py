"""The conversations as the channels see them: who said what, which choices were offered, and forgetting it all."""

import json
import time
from typing import Any

from bot.channels.conversations import StoredMessage
from bot.channels.web import shown_text
from bot.runtime.tracker_store import ConversationTrackerStore, body_of_bot_message
from bot.store.conversations import StoredEvent

SENDERS = {"user": "person", "bot": "coach"}


class StoredConversations:
    """The channels' protocol `Conversations` on top of the tracker store."""

    def __init__(self, trackers: ConversationTrackerStore) -> None:
        self._trackers = trackers

    async def open(self, conversation: str) -> None:
        """Make a conversation known."""
        await self._trackers.call(lambda repository: repository.open(conversation, now=time.time()))

    async def exists(self, conversation: str) -> bool:
        """Tell whether the conversation is known."""
        return await self._trackers.call(lambda repository: repository.exists(conversation), read_only=True)

    async def last_id(self, conversation: str) -> int:
        """Return the number of the last stored event."""
        return await self._trackers.call(lambda repository: repository.last_seq(conversation), read_only=True)

    async def history(self, conversation: str, *, after: int = 0, limit: int | None = None) -> list[StoredMessage]:
        """Return the messages after that id, oldest first."""
        told = self._trackers.last_turn(conversation, after=after)
        if told is not None and limit is None:
            return [_message(event) for event in told if event.type in SENDERS]
        found = await self._trackers.call(
            lambda repository: repository.messages(conversation, types=SENDERS, after=after, most=limit),
            read_only=True,
        )
        return [_message(event) for event in found]

    async def offered(self, conversation: str, payload: str) -> str | None:
        """Return the title of an offered payload."""
        return await self._trackers.call(lambda repository: repository.offered(conversation, payload), read_only=True)

    async def erase(self, conversation: str) -> None:
        """Erase the conversation."""
        await self._trackers.call(lambda repository: repository.erase(conversation))

    async def check(self) -> None:
        """Raise StoreError when the database does not answer."""
        await self._trackers.call(lambda repository: repository.exists(""), read_only=True)


def _message(event: StoredEvent) -> StoredMessage:
    data: dict[str, Any] = json.loads(event.data)
    body = body_of_bot_message(data) if event.type == "bot" else {"text": shown_text(data.get("text") or "")}
    return StoredMessage(event.seq, SENDERS[event.type], event.time, body)
