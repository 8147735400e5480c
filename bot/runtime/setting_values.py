"""What may stand in a setting: each reader returns the value of a text, or raises ValueError with what is needed."""

import math
import os
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

MOST_DIGITS = 9
MOST = 10**MOST_DIGITS - 1
"""The largest number that a setting takes, unless it has a limit of its own."""
MOST_DAYS = 36_500
"""A century, within which no date that is reckoned from now leaves the calendar."""


def read_text(value: str) -> str:
    """Return the text as it is."""
    return value


def read_path(value: str) -> Path:
    """Return the whole path; `~` is the home of who runs us."""
    return Path(value).expanduser().resolve()


def read_folders(value: str) -> tuple[Path, ...]:
    """Return folders separated as in PATH, all of which exist."""
    folders = tuple(read_path(part) for part in value.split(os.pathsep) if part)
    for folder in folders:
        if not folder.is_dir():
            raise ValueError(f"{folder} is no folder")
    return folders


def read_origins(value: str) -> tuple[str, ...]:
    """Return web origins separated by commas."""
    origins = tuple(part.strip().rstrip("/") for part in value.split(",") if part.strip())
    for origin in origins:
        parts = urlsplit(origin)
        if parts.scheme not in ("http", "https") or not parts.netloc or parts.path:
            raise ValueError(f"{origin!r} is no origin such as https://intranet.example")
    return origins


def read_whole(*, least: int = 1, most: int = MOST) -> Callable[[str], int]:
    """Return what reads a whole number within those bounds."""

    def read(value: str) -> int:
        # `int` takes more than digits, and of too many of them it says what only a programmer understands.
        is_number = value.isascii() and value.isdigit() and len(value) <= MOST_DIGITS
        if not is_number or not least <= int(value) <= most:
            raise ValueError(f"a whole number from {least} to {most:,} is needed")
        return int(value)

    return read


def read_seconds(value: str) -> float:
    """Return a time that takes a while."""
    if not 0 < _number(value) <= MOST:
        raise ValueError(f"a number of seconds above 0 and up to {MOST:,} is needed")
    return float(value)


def read_wait(value: str) -> float:
    """Return a time that may be none."""
    if not 0 <= _number(value) <= MOST:
        raise ValueError(f"a number of seconds from 0 to {MOST:,} is needed")
    return float(value)


def _number(value: str) -> float:
    """Return the number, one that is none for a text that is none."""
    try:
        return float(value)
    except ValueError:
        return math.nan


def read_database(value: str) -> str:
    """Return the URL of a database that we know how to speak with."""
    scheme = value.split(":", 1)[0].split("+", 1)[0]
    if scheme not in ("sqlite", "postgresql"):
        raise ValueError("use sqlite:///file or postgresql://user@host/name")
    return value


def read_amqp(value: str) -> str:
    """Return the URL of a RabbitMQ."""
    parts = urlsplit(value)
    if parts.scheme not in ("amqp", "amqps") or not parts.hostname:
        raise ValueError("use amqp://user:password@host:port/, or amqps:// for TLS")
    return value


def read_yes_or_no(value: str) -> bool:
    """Return whether it is yes."""
    return _read_yes_or_no(value) == "yes"


def read_redis(value: str) -> str:
    """Return the URL of a Redis."""
    parts = urlsplit(value)
    try:
        has_port = parts.port != 0
    except ValueError:  # its message may show a part of the password
        has_port = False
    number = parts.path.strip("/")
    if parts.scheme not in ("redis", "rediss") or not parts.hostname or not has_port:
        raise ValueError("use redis://host:6379/0, or rediss:// for TLS")
    if number and not (number.isascii() and number.isdigit()):
        raise ValueError("the database of Redis is a number, as in redis://host:6379/0")
    return value


def read_secret(value: str) -> str:
    """Return a secret that is long enough."""
    if len(value) < 32:
        raise ValueError("use at least 32 characters")
    return value


def read_one_of(*words: str) -> Callable[[str], str]:
    """Return what reads one of those words, in capitals or not."""

    def read(value: str) -> str:
        for word in words:
            if value.lower() == word.lower():
                return word
        raise ValueError(f"use {', '.join(words[:-1])} or {words[-1]}")

    return read


_read_yes_or_no = read_one_of("yes", "no")


def read_address(value: str) -> str:
    """Return an address on the web."""
    parts = urlsplit(value)
    if parts.scheme not in ("http", "https") or not parts.netloc:
        raise ValueError("an address such as https://host.example/path is needed")
    return value


def read_token(prefix: str) -> Callable[[str], str]:
    """Return what reads a token of Slack, which begins with that."""

    def read(value: str) -> str:
        if not value.startswith(prefix):
            raise ValueError(f"it begins with {prefix}")
        return value

    return read
