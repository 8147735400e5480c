"""The channel for Slack: Slack's framework wrapped as a channel of Rasa.

`slack_app` takes what Slack sends, `slack_events` reads it into a request, `slack_desk` sees to it that each request
is answered once, `slack_answering` gets the answer from the coach, `slack_blocks` makes Block Kit of it and
`slack_posting` delivers it. `slack_connection` keeps the socket, `slack_privacy` decides what is for no other eyes.

Socket Mode needs no public address and is the default; over HTTP, Slack posts to /webhooks/slack/events. The channel
starts when the server has started, and ends before it stops.
"""

import asyncio
from collections.abc import Callable
from typing import Any

import aiohttp
from rasa.core.channels.channel import InputChannel
from sanic import Blueprint, Sanic
from sanic.request import Request
from sanic.response import HTTPResponse
from slack_sdk.web.async_client import AsyncWebClient

from bot.channels.http_errors import RequestError
from bot.channels.slack_acts import Acts
from bot.channels.slack_answering import Answering
from bot.channels.slack_app import dispatch, is_signed, library_logger, make_app
from bot.channels.slack_backing import Backing
from bot.channels.slack_connection import PING_SECONDS, Connection
from bot.channels.slack_desk import Desk
from bot.channels.slack_health import Health
from bot.channels.slack_posting import Poster
from bot.channels.slack_working import Working
from bot.channels.turns import OnNewMessage, Turns
from bot.channels.web import TURN_MARGIN
from bot.errors import SettingsError
from bot.runtime.settings import Settings

SOCKET = "socket"
CALL_SECONDS = 30.0
CLOSE_SECONDS = 5.0
"""How long answers under way may take when the server stops."""


def is_wanted(settings: Settings) -> bool:
    """Tell whether the settings ask for Slack; raise SettingsError when they ask for it by halves.

    A server that stops when idle, as the terminal starts one, leaves Slack alone.
    """
    if settings.idle_seconds or not settings.slack_bot_token:
        return False
    if settings.slack_mode == SOCKET and not settings.slack_app_token:
        raise SettingsError("PMO_COACH_SLACK_APP_TOKEN is missing: Socket Mode needs the app-level token (xapp-...).")
    if settings.slack_mode != SOCKET and not settings.slack_signing_secret:
        raise SettingsError("PMO_COACH_SLACK_SIGNING_SECRET is missing: without it nobody's requests can be trusted.")
    return True


class SlackChannel(InputChannel):
    """Talks with the people of one Slack workspace."""

    def __init__(self, settings: Settings, backing: Callable[[Sanic], Backing], *, ping_seconds: float = PING_SECONDS):
        """Serve with these settings; `backing` gives what the channel draws on, once the app has started."""
        self._settings, self._backing, self._ping_seconds = settings, backing, ping_seconds
        self.health = Health(settings.slack_mode)
        self._parts: _Parts | None = None

    @classmethod
    def name(cls) -> str:
        """Return the channel's name, which is also its address below /webhooks."""
        return "slack"

    def blueprint(self, on_new_message: OnNewMessage) -> Blueprint:
        """Return the route for Slack's requests over HTTP, and what starts and ends the connection."""
        blueprint = Blueprint(self.name())

        async def start(app: Sanic, loop: asyncio.AbstractEventLoop) -> None:
            turns = Turns(on_new_message, seconds=self._settings.actions_timeout + TURN_MARGIN)
            self._parts = _Parts(self._settings, self._backing(app), turns, self.health, self._ping_seconds)
            self._parts.start()

        async def close(app: Sanic, loop: asyncio.AbstractEventLoop) -> None:
            if self._parts is not None:
                await self._parts.close()

        blueprint.listener(start, "after_server_start")
        blueprint.listener(close, "before_server_stop")
        if self._settings.slack_mode != SOCKET:

            async def receive(request: Request) -> HTTPResponse:
                return await self._receive(request)

            blueprint.add_route(receive, "/events", methods=["POST"], name="events")
        return blueprint

    async def readiness(self) -> dict[str, Any]:
        """Return what /ready shows of Slack."""
        if self._parts is not None:
            await self._parts.connection.check()
        return self.health.to_json()

    async def _receive(self, request: Request) -> HTTPResponse:
        if not is_signed(self._settings.slack_signing_secret, request.body, request.headers):
            raise RequestError(401, "bad_signature", "This is not signed by Slack, or was signed too long ago.")
        if self._parts is None:
            raise RequestError(503, "not_ready", "I am still waking up. Please try again in a moment.")
        answer = await dispatch(self._parts.app, request.body, request.headers)
        if answer is None:
            raise RequestError(400, "bad_request", "This is nothing that Slack sends.")
        headers = answer.first_headers_without_set_cookie()
        return HTTPResponse(answer.body, status=answer.status, headers=headers)


class _Parts:
    """What lives as long as the connection."""

    def __init__(self, settings: Settings, backing: Backing, turns: Turns, health: Health, ping_seconds: float) -> None:
        self._session = aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=CALL_SECONDS), trust_env=True)
        # The client's own handler sends a post again after a broken connection, without a look whether it arrived.
        client = AsyncWebClient(
            settings.slack_bot_token, settings.slack_api, session=self._session, logger=library_logger(),
            retry_handlers=[],
        )  # fmt: skip
        poster = Poster(client, self._session, health)
        acts, working = Acts(backing, client, poster), Working(client, poster)
        self._desk = Desk(backing, Answering(backing, turns), acts, poster, working, health)
        app_token = settings.slack_app_token if settings.slack_mode == SOCKET else ""
        self.connection = Connection(client, health, app_token=app_token, ping_seconds=ping_seconds)
        self.app = make_app(self._desk, lambda: self.connection.identity, signing_secret=settings.slack_signing_secret)

    def start(self) -> None:
        self._desk.start()
        self.connection.start(self.app)

    async def close(self) -> None:
        await self.connection.close()
        await self._desk.close(seconds=CLOSE_SECONDS)
        await self._session.close()
