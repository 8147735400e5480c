"""Tracing: each request has an id, is counted, and leaves one log line: route, status and time, not who and what."""

import logging
import time
from typing import Any

from sanic import Blueprint, Sanic
from sanic.request import Request
from sanic.response import BaseHTTPResponse, HTTPResponse

from bot.observing import metrics
from bot.observing.request_ids import HEADER, begin_request, end_request

logger = logging.getLogger(__name__)

TRUSTS_PROXIES = "trusts_proxies"
STOPPING = "stopping"
"""In the app's context while the server is about to stop."""
NO_ROUTE = "none"
OTHER_METHOD = "other"
METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")


def begin(request: Request, app: Any) -> None:
    """Give the request its id, from a proxy that the settings trust or a new one, and start its clock."""
    given = request.headers.getall(HEADER, []) if getattr(app.ctx, TRUSTS_PROXIES, False) else []
    request.ctx.id = begin_request(given[0] if len(given) == 1 else None)
    request.ctx.started = time.perf_counter()


def trace_requests(app: Sanic, *, trusted_proxies: int) -> None:
    """Trace the requests of the app, whose request class begins them; twice changes nothing."""
    if hasattr(app.ctx, TRUSTS_PROXIES):
        return
    setattr(app.ctx, TRUSTS_PROXIES, trusted_proxies > 0)
    app.register_middleware(_end, "response")


async def _end(request: Request, response: BaseHTTPResponse) -> None:
    response.headers[HEADER] = request.ctx.id
    # The route as it is declared: an address may hold anything that somebody typed.
    route = f"/{request.route.path}" if request.route else NO_ROUTE
    method = request.method if request.method in METHODS else OTHER_METHOD
    metrics.REQUESTS.labels(route, method, response.status).inc()
    milliseconds = (time.perf_counter() - request.ctx.started) * 1000
    logger.info("%s %s %s in %.1f ms", method, route, response.status, milliseconds)
    if getattr(request.app.ctx, STOPPING, False) and request.stream is not None:
        request.stream.keep_alive = False  # the next request on this connection is for another server
    end_request()


def add_metrics_route(blueprint: Blueprint) -> None:
    """Add /metrics: numbers alone, so that whoever reaches the port may read them; nginx.conf lets nobody else."""

    async def show_metrics(request: Request) -> HTTPResponse:
        return HTTPResponse(metrics.exposition(), content_type=metrics.CONTENT_TYPE)

    blueprint.add_route(show_metrics, "/metrics", methods=("GET", "HEAD"), name="metrics")
