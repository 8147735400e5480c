"""A Slack of our own on loopback: its Web API, Socket Mode and HTTP events, for one workspace and one app.

The app is made from its manifest, and may only what that asks for: scopes, events and the command. Members say and
click things; what they sent is delivered, and delivered again until it is acknowledged. It can be told to deliver in
several copies and in another order, to drop the socket, and to answer 429, or 500 with the post made or not made.
"""

import asyncio
import hashlib
import hmac
import itertools
import json
import random
import threading
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Coroutine, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import aiohttp
import yaml
from aiohttp import WSMsgType, web

from tests.fakes.slack_rules import SCOPES_OF_EVENTS, SCOPES_OF_METHODS, problems_of_message, problems_of_view

Json = dict[str, Any]

TEAM, APP, BOT_USER, BOT = "T0TEAM", "A0APP", "U0COACH", "B0COACH"
BOT_TOKEN, APP_TOKEN, SIGNING_SECRET = "xoxb-of-the-tests", "xapp-of-the-tests", "a signing secret of the tests"
MANIFEST = Path(__file__).parents[2] / "deploy" / "slack-manifest.yml"
TRIGGER_SECONDS = 3.0
RESPONSES = 5


@dataclass
class Trouble:
    """How badly Slack behaves: shares of the calls of `methods` that are answered with 429 or 500."""

    too_many: float = 0.0
    broken_before: float = 0.0
    """500, and nothing was done."""
    broken_after: float = 0.0
    """500, though it was done."""
    retry_after: int = 1
    methods: tuple[str, ...] = ("chat.postMessage",)
    posts_per_second: float | None = None
    """In one channel; Slack documents one a second."""


@dataclass
class Envelope:
    """Something on its way to the app, until it is acknowledged."""

    id: str
    kind: str
    payload: Json
    sent: float = 0.0
    tries: int = 0
    answer: Json | None = None
    acknowledged: float | None = None


@dataclass
class FakeSlack:
    """Runs while its `with` block lasts, on a thread and a port of its own."""

    manifest: Json = field(default_factory=lambda: yaml.safe_load(MANIFEST.read_text(encoding="utf-8")))
    events_url: str | None = None
    """Where events go over HTTP; without it, Socket Mode."""
    retry_seconds: float = 1.0
    seed: int = 0

    def __post_init__(self) -> None:
        self.scopes = {*self.manifest["oauth_config"]["scopes"]["bot"], "connections:write"}
        self.subscribed = set(self.manifest["settings"]["event_subscriptions"]["bot_events"])
        self.trouble = Trouble()
        self.refusal: str | None = None
        """Set, every call is refused with that word: `token_revoked`."""
        self.calls: Counter[str] = Counter()
        self.wrong: list[str] = []
        """Everything that Slack would have refused, and we let pass to be looked at."""
        self.messages: dict[str, list[Json]] = defaultdict(list)
        self.members: dict[str, set[str]] = {}
        self.hidden: dict[str, list[Json]] = defaultdict(list)
        """What was answered for one person's eyes: by the address that it was sent to."""
        self.homes: dict[str, Json] = {}
        self.opened: list[Json] = []
        self.prompts: dict[str, Json] = {}
        self.statuses: list[tuple[str, str]] = []
        self.envelopes: dict[str, Envelope] = {}
        self.connections = 0
        self._sockets: set[web.WebSocketResponse] = set()
        self._forced: dict[str, list[tuple[int, bool]]] = defaultdict(list)
        self._random = random.Random(self.seed)
        self._numbers = itertools.count(1)
        self._clock = int(time.time())
        self._triggers: dict[str, float] = {}
        self._responses: dict[str, int] = {}
        self._post_times: dict[str, list[float]] = defaultdict(list)
        self._started = threading.Event()
        self._thread = threading.Thread(target=lambda: asyncio.run(self._serve()), daemon=True)

    def __enter__(self) -> "FakeSlack":
        self._thread.start()
        assert self._started.wait(10)
        return self

    def __exit__(self, *details: object) -> None:
        self.loop.call_soon_threadsafe(self._stop.set)
        self._thread.join(10)
        assert not self._thread.is_alive()

    @property
    def api(self) -> str:
        """The address of the Web API."""
        return f"http://127.0.0.1:{self.port}/api/"

    @property
    def environment(self) -> dict[str, str]:
        """The settings that an admin copies from the app's pages."""
        given = {"PMO_COACH_SLACK_BOT_TOKEN": BOT_TOKEN, "PMO_COACH_SLACK_API": self.api}
        if self.manifest["settings"]["socket_mode_enabled"]:
            return given | {"PMO_COACH_SLACK_APP_TOKEN": APP_TOKEN}
        return given | {"PMO_COACH_SLACK_SIGNING_SECRET": SIGNING_SECRET, "PMO_COACH_SLACK_MODE": "http"}

    async def _serve(self) -> None:
        self.loop, self._stop = asyncio.get_running_loop(), asyncio.Event()
        app = web.Application(client_max_size=2**22)
        app.router.add_route("*", "/api/{method}", self._answer_call)
        app.router.add_post("/response/{id}", self._answer_response)
        app.router.add_get("/link", self._link)
        runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
        await runner.setup()
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        self.port: int = site._server.sockets[0].getsockname()[1]  # type: ignore[union-attr]
        self._session = aiohttp.ClientSession()
        retrying = asyncio.create_task(self._retry())
        self._started.set()
        await self._stop.wait()
        retrying.cancel()
        await self._session.close()
        for socket in list(self._sockets):
            await socket.close()
        await runner.cleanup()

    # What members do

    def invite(self, channel: str, *people: str) -> None:
        """Put the app and the people into a channel."""
        self.members[channel] = {BOT_USER, *people}

    def direct(self, person: str) -> str:
        """Return the channel of the app's direct messages with a person."""
        channel = f"D{person[1:]}"
        self.members.setdefault(channel, {BOT_USER, person})
        return channel

    def say(self, person: str, text: str, channel: str | None = None, *, thread: str | None = None,
            copies: int = 1, deliver: bool = True, **more: Any) -> str:  # fmt: skip
        """Have a person write something, to the coach itself without a channel; return the message's time."""
        place = channel or self.direct(person)
        ts = self.next_ts()
        message = {"type": "message", "user": person, "text": text, "ts": ts, "channel": place, **more}
        message |= {"thread_ts": thread} if thread else {}
        self._in_loop(lambda: self.messages[place].append(message))
        if deliver:
            self.deliver(*self.events_of(message), copies=copies)
        return ts

    def events_of(self, message: Json) -> list[Json]:
        """Return the events that Slack sends for a message, of those that the app asked for."""
        place = message["channel"]
        kind = {"D": "im", "G": "group"}.get(place[0], "channel")
        name = {"im": "message.im", "group": "message.groups", "channel": "message.channels"}[kind]
        events = [{**message, "channel_type": kind}] if self._is_subscribed(name) else []
        if kind != "im" and f"<@{BOT_USER}>" in message["text"] and self._is_subscribed("app_mention"):
            events.append({**message, "type": "app_mention"})
        return [self.event(event) for event in events]

    def _is_subscribed(self, name: str) -> bool:
        scope = SCOPES_OF_EVENTS[name]
        return name in self.subscribed and (scope is None or scope in self.scopes)

    def event(self, event: Json, **more: Any) -> Json:
        """Return an event as it is sent."""
        outer = {
            "type": "event_callback",
            "team_id": TEAM,
            "api_app_id": APP,
            "event_id": f"Ev{next(self._numbers):08}",
        }
        return {**outer, "event_time": int(time.time()), "event": event, **more}

    def open_home(self, person: str, tab: str = "home") -> None:
        """Have a person look at the app's Home or Messages tab."""
        event = {"type": "app_home_opened", "user": person, "channel": self.direct(person), "tab": tab}
        self.deliver(self.event(event))

    def command(self, person: str, text: str, channel: str = "C1") -> str:
        """Have a person type /pmo; return the address at which the answer is to be found in `hidden`."""
        address = self._response_url()
        escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
        body = {"command": "/pmo", "text": escaped, "team_id": TEAM, "channel_id": channel, "user_id": person}
        body |= {"response_url": address, "trigger_id": self.trigger(), "api_app_id": APP}
        self.deliver(body, kind="slash_commands")
        return address

    def click(self, person: str, message: Json, title: str, *, address: str | None = None) -> Json:
        """Have a person press a button of a message that begins so; return what was sent for it."""
        block, element = next(
            (block, element)
            for block in message["blocks"]
            for element in block.get("elements", ())
            if element.get("type") == "button" and element["text"]["text"].startswith(title)
        )
        return self.act(person, message, {**element, "block_id": block["block_id"]}, address=address)

    def act(self, person: str, message: Json | None, action: Json, *, address: str | None = None) -> Json:
        """Have a person use an element of a message, or of App Home."""
        body: Json = {"type": "block_actions", "team": {"id": TEAM}, "api_app_id": APP, "trigger_id": self.trigger(),
                      "user": {"id": person, "team_id": TEAM},
                      "actions": [{"action_ts": self.next_ts(), **action}]}  # fmt: skip
        if message is None:
            body |= {"container": {"type": "view"}, "view": self.homes[person]}
        else:
            container = {"type": "message", "message_ts": message["ts"], "channel_id": message["channel"],
                         "is_ephemeral": address is not None}  # fmt: skip
            body |= {"container": container, "response_url": address or self._response_url()}
            body |= {} if address else {"message": message}
        self.deliver(body, kind="interactive")
        return body

    def rate(self, person: str, message: Json, *, up: bool) -> None:
        """Have a person press a thumb."""
        block = next(block for block in message["blocks"] if block["type"] == "context_actions")
        (element,) = block["elements"]
        button = element["positive_button" if up else "negative_button"]
        used = {"type": "feedback_buttons", "action_id": element["action_id"], "value": button["value"]}
        self.act(person, message, {**used, "block_id": block["block_id"], "text": button["text"]})

    def submit(self, person: str, view: Json, answers: Mapping[str, str]) -> None:
        """Have a person submit a dialog with those answers."""
        values = {
            block["block_id"]: {block["element"]["action_id"]: {
                "type": "radio_buttons",
                "selected_option": {"value": answers[block["block_id"]]} if block["block_id"] in answers else None}}
            for block in view["blocks"] if block["type"] == "input"
        }  # fmt: skip
        body = {"type": "view_submission", "team": {"id": TEAM}, "user": {"id": person, "team_id": TEAM},
                "view": {**view, "id": f"V{next(self._numbers)}", "state": {"values": values}}}  # fmt: skip
        self.deliver(body, kind="interactive")

    def next_ts(self) -> str:
        """Return the time of a new message, which no other has."""
        return f"{self._clock}.{next(self._numbers):06}"

    def trigger(self) -> str:
        """Return what opens a dialog, for three seconds."""
        name = f"trigger.{next(self._numbers)}"
        self._triggers[name] = time.monotonic()
        return name

    def _response_url(self) -> str:
        number = str(next(self._numbers))
        self._responses[number] = RESPONSES
        return f"http://127.0.0.1:{self.port}/response/{number}"

    # What tests look at

    def posts(self, channel: str, *, thread: str | None = None) -> list[Json]:
        """Return what the coach posted in a channel, or in a thread of it."""
        found = [message for message in list(self.messages[channel]) if message["user"] == BOT_USER]
        return [message for message in found if thread is None or message.get("thread_ts") == thread]

    def answers(self, person: str) -> list[Json]:
        """Return what the coach wrote to a person directly."""
        return self.posts(self.direct(person))

    def wait(self, condition: Callable[[], Any], seconds: float = 15.0) -> Any:
        """Return what the condition gives, as soon as it gives something."""
        deadline = time.monotonic() + seconds
        while not (result := condition()):
            assert time.monotonic() < deadline, f"it did not happen; wrong so far: {self.wrong}"
            time.sleep(0.01)
        return result

    def wait_for_answers(self, person: str, count: int, seconds: float = 15.0) -> list[Json]:
        """Return what the coach wrote to a person, as soon as it is so many messages."""
        self.wait(lambda: len(self.answers(person)) >= count, seconds)
        return self.answers(person)

    def wait_until_connected(self, seconds: float = 15.0) -> None:
        """Wait until the app has opened a socket."""
        self.wait(lambda: any(not socket.closed for socket in list(self._sockets)), seconds)

    def wait_until_quiet(self, seconds: float = 30.0) -> None:
        """Wait until everything is acknowledged."""
        self.wait(lambda: all(each.acknowledged for each in list(self.envelopes.values())), seconds)

    @property
    def acknowledgements(self) -> list[float]:
        """Seconds that each acknowledgement took, of what was sent once."""
        return [each.acknowledged - each.sent for each in list(self.envelopes.values())
                if each.acknowledged is not None and each.tries == 1]  # fmt: skip

    def fail_next(self, method: str, *statuses: int, done: bool = False) -> None:
        """Answer the next calls of a method with those statuses; with `done`, having done what was asked."""
        self._forced[method] += [(status, done) for status in statuses]

    # Delivery

    def deliver(self, *payloads: Json, kind: str = "events_api", copies: int = 1) -> None:
        """Send something to the app, so many times each, until it is acknowledged."""
        self._run(self._deliver([(kind, payload) for payload in payloads for _ in range(copies)]))

    def deliver_shuffled(self, payloads: list[Json], most_copies: int) -> None:
        """Send each of the events one to so many times, all in any order."""
        many = [("events_api", each) for each in payloads for _ in range(self._random.randint(1, most_copies))]
        self._random.shuffle(many)
        self._run(self._deliver(many))

    async def _deliver(self, payloads: list[tuple[str, Json]]) -> None:
        for kind, payload in payloads:
            envelope = Envelope(f"env-{next(self._numbers)}", kind, payload)
            self.envelopes[envelope.id] = envelope
            await self._send(envelope)

    async def _send(self, envelope: Envelope) -> None:
        envelope.sent, envelope.tries = time.monotonic(), envelope.tries + 1
        if self.events_url:
            asyncio.get_running_loop().create_task(self._send_over_http(envelope))
            return
        open_sockets = [socket for socket in self._sockets if not socket.closed]
        if open_sockets:
            body = {"envelope_id": envelope.id, "type": envelope.kind, "payload": envelope.payload,
                    "accepts_response_payload": envelope.kind != "events_api"}  # fmt: skip
            try:
                await self._random.choice(open_sockets).send_str(json.dumps(body))
            except (ConnectionError, RuntimeError):
                pass

    async def _send_over_http(self, envelope: Envelope) -> None:
        try:
            async with self._session.post(str(self.events_url), **signed(envelope.kind, envelope.payload)) as answer:
                body = await answer.read()
                if answer.status == 200:
                    envelope.acknowledged = time.monotonic()
                    envelope.answer = json.loads(body) if body else None
        except aiohttp.ClientError:
            pass

    async def _retry(self) -> None:
        while True:
            await asyncio.sleep(self.retry_seconds / 4)
            for envelope in list(self.envelopes.values()):
                if not envelope.acknowledged and time.monotonic() - envelope.sent > self.retry_seconds:
                    await self._send(envelope)

    def drop_sockets(self, *, politely: bool = False) -> None:
        """Break the app's connection: without a word, or as Slack announces it."""
        self._run(self._drop_sockets(politely))

    async def _drop_sockets(self, politely: bool) -> None:
        for socket in list(self._sockets):
            if politely:
                await socket.send_json({"type": "disconnect", "reason": "refresh_requested"})
            elif socket._req is not None and socket._req.transport is not None:
                socket._req.transport.abort()

    async def _link(self, request: web.Request) -> web.WebSocketResponse:
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        self.connections += 1
        self._sockets.add(socket)
        await socket.send_json({"type": "hello", "num_connections": 1, "connection_info": {"app_id": APP}})
        try:
            async for message in socket:
                if message.type == WSMsgType.TEXT:
                    said = json.loads(message.data)
                    envelope = self.envelopes[said["envelope_id"]]
                    envelope.acknowledged = envelope.acknowledged or time.monotonic()
                    envelope.answer = said.get("payload")
        finally:
            self._sockets.discard(socket)
        return socket

    # The Web API

    async def _answer_call(self, request: web.Request) -> web.Response:
        method = request.match_info["method"]
        self.calls[method] += 1
        arguments = await _arguments(request)
        status, done = self._forced[method].pop(0) if self._forced[method] else self._fate(method, arguments)
        if status == 429:
            headers = {"Retry-After": str(self.trouble.retry_after)}
            return web.json_response({"ok": False, "error": "ratelimited"}, status=429, headers=headers)
        if status >= 500 and not done:
            return web.Response(status=status, text="upstream error", content_type="text/html")
        answer = self._do(method, request.headers.get("Authorization", ""), arguments)
        if status >= 500:
            return web.Response(status=status, text="upstream error", content_type="text/html")
        return web.json_response(answer)

    def _fate(self, method: str, arguments: Json) -> tuple[int, bool]:
        if method not in self.trouble.methods:
            return 200, True
        if self.trouble.posts_per_second is not None and self._is_too_fast(str(arguments.get("channel"))):
            return 429, False
        draw = self._random.random()
        for share, fate in ((self.trouble.too_many, (429, False)), (self.trouble.broken_before, (500, False)),
                            (self.trouble.broken_after, (500, True))):  # fmt: skip
            if draw < share:
                return fate
            draw -= share
        return 200, True

    def _is_too_fast(self, channel: str) -> bool:
        now, times = time.monotonic(), self._post_times[channel]
        times[:] = [each for each in times if now - each < 1.0]
        if len(times) >= (self.trouble.posts_per_second or 1):
            return True
        times.append(now)
        return False

    def _do(self, method: str, authorization: str, arguments: Json) -> Json:
        token = APP_TOKEN if method == "apps.connections.open" else BOT_TOKEN
        if authorization != f"Bearer {token}":
            return {"ok": False, "error": "invalid_auth" if authorization else "not_authed"}
        if self.refusal:
            return {"ok": False, "error": self.refusal}
        needed = SCOPES_OF_METHODS.get(method)
        if needed is None:
            return {"ok": False, "error": "unknown_method"}
        if needed and not self.scopes & set(needed):
            return {"ok": False, "error": "missing_scope", "needed": ",".join(needed)}
        return getattr(self, f"_do_{method.replace('.', '_')}")(arguments)

    def _do_auth_test(self, arguments: Json) -> Json:
        return {"ok": True, "team_id": TEAM, "user_id": BOT_USER, "bot_id": BOT, "url": "http://127.0.0.1/"}

    def _do_apps_connections_open(self, arguments: Json) -> Json:
        return {"ok": True, "url": f"ws://127.0.0.1:{self.port}/link"}

    def _do_chat_postMessage(self, arguments: Json) -> Json:
        channel = str(arguments["channel"])
        channel = self.direct(channel) if channel[0] in "UW" else channel
        if BOT_USER not in self.members.get(channel, ()):
            return {"ok": False, "error": "not_in_channel" if channel in self.members else "channel_not_found"}
        if problems := problems_of_message(arguments):
            self.wrong += problems
            return {"ok": False, "error": "invalid_blocks", "errors": problems}
        message = {"type": "message", "user": BOT_USER, "bot_id": BOT, "channel": channel, "ts": self.next_ts(),
                   "text": arguments.get("text", ""), "blocks": arguments.get("blocks", []),
                   "metadata": arguments.get("metadata")}  # fmt: skip
        if thread := arguments.get("thread_ts"):
            message["thread_ts"] = thread
        self.messages[channel].append(message)
        return {"ok": True, "channel": channel, "ts": message["ts"], "message": message}

    def _do_chat_update(self, arguments: Json) -> Json:
        found = next((m for m in self.messages[str(arguments["channel"])] if m["ts"] == arguments["ts"]), None)
        if found is None or found["user"] != BOT_USER:
            return {"ok": False, "error": "message_not_found" if found is None else "cant_update_message"}
        if problems := problems_of_message(arguments):
            self.wrong += problems
            return {"ok": False, "error": "invalid_blocks"}
        found |= {"blocks": arguments["blocks"], "text": arguments["text"], "edited": True}
        return {"ok": True, "ts": arguments["ts"]}

    def _do_conversations_history(self, arguments: Json) -> Json:
        return self._read([m for m in self.messages[str(arguments["channel"])] if not m.get("thread_ts")], arguments)

    def _do_conversations_replies(self, arguments: Json) -> Json:
        thread = str(arguments["ts"])
        found = [m for m in self.messages[str(arguments["channel"])] if thread in (m.get("thread_ts"), m["ts"])]
        return self._read(found, arguments)

    def _read(self, messages: list[Json], arguments: Json) -> Json:
        oldest, limit = str(arguments.get("oldest") or "0"), int(arguments.get("limit") or 100)
        whole = str(arguments.get("include_all_metadata")).lower() in ("true", "1")
        found = [m for m in messages if m["ts"] > oldest][:limit]
        shown = [m if whole else {key: value for key, value in m.items() if key != "metadata"} for m in found]
        return {"ok": True, "messages": shown, "has_more": False}

    def _do_views_publish(self, arguments: Json) -> Json:
        return self._show(arguments, lambda view: self.homes.__setitem__(arguments["user_id"], view))

    def _do_views_open(self, arguments: Json) -> Json:
        began = self._triggers.pop(str(arguments["trigger_id"]), None)
        if began is None or time.monotonic() - began > TRIGGER_SECONDS:
            return {"ok": False, "error": "expired_trigger_id" if began else "invalid_trigger_id"}
        return self._show(arguments, self.opened.append)

    def _show(self, arguments: Json, show: Callable[[Json], Any]) -> Json:
        view = arguments["view"] if isinstance(arguments["view"], dict) else json.loads(arguments["view"])
        if problems := problems_of_view(view):
            self.wrong += problems
            return {"ok": False, "error": "invalid_arguments"}
        show(view)
        return {"ok": True, "view": view}

    def _do_assistant_threads_setStatus(self, arguments: Json) -> Json:
        self.statuses.append((str(arguments["thread_ts"]), str(arguments["status"])))
        return {"ok": True}

    def _do_assistant_threads_setSuggestedPrompts(self, arguments: Json) -> Json:
        if not 0 < len(arguments["prompts"]) <= 4:
            self.wrong.append("too many prompts")
            return {"ok": False, "error": "invalid_arguments"}
        self.prompts[str(arguments["channel_id"])] = arguments
        return {"ok": True}

    async def _answer_response(self, request: web.Request) -> web.Response:
        number = request.match_info["id"]
        status, done = self._forced["response"].pop(0) if self._forced["response"] else (200, True)
        if status == 429 or not done:
            return web.Response(status=status, headers={"Retry-After": str(self.trouble.retry_after)})
        if self._responses.get(number, 0) < 1:
            return web.json_response({"ok": False, "error": "expired_url"}, status=404)
        self._responses[number] -= 1
        body = await request.json()
        self.wrong += problems_of_message(body)
        address = f"http://127.0.0.1:{self.port}/response/{number}"
        self.hidden[address].append({**body, "ts": self.next_ts(), "channel": "C1"})
        return web.Response(text="ok")

    def expire_responses(self) -> None:
        """Make all addresses of interactions invalid, as half an hour does."""
        self._responses.clear()

    def _run(self, work: Coroutine[Any, Any, Any]) -> Any:
        return asyncio.run_coroutine_threadsafe(work, self.loop).result(60)

    def _in_loop(self, work: Callable[[], Any]) -> Any:
        async def do() -> Any:
            return work()

        return self._run(do())


async def _arguments(request: web.Request) -> Json:
    if request.content_type == "application/json":
        return dict(await request.json())
    given = {**request.query, **await request.post()}
    return {
        key: json.loads(value) if isinstance(value, str) and value[:1] in "[{" else value
        for key, value in given.items()
    }


def signed(kind: str, payload: Json, *, secret: str = SIGNING_SECRET, age: int = 0) -> Json:
    """Return the body and headers of a request as Slack signs it, so many seconds ago."""
    if kind == "events_api":
        body, content = json.dumps(payload), "application/json"
    elif kind == "slash_commands":
        body, content = urlencode(payload), "application/x-www-form-urlencoded"
    else:
        body, content = urlencode({"payload": json.dumps(payload)}), "application/x-www-form-urlencoded"
    return signed_body(body, content, secret=secret, age=age)


def signed_body(body: str, content: str, *, secret: str = SIGNING_SECRET, age: int = 0) -> Json:
    """Return a request with that body, signed."""
    when = str(int(time.time()) - age)
    digest = hmac.new(secret.encode(), f"v0:{when}:{body}".encode(), hashlib.sha256).hexdigest()
    headers = {"X-Slack-Request-Timestamp": when, "X-Slack-Signature": f"v0={digest}", "Content-Type": content}
    return {"data": body.encode(), "headers": headers}
