"""The connection to Slack: finds out who we are, keeps a socket open where there is one, and says how it stands."""

import asyncio
import contextlib
import logging
from typing import Any

import aiohttp
from slack_bolt.adapter.socket_mode.async_internals import run_async_bolt_app, send_async_response
from slack_bolt.app.async_app import AsyncApp
from slack_sdk.errors import SlackApiError
from slack_sdk.socket_mode.aiohttp import SocketModeClient
from slack_sdk.socket_mode.async_client import AsyncBaseSocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest
from slack_sdk.web.async_client import AsyncWebClient

from bot.channels.slack_app import library_logger
from bot.channels.slack_events import Identity
from bot.channels.slack_health import Health

logger = logging.getLogger(__name__)

FIRST_WAIT = 1.0
LONGEST_WAIT = 120.0
PING_SECONDS = 5.0
WATCH_SECONDS = 5.0
TROUBLES = (SlackApiError, aiohttp.ClientError, asyncio.TimeoutError, OSError)


class Socket(SocketModeClient):
    """Slack's client for Socket Mode; where Slack refuses it, it asks again ever more slowly, and tells it once."""

    def __init__(self, app_token: str, client: AsyncWebClient, health: Health, *, ping_seconds: float) -> None:
        """Connect as the app of that token, when told to."""
        super().__init__(app_token, library_logger(), client, ping_interval=ping_seconds)
        self._health = health

    async def issue_new_wss_url(self) -> str:
        """Return the address to connect to, as soon as Slack gives one."""
        wait = FIRST_WAIT
        while True:
            try:
                return await super().issue_new_wss_url()
            except TROUBLES as exc:
                self._health.down(exc)
                await asyncio.sleep(wait)
                wait = min(wait * 2, LONGEST_WAIT)


class Connection:
    """Connects, stays connected, and knows our identity in the workspace."""

    def __init__(self, client: AsyncWebClient, health: Health, *, app_token: str, ping_seconds: float = PING_SECONDS):
        """Use that client; with an app token in Socket Mode, else over HTTP."""
        self._client, self._health = client, health
        self._app_token, self._ping_seconds = app_token, ping_seconds
        self._socket: Socket | None = None
        self._watching: asyncio.Task[None] | None = None
        self.identity: Identity | None = None

    def start(self, app: AsyncApp) -> None:
        """Begin to connect; what comes in goes to the app."""
        self._watching = asyncio.create_task(self._run(app))

    async def close(self) -> None:
        """Take nothing more."""
        if self._watching is not None:
            self._watching.cancel()
            await asyncio.gather(self._watching, return_exceptions=True)
        if self._socket is not None:
            with contextlib.suppress(*TROUBLES):
                await self._socket.close()  # type: ignore[no-untyped-call]
        self._health.closed()

    async def check(self) -> None:
        """Look how the connection stands, for whoever asks just now."""
        if self._socket is None or self._health.refused:
            return
        if await self._socket.is_connected():
            self._health.up(self._socket.last_ping_pong_time)
        else:
            self._health.down("the socket is not connected")

    async def _run(self, app: AsyncApp) -> None:
        await self._identify()
        if self._app_token:
            await self._open_socket(app)
        while True:
            await asyncio.sleep(min(WATCH_SECONDS, self._ping_seconds))
            if self._health.refused:
                await self._identify()
            await self.check()

    async def _identify(self) -> None:
        """Ask Slack who we are, until it says so."""
        wait = FIRST_WAIT
        while True:
            try:
                answer = await self._client.auth_test()
            except TROUBLES as exc:
                self._health.down(exc)
                await asyncio.sleep(wait)
                wait = min(wait * 2, LONGEST_WAIT)
            else:
                break
        self.identity = Identity(str(answer["team_id"]), str(answer["user_id"]), str(answer.get("bot_id") or ""))
        self._health.recovered()
        self._health.reached()

    async def _open_socket(self, app: AsyncApp) -> None:
        async def handle(client: AsyncBaseSocketModeClient, request: SocketModeRequest) -> None:
            response = await run_async_bolt_app(app, request)
            await send_async_response(client, request, response, 0.0)

        self._socket = Socket(self._app_token, self._client, self._health, ping_seconds=self._ping_seconds)
        listeners: list[Any] = self._socket.socket_mode_request_listeners
        listeners.append(handle)
        await self._socket.connect()  # type: ignore[no-untyped-call]
        self._health.up()
