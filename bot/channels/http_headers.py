"""The security headers that every answer has, whatever it is and whoever made it."""

from sanic.request import Request
from sanic.response import BaseHTTPResponse

SECURITY_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Content-Security-Policy": "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    "Permissions-Policy": "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
}
"""What an answer has unless its route says otherwise; the widget's file, say, may be embedded elsewhere."""


def add_security_headers(request: Request, response: BaseHTTPResponse) -> None:
    """Add the headers that the answer does not have yet."""
    for name, value in SECURITY_HEADERS.items():
        response.headers.setdefault(name, value)
