"""The web channel: the HTTP API that the widget and the terminal speak, as a channel of Rasa.

A person's words are cleaned and handed to Rasa; what the conversations' store then has of the coach goes back. So
what is answered is what was kept, and a client that lost its connection finds the same in the history. The channel
decides nothing about careers: it says who may speak (tokens, origins, limits), in what form, and never goes silent.

`pmo-coach serve` makes it with its settings; stock `rasa run` makes it from `bot.channels.web.WebChannel:` in
credentials.yml. Either way the store stands in `app.ctx.conversations`.
"""

import math
from collections.abc import Mapping
from typing import Any

from rasa.core.channels.channel import InputChannel
from sanic import Blueprint, Sanic
from sanic.request import Request
from sanic.response import BaseHTTPResponse

from bot.channels.endpoints import Endpoints
from bot.channels.files import add_file_routes
from bot.channels.http_errors import install_error_handlers
from bot.channels.pages import root_blueprint
from bot.channels.texts import shown_text
from bot.channels.tokens import Tokens, secret_of
from bot.channels.tracing import trace_requests
from bot.channels.turns import OnNewMessage, Turns
from bot.runtime.settings import Settings, read_settings

__all__ = [
    "WebChannel",
    "configure_limits",
    "install_error_handlers",
    "root_blueprint",
    "secret_of",
    "shown_text",
    "trace_requests",
]

MOST_OTHER_BYTES = 1024 * 1024
HEAD_SECONDS = 15
KEEP_ALIVE_SECONDS = 75
"""Longer than the 60 s of nginx, so that it is the proxy that closes an idle connection, not we under its request."""
TURN_MARGIN = 5.0
"""Seconds that a turn may take beyond the time-out of an action."""
ANSWER_MARGIN = 10.0


class WebChannel(InputChannel):
    """Serves /webhooks/web/session, /message, /history, /feedback and /export, and the widget that asks them."""

    def __init__(self, settings: Settings, secret: str) -> None:
        """Serve with these settings, and sign tokens with the secret."""
        self._settings, self._secret = settings, secret
        self._turns: Turns | None = None

    @classmethod
    def name(cls) -> str:
        """Return the channel's name, which is also its address below /webhooks."""
        return "web"

    @classmethod
    def from_credentials(cls, credentials: Mapping[str, Any] | None) -> "WebChannel":
        """Return the channel for stock Rasa: credentials.yml only names it, the settings are those of everything."""
        settings = read_settings()
        return cls(settings, secret_of(settings))

    def blueprint(self, on_new_message: OnNewMessage) -> Blueprint:
        """Return the routes; Rasa adds the prefix and hands over what takes a message."""
        seconds = self._settings.actions_timeout + TURN_MARGIN
        tokens = Tokens(self._secret, days=self._settings.token_days, old=self._settings.secret_old)
        self._turns = Turns(on_new_message, seconds=seconds)
        endpoints = Endpoints(self.name(), self._settings, tokens, self._turns)
        blueprint = Blueprint(self.name())
        _add_routes(blueprint, endpoints)
        add_file_routes(blueprint)

        async def prepare(app: Sanic, loop: Any) -> None:
            install_error_handlers(app)
            trace_requests(app, trusted_proxies=self._settings.trusted_proxies)
            longest = math.ceil(seconds + ANSWER_MARGIN)
            app.config.RESPONSE_TIMEOUT = max(app.config.RESPONSE_TIMEOUT, longest)
            app.config.GRACEFUL_SHUTDOWN_TIMEOUT = longest

        async def close(app: Sanic, loop: Any) -> None:
            await endpoints.close()

        blueprint.listener(prepare, "before_server_start")
        blueprint.listener(close, "after_server_stop")
        return blueprint

    async def finish(self) -> None:
        """Wait for the turns under way, those as well whose client hung up; call it when no more can come."""
        if self._turns is not None:
            await self._turns.finish()


def configure_limits(app: Sanic) -> None:
    """Set how much and how slowly the app reads.

    The web channel reads its own bodies, to 16 KiB (`bodies.MAX_BODY`). REQUEST_MAX_SIZE, in place of Sanic's 100 MB,
    holds for every other route, and is larger because Slack sends a clicked message back with all its blocks.
    """
    app.config.REQUEST_MAX_SIZE = MOST_OTHER_BYTES
    app.config.REQUEST_TIMEOUT = HEAD_SECONDS
    app.config.KEEP_ALIVE_TIMEOUT = KEEP_ALIVE_SECONDS


def _add_routes(blueprint: Blueprint, endpoints: Endpoints) -> None:
    routes = {
        "/session": {"POST": endpoints.guarded(endpoints.open_session, counted_as="session")},
        "/message": {"POST": endpoints.guarded(endpoints.answer_message, counted_as="message")},
        "/history": {
            "GET": endpoints.guarded(endpoints.show_history, counted_as="history"),
            "DELETE": endpoints.guarded(endpoints.erase_history, counted_as="history"),
        },
        "/feedback": {"POST": endpoints.guarded(endpoints.take_feedback, counted_as="feedback")},
        "/export": {"GET": endpoints.guarded(endpoints.export_memory, counted_as="export")},
        "/import": {"POST": endpoints.guarded(endpoints.import_plans, counted_as="import")},
    }
    for uri, handlers in routes.items():
        for method, handler in {**handlers, "OPTIONS": endpoints.preflight()}.items():
            # As a stream, for else Sanic reads the whole body before we are asked.
            blueprint.add_route(handler, uri, methods=[method], name=f"{method.lower()}_{uri[1:]}", stream=True)
    methods = {uri: ", ".join([*handlers, "OPTIONS"]) for uri, handlers in routes.items()}

    async def add_cors_headers(request: Request, response: BaseHTTPResponse) -> None:
        uri = "/" + request.path.rstrip("/").rpartition("/")[2]
        if uri in methods:
            endpoints.origins.add_cors_headers(request, response, methods[uri])

    blueprint.middleware(add_cors_headers, "response")
