"""The desk: takes requests from Slack at once, answers them in the background, each one once, and loses none.

A request is remembered before it is acknowledged, and forgotten when its answer has arrived. In between it is held by
this process; when the process dies, the next one, or another server, finds it in the log and goes on. Requests of
one conversation are answered in the order in which they came.
"""

import asyncio
import logging
import time
from collections.abc import Awaitable, Mapping
from dataclasses import replace
from typing import Any
from weakref import WeakValueDictionary

from slack_sdk.errors import SlackApiError

from bot.channels.http_errors import stack_of, store_unavailable
from bot.channels.slack_acts import Acts
from bot.channels.slack_answering import MOVED, NOT_MOVED, Answer, Answering
from bot.channels.slack_backing import Backing
from bot.channels.slack_blocks import posts
from bot.channels.slack_events import Kind, Place, Request
from bot.channels.slack_health import Health
from bot.channels.slack_log import Remembered
from bot.channels.slack_posting import Poster, Undeliverable
from bot.channels.slack_waiting import Waiting
from bot.channels.slack_working import Working
from bot.channels.turns import Failure
from bot.channels.wire import APOLOGIES
from bot.errors import StoreError
from bot.observing.request_ids import ensure_request
from bot.records import Reply, ReplyKind

logger = logging.getLogger(__name__)

TEND_SECONDS = 10.0
"""How often what is worked on is held again, and what was left over is looked for."""
SPENT = 10_000


class Desk:
    """Takes requests and sees to it that they are answered."""

    def __init__(
        self, backing: Backing, answering: Answering, acts: Acts, poster: Poster, working: Working, health: Health
    ) -> None:
        """Work with those; nothing begins before `start`."""
        self._conversations, self._log = backing.conversations, Remembered(backing.log)
        self._answering, self._acts, self._poster = answering, acts, poster
        self._working, self._health = working, health
        self._waiting = Waiting()
        self._lines: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()
        self._held: set[str] = set()
        self._spent: dict[tuple[str | None, ...], None] = {}
        self._tasks: set[asyncio.Task[Any]] = set()

    def start(self) -> None:
        """Begin with what an earlier process left unanswered, and keep looking for such."""
        self._spawn(self._tend())

    async def close(self, *, seconds: float) -> None:
        """Finish what is under way, as far as it goes in so many seconds; the rest waits for the next start."""
        answering = [task for task in self._tasks if task.get_name() == Kind.SAID.value]
        if answering:
            await asyncio.wait(answering, timeout=seconds)
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def accept(self, request: Request, body: Mapping[str, Any]) -> None:
        """Take a request, unless it came before; when this returns, it may be acknowledged."""
        if request.place.channel.startswith("D"):
            self._poster.know_direct(request.person, request.place.channel)
        if not await self._is_for_us(request):
            return
        try:
            with self._answering.arrival():
                is_new = await self._log.claim(request)
        except StoreError:
            logger.warning("a request from Slack could not be kept")
            self._spawn(self._guarded(request, self._acts.apologise(request, store_unavailable().text)))
            return
        if is_new:
            self._take(request, message=body.get("message") or {})

    async def _is_for_us(self, request: Request) -> bool:
        """Tell whether a message in a public place is for us: it mentions us, or is in a thread that we are in."""
        if request.kind is not Kind.SAID or not request.place.public or request.mentions_us:
            return True
        if request.conversation in self._lines:
            return True
        try:
            known = await self._conversations.exists(request.conversation)
        except StoreError:
            return False
        if not known:
            self._waiting.keep(request)
        return known

    def _take(self, request: Request, *, message: Mapping[str, Any] | None = None, since: float | None = None) -> None:
        if not request.kind.is_answered:
            self._spawn(self._guarded(request, self._acts.do(request)))
            return
        if since is None and self._is_spent(request):
            self._spawn(self._log.finish(request.id))
            return
        self._held.add(request.id)
        line = self._lines.setdefault(request.conversation, asyncio.Lock())
        self._spawn(self._in_line(request, line, since), name=Kind.SAID.value)
        if message:
            self._spawn(self._guarded(request, self._spend(request, message)))
        for late in self._waiting.those_of(request.conversation):
            self._spawn(self._guarded(late, self.accept(late, {})))

    def _is_spent(self, request: Request) -> bool:
        """Tell whether the same buttons were used a moment ago, by the same person: a double click is one choice."""
        if request.kind is not Kind.CHOSE or not request.place.block:
            return False
        place = (request.place.channel, request.place.ts, request.place.block, request.person)
        if place in self._spent:
            return True
        self._spent[place] = None
        if len(self._spent) > SPENT:
            del self._spent[next(iter(self._spent))]
        return False

    async def _spend(self, request: Request, message: Mapping[str, Any]) -> None:
        if not (request.place.public and await self._answering.is_personal(request)):
            await self._acts.spend(request, message)

    async def _in_line(self, request: Request, line: asyncio.Lock, since: float | None) -> None:
        async with line:
            await self._guarded(request, self._serve(request, since))
        self._held.discard(request.id)

    async def _serve(self, request: Request, since: float | None) -> None:
        try:
            async with self._working.shown(request):
                answer = await self._think(request)
                await self._say(request, answer, again=since is not None)
            if request.kind is Kind.ERASE:
                await self._acts.show_home(request)
        except SlackApiError:  # our token is refused: the answer waits for a better one
            return
        except Undeliverable as exc:
            logger.warning("an answer cannot be delivered: %s", exc)
        await self._log.finish(request.id)

    async def _think(self, request: Request) -> Answer:
        try:
            return await self._answering.answer(request)
        except Exception as exc:  # noqa: BLE001 - whatever breaks, the person gets an answer
            logger.error("%s at a request from Slack\n%s", type(exc).__name__, stack_of(exc))
            return Answer(request.place, (Reply(APOLOGIES[Failure.INTERNAL], ReplyKind.ERROR),))

    async def _say(self, request: Request, answer: Answer, *, again: bool) -> None:
        arrived = await self._post(answer, request, again=again)
        if answer.moved:
            note = Answer(request.place, (Reply(MOVED if arrived else NOT_MOVED, ReplyKind.SIGNPOST),))
            await self._post(note, request, again=again, key=f"{request.id}:note")
        elif not arrived:
            own = replace(answer, place=Place(request.person, ts=request.place.ts))
            if request.place.reply_to and not await self._post(own, request, again=again):
                raise Undeliverable("neither in its place nor in direct messages")

    async def _post(self, answer: Answer, request: Request, *, again: bool, key: str | None = None) -> bool:
        """Post an answer, and tell whether it arrived."""
        try:
            for number, post in enumerate(posts(answer.replies, rating=answer.rating)):
                await self._poster.post(answer.place, post, key=f"{key or request.id}:{number}", again=again)
        except Undeliverable as exc:
            logger.warning("a post did not arrive: %s", exc)
            return False
        return True

    async def _guarded(self, request: Request, work: Awaitable[None]) -> None:
        ensure_request()  # Socket Mode has no HTTP request that would have an id
        try:
            await work
        except Exception as exc:  # noqa: BLE001 - a task of its own: nobody else would tell of it
            logger.error("%s at something from Slack (%s)\n%s", type(exc).__name__, request.kind.value, stack_of(exc))

    async def _tend(self) -> None:
        starting = True
        while True:
            if not self._health.refused:
                for left in await self._log.tend(sorted(self._held), starting=starting):
                    logger.warning(
                        "going on with a request from Slack that came %.0f s ago", time.time() - left.received
                    )
                    self._take(left.request, since=left.received)
                starting = False
            await asyncio.sleep(TEND_SECONDS)

    def _spawn(self, work: Any, *, name: str | None = None) -> None:
        task = asyncio.create_task(work, name=name)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
