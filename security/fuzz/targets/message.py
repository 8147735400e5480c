"""The message door before any turn: bodies, texts, payloads, tokens and origins as they come from the wire."""

import contextlib
import unicodedata
from collections.abc import Iterable

from bot.channels.bodies import MAX_TEXT, ChosenPayload, parse_feedback, parse_message
from bot.channels.http_errors import RequestError
from bot.channels.origins import parse_origin
from bot.channels.payloads import parse_data
from bot.channels.texts import as_sent, clean_text, shown_text
from bot.channels.tokens import Tokens
from bot.errors import ChannelError
from security.fuzz import Target

JSON = {"content-type": "application/json"}
SECRET = "a secret that is long enough to sign with"


def seeds() -> Iterable[bytes]:
    """Yield bodies of each sort, and a token."""
    yield b'{"text": "what is a PMO?"}'
    yield '{"text": "/restart \u202e\ud83d\ude00 \\u0000 e\u0301"}'.encode("utf-8", "surrogatepass")
    yield b'{"payload": "/ask_topic{\\"topic\\": [\\"kinds_of_pmo\\", null]}"}'
    yield b'{"message": 12, "rating": "up", "comment": "thanks"}'
    yield b"https://intranet.example:8443"
    yield Tokens(SECRET, days=1).issue("web-1").text.encode()


def target() -> Target:
    """Return what reads bytes as each of the things that a stranger may send."""
    tokens = Tokens(SECRET, days=1)

    def read(data: bytes) -> None:
        text = data.decode("utf-8", "surrogateescape")
        with contextlib.suppress(RequestError):
            _check_said(parse_message(data, JSON))
        with contextlib.suppress(RequestError):
            parse_feedback(data, {"content-type": text})
        with contextlib.suppress(RequestError):
            feedback = parse_feedback(data, JSON)
            assert feedback.comment is None or 0 < len(feedback.comment) <= MAX_TEXT
        with contextlib.suppress(RequestError):
            assert tokens.read(text) == "web-1", "a token that was not issued"
        with contextlib.suppress(ChannelError):
            parse_data(text, "a title")
        parse_origin(text)
        _check_cleaned(text)

    return read


def _check_said(said: object) -> None:
    if isinstance(said, ChosenPayload):
        with contextlib.suppress(ChannelError):
            parse_data(said.payload, "a title")
        return
    text = getattr(said, "text", "")
    assert 0 < len(text) <= MAX_TEXT
    assert not as_sent(text).startswith("/"), "a typed text became a command"


def _check_cleaned(text: str) -> None:
    cleaned = clean_text(text)
    assert clean_text(cleaned) == cleaned, "cleaning twice changes more"
    assert shown_text(as_sent(cleaned)) == cleaned, "the person is shown something else than they typed"
    assert not any(unicodedata.category(char) in ("Cc", "Cs") for char in cleaned if char != "\n")
