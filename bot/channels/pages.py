"""The routes outside of /webhooks: is the process alive, is the coach ready, and a page for whoever opens it."""

import asyncio
import base64
import hashlib
import logging
from typing import Any

from sanic import Blueprint
from sanic.request import Request
from sanic.response import HTTPResponse, html

from bot.channels.http_errors import json_response
from bot.errors import StoreError
from bot.runtime.settings import Settings

logger = logging.getLogger(__name__)

CHECK_SECONDS = 2.0
"""How long the store may take to say that it is there."""
METHODS = ("GET", "HEAD")

STYLE = """
:root { color-scheme: light dark; }
body { font: 1.05rem/1.6 system-ui, sans-serif; margin: 0 auto; max-width: 40rem; padding: 2rem 1.25rem; }
h1 { line-height: 1.2; }
pre { border: 1px solid; border-radius: .4rem; overflow-x: auto; padding: .75rem 1rem; }
"""

PAGE = f"""<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>PMO Coach</title>
<link rel="icon" href="data:,">
<style>{STYLE}</style>
</head>
<body>
<main>
<h1>PMO Coach</h1>
<p>A career coach for people who work in project, programme and portfolio management offices, or want to. It explains
roles and certifications, places you on the career levels, and helps you to plan your next step.</p>
<h2>Talk with it</h2>
<p>In a terminal, in the folder of PMO Coach:</p>
<pre><code>make chat</code></pre>
<p>Or one question at a time:</p>
<pre><code>make ask Q="what is a PMO?"</code></pre>
<p>The chat on this page is still to come.</p>
</main>
</body>
</html>
"""


def _source_of(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


CONTENT_SECURITY_POLICY = (
    f"default-src 'none'; img-src data:; style-src {_source_of(STYLE)}; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)


def root_blueprint(settings: Settings) -> Blueprint:
    """Return the blueprint with /, /health and /ready; the app must not have Rasa's own route at /."""
    blueprint = Blueprint("web_root")
    blueprint.add_route(show_page, "/", methods=METHODS, name="page")
    blueprint.add_route(tell_health, "/health", methods=METHODS, name="health")
    blueprint.add_route(tell_readiness, "/ready", methods=METHODS, name="ready")
    return blueprint


async def show_page(request: Request) -> HTTPResponse:
    """Show what PMO Coach is and how to talk with it."""
    return html(PAGE, headers={"Content-Security-Policy": CONTENT_SECURITY_POLICY, "Cache-Control": "no-cache"})


async def tell_health(request: Request) -> HTTPResponse:
    """Tell that the process is alive."""
    return json_response({"status": "ok"})


async def tell_readiness(request: Request) -> HTTPResponse:
    """Tell whether the model is loaded and the store can be reached, and if not (503), why."""
    reasons = [*_reasons_of_model(request.app.ctx), *await _reasons_of_store(request.app.ctx)]
    if reasons:
        return json_response({"status": "not ready", "reasons": reasons}, 503)
    return json_response({"status": "ready"})


def _reasons_of_model(context: Any) -> list[str]:
    agent = getattr(context, "agent", None)
    return [] if agent is not None and agent.is_ready() else ["The model is not loaded."]


async def _reasons_of_store(context: Any) -> list[str]:
    conversations = getattr(context, "conversations", None)
    if conversations is None:
        return ["The store of conversations is not open."]
    try:
        await asyncio.wait_for(conversations.check(), CHECK_SECONDS)
    except StoreError as exc:
        logger.warning("the store is not ready: %s", type(exc.__cause__ or exc).__name__)
        return ["The store cannot be read and written."]
    except asyncio.TimeoutError:
        return [f"The store did not answer within {CHECK_SECONDS:g} seconds."]
    return []
