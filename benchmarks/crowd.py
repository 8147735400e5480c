"""People who talk at once, send again what was not answered, and at last compare what they heard with the history.

Each first tells a number of years that nobody near them has, tells it again near the end, for it may have been
misunderstood meanwhile, and last asks what the coach knows of them. In between
every text is another one, so that it tells whose it is. A message that is not answered with HTTP 200 and a line
"done" is sent again under the same key until it is; only what was answered so counts as acknowledged.
"""

import asyncio
import json
import re
import time
import uuid
from collections import Counter
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import aiohttp

from benchmarks.messages import HELD_OUT, read_utterances, varied
from benchmarks.records import BenchmarkError

REQUEST_SECONDS = 40.0
PATIENCE_SECONDS = 120.0
"""How long a person sends the same message again before they count as broken."""
AGAIN_SECONDS = 0.3
MOST_YEARS = 40
PROBE = "what do you know about me?"
QUESTIONS = frozenset({
    "ask_certification", "ask_role", "ask_level", "ask_awarding_body", "ask_function", "ask_pmo_kind", "ask_insight",
    "compare_certifications", "ask_topic", "greet", "thank", "ask_capabilities", "ask_identity", "what_is_a_pmo",
    "maturity_models", "way_in_without_experience", "career_change_into_pmo", "salary", "pmo_cv",
    "community_and_networking", "interview_questions", "four_levels_overview", "pso_meaning", "other_ladders",
})  # fmt: skip
"""What people ask in between: nothing of it changes what is known of them, or erases it."""
ONESELF = re.compile(r"\b(i|im|ive|my|me|mine|years?|yrs?)\b", re.IGNORECASE)
"""Words by which a question tells something of who asks it as well."""


@dataclass(frozen=True)
class Heard:
    """What was acknowledged of a message: the coach's messages (id, text), and how long they took, in ms."""

    text: str
    answers: tuple[tuple[int, str], ...]
    milliseconds: float


@dataclass
class Person:
    """One person: their conversation, what they said and heard, and what went wrong on the way."""

    number: int
    conversation: str = ""
    token: str = ""
    said: list[str] = field(default_factory=list)
    heard: list[Heard] = field(default_factory=list)
    troubles: Counter[str] = field(default_factory=Counter)
    broken: str = ""

    @property
    def years(self) -> int:
        """The years of experience that they tell, other than those of the next people."""
        return self.number % MOST_YEARS + 2


class Crowd:
    """Speaks for all people over the connections of one client."""

    def __init__(self, http: aiohttp.ClientSession, urls: Sequence[str], people: int) -> None:
        """Let so many people talk with the servers at these addresses, in turn."""
        self._http, self._urls = http, urls
        self.people = [Person(number) for number in range(people)]
        self.stopped = asyncio.Event()
        self._sent = 0

    async def talk(self, talks: Sequence[Sequence[str]], *, at_once: int) -> None:
        """Have everybody hold a talk, so many at once: introduction, the texts, the introduction again, the probe."""
        room = asyncio.Semaphore(at_once)

        async def one(person: Person, texts: Sequence[str]) -> None:
            async with room:
                await self.hold(person, [introduction(person), *texts, introduction(person), PROBE])

        await asyncio.gather(*map(one, self.people, talks))

    async def talk_on(self, talks: Sequence[Sequence[str]], *, pause: float) -> None:
        """Have everybody talk until `stopped` is set, and then ask what the coach knows of them.

        They wait `pause` seconds after each answer.
        """

        async def one(person: Person, texts: Sequence[str]) -> None:
            await self.hold(person, [introduction(person)])
            for text in texts:
                if self.stopped.is_set() or person.broken:
                    break
                await self.hold(person, [text])
                await asyncio.sleep(pause)
            await self.hold(person, [introduction(person), PROBE])

        await asyncio.gather(*map(one, self.people, talks))

    async def hold(self, person: Person, texts: Sequence[str]) -> None:
        """Say the texts one after the other; who is not answered for too long is broken and says no more."""
        for text in texts:
            if not person.broken:
                await self.say(person, text)

    async def open(self, person: Person) -> None:
        """Open the person's conversation."""
        status, body = await self._until_good(person, "POST", "/webhooks/web/session")
        if status == 201:
            session = json.loads(body)
            person.conversation, person.token = session["conversation"], session["token"]

    async def say(self, person: Person, text: str) -> None:
        """Say the text until it is acknowledged."""
        if not person.token:
            await self.open(person)
        if person.broken:
            return
        began, key = time.perf_counter(), uuid.uuid4().hex
        person.said.append(text)
        status, body = await self._until_good(person, "POST", "/webhooks/web/message", {"text": text}, key=key)
        if status == 200:
            lines = [json.loads(line) for line in body.splitlines()]
            answers = tuple((line["id"], line["text"]) for line in lines if line["type"] == "message")
            person.heard.append(Heard(text, answers, (time.perf_counter() - began) * 1000))

    async def history(self, person: Person) -> list[dict[str, Any]]:
        """Return the whole conversation as it is stored."""
        found: list[dict[str, Any]] = []
        while not person.broken:
            after = found[-1]["id"] if found else 0
            status, body = await self._until_good(person, "GET", f"/webhooks/web/history?after={after}")
            page = json.loads(body)["messages"] if status == 200 else []
            if not page:
                break
            found += page
        return found

    async def _until_good(
        self, person: Person, method: str, path: str, body: Any = None, *, key: str = ""
    ) -> tuple[int, bytes]:
        deadline = time.monotonic() + PATIENCE_SECONDS
        while True:
            status, said = await self._request(person, method, path, body, key)
            trouble = _trouble(status, said)
            if not trouble:
                return status, said
            person.troubles[trouble] += 1
            if status in (400, 401, 403, 404, 409) or time.monotonic() > deadline:
                person.broken = f"{method} {path.partition('?')[0]}: {trouble}"
                return 0, b""
            await asyncio.sleep(AGAIN_SECONDS)

    async def _request(self, person: Person, method: str, path: str, body: Any, key: str) -> tuple[int, bytes]:
        headers = {"Authorization": f"Bearer {person.token}"} if person.token else {}
        headers |= {"Idempotency-Key": key} if key else {}
        url = self._urls[self._sent % len(self._urls)]
        self._sent += 1
        try:
            async with self._http.request(method, url + path, json=body, headers=headers) as answer:
                return answer.status, await answer.read()
        except asyncio.TimeoutError:
            return 0, b"no answer in time"
        except aiohttp.ClientError:
            return 0, b"connection broke"


def _trouble(status: int, body: bytes) -> str:
    """Return why an answer is none, in a word or two; nothing for a good one."""
    if status == 0:
        return body.decode()
    if status == 200 and body.lstrip().startswith(b'{"type"'):
        last = json.loads(body.splitlines()[-1])
        return "" if last["type"] == "done" else f"line {last['code']}"
    if status < 300:
        return "" if body else "empty"
    try:
        return f"{status} {json.loads(body)['error']['code']}"
    except (ValueError, KeyError, TypeError):
        return f"{status} without JSON"


@asynccontextmanager
async def a_crowd(urls: Sequence[str], people: int) -> AsyncIterator[Crowd]:
    """Give a crowd whose connections are closed at the end."""
    limits = aiohttp.ClientTimeout(total=REQUEST_SECONDS)
    async with aiohttp.ClientSession(timeout=limits, connector=aiohttp.TCPConnector(limit=0)) as http:
        yield Crowd(http, urls, people)


def introduction(person: Person) -> str:
    """Return what the person says first."""
    return f"I have been a PMO analyst for {person.years} years"


def questions(number: int) -> list[str]:
    """Return so many different questions, none of which changes what is known of a person."""
    rows = [row.text for row in read_utterances(HELD_OUT) if row.expect <= QUESTIONS and not ONESELF.search(row.text)]
    if not rows:
        raise BenchmarkError("there are no questions to ask")
    return varied(rows, number)


def talks_for(people: int, each: int) -> list[list[str]]:
    """Return a talk of so many texts for each person, no text twice."""
    texts = questions(people * each)
    return [texts[number * each : (number + 1) * each] for number in range(people)]
