"""Bodies of requests: read no further than allowed, and accepted only when they say exactly one thing."""

import asyncio
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NoReturn

from async_timeout import timeout
from sanic.http import Http
from sanic.request import Request

from bot.channels.http_errors import BODY_TOO_LARGE, RequestError, of_status
from bot.channels.texts import clean_text
from bot.records import Rating

MAX_BODY = 16 * 1024
"""Bytes of a body."""
MAX_TEXT = 1_000
"""Characters of a typed text, or of a comment."""
MOST_IDS = 10**18
"""Above every message's id; every database's integers go so far."""
READ_SECONDS = 10.0
"""How long a body may take to arrive: a trickle must not hold a connection."""
MOST_DISCARDED = 32 * 1024 * 1024
DISCARD_SECONDS = 2.0
JSON_TYPE = "application/json"


@dataclass(frozen=True)
class TypedText:
    """What a person typed, cleaned."""

    text: str


@dataclass(frozen=True)
class ChosenPayload:
    """The payload of a choice that a person picked, not checked yet."""

    payload: str


@dataclass(frozen=True)
class GivenFeedback:
    """What a person thinks of a message of the coach, not checked against the conversation yet."""

    message: int
    rating: Rating
    comment: str | None


async def read_body(request: Request) -> bytes:
    """Return the body; raise RequestError when it is too large (413) or too slow (408)."""
    stream = request.stream
    if stream is None or not stream.request_body:
        return b""
    try:
        async with timeout(READ_SECONDS):
            return await _read(stream, int(request.headers.get("content-length", "0")))
    except asyncio.TimeoutError as exc:
        _hang_up(stream)
        raise of_status(408) from exc


async def _read(stream: Http, announced: int) -> bytes:
    body = bytearray()
    if announced <= MAX_BODY:
        async for chunk in stream:
            body += chunk
            if len(body) > MAX_BODY:
                break
        else:
            return bytes(body)
    await _discard(stream)
    raise of_status(BODY_TOO_LARGE)


async def _discard(stream: Http) -> None:
    """Read on without keeping anything, for a while: many clients read the answer only when all is sent."""
    loop, discarded = asyncio.get_running_loop(), 0
    deadline = loop.time() + DISCARD_SECONDS
    # A client that expects "100 Continue" waits for our word before it sends: it gets the refusal instead.
    while stream.request_body and not stream.expecting_continue:
        seconds = deadline - loop.time()
        if discarded > MOST_DISCARDED or seconds <= 0:
            break
        try:
            chunk = await asyncio.wait_for(stream.read(), seconds)
        except asyncio.TimeoutError:
            break
        discarded += len(chunk or b"")
    _hang_up(stream)


def _hang_up(stream: Http) -> None:
    """Have the connection closed after the answer, with the rest of the body unread."""
    stream.keep_alive = False
    stream.request_body = None


def parse_message(body: bytes, headers: Mapping[str, str]) -> TypedText | ChosenPayload:
    """Return what the person says; raise RequestError when the body is not a message.

    415 not sent as JSON, 400 not JSON or of another shape, 422 an empty text, 413 too long a text.
    """
    if body:
        _check_type(headers)
    value = read_json(body)
    if not isinstance(value, dict) or set(value) not in ({"text"}, {"payload"}):
        _refuse('Send an object with either "text" or "payload", and nothing else.')
    ((key, said),) = value.items()
    if not isinstance(said, str):
        _refuse(f'The value of "{key}" is to be a string.')
    return ChosenPayload(said) if key == "payload" else TypedText(_checked_text(said))


def parse_feedback(body: bytes, headers: Mapping[str, str]) -> GivenFeedback:
    """Return what a body says of a message; raise RequestError when it says nothing, too much or something else."""
    if body:
        _check_type(headers)
    value = read_json(body)
    if not isinstance(value, dict) or not {"message", "rating"} <= set(value) <= {"message", "rating", "comment"}:
        _refuse('Send an object with "message" and "rating", perhaps a "comment", and nothing else.')
    message, rating, comment = value["message"], value["rating"], value.get("comment")
    if type(message) is not int or not 0 < message < MOST_IDS:
        _refuse('The value of "message" is to be the id of a message: a whole number.')
    if rating not in [each.value for each in Rating]:
        _refuse('The value of "rating" is to be "up" or "down".')
    if not isinstance(comment, str | None):
        _refuse('The value of "comment" is to be a string.')
    return GivenFeedback(message, Rating(rating), _short_enough(clean_text(comment or "")) or None)


def parse_import(body: bytes, headers: Mapping[str, str]) -> str:
    """Return the text of an export that comes back; raise RequestError when it is not sent as JSON, or is none."""
    if body:
        _check_type(headers)
    read_json(body)
    return body.decode()


def read_json(body: bytes) -> Any:
    """Return the value of a JSON text in UTF-8; raise RequestError (400) for anything that the standard has not."""
    try:
        return json.loads(body.decode(), object_pairs_hook=_without_duplicates, parse_constant=_no_constant)
    except (ValueError, RecursionError) as exc:
        raise RequestError(400, "not_json", "The body is not JSON that I can read.") from exc


def _check_type(headers: Mapping[str, str]) -> None:
    kind, _, parameters = headers.get("content-type", "").partition(";")
    charset = parameters.strip().lower().replace('"', "")
    encoded = headers.get("content-encoding", "identity").lower() != "identity"
    if kind.strip().lower() != JSON_TYPE or charset not in ("", "charset=utf-8") or encoded:
        text = f"Send the body as {JSON_TYPE} in UTF-8, not compressed."
        raise RequestError(415, "unsupported_media_type", text)


def _checked_text(said: str) -> str:
    text = clean_text(said)
    if not text:
        raise RequestError(422, "empty_text", "That message was empty. Type a question, or pick one of the choices.")
    return _short_enough(text)


def _short_enough(text: str) -> str:
    if len(text) > MAX_TEXT:
        advice = f"That is {len(text):,} characters; I can take {MAX_TEXT:,}. Please say it in fewer words."
        raise RequestError(BODY_TOO_LARGE, "text_too_long", advice)
    return text


def _without_duplicates(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError("a key occurs twice")
    return found


def _no_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is no JSON")


def _refuse(text: str) -> NoReturn:
    raise RequestError(400, "bad_request", text)
