"""The web channel on a real server in a thread, with a store and a Rasa made of paper behind it."""

import asyncio
import http.client
import json
import socket
import threading
import uuid
from collections.abc import Awaitable, Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field
from itertools import takewhile
from typing import Any

from rasa.core.channels.channel import UserMessage, register
from sanic import Sanic

from bot.channels.conversations import Standing, StoredMessage
from bot.channels.tokens import Tokens
from bot.channels.web import WebChannel, configure_limits, install_error_handlers, root_blueprint
from bot.errors import PlanError, StoreError
from bot.records import Choice, Rating, Reply
from bot.runtime.process_locks import ProcessLocks
from bot.runtime.settings import Settings

SECRET = "a secret of the tests that is long enough"
MANY = 100_000
WEB = "/webhooks/web"


class FakeConversations:
    """Keeps conversations in a dictionary; `broken` makes every method fail, `slow` wait."""

    def __init__(self) -> None:
        self.messages: dict[str, list[StoredMessage]] = {}
        self.ratings: dict[tuple[str, int], tuple[Rating, str | None]] = {}
        self.locks = ProcessLocks()
        self.begun: dict[tuple[str, str], int] = {}
        self.broken = False
        self.slow = 0.0
        self.clock: Callable[[], float] = lambda: 1_767_225_600.5

    async def open(self, conversation: str) -> None:
        await self._reach()
        self.messages.setdefault(conversation, [])

    async def exists(self, conversation: str) -> bool:
        await self._reach()
        return conversation in self.messages

    def turn(self, conversation: str) -> AbstractAsyncContextManager[None]:
        return self.locks.hold(conversation)

    def expect(self, text: str) -> None:
        """Begin nothing."""

    async def begin(self, conversation: str, *, key: str = "") -> Standing | None:
        await self._reach()
        if conversation not in self.messages:
            return None
        last = max([message.id for message in self.messages[conversation]], default=0)
        begun = self.begun.setdefault((conversation, key), last) if key else last
        return Standing(last, tuple(self._turn_from(conversation, begun)) or None)

    def _turn_from(self, conversation: str, last: int) -> list[StoredMessage]:
        after = [message for message in self.messages[conversation] if message.id > last]
        return after[:1] + list(takewhile(lambda message: message.sender == "coach", after[1:]))

    async def turn_after(self, conversation: str, after: int) -> list[StoredMessage]:
        return await self.history(conversation, after=after)

    async def history(self, conversation: str, *, after: int = 0, limit: int | None = None) -> list[StoredMessage]:
        await self._reach()
        return [message for message in self.messages[conversation] if message.id > after][-(limit or 0) :]

    async def offered(self, conversation: str, payload: str) -> str | None:
        await self._reach()
        for message in self.messages.get(conversation, []):
            for choice in message.body.get("choices", []):
                if choice["payload"] == payload:
                    return str(choice["title"])
        return None

    async def rate(self, conversation: str, message: int, rating: Rating, comment: str | None) -> bool:
        await self._reach()
        if not any(each.id == message and each.sender == "coach" for each in self.messages[conversation]):
            return False
        self.ratings[conversation, message] = (rating, comment)
        return True

    async def export(self, conversation: str, format: str) -> bytes:
        await self._reach()
        return f'{{"{format}": {len(self.messages[conversation])}}}'.encode()

    async def import_plans(self, conversation: str, text: str) -> int:
        await self._reach()
        if "plans" not in json.loads(text):
            raise PlanError("There is no plan in it.")
        return len(json.loads(text)["plans"])

    async def erase(self, conversation: str) -> None:
        await self._reach()
        self.messages.pop(conversation, None)

    async def check(self) -> None:
        await self._reach()

    async def _reach(self) -> None:
        await asyncio.sleep(self.slow)
        if self.broken:
            raise StoreError("the paper store is broken")

    def add(self, conversation: str, sender: str, body: dict[str, Any]) -> None:
        """Store a message; ids have gaps, as those of a real store."""
        messages = self.messages[conversation]
        number = (messages[-1].id if messages else 0) + 3
        messages.append(StoredMessage(number, sender, self.clock(), body))


Answer = Callable[[UserMessage], Awaitable[None]]


@dataclass
class FakeRasa:
    """Stores what was said and its answer, as Rasa does at the end of a turn; notes the messages it was handed."""

    conversations: FakeConversations
    heard: list[UserMessage] = field(default_factory=list)
    replies: dict[str, list[Reply]] = field(default_factory=dict)
    """What is answered to a text, an echo by default."""
    before: Answer | None = None
    """Awaited at each message, before anything is stored."""
    running: int = 0

    async def handle_message(self, message: UserMessage) -> None:
        self.heard.append(message)
        self.running += 1
        try:
            if self.before:
                await self.before(message)
            text = message.text or ""
            replies = self.replies.get(text, [Reply(f"You said: {text}")])
            self.conversations.add(message.sender_id, "person", {"text": text})
            for reply in replies:
                self.conversations.add(message.sender_id, "coach", reply.to_json())
        finally:
            self.running -= 1

    def is_ready(self) -> bool:
        return True


@dataclass(frozen=True)
class Response:
    """An answer: header names are in lower case."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.body)

    @property
    def lines(self) -> list[Any]:
        return [json.loads(line) for line in self.body.splitlines()]

    @property
    def code(self) -> str:
        """The error's code."""
        assert self.headers["content-type"] == "application/json", self.body
        assert set(self.json) == {"error"}
        assert set(self.json["error"]) == {"code", "text"}
        return str(self.json["error"]["code"])


class WebServer:
    """Serves while its `with` block lasts."""

    def __init__(self, app: Sanic | None = None, **settings: Any) -> None:
        """Serve the given app, else ours with these settings; no rate is limited unless they say so."""
        self.settings = Settings(**{"rate_conversation": MANY, "rate_address": MANY, **settings})
        self.conversations = FakeConversations()
        self.rasa = FakeRasa(self.conversations)
        self.app = app or make_app(self.settings)
        self.app.ctx.conversations, self.app.ctx.agent = self.conversations, self.rasa
        self.socket = socket.socket()
        self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        self.socket.bind(("127.0.0.1", 0))
        self.port = self.socket.getsockname()[1]
        self.tokens = Tokens(SECRET, days=1)
        self._started, self._stop = threading.Event(), asyncio.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)

    def __enter__(self) -> "WebServer":
        self._thread.start()
        assert self._started.wait(10)
        assert self._thread.is_alive()
        return self

    def __exit__(self, *details: object) -> None:
        self.loop.call_soon_threadsafe(self._stop.set)
        self._thread.join(10)
        assert not self._thread.is_alive()

    def _run(self) -> None:
        try:
            asyncio.run(self._serve())
        finally:
            self._started.set()

    async def _serve(self) -> None:
        self.loop = asyncio.get_running_loop()
        server: Any = await self.app.create_server(
            sock=self.socket,
            return_asyncio_server=True,
            access_log=False,
            asyncio_server_kwargs={"start_serving": False},
        )
        await server.startup()
        await server.before_start()
        await server.start_serving()
        await server.after_start()
        self._started.set()
        await self._stop.wait()
        await server.before_stop()
        await server.close()
        for connection in list(server.connections):
            connection.abort()
        await asyncio.sleep(0)

    def request(self, method: str, path: str, body: Any = None, *, token: str = "", **headers: str) -> Response:
        """Send a request; a body that is no bytes goes as JSON, `x_y="z"` as the header x-y."""
        sent = {name.replace("_", "-"): value for name, value in headers.items()}
        if token:
            sent["authorization"] = f"Bearer {token}"
        if body is not None and not isinstance(body, bytes):
            body = json.dumps(body).encode()
            sent.setdefault("content-type", "application/json")
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        try:
            connection.request(method, path, body=body, headers=sent)
            answer = connection.getresponse()
            return Response(answer.status, {k.lower(): v for k, v in answer.getheaders()}, answer.read())
        finally:
            connection.close()

    def raw(self, data: bytes) -> bytes:
        """Send bytes and return all that comes back until the server hangs up."""
        with socket.create_connection(("127.0.0.1", self.port), timeout=20) as connection:
            connection.sendall(data)
            return b"".join(iter(lambda: connection.recv(65536), b""))

    def talk(self) -> "Talk":
        """Open a conversation."""
        session = self.request("POST", f"{WEB}/session")
        assert session.status == 201, session.body
        return Talk(self, session.json["conversation"], session.json["token"])


@dataclass(frozen=True)
class Talk:
    """A conversation with the server."""

    server: WebServer
    id: str
    token: str

    def send(self, body: Any, **headers: str) -> Response:
        """Send a message's body."""
        return self.server.request("POST", f"{WEB}/message", body, token=self.token, **headers)

    def say(self, text: str) -> Response:
        """Send a text."""
        return self.send({"text": text})

    def offer(self, title: str, payload: str) -> None:
        """Have the coach offer a choice."""
        reply = Reply("Pick one", choices=(Choice(title, payload),))
        self.server.conversations.add(self.id, "coach", reply.to_json())

    def history(self, query: str = "") -> Response:
        """Ask for what was said."""
        return self.server.request("GET", f"{WEB}/history{query}", token=self.token)

    def erase(self) -> Response:
        """Erase the conversation."""
        return self.server.request("DELETE", f"{WEB}/history", token=self.token)

    @property
    def stored(self) -> list[StoredMessage]:
        return self.server.conversations.messages[self.id]

    @property
    def heard(self) -> list[UserMessage]:
        """What Rasa was handed."""
        return [message for message in self.server.rasa.heard if message.sender_id == self.id]


def make_app(settings: Settings) -> Sanic:
    """Return an app as the runner makes it, without a model."""
    app = Sanic(f"web_{uuid.uuid4().hex}", configure_logging=False)
    configure_limits(app)
    install_error_handlers(app)
    register([WebChannel(settings, SECRET)], app, route="/webhooks/")
    app.blueprint(root_blueprint(settings))
    return app
