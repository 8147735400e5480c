"""The routes outside of /webhooks: is the process alive, is the coach ready, and a page for whoever opens it."""

import asyncio
import logging
from functools import partial
from typing import Any

from sanic import Blueprint
from sanic.request import Request
from sanic.response import HTTPResponse, html

from bot.channels.files import PAGE
from bot.channels.http_errors import json_response
from bot.channels.tracing import STOPPING, add_metrics_route
from bot.errors import LockError, StoreError, UnwritableError
from bot.runtime.settings import Settings

logger = logging.getLogger(__name__)

CHECK_SECONDS = 2.0
"""How long the store may take to say that it is there."""
METHODS = ("GET", "HEAD")
HOME = "PMO-Coach-Home"
"""The header of /health by which a terminal knows the coach of its own folder."""
PAGE_FILE = PAGE / "index.html"

CONTENT_SECURITY_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)


def root_blueprint(settings: Settings) -> Blueprint:
    """Return the blueprint with /, /health, /ready and /metrics; the app must not have Rasa's own route at /."""
    blueprint = Blueprint("web_root")
    blueprint.add_route(show_page, "/", methods=METHODS, name="page")
    blueprint.add_route(partial(tell_health, home=settings.home), "/health", methods=METHODS, name="health")
    blueprint.add_route(tell_readiness, "/ready", methods=METHODS, name="ready")
    add_metrics_route(blueprint)
    return blueprint


async def show_page(request: Request) -> HTTPResponse:
    """Show what PMO Coach is, and the coach."""
    return html(
        PAGE_FILE.read_text(encoding="utf-8"),
        headers={"Content-Security-Policy": CONTENT_SECURITY_POLICY, "Cache-Control": "no-cache"},
    )


async def tell_health(request: Request, *, home: str) -> HTTPResponse:
    """Tell that the process is alive, and whose coach it is."""
    return json_response({"status": "ok"}, headers={HOME: home})


async def tell_readiness(request: Request) -> HTTPResponse:
    """Tell whether the model is loaded and the store works, and if not (503), why: it may be stopping."""
    context = request.app.ctx
    stopping = ["The server is stopping."] if getattr(context, STOPPING, False) else []
    reasons = stopping or [*_reasons_of_model(context), *await _reasons_of_store(context)]
    if reasons:
        return json_response({"status": "not ready", "reasons": reasons}, 503)
    return json_response({"status": "ready", **await _slack(context)})


async def _slack(context: Any) -> dict[str, Any]:
    """Return how Slack stands, where it is set up; that it cannot be reached does not make the web channel unready."""
    slack = getattr(context, "slack", None)
    return {} if slack is None else {"slack": await slack.readiness()}


def _reasons_of_model(context: Any) -> list[str]:
    agent = getattr(context, "agent", None)
    return [] if agent is not None and agent.is_ready() else ["The model is not loaded."]


async def _reasons_of_store(context: Any) -> list[str]:
    conversations = getattr(context, "conversations", None)
    if conversations is None:
        return ["The store of conversations is not open."]
    try:
        await asyncio.wait_for(conversations.check(), CHECK_SECONDS)
    except (LockError, UnwritableError) as exc:
        what = "locks are" if isinstance(exc, LockError) else "store is"
        logger.warning("the %s not ready: %s", what, type(exc.__cause__ or exc).__name__)
        return [str(exc)]
    except StoreError as exc:
        logger.warning("the store is not ready: %s", type(exc.__cause__ or exc).__name__)
        return ["The store cannot be read and written."]
    except asyncio.TimeoutError:
        return [f"The store did not answer within {CHECK_SECONDS:g} seconds."]
    return []
