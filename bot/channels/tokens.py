"""Tokens: who may continue a conversation, and the secret that signs them."""

import contextlib
import os
import secrets
import stat
import tempfile
import time
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import jwt

from bot.channels.http_errors import RequestError
from bot.errors import SettingsError
from bot.runtime.settings import Settings

ALGORITHM = "HS256"
VERSION = 1
"""The version of the claims; a token with another is not accepted."""
CLAIMS = ("sub", "iat", "exp", "v")
CLOCK_SKEW = 5
"""Seconds by which the clocks of two servers may differ."""
TOKENS_KEPT = 4096
"""Of how many tokens it is remembered that their signature is right."""
DAY = 86_400
SECRET_FILE = "secret"
SECRET_BYTES = 48
SHORTEST_SECRET = 32
OTHERS = stat.S_IRWXG | stat.S_IRWXO


@dataclass(frozen=True)
class Token:
    """A signed token and when it ends, in seconds since the epoch."""

    text: str
    expires: int


class Tokens:
    """Issues and reads the tokens of conversations."""

    def __init__(self, secret: str, *, days: int, old: str = "") -> None:
        """Sign with the secret; a token lasts that many days. Tokens signed with the old secret are still read."""
        self._secret, self._seconds = secret, days * DAY
        self._accepted = (secret, old) if old else (secret,)
        # What was signed stays signed; whether it is still valid is looked at each time.
        self._verified = lru_cache(TOKENS_KEPT)(self._decoded)

    def issue(self, conversation: str) -> Token:
        """Return a new token for the conversation."""
        now = int(time.time())
        claims = {"sub": conversation, "iat": now, "exp": now + self._seconds, "v": VERSION}
        return Token(jwt.encode(claims, self._secret, algorithm=ALGORITHM), now + self._seconds)

    def read(self, token: str) -> str:
        """Return the token's conversation; raise RequestError (401) unless we signed it and it is still valid.

        One from the future is valid too: we signed it, and it is our clock that was set back since.
        """
        if not token.isascii():  # PyJWT fails to encode what a header's stray bytes are decoded to
            raise token_error("token_invalid", "This conversation's key is not valid.")
        try:
            claims = self._verified(token)
            if claims["exp"] <= time.time() - CLOCK_SKEW:
                raise jwt.ExpiredSignatureError
        except jwt.ExpiredSignatureError as exc:
            raise token_error("token_expired", "The key to this conversation has run out.") from exc
        except (jwt.InvalidTokenError, RecursionError) as exc:  # PyJWT reads the header before the signature
            raise token_error("token_invalid", "This conversation's key is not valid.") from exc
        if claims["v"] != VERSION or not claims["sub"]:
            raise token_error("token_invalid", "This conversation's key is not valid.")
        return str(claims["sub"])

    def _decoded(self, token: str) -> dict[str, Any]:
        *others, last = self._accepted
        for secret in others:
            with contextlib.suppress(jwt.InvalidSignatureError):
                return _decode(token, secret)
        return _decode(token, last)


def _decode(token: str, secret: str) -> dict[str, Any]:
    claims: dict[str, Any] = jwt.decode(
        token, secret, algorithms=[ALGORITHM], leeway=CLOCK_SKEW,
        options={"require": list(CLAIMS), "verify_iat": False},
    )  # fmt: skip
    return claims


def token_error(code: str, reason: str) -> RequestError:
    """Return the refusal (401) with the reason and what to do."""
    return RequestError(401, code, f"{reason} Please start a new one.", headers={"WWW-Authenticate": "Bearer"})


def secret_of(settings: Settings) -> str:
    """Return the secret that signs tokens: the setting, else the one in the var folder, made when there is none.

    Servers that start at once on one folder get the same. Raises SettingsError when the file cannot be used.
    """
    if settings.secret:
        return settings.secret
    path = settings.var / SECRET_FILE
    advice = "Repair or remove it, or set PMO_COACH_SECRET."
    try:
        _make_secret(path)
        secret = _read_secret(path)
    except (OSError, ValueError) as exc:
        why = getattr(exc, "strerror", None) or type(exc).__name__  # a ValueError's own words might quote the secret
        raise SettingsError(f"The secret in {path} cannot be made or read ({why}). {advice}") from exc
    if len(secret) < SHORTEST_SECRET:
        raise SettingsError(f"The secret in {path} is shorter than {SHORTEST_SECRET} characters. {advice}")
    return secret


def _make_secret(path: Path) -> None:
    if path.exists():
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor, draft = tempfile.mkstemp(dir=path.parent, prefix=f".{SECRET_FILE}-")  # with mode 0600
    try:
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            file.write(secrets.token_urlsafe(SECRET_BYTES) + "\n")
            file.flush()
            os.fsync(file.fileno())
        # A link appears whole and never replaces: whoever comes second keeps the first one's secret.
        os.link(draft, path)
    except FileExistsError:
        pass
    finally:
        os.unlink(draft)


def _read_secret(path: Path) -> str:
    with path.open(encoding="ascii") as file:
        if stat.S_IMODE(os.fstat(file.fileno()).st_mode) & OTHERS:
            os.fchmod(file.fileno(), stat.S_IRUSR | stat.S_IWUSR)
        return file.read().strip()
