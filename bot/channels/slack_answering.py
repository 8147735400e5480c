"""What is said to a request from Slack: by the coach, in the conversation that the matter belongs to.

Whatever is about a person is answered in their direct messages, wherever they ask it. The turn itself runs there, so
that the conversation of a channel's thread, which its members share, holds nothing about anybody.
"""

import asyncio
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace

from rasa.core.channels.channel import UserMessage

from bot.channels.bodies import MAX_TEXT
from bot.channels.conversations import Conversations
from bot.channels.http_errors import RequestError, store_unavailable
from bot.channels.payloads import chosen_message, typed_message
from bot.channels.slack_backing import Backing
from bot.channels.slack_blocks import RATED_KINDS, reply_of
from bot.channels.slack_events import Kind, Place, Request
from bot.channels.slack_home import WAYS_ON
from bot.channels.slack_privacy import is_personal, reading_of, reading_of_payload, shows_a_person
from bot.channels.turns import Outcome, Turns
from bot.channels.wire import APOLOGIES
from bot.errors import StoreError
from bot.records import Reply, ReplyKind

logger = logging.getLogger(__name__)

CHANNEL = "slack"
AT_ONCE = 2
"""How many turns run at once: more would make nobody's answer quicker, and keep acknowledgements waiting."""
ARRIVAL_SECONDS = 0.004
LONGEST_ARRIVAL = 50
"""Looks, so many seconds apart, whether everything that arrives is acknowledged before the next turn begins."""
LONGEST_KEY = 255

MOVED = "That is about you, so I have answered you in a direct message."
NOT_MOVED = (
    "That is about you, so I answer it in direct messages alone. Please write to me there: open me under *Apps*."
)
TOO_LONG = f"That is more than I can take in at once. Please say it in at most {MAX_TEXT:,} characters."
FILES = "I cannot read files. Please tell me in words what you would like to know."
NOT_OFFERED = "That choice is no longer on offer. Please ask me once more, in your own words."
FORGOTTEN = "Done. I have forgotten our conversation and everything you told me about yourself."
CAPABILITIES = ("/ask_capabilities", "What can you do?")
_OF_HOME = {choice.payload: choice.title for choice in WAYS_ON}


@dataclass(frozen=True)
class Answer:
    """What is said, and where; `rating` names the message that a thumb is about. `moved` tells of a public place."""

    place: Place
    replies: tuple[Reply, ...]
    rating: str | None = None
    moved: bool = False


class Answering:
    """Answers requests, at most a few at once."""

    def __init__(self, backing: Backing, turns: Turns) -> None:
        """Draw on the backing, and run turns on those."""
        self._backing, self._turns = backing, turns
        self._slots = asyncio.Semaphore(AT_ONCE)
        self._arriving = 0

    async def answer(self, request: Request) -> Answer:
        """Return the answer; never raises. A turn that another server ran before it went away is not run again."""
        try:
            async with self._slots:
                await self._let_arrive()
                return await self._answer(request)
        except StoreError:
            logger.warning("the store failed at a request from Slack")
            return _said(request.place, store_unavailable().text)

    @contextmanager
    def arrival(self) -> Iterator[None]:
        """Let no turn begin, for a moment, while something arrives: Slack waits for it to be acknowledged."""
        self._arriving += 1
        try:
            yield
        finally:
            self._arriving -= 1

    async def _let_arrive(self) -> None:
        for _ in range(LONGEST_ARRIVAL):
            if not self._arriving:
                return
            await asyncio.sleep(ARRIVAL_SECONDS)

    async def _answer(self, request: Request) -> Answer:
        if request.kind is Kind.ERASE:
            await self._turns.erase(self._backing.conversations, request.own_conversation)
            return _said(Place(request.person, ts=request.place.ts), FORGOTTEN, kind=ReplyKind.ANSWER)
        if problem := _problem(request):
            return _said(request.place, problem)
        in_public = request.place.public and not request.place.reply_to
        if in_public:
            await self._backing.conversations.open(request.conversation)
            if await self._is_personal(request):
                return await self._in_private(request)
        answer = await self._turn(request, request.conversation, request.place)
        if in_public and any(map(shows_a_person, answer.replies)):
            return await self._in_private(request)
        return answer

    async def _in_private(self, request: Request) -> Answer:
        place = Place(request.person, ts=request.place.ts)
        return replace(await self._turn(request, request.own_conversation, place), moved=True)

    async def is_personal(self, request: Request) -> bool:
        """Tell whether a request is about the person, and so not for a public place."""
        async with self._slots:
            return await self._is_personal(request)

    async def _is_personal(self, request: Request) -> bool:
        if request.payload:
            return is_personal(reading_of_payload(request.payload, request.text))
        return is_personal(reading_of(await self._backing.reader.read(request.text), request.text))

    async def _turn(self, request: Request, conversation: str, place: Place) -> Answer:
        store = self._backing.conversations
        await store.open(conversation)
        message = await self._message(request, conversation)
        if message is None:
            return _said(place, NOT_OFFERED)
        outcome = await self._run(store, message, key=request.id[:LONGEST_KEY])
        replies = [reply_of(each.body) for each in outcome.messages]
        if outcome.failure:
            replies.append(Reply(APOLOGIES[outcome.failure], ReplyKind.ERROR))
        rated = [each.id for each, reply in zip(outcome.messages, replies, strict=False) if reply.kind in RATED_KINDS]
        return Answer(place, tuple(replies), str(rated[-1]) if rated else None)

    async def _run(self, store: Conversations, message: UserMessage, *, key: str) -> Outcome:
        try:
            return await self._turns.run(store, message, key=key)
        except RequestError:  # erased between opening it and now
            await store.open(message.sender_id)
            return await self._turns.run(store, message, key=key)

    async def _message(self, request: Request, conversation: str) -> UserMessage | None:
        """Return Rasa's message; None for a choice that was never offered there."""
        if request.kind is Kind.SHEET:
            return chosen_message(conversation, request.payload, request.text, channel=CHANNEL)
        if request.kind is Kind.CHOSE:
            offered = await self._backing.conversations.offered(request.conversation, request.payload)
            title = offered or _OF_HOME.get(request.payload)
            return None if title is None else chosen_message(conversation, request.payload, title, channel=CHANNEL)
        if not request.text:
            return chosen_message(conversation, *CAPABILITIES, channel=CHANNEL)
        return typed_message(conversation, request.text, channel=CHANNEL)


def _problem(request: Request) -> str | None:
    if len(request.text) > MAX_TEXT:
        return TOO_LONG
    return FILES if request.has_files and not request.text else None


def _said(place: Place, text: str, *, kind: ReplyKind = ReplyKind.ERROR) -> Answer:
    return Answer(place, (Reply(text, kind),))
