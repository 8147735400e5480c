"""The files that a browser loads: the widget under two names, and what the page at / is dressed in.

`widget.js` is asked for anew each time and answered with 304 while it is the same; `widget.<digest>.js` never
changes, so that a page may pin it with its SRI hash. All are public and may be loaded by any site.
"""

import gzip
import hashlib
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from sanic import Blueprint
from sanic.request import Request
from sanic.response import HTTPResponse, empty

from bot.channels.http_errors import of_status

HERE = Path(__file__).resolve().parent
WIDGET = HERE.parent / "widget" / "dist" / "widget.js"
PAGE = HERE / "page"
TYPES = {".js": "text/javascript; charset=utf-8", ".css": "text/css; charset=utf-8", ".svg": "image/svg+xml"}
METHODS = ("GET", "HEAD")
DIGEST_LENGTH = 16
"""Hexadecimal digits of the SHA-256 sum in the widget's name."""
PINNED = rf"/<pinned:widget\.[0-9a-f]{{{DIGEST_LENGTH}}}\.js>"
REVALIDATED = "no-cache"
IMMUTABLE = "public, max-age=31536000, immutable"


@dataclass(frozen=True)
class ServedFile:
    """A file as it was when the server started."""

    name: str
    content: bytes

    @classmethod
    def read(cls, path: Path) -> "ServedFile":
        """Return the file at that path."""
        return cls(path.name, path.read_bytes())

    @cached_property
    def digest(self) -> str:
        """The beginning of the content's SHA-256 sum."""
        return hashlib.sha256(self.content).hexdigest()[:DIGEST_LENGTH]

    @cached_property
    def compressed(self) -> bytes:
        """The content as gzip."""
        return gzip.compress(self.content, mtime=0)

    def answer(self, request: Request, caching: str) -> HTTPResponse:
        """Return the file, or 304 when the browser has it."""
        tag = f'"{self.digest}"'
        headers = {
            "Vary": "Accept-Encoding",
            "Cache-Control": caching,
            "ETag": tag,
            "Cross-Origin-Resource-Policy": "cross-origin",
            # Without it a foreign page cannot check the hash of what it loads.
            "Access-Control-Allow-Origin": "*",
        }
        if tag in request.headers.get("if-none-match", ""):
            return empty(304, headers)
        body = self.content
        if "gzip" in request.headers.get("accept-encoding", ""):
            headers["Content-Encoding"], body = "gzip", self.compressed
        return HTTPResponse(body, content_type=TYPES[Path(self.name).suffix], headers=headers)


def widget_file() -> ServedFile:
    """Return the built widget."""
    return ServedFile.read(WIDGET)


def add_file_routes(blueprint: Blueprint) -> None:
    """Add the routes of the widget and of the page's files."""
    widget = widget_file()
    for file in (widget, *(ServedFile.read(path) for path in sorted(PAGE.iterdir()) if path.suffix in TYPES)):
        _add_route(blueprint, file)

    async def show_pinned(request: Request, pinned: str) -> HTTPResponse:
        if pinned != f"widget.{widget.digest}.js":
            raise of_status(404)
        return widget.answer(request, IMMUTABLE)

    blueprint.add_route(show_pinned, PINNED, methods=METHODS, name="pinned_widget")


def _add_route(blueprint: Blueprint, file: ServedFile) -> None:
    async def show(request: Request) -> HTTPResponse:
        return file.answer(request, REVALIDATED)

    blueprint.add_route(show, f"/{file.name}", methods=METHODS, name=f"file_{file.name.replace('.', '_')}")
