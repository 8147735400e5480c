"""What the channel for Slack draws on, from the stores and the model of this process."""

import asyncio
import json
import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

from sanic import Sanic

from bot.channels.slack import SlackChannel
from bot.channels.slack_backing import Backing
from bot.channels.slack_events import Request
from bot.channels.slack_home import HomeFacts, HomeStep
from bot.channels.slack_log import OpenRequest
from bot.errors import StoreError
from bot.records import Knowledge
from bot.records.memory import Memory, ResultKind, StoredResult
from bot.records.plan import Plan
from bot.runtime.settings import Settings
from bot.store import Store
from bot.store.slack_events import OpenEvent, SlackEventRepository

HELD_SECONDS = 45.0
"""How long a server has a request to itself before another may take it over; it is renewed every ten seconds."""
REMEMBERED_SECONDS = 3_600.0
"""How long the id of what was answered is remembered; Slack sends again for about ten minutes."""
FORGETTING_SECONDS = 300.0

Result = TypeVar("Result")
Work = Callable[[SlackEventRepository], Any]


def slack_channel(settings: Settings) -> SlackChannel:
    """Return the channel; it asks for its backing when the app has started and `app.ctx` has the stores."""
    return SlackChannel(settings, backing_of)


def backing_of(app: Sanic) -> Backing:
    """Return what the channel draws on, from a started app."""
    with app.ctx.store.unit_of_work(read_only=True) as work:
        knowledge = work.knowledge.load()
    log, people = StoredEventLog(app.ctx.store), StoredPeople(app.ctx.store, knowledge)
    return Backing(app.ctx.conversations, log, ModelReader(app.ctx), knowledge.questionnaire, people)


class ModelReader:
    """Reads a text as the loaded model does, without a turn."""

    def __init__(self, context: Any) -> None:
        """Read with the agent of that app's context, whichever it then is."""
        self._context = context

    async def read(self, text: str) -> Mapping[str, Any]:
        """Return Rasa's parse data."""
        parsed: Mapping[str, Any] = await self._context.agent.parse_message(text)
        return parsed


class StoredPeople:
    """What App Home shows, from what the coach remembers of people."""

    def __init__(self, store: Store, knowledge: Knowledge) -> None:
        """Read people from the store, and call things as the knowledge does."""
        self._store = store
        self._levels = {int(number): level.name for number, level in knowledge.levels.items()}
        self._certifications = {each.id: each.name for each in knowledge.certifications.values()}

    async def home(self, person: str) -> HomeFacts:
        """Return what App Home shows of the person of that conversation."""
        memory = await asyncio.to_thread(self._memory, person)
        level = memory.profile.level
        return HomeFacts(
            level="" if level is None else f"Level {level.word}: {self._levels.get(int(level), '')}".rstrip(": "),
            next_qualification=self._recommended(memory.results),
            plan=tuple(_home_step(plan) for plan in memory.plans),
        )

    def _memory(self, person: str) -> Memory:
        with self._store.unit_of_work(read_only=True) as work:
            return work.people.memory(person)

    def _recommended(self, results: Sequence[StoredResult]) -> str:
        """Return what the last qualification check put first."""
        found = [result for result in results if result.kind is ResultKind.QUALIFICATION]
        ranked = max(found, key=lambda result: result.taken).data.get("ranked") if found else None
        return self._certifications.get(ranked[0], "") if ranked else ""


def _home_step(plan: Plan) -> HomeStep:
    return HomeStep(plan.action, "" if plan.due is None else plan.due.isoformat(), plan.status.value)


class StoredEventLog:
    """The channel's log in the database.

    An acknowledgement waits for it, so what comes at once goes into one transaction: a burst costs no more than one.
    """

    def __init__(self, store: Store) -> None:
        """Keep it in that store."""
        self._store = store
        self._threads = ThreadPoolExecutor(1, "slack")
        self._pending: list[tuple[Work, asyncio.Future[Any]]] = []
        self._writing: asyncio.Task[None] | None = None
        self._forgot = 0.0

    async def claim(self, request: Request) -> bool:
        """Remember the request, and tell whether it is new."""
        now, kept = time.time(), json.dumps(request.to_json()) if request.kind.is_answered else None
        return await self._call(
            lambda events: events.claim(request.id, now=now, request=kept, held_until=now + HELD_SECONDS)
        )

    async def finish(self, request_id: str) -> None:
        """Note that the request was answered, and forget what was asked."""
        await self._call(lambda events: events.finish(request_id))

    async def hold(self, request_ids: list[str]) -> None:
        """Keep those requests for longer, and now and then forget what was answered long ago."""
        now = time.time()
        await self._call(lambda events: events.hold(request_ids, held_until=now + HELD_SECONDS))
        if now - self._forgot > FORGETTING_SECONDS:
            self._forgot = now
            await self._call(lambda events: events.forget(before=now - REMEMBERED_SECONDS))

    async def take_over(self, *, starting: bool) -> list[OpenRequest]:
        """Return what is unanswered and nobody's; a server with a SQLite file starts with all of it, being alone."""
        now, alone = time.time(), starting and self._store.engine.dialect.name == "sqlite"
        found = await self._call(
            lambda events: events.take_over(now=now, held_until=now + HELD_SECONDS, everything=alone)
        )
        return [_open_request(event) for event in found]

    async def _call(self, work: Callable[[SlackEventRepository], Result]) -> Result:
        done: asyncio.Future[Result] = asyncio.get_running_loop().create_future()
        self._pending.append((work, done))
        if self._writing is None or self._writing.done():
            self._writing = asyncio.create_task(self._write())
        return await done

    async def _write(self) -> None:
        """Do what is pending, and what becomes so meanwhile."""
        while self._pending:
            batch, self._pending = self._pending, []
            works = [work for work, _ in batch]
            try:
                results = await asyncio.get_running_loop().run_in_executor(self._threads, self._in_transaction, works)
            except StoreError as exc:
                for _, done in batch:
                    if not done.done():
                        done.set_exception(StoreError(str(exc)))
                continue
            for (_, done), result in zip(batch, results, strict=True):
                if not done.done():
                    done.set_result(result)

    def _in_transaction(self, works: Sequence[Work]) -> list[Any]:
        with self._store.unit_of_work() as unit:
            return [work(unit.slack_events) for work in works]


def _open_request(event: OpenEvent) -> OpenRequest:
    return OpenRequest(Request.from_json(json.loads(event.request)), event.received)
