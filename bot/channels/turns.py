"""Turns: one message goes to Rasa, and what the store has of the coach after it is the answer.

A conversation has one turn at a time, on whichever server, so that an answer holds the messages to its own question.
A turn goes on when the client hangs up: the answer then waits in the history, where the client finds it when it is
back. A message that comes again with its key gets the answer that it had: from memory or, after a restart or on
another server, from the store.
"""

import asyncio
import contextlib
import logging
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Coroutine, Iterable
from dataclasses import dataclass
from enum import Enum
from typing import Any, TypeVar

from async_timeout import timeout
from rasa.core.channels.channel import UserMessage

from bot.channels.conversations import Conversations, StoredMessage
from bot.channels.http_errors import TRY_SOON, RequestError, stack_of
from bot.channels.tokens import token_error
from bot.channels.turn_counts import counted
from bot.errors import ConflictError, StoreError

logger = logging.getLogger(__name__)

COACH = "coach"
MOST_RECENT = 500
"""How many turns are remembered by their keys; the store remembers them all."""
ATTEMPTS = 3
"""How often a turn is run when other servers are quicker: the first time is the last, but for a lock that was lost."""

OnNewMessage = Callable[[UserMessage], Awaitable[Any]]
Result = TypeVar("Result")


class Failure(Enum):
    """Why a turn has no answer, or no whole one."""

    INTERNAL = "internal"
    TIMEOUT = "timeout"
    NO_ANSWER = "no_answer"


@dataclass(frozen=True)
class Outcome:
    """How a turn ended: the coach's messages, and what went wrong, if anything did."""

    messages: tuple[StoredMessage, ...] = ()
    failure: Failure | None = None


class Turns:
    """Runs the turns of all conversations, those of one in the order in which they came."""

    def __init__(self, on_new_message: OnNewMessage, *, seconds: float) -> None:
        """Hand messages to `on_new_message`; a turn may take so many seconds, waiting included."""
        self._on_new_message, self._seconds = on_new_message, seconds
        self._recent: OrderedDict[tuple[str, str], asyncio.Task[Outcome]] = OrderedDict()
        self._running: set[asyncio.Task[Any]] = set()

    async def run(self, store: Conversations, message: UserMessage, *, key: str = "") -> Outcome:
        """Return the outcome of the message's turn; a request that comes again with its key gets the outcome it had.

        Browsers repeat a request whose connection broke before an answer came. One that failed is run again.

        Raises StoreError when the store fails, and RequestError (401) when the conversation was erased meanwhile.
        """
        if not key:
            return await self._to_the_end(self._run_in_time(store, message, key))
        named = (message.sender_id, key)
        task = self._recent.get(named)
        if task is None:
            task = self._recent[named] = asyncio.create_task(self._to_the_end(self._run_in_time(store, message, key)))
            task.add_done_callback(lambda done: self._forget_failure(named, done))
            while len(self._recent) > MOST_RECENT:
                self._recent.popitem(last=False)
        elif task.done():
            await check_exists(store, message.sender_id)  # another server may have erased it
        return await asyncio.shield(task)

    async def alone(self, store: Conversations, conversation: str, work: Callable[[], Awaitable[Result]]) -> Result:
        """Do something with the conversation between two turns, and return what comes of it."""

        async def run() -> Result:
            async with store.turn(conversation):
                return await work()

        return await self._to_the_end(run())

    async def erase(self, store: Conversations, conversation: str) -> None:
        """Erase the conversation, after the turns that are under way: they must not write after it."""
        await self._to_the_end(self._erase(store, conversation))

    async def finish(self) -> None:
        """Wait for the turns under way, each as long as it may take."""
        if self._running:
            await asyncio.wait(self._running, timeout=self._seconds)

    async def _to_the_end(self, work: Coroutine[Any, Any, Result]) -> Result:
        """Await work that is not cancelled together with who awaits it."""
        task = asyncio.create_task(work)
        self._running.add(task)
        task.add_done_callback(self._forget)
        return await asyncio.shield(task)

    def _forget(self, task: "asyncio.Task[Any]") -> None:
        self._running.discard(task)
        if not task.cancelled():
            task.exception()  # asked for, so that asyncio does not complain when the client is gone

    def _forget_failure(self, named: tuple[str, str], task: "asyncio.Task[Outcome]") -> None:
        failed = task.cancelled() or task.exception() is not None or task.result().failure is not None
        if failed and self._recent.get(named) is task:
            del self._recent[named]

    async def _erase(self, store: Conversations, conversation: str) -> None:
        async with store.turn(conversation):
            await store.erase(conversation)
            for named in [named for named in self._recent if named[0] == conversation]:
                del self._recent[named]

    @counted
    async def _run_in_time(self, store: Conversations, message: UserMessage, key: str) -> Outcome:
        try:
            async with timeout(self._seconds):
                return await self._run(store, message, key)
        except asyncio.TimeoutError:
            logger.error("a turn of conversation %s took over %s s", message.sender_id, self._seconds)
            return Outcome(failure=Failure.TIMEOUT)

    async def _run(self, store: Conversations, message: UserMessage, key: str) -> Outcome:
        if not message.parse_data:
            store.expect(message.text or "")
        async with store.turn(message.sender_id):
            for _ in range(ATTEMPTS - 1):
                with contextlib.suppress(ConflictError):  # nothing was stored: go on from where it is now
                    return await self._attempt(store, message, key)
                logger.warning("a turn of conversation %s is run again", message.sender_id)
            return await self._attempt(store, message, key)

    async def _attempt(self, store: Conversations, message: UserMessage, key: str) -> Outcome:
        standing = await store.begin(message.sender_id, key=key)
        if standing is None:
            raise unknown_conversation()
        if said := _said_by_coach(standing.answered or ()):
            return Outcome(said)
        failure = await self._hand_over(message)
        answers = _said_by_coach(await store.turn_after(message.sender_id, standing.last_id))
        return Outcome(answers, failure or (None if answers else Failure.NO_ANSWER))

    async def _hand_over(self, message: UserMessage) -> Failure | None:
        try:
            await self._on_new_message(message)
        except StoreError:
            raise
        except Exception as exc:  # noqa: BLE001 - whatever breaks in Rasa or an action, the person gets an answer
            name = type(exc).__name__
            logger.error("%s in a turn of conversation %s\n%s", name, message.sender_id, stack_of(exc))
            return Failure.INTERNAL
        return None


def _said_by_coach(messages: Iterable[StoredMessage]) -> tuple[StoredMessage, ...]:
    return tuple(message for message in messages if message.sender == COACH)


async def check_exists(store: Conversations, conversation: str) -> None:
    """Raise RequestError (401) unless the conversation was opened and not erased."""
    if not await store.exists(conversation):
        raise unknown_conversation()


def unknown_conversation() -> RequestError:
    """Return the error (401) for a conversation that was erased, or never opened."""
    return token_error("conversation_unknown", "This conversation was deleted.")


def check_ready(app_context: Any) -> None:
    """Raise RequestError (503) while a model is being loaded: Rasa would drop the message without a word."""
    agent = getattr(app_context, "agent", None)
    if agent is not None and not agent.is_ready():
        text = "I am still waking up. Please try again in a moment."
        raise RequestError(503, "not_ready", text, headers=TRY_SOON)
