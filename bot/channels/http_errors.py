"""Errors as the web channel answers them: a status, a code for programs, a sentence for people, always JSON.

Every error of the app comes through here, Sanic's own included: unknown routes, wrong methods, malformed HTTP. What
is logged names types and places, never what a person wrote, and what is answered never quotes an exception.
"""

import json
import logging
import traceback
from collections.abc import Mapping
from typing import Any

from sanic import Sanic
from sanic.exceptions import PayloadTooLarge, SanicException
from sanic.request import Request
from sanic.response import HTTPResponse

from bot.channels.http_headers import add_security_headers
from bot.channels.strict_request import NO_METHOD, StrictRequest
from bot.errors import ChannelError, StoreError

logger = logging.getLogger(__name__)

INTERNAL = 500
"""The status of what nobody foresaw; the only one that is logged with its stack."""
BODY_TOO_LARGE = 413
TRY_SOON = {"Retry-After": "5"}

_OF_STATUS = {
    400: ("bad_request", "This is no request that I understand: it is not well-formed HTTP."),
    404: ("not_found", "There is nothing at this address."),
    405: ("method_not_allowed", "This address does not take that method: the Allow header lists those it takes."),
    408: ("request_timeout", "Your request did not arrive in time: please send it again."),
    BODY_TOO_LARGE: ("too_large", "That is more than I can take: send at most 16 KiB."),
    417: ("expectation_failed", "I cannot meet the Expect header: leave it out."),
    431: ("headers_too_large", "The headers of your request are too large: send at most 8 KiB."),
    INTERNAL: ("internal", "Something went wrong on my side. Please try again."),
    503: ("unavailable", "I cannot answer right now. Please try again in a moment."),
}


class RequestError(ChannelError):
    """A request that is refused, with the answer that the client gets."""

    def __init__(self, status: int, code: str, text: str, *, headers: Mapping[str, str] | None = None) -> None:
        """Refuse with this HTTP status; `text` tells a person what to do next."""
        super().__init__(text)
        self.status, self.code, self.text, self.headers = status, code, text, dict(headers or {})

    def response(self) -> HTTPResponse:
        """Return the answer."""
        return json_response({"error": {"code": self.code, "text": self.text}}, self.status, headers=self.headers)


def of_status(status: int, *, headers: Mapping[str, str] | None = None) -> RequestError:
    """Return the refusal with the usual words for that status."""
    code, text = _OF_STATUS.get(status) or _OF_STATUS[400 if 400 <= status < 500 else INTERNAL]
    return RequestError(status, code, text, headers=headers)


def json_response(value: Any, status: int = 200, *, headers: Mapping[str, str] | None = None) -> HTTPResponse:
    """Return a JSON answer, in ASCII so that no reader stumbles over a line separator or a lone surrogate."""
    return HTTPResponse(json.dumps(value), status=status, headers=dict(headers or {}), content_type="application/json")


def install_error_handlers(app: Sanic) -> None:
    """Make the app answer every error as JSON and put the security headers on every answer; twice changes nothing."""
    if getattr(app.ctx, "answers_errors_as_json", False):
        return
    app.ctx.answers_errors_as_json = True
    app.request_class = StrictRequest
    app.error_handler.add(Exception, answer_error)
    app.register_middleware(add_security_headers, "response")


def answer_error(request: Request, exception: Exception) -> HTTPResponse:
    """Return the JSON answer to an exception, and log it when it is not the client's fault."""
    return _as_request_error(request, exception).response()


def _as_request_error(request: Request, exception: Exception) -> RequestError:
    if isinstance(exception, RequestError):
        return exception
    if isinstance(exception, StoreError):
        logger.warning("the store failed at %s: %s", _place(request), _types(exception))
        return store_unavailable()
    if isinstance(exception, PayloadTooLarge) and request.method == NO_METHOD:
        return of_status(431)  # Sanic says 413 of headers too, then without a request
    status = getattr(exception, "status_code", INTERNAL)
    if isinstance(exception, SanicException) and status != INTERNAL:
        return of_status(status, headers=getattr(exception, "headers", None))
    logger.error("%s at %s\n%s", _types(exception), _place(request), stack_of(exception))
    return of_status(INTERNAL)


def store_unavailable() -> RequestError:
    """Return the refusal for when the store cannot be reached."""
    text = "I cannot reach my memory right now, so nothing was answered or kept. Please try again in a moment."
    return RequestError(503, "store_unavailable", text, headers=TRY_SOON)


def stack_of(exception: BaseException) -> str:
    """Return where an exception came from: files, lines and code, without its message, which may quote a person."""
    return "".join(traceback.format_tb(exception.__traceback__)).rstrip()


def _types(exception: BaseException) -> str:
    cause = exception.__cause__
    return type(exception).__name__ + (f" from {type(cause).__name__}" if cause else "")


def _place(request: Request) -> str:
    # The route as it is declared: an address may hold anything that somebody typed.
    return f"{request.method} /{request.route.path}" if request.route else "no route"
