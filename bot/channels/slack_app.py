"""Slack's own framework, Bolt, around the desk: it checks and parses what comes in, over a socket or over HTTP.

There are no Bolt listeners. One middleware reads every body into a request and hands it to the desk, and whatever is
not for us is acknowledged too: an answer other than 200 makes Slack send it again.
"""

import logging
from collections.abc import Callable, Mapping
from typing import Any

from slack_bolt.app.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_bolt.response import BoltResponse
from slack_sdk.signature import SignatureVerifier
from slack_sdk.web.async_client import AsyncWebClient

from bot.channels.slack_desk import Desk
from bot.channels.slack_events import Identity, read_request

APP_NAME = "pmo-coach"
NOT_YET = 503


class Discreet(logging.Filter):
    """Lets through what Slack's libraries log without its words: they quote requests, and so what people wrote."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Replace the message by its place and the kind of its exception."""
        kind = record.exc_info[0].__name__ if record.exc_info and record.exc_info[0] else "no exception"
        record.msg, record.args = f"Slack's library, {record.module}.{record.funcName}: {kind}", None
        record.exc_info = record.exc_text = None
        return True


def library_logger() -> logging.Logger:
    """Return the logger for Slack's libraries: discreet, and from errors on."""
    logger = logging.getLogger("bot.channels.slack.library")
    if not any(isinstance(each, Discreet) for each in logger.filters):
        logger.addFilter(Discreet())
    # The libraries complain of every lost connection once in some seconds; `Health` tells it once.
    logger.setLevel(logging.CRITICAL)
    return logger


def make_app(desk: Desk, identity: Callable[[], Identity | None], *, signing_secret: str) -> AsyncApp:
    """Return the Bolt app; it asks Slack nothing by itself."""

    async def authorize(**_: Any) -> AuthorizeResult:
        me = identity() or Identity("", "")
        return AuthorizeResult(enterprise_id=None, team_id=me.team, bot_user_id=me.user, bot_id=me.bot or None)

    async def receive(body: dict[str, Any]) -> BoltResponse:
        me = identity()
        if me is None:
            return BoltResponse(status=NOT_YET, body="")
        request = read_request(body, me)
        if request is not None:
            await desk.accept(request, body)
        return BoltResponse(status=200, body="")

    logger = library_logger()
    app = AsyncApp(
        name=APP_NAME, logger=logger, client=AsyncWebClient(logger=logger), authorize=authorize,
        signing_secret=signing_secret, request_verification_enabled=bool(signing_secret),
        ignoring_self_events_enabled=False, attaching_conversation_kwargs_enabled=False,
    )  # fmt: skip
    app.middleware(receive)
    return app


def is_signed(secret: str, body: bytes, headers: Mapping[str, str]) -> bool:
    """Tell whether Slack signed these bytes within the last five minutes; Bolt parses them before it looks."""
    timestamp, signature = headers.get("x-slack-request-timestamp", ""), headers.get("x-slack-signature", "")
    if not (timestamp.isascii() and timestamp.isdigit() and len(timestamp) < 16 and signature.isascii()):
        return False
    try:
        return SignatureVerifier(secret).is_valid(body, timestamp, signature)
    except ValueError:  # the body is no UTF-8
        return False


async def dispatch(app: AsyncApp, body: bytes, headers: Mapping[str, str]) -> BoltResponse | None:
    """Return Bolt's answer to a signed HTTP request; None when the body is none that Slack sends."""
    try:
        request = AsyncBoltRequest(body=body.decode(), headers=dict(headers))
    except (ValueError, AttributeError, TypeError):  # no JSON, or JSON that is no object: Bolt takes it for granted
        return None
    return await app.async_dispatch(request)
