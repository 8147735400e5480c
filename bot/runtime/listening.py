"""Where the server listens: an address that it cannot have is told at once, before anything is loaded."""

import errno
import socket

from bot.errors import CoachError
from bot.runtime.settings import Settings

REASONS = {
    errno.EADDRINUSE: "it is taken, maybe by another coach. Stop that, or set another PMO_COACH_PORT",
    errno.EACCES: "this account may not use it. Set a PMO_COACH_PORT above 1023",
    errno.EADDRNOTAVAIL: "this machine has no such address. Set another PMO_COACH_HOST",
}


class AddressError(CoachError):
    """The server cannot listen where the settings say."""


def check_address(settings: Settings) -> None:
    """Raise AddressError, with its reason, when the server cannot listen where it is to."""
    try:
        found = socket.getaddrinfo(settings.host, settings.port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
        for family, kind, protocol, _, address in found:
            _try_out(socket.socket(family, kind, protocol), address)
    except socket.gaierror as exc:
        raise AddressError(f"PMO_COACH_HOST cannot be {settings.host}: there is no such address.") from exc
    except OSError as exc:
        reason = REASONS.get(exc.errno or 0, exc.strerror)
        where = f"port {settings.port} of {settings.host}"
        raise AddressError(f"The server cannot listen on {where}: {reason}.") from exc


def _try_out(one: socket.socket, address: tuple[object, ...]) -> None:
    with one:
        one.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # as the server does: a port just left is free
        if one.family == socket.AF_INET6:
            one.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
        one.bind(address)
