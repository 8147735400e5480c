"""A request that refuses malformed HTTP with 400, where Sanic 21.12 would break off or wait for a body in vain.

Sanic takes a negative length, a length beside chunks, and a second length; a proxy before us may read them
differently, and then one person's request ends inside another's. An address that cannot be parsed makes its error
page fail too, so that the client gets no answer at all.
"""

from typing import Any

from httptools import HttpParserInvalidURLError, parse_url
from sanic.compat import Header
from sanic.exceptions import InvalidUsage
from sanic.request import Request

from bot.channels.tracing import begin

NO_METHOD = "NONE"
"""The method of the request that Sanic makes up to answer what it could not read."""
MOST_DIGITS = 15
"""Of a Content-Length: no body is a petabyte long."""


class StrictRequest(Request):
    """Sanic's request, made only from a well-formed head; raises InvalidUsage otherwise."""

    def __init__(self, url_bytes: bytes, headers: Header, version: str, method: str, *rest: Any, **more: Any) -> None:
        """Check the address and the framing of the body, then make the request and begin to trace it."""
        if method == NO_METHOD:
            url_bytes = b"*"
        elif not _has_path(url_bytes):
            raise InvalidUsage("The address is malformed.")
        else:
            _check_framing(headers)
        super().__init__(url_bytes, headers, version, method, *rest, **more)
        begin(self, self.app)


def _has_path(url: bytes) -> bool:
    try:
        return bool(parse_url(url).path)
    except HttpParserInvalidURLError:
        return False


def _check_framing(headers: Header) -> None:
    lengths = headers.getall("content-length", [])
    encodings = headers.getall("transfer-encoding", [])
    if len(lengths) + len(encodings) > 1:
        raise InvalidUsage("A body has one Content-Length or one Transfer-Encoding.")
    if encodings and encodings[0] != "chunked":
        raise InvalidUsage("The only Transfer-Encoding is chunked.")
    if lengths and not (lengths[0].isascii() and lengths[0].isdigit() and len(lengths[0]) <= MOST_DIGITS):
        raise InvalidUsage("A Content-Length is a number.")
