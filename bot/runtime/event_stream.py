"""The event stream: what happened in conversations, for other programs, through Rasa's broker for RabbitMQ.

It is off unless PMO_COACH_EVENT_BROKER_URL names a broker. A turn hands its events over when it is stored, and waits
for nothing: they lie in memory until the broker has confirmed each, in order. While it is down so many are kept, and
then the oldest go; the metrics tell how many. The database has them all.

By default the events hold nothing that anybody wrote: what happened, in which conversation, when.
"""

import asyncio
import contextlib
import logging
from collections import deque
from typing import Any
from urllib.parse import urlsplit

from rasa.core.brokers.broker import EventBroker
from rasa.core.brokers.pika import PikaEventBroker

from bot.observing import metrics

logger = logging.getLogger(__name__)

QUEUE = "pmo_coach_events"
EXCHANGE = "pmo-coach"
PORT = 5672
MOST_WAITING = 20_000
"""Events that are kept while the broker is down: some 2,000 turns, 20 MB."""
CONFIRM_SECONDS = 10.0
PAUSE_SECONDS = 2.0
"""Until a broker that failed is tried again."""
LAST_SECONDS = 5.0
"""How long a server that stops waits for the broker to take the rest."""
DEFAULT_USER = "guest"

_KEPT = ("sender_id", "event", "timestamp", "input_channel", "name", "policy", "confidence")
"""What every event keeps when it is to hold no text; a slot's name is kept, its value is not."""


class RabbitBroker(PikaEventBroker):
    """Rasa's broker for RabbitMQ, which tells when an event was taken."""

    def __init__(self, url: str) -> None:
        """Speak to the broker of that URL; nothing is connected yet."""
        parts = urlsplit(url)
        user, password = parts.username or DEFAULT_USER, parts.password or DEFAULT_USER
        super().__init__(
            url, user, password, parts.port or PORT, queues=[QUEUE], exchange_name=EXCHANGE, connection_attempts=1,
            retry_delay_in_seconds=0.0, should_keep_unpublished_messages=False,
        )  # fmt: skip

    async def deliver(self, event: dict[str, Any]) -> None:
        """Publish the event and wait until the broker has confirmed it; raise where that fails."""
        assert self._exchange is not None
        await asyncio.wait_for(self._exchange.publish(self._message(event, None), ""), CONFIRM_SECONDS)


class EventStream(EventBroker):
    """Takes events at once, and hands them on when the broker takes them."""

    def __init__(self, url: str, *, with_text: bool, most_waiting: int = MOST_WAITING) -> None:
        """Stream to the broker of that URL, what people write included only if that is said."""
        self._url, self._with_text, self._most = url, with_text, most_waiting
        self._waiting: deque[dict[str, Any]] = deque()
        self._wake, self._empty = asyncio.Event(), asyncio.Event()
        self._empty.set()
        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Begin to hand events on."""
        self._task = asyncio.create_task(self._run())

    def publish(self, event: dict[str, Any]) -> None:
        """Take an event; never waits and never fails."""
        self._waiting.append(event if self._with_text else without_text(event))
        if len(self._waiting) > self._most:
            self._waiting.popleft()
            metrics.EVENTS_DROPPED.inc()
        metrics.EVENTS_WAITING.set(len(self._waiting))
        self._empty.clear()
        self._wake.set()

    async def close(self) -> None:
        """Give the broker a last chance to take what waits, then stop."""
        with contextlib.suppress(asyncio.TimeoutError):
            await asyncio.wait_for(self._empty.wait(), LAST_SECONDS)
        if self._waiting:
            metrics.EVENTS_DROPPED.inc(len(self._waiting))
            logger.error("%s events of the stream were not taken; the database has them", len(self._waiting))
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)

    async def _run(self) -> None:
        while True:
            broker = RabbitBroker(self._url)
            try:
                await asyncio.wait_for(broker.connect(), CONFIRM_SECONDS)
                await self._hand_on(broker)
            except Exception as exc:  # noqa: BLE001 - whatever a broker that is down does, the coach goes on
                logger.warning("the event broker cannot be used: %s; %s wait", type(exc).__name__, len(self._waiting))
            finally:
                with contextlib.suppress(Exception):
                    await asyncio.wait_for(broker.close(), PAUSE_SECONDS)
            await asyncio.sleep(PAUSE_SECONDS)

    async def _hand_on(self, broker: RabbitBroker) -> None:
        while True:
            while self._waiting:
                event = self._waiting[0]
                await broker.deliver(event)
                metrics.EVENTS_STREAMED.inc()
                if self._waiting and self._waiting[0] is event:  # unless it was the oldest of too many meanwhile
                    self._waiting.popleft()
                metrics.EVENTS_WAITING.set(len(self._waiting))
            self._empty.set()
            self._wake.clear()
            await self._wake.wait()


def without_text(event: dict[str, Any]) -> dict[str, Any]:
    """Return what happened without what anybody wrote: intents, topics, kinds, forms and names, no texts and values."""
    kept = {name: event[name] for name in _KEPT if event.get(name) is not None}
    if event["event"] == "user":
        parsed = event.get("parse_data") or {}
        intent = parsed.get("intent") or {}
        kept["intent"] = {"name": intent.get("name"), "confidence": intent.get("confidence")}
        kept["topic"] = parsed.get("topic")
    if event["event"] == "bot":
        kept["kind"] = ((event.get("metadata") or {}).get("reply") or {}).get("kind")
    return kept
