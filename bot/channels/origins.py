"""Where a request comes from: the address behind proxies, and the web origin that a browser names.

Headers that a client can write itself (X-Forwarded-*) count only when the settings say that so many proxies stand
before us, and then only the entry that the outermost of them wrote.
"""

from dataclasses import dataclass
from ipaddress import ip_address
from urllib.parse import urlsplit

from sanic.request import Request
from sanic.response import BaseHTTPResponse

from bot.channels.http_errors import RequestError
from bot.runtime.settings import Settings

DEFAULT_PORTS = {"http": 80, "https": 443}
UNKNOWN_ADDRESS = "unknown"
PREFLIGHT_SECONDS = 600
ALLOWED_HEADERS = "Authorization, Content-Type, Idempotency-Key"


@dataclass(frozen=True)
class Origin:
    """A web origin: scheme, host in lower case and port."""

    scheme: str
    host: str
    port: int


def parse_origin(text: str) -> Origin | None:
    """Return the origin that the text names, None when it names none ("null", say)."""
    try:
        parts = urlsplit(text)
        port = parts.port or DEFAULT_PORTS[parts.scheme]
    except (ValueError, KeyError):
        return None
    if not parts.hostname or parts.path or parts.query or parts.fragment or parts.username is not None:
        return None
    return Origin(parts.scheme, parts.hostname, port)


class Origins:
    """Tells addresses and origins apart, as the settings want it."""

    def __init__(self, settings: Settings) -> None:
        """Trust the proxies and allow the origins that the settings name."""
        self._proxies = settings.trusted_proxies
        self._allowed = {origin for text in settings.origins if (origin := parse_origin(text))}

    def address_of(self, request: Request) -> str:
        """Return the client's address, as far as it can be trusted."""
        forwarded = self._forwarded(request, "x-forwarded-for")
        try:
            return str(ip_address(forwarded))
        except ValueError:
            return request.ip or UNKNOWN_ADDRESS

    def check(self, request: Request) -> None:
        """Raise RequestError (403) when the request names an origin that is neither ours nor allowed."""
        named = request.headers.getall("origin", [])
        if named and not (len(named) == 1 and self._is_allowed(request, named[0])):
            text = "This page may not talk to me. Its owner can ask for it to be allowed (PMO_COACH_ORIGINS)."
            raise RequestError(403, "origin_not_allowed", text)

    def add_cors_headers(self, request: Request, response: BaseHTTPResponse, methods: str) -> None:
        """Let an allowed foreign page read the answer; `methods` are those that a preflight is told."""
        response.headers["Vary"] = "Origin"
        named = request.headers.get("origin", "")
        if parse_origin(named) not in self._allowed:
            return
        response.headers["Access-Control-Allow-Origin"] = named
        response.headers["Access-Control-Expose-Headers"] = "Retry-After"
        if request.method == "OPTIONS":
            response.headers["Access-Control-Allow-Methods"] = methods
            response.headers["Access-Control-Allow-Headers"] = ALLOWED_HEADERS
            response.headers["Access-Control-Max-Age"] = str(PREFLIGHT_SECONDS)

    def _is_allowed(self, request: Request, text: str) -> bool:
        origin = parse_origin(text)
        return origin is not None and (origin in self._allowed or origin == self._own(request))

    def _own(self, request: Request) -> Origin | None:
        secure = request.transport.get_extra_info("sslcontext") is not None
        scheme = self._forwarded(request, "x-forwarded-proto") or ("https" if secure else "http")
        host = self._forwarded(request, "x-forwarded-host") or request.headers.get("host", "")
        return parse_origin(f"{scheme.lower()}://{host}")

    def _forwarded(self, request: Request, header: str) -> str:
        """Return what the outermost trusted proxy wrote, "" when there is none."""
        values = [part.strip() for line in request.headers.getall(header, []) for part in line.split(",")]
        trusted = values[-self._proxies :] if self._proxies else []
        return trusted[0] if trusted else ""
