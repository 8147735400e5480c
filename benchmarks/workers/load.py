"""The client process: `python -m benchmarks.workers.load` reads a job on stdin, talks to a server, prints what it took.

It is a process of its own so that the server's figures are not paid by whoever measures. It imports nothing of ours:
a job is JSON with `protocol` ("coach" or "rest"), `url`, `talks` (texts of each conversation), `people` (how many
talk at once) and `tokens` (of the conversations that the first talks go on with; the others are new). On stdout it
prints a line after every tenth message and, last, the result.
"""

import asyncio
import json
import sys
import time
import uuid
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import aiohttp

ANSWER_SECONDS = 60.0
EVERY = 10
Session = dict[str, str]


class RefusedError(Exception):
    """The server did not answer a message."""


class Client:
    """Speaks the coach's protocol, or that of Rasa's REST channel."""

    def __init__(self, http: aiohttp.ClientSession, job: dict[str, Any]) -> None:
        """Talk over these connections to the server of the job."""
        self._http, self._url, self._is_coach = http, job["url"], job["protocol"] == "coach"
        self.answered = 0

    async def open(self) -> Session:
        """Open a conversation."""
        if not self._is_coach:
            return {"sender": uuid.uuid4().hex}
        async with self._http.post(f"{self._url}/webhooks/web/session") as answer:
            if answer.status != 201:
                raise RefusedError(f"a session was refused with {answer.status}")
            return {"token": (await answer.json())["token"]}

    async def say(self, session: Session, text: str) -> float:
        """Send a message and return the milliseconds until its answer was complete."""
        began = time.perf_counter()
        async with self._send(session, text) as answer:
            body = await answer.read()
        took = (time.perf_counter() - began) * 1000
        if answer.status != 200 or (self._is_coach and json.loads(body.splitlines()[-1])["type"] != "done"):
            raise RefusedError(f"a message was answered with {answer.status} {body[-200:]!r}")
        self.answered += 1
        if self.answered % EVERY == 0:
            print(json.dumps({"answered": self.answered}), flush=True)
        return took

    @asynccontextmanager
    async def _send(self, session: Session, text: str) -> AsyncIterator[aiohttp.ClientResponse]:
        if self._is_coach:
            path, body = "/webhooks/web/message", {"text": text}
            headers = {"Authorization": f"Bearer {session['token']}"}
        else:
            path, body, headers = "/webhooks/rest/webhook", {"sender": session["sender"], "message": text}, {}
        async with self._http.post(self._url + path, json=body, headers=headers) as answer:
            yield answer


async def work(job: dict[str, Any]) -> dict[str, Any]:
    """Hold the job's talks and return the seconds of all and the milliseconds of each message."""
    limits = aiohttp.ClientTimeout(total=ANSWER_SECONDS)
    connector = aiohttp.TCPConnector(limit=job["people"])
    async with aiohttp.ClientSession(timeout=limits, connector=connector) as http:
        client = Client(http, job)
        sessions = [{"token": token} for token in job["tokens"]]
        sessions += [await client.open() for _ in job["talks"][len(sessions) :]]
        waiting = list(zip(range(len(sessions)), sessions, job["talks"], strict=True))[::-1]
        times: list[list[float]] = [[] for _ in waiting]

        async def person() -> None:
            while waiting:
                number, session, texts = waiting.pop()
                for text in texts:
                    times[number].append(await client.say(session, text))

        began = time.perf_counter()
        await asyncio.gather(*(person() for _ in range(job["people"])))
        return {"seconds": time.perf_counter() - began, "times": times}


def main() -> int:
    """Do the job on stdin."""
    try:
        result = asyncio.run(work(json.load(sys.stdin)))
    except (RefusedError, aiohttp.ClientError, asyncio.TimeoutError) as exc:
        result = {"refused": f"{type(exc).__name__}: {exc}"}
    print(json.dumps(result), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
