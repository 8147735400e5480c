"""Whole talks: each input is a few messages, a line each, to a real coach with its model and a store of its own.

They go through the web channel's own endpoint, so what is checked is what a person would get: an answer with its last
line, or a refusal with its status; no apology for a bug, no silence, and nothing that somebody else told. A line that
begins with "#" picks one of the choices that were offered last.
"""

import asyncio
import json
import logging
import os
import tempfile
from collections.abc import Iterable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import yaml
from sanic.compat import Header

from bot.channels.endpoints import Endpoints
from bot.channels.http_errors import RequestError
from bot.channels.tokens import Tokens
from bot.channels.turns import Turns
from bot.runtime import lean, server
from bot.runtime.settings import Settings, project_root, read_settings
from security.fuzz import Target

MOST_TURNS = 6
MAY_BE_REFUSED = (409, 413, 422)
SECRET = "a secret that is long enough to sign with"
CANARY = "Wolkenkuckucksheim"
"""A word that another person said; it is in no answer to anybody else."""
TALKS = project_root() / "tests/conversations"
STARTS = (
    "what should I do next",
    "am I a builder or a grower",
    "make a plan",
    "which level am I",
    "check the insights",
)


def seeds() -> Iterable[bytes]:
    """Yield the talks of the tests, the starts of every form with choices picked, and held-out questions."""
    for path in sorted(TALKS.glob("*.yml")):
        said = [line for line in _strings(yaml.safe_load(path.read_text(encoding="utf-8"))) if len(line) < 200]
        for number in range(0, len(said), MOST_TURNS):
            yield "\n".join(said[number : number + MOST_TURNS]).encode()
    for start in STARTS:
        yield f"{start}\n#0\n#1\nsix months\n#0\nforget me".encode()
    yield b"remember me\n#0\nmake a plan\nI want PMP\n#0\n#0"
    yield '/restart\n/ask_topic{"topic": 1}\n😀\n\u202e\n99999999999999999999 months'.encode()


def _strings(value: Any) -> Iterable[str]:
    if isinstance(value, str):
        yield value.replace("\n", " ")
    elif isinstance(value, list | dict):
        for item in value.values() if isinstance(value, dict) else value:
            yield from _strings(item)


def target() -> Target:
    """Return what holds a talk with the coach and checks each answer."""
    lean.prepare()
    logging.disable(logging.CRITICAL)
    loop = asyncio.new_event_loop()
    asyncio.set_event_loop(loop)
    coach = loop.run_until_complete(_open())
    return lambda data: loop.run_until_complete(coach.talk(data))


async def _open() -> "Coach":
    var = Path(tempfile.mkdtemp(prefix="pmo-coach-fuzz-"))
    (var / "encoder").symlink_to(read_settings().encoder)
    # In the environment, for the actions read their settings there: nothing is to reach the store of who runs this.
    os.environ.update(PMO_COACH_VAR=str(var), PMO_COACH_RATE_CONVERSATION="1000000")
    settings = read_settings()
    app = SimpleNamespace(ctx=SimpleNamespace(), add_task=lambda task: task.close())
    await server._load(app, settings)
    coach = Coach(app, settings)
    await coach.send(coach.endpoints, await coach.open(), {"text": f"my name is {CANARY} and I work at {CANARY}"})
    return coach


class Coach:
    """A coach that is spoken to without a network."""

    def __init__(self, app: Any, settings: Settings) -> None:
        """Answer with what is loaded into the app's context."""
        self._app, self._tokens = app, Tokens(SECRET, days=1)
        turns = Turns(app.ctx.agent.handle_message, seconds=60)
        self.endpoints = Endpoints("web", settings, self._tokens, turns)

    def _request(self, token: str = "") -> Any:
        headers = Header({"authorization": f"Bearer {token}", "content-type": "application/json"})
        return SimpleNamespace(app=self._app, headers=headers, get_query_args=lambda **_: [])

    async def open(self) -> str:
        """Return the token of a new conversation."""
        session = await self.endpoints.open_session(self._request(), b"")
        return str(json.loads(session.body or b"")["token"])

    async def send(self, endpoints: Endpoints, token: str, body: dict[str, str]) -> list[dict[str, Any]]:
        """Return the lines of the answer; none where the message was refused as it may be."""
        try:
            response = await endpoints.answer_message(self._request(token), json.dumps(body).encode())
        except RequestError as exc:
            if exc.status not in MAY_BE_REFUSED:
                raise
            return []
        return [json.loads(line) for line in (response.body or b"").splitlines()]

    async def talk(self, data: bytes) -> None:
        """Hold a talk of the lines that the bytes are, look back at it, and have it erased."""
        token, choices = await self.open(), list[dict[str, str]]()
        for line in data.decode("utf-8", "surrogateescape").split("\n")[:MOST_TURNS]:
            lines = await self.send(self.endpoints, token, _body(line, choices))
            if lines:
                assert lines[-1]["type"] == "done", lines[-1]
                assert all(message["text"] or message["figure"] for message in lines[:-1]), "an empty answer"
                assert CANARY not in json.dumps(lines), "somebody else's words"
                choices = [choice for message in lines[:-1] for choice in message["choices"]] or choices
        history = await self.endpoints.show_history(self._request(token), b"")
        assert CANARY not in (history.body or b"").decode(), "somebody else's history"
        await self.endpoints.erase_history(self._request(token), b"")


def _body(line: str, choices: list[dict[str, str]]) -> dict[str, str]:
    if line.startswith("#") and choices:
        return {"payload": choices[sum(map(ord, line[1:3])) % len(choices)]["payload"]}
    return {"text": line}
