"""One HTTP request and its answer, read line by line under a deadline.

http.client and nothing more: requests and httpx take longer to import than the server to answer.
A server that cannot be reached, one that is too slow and one that breaks off are three errors.
"""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException, HTTPResponse, HTTPSConnection
from socket import socket
from urllib.parse import urlsplit

from bot.terminal.errors import BrokenAnswerError, NoServerError, TimedOutError, UnreachableError, UsageError

MAX_ANSWER = 2 * 1024 * 1024
"""Bytes that are read of an answer; no honest one comes near."""


@dataclass(frozen=True)
class Address:
    """Where a server is: `path` is empty or the prefix under which it is mounted."""

    scheme: str
    host: str
    port: int
    path: str = ""

    @property
    def url(self) -> str:
        """The address as a person writes it; it also names the server in the files that we keep."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        usual = {"http": 80, "https": 443}[self.scheme]
        return f"{self.scheme}://{host}{'' if self.port == usual else f':{self.port}'}{self.path}"


def read_address(url: str) -> Address:
    """Return the address in a URL; raise UsageError when it is none."""
    try:
        parts = urlsplit(url.strip())
        port = parts.port
    except ValueError as exc:
        raise UsageError(f"{url!r} is no server address: {exc}.") from exc
    good = parts.scheme in ("http", "https") and parts.hostname and url.isprintable() and " " not in url.strip()
    if not good or parts.username or parts.query or parts.fragment:
        raise UsageError(f"{url!r} is no server address; write it as http://localhost:5005.")
    port = port or (443 if parts.scheme == "https" else 80)
    return Address(parts.scheme, parts.hostname or "", port, parts.path.rstrip("/"))


class Exchange:
    """An answer that is arriving: its status and headers, and its body as far as it has come."""

    def __init__(self, response: HTTPResponse, sock: socket, ends: float, timeout: float) -> None:
        """Read until `ends`, a moment of the monotonic clock."""
        self._response = response
        self._socket = sock
        self._ends = ends
        self._timeout = timeout
        self.status = response.status

    def header(self, name: str) -> str:
        """Return a header, empty when it is not there."""
        return self._response.headers.get(name) or ""

    def chunks(self) -> Iterator[bytes]:
        """Yield the body as it comes; raise TimedOutError or BrokenAnswerError."""
        size = 0
        while True:
            self._socket.settimeout(_left(self._ends, self._timeout))
            try:
                chunk = self._response.read1(65536)
            except TimeoutError as exc:
                raise _too_slow(self._timeout) from exc
            except (OSError, HTTPException, ValueError) as exc:
                raise broken_off() from exc
            size += len(chunk)
            if not chunk:
                return
            if size > MAX_ANSWER:
                raise BrokenAnswerError("The answer is too long to be read.")
            yield chunk

    def lines(self) -> Iterator[bytes]:
        """Yield the lines of the body that are not blank, each as soon as it is complete.

        Each is to be a JSON object: one that is not closed was cut off, which is a BrokenAnswerError.
        """
        rest = b""
        for chunk in self.chunks():
            *lines, rest = (rest + chunk).split(b"\n")
            yield from (line for line in lines if line.strip())
        if rest.strip():
            if not rest.rstrip().endswith(b"}"):
                raise broken_off()
            yield rest

    def read(self) -> bytes:
        """Return the whole body."""
        return b"".join(self.chunks())


@contextmanager
def exchange(
    address: Address,
    method: str,
    path: str,
    *,
    body: bytes | None = None,
    token: str = "",
    key: str = "",
    timeout: float,
) -> Iterator[Exchange]:
    """Send a request and give its answer; it must be complete within `timeout` seconds.

    By its key the server knows a request that is sent again.

    Raises NoServerError when nothing answers, TimedOutError when the answer does not begin in time.
    """
    ends = time.monotonic() + timeout
    kind = HTTPSConnection if address.scheme == "https" else HTTPConnection
    connection = kind(address.host, address.port, timeout=timeout)
    try:
        sock = _connect(connection, address)
        sock.settimeout(_left(ends, timeout))
        try:
            connection.request(method, address.path + path, body=body, headers=_headers(body, token, key))
            response = connection.getresponse()
        except TimeoutError as exc:
            raise _too_slow(timeout) from exc
        except (OSError, HTTPException, ValueError) as exc:
            raise NoServerError(f"The server at {address.url} closed the connection without an answer.") from exc
        with response:
            yield Exchange(response, sock, ends, timeout)
    finally:
        connection.close()


def broken_off() -> BrokenAnswerError:
    """Return the error for an answer that stops before its end."""
    return BrokenAnswerError("The connection broke before the answer was complete.")


def _headers(body: bytes | None, token: str, key: str) -> dict[str, str]:
    return {
        "Accept": "application/x-ndjson, application/json",
        "User-Agent": "pmo-coach-terminal",
        **({"Authorization": f"Bearer {token}"} if token else {}),
        **({"Content-Type": "application/json"} if body is not None else {}),
        **({"Idempotency-Key": key} if key else {}),
    }


def _connect(connection: HTTPConnection, address: Address) -> socket:
    try:
        connection.connect()
    except (OSError, ValueError) as exc:
        raise UnreachableError(f"No PMO Coach can be reached at {address.url}.") from exc
    return connection.sock


def _left(ends: float, timeout: float) -> float:
    left = ends - time.monotonic()
    if left <= 0:
        raise _too_slow(timeout)
    return left


def _too_slow(timeout: float) -> TimedOutError:
    return TimedOutError(f"No complete answer came within {timeout:g} seconds. --timeout allows more.")
