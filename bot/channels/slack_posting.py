"""Posting to Slack: everything arrives, and arrives once, though Slack says 429, 500 or nothing at all.

After 429 nothing was posted: we wait as long as Slack says. After 500, or a connection that broke, it may have been
posted or not. Each post carries a key in its metadata, so we look whether it is there before it is sent again.
"""

import asyncio
import logging
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.channels.slack_blocks import Post
from bot.channels.slack_events import Place
from bot.channels.slack_health import Health, error_code, is_refusal
from bot.errors import ChannelError

logger = logging.getLogger(__name__)

METADATA_TYPE = "pmo_coach_answer"
TRIES = 8
LONGEST_WAIT = 60.0
LONGEST_TOLD_WAIT = 600.0
"""Seconds that we wait when Slack says so."""
FIRST_WAIT = 0.5
LOOKED_THROUGH = 200
DIRECTS = 10_000
TOO_MANY = 429
FIRST_SERVER_ERROR = 500
_UNSURE = frozenset({"internal_error", "fatal_error", "service_unavailable", "request_timeout", "server_error"})

Call = Callable[[], Awaitable[Any]]


class Undeliverable(ChannelError):
    """Slack will not take the post, whatever we do: the channel is gone, or we are not in it."""


class Poster:
    """Sends posts, updates and views."""

    def __init__(self, client: AsyncWebClient, session: aiohttp.ClientSession, health: Health) -> None:
        """Speak to Slack by that client; the session is for the addresses that interactions bring with them."""
        self._client, self._session, self._health = client, session, health
        self._directs: OrderedDict[str, str] = OrderedDict()

    def know_direct(self, person: str, channel: str) -> None:
        """Note which channel holds the direct messages with a person."""
        if channel.startswith("D"):
            self._directs[person] = channel
            if len(self._directs) > DIRECTS:
                self._directs.popitem(last=False)

    async def post(self, place: Place, post: Post, *, key: str, again: bool = False) -> None:
        """Post where the place says, once for the key; with `again`, look first whether it was posted before.

        Raises Undeliverable, and SlackApiError when Slack refuses our token.
        """
        if place.reply_to and await self._respond(place.reply_to, post):
            return
        if place.reply_to:  # it has expired, so the answer goes where this person alone reads it
            raise Undeliverable("the interaction has expired")
        there = Place(self._directs.get(place.channel, place.channel), place.thread, place.ts, place.public)
        if again and await self._persist(lambda: self._is_there(there, key)):
            return
        answer = await self._persist(lambda: self._send(there, post, key), lambda: self._is_there(there, key))
        if answer is not None:
            self.know_direct(place.channel, str(answer.get("channel") or ""))

    async def update(self, place: Place, blocks: tuple[dict[str, Any], ...], text: str) -> None:
        """Replace the blocks of the place's message."""
        if place.reply_to:
            await self._respond(place.reply_to, Post(text, blocks), replace=True)
        elif place.ts:
            await self._persist(
                lambda: self._client.chat_update(
                    channel=place.channel, ts=str(place.ts), blocks=list(blocks), text=text
                )
            )

    async def try_once(self, call: Awaitable[Any]) -> bool:
        """Do something that nobody waits for, and tell whether it worked."""
        try:
            await call
        except (SlackApiError, aiohttp.ClientError, asyncio.TimeoutError) as exc:
            logger.debug("Slack did not take something that can be done without: %s", type(exc).__name__)
            return False
        return True

    async def persist(self, call: Call) -> Any:
        """Do something that may as well be done twice, until Slack takes it."""
        return await self._persist(call)

    async def _send(self, place: Place, post: Post, key: str) -> Any:
        return await self._client.chat_postMessage(
            channel=place.channel, thread_ts=place.thread, text=post.text, blocks=list(post.blocks),
            metadata={"event_type": METADATA_TYPE, "event_payload": {"key": key}},
            parse="none", link_names=False, unfurl_links=False, unfurl_media=False,
        )  # fmt: skip

    async def _persist(self, call: Call, is_done: Callable[[], Awaitable[bool]] | None = None) -> Any:
        """Return what the call returns in the end, or None when it turns out to have been done already."""
        unsure, tries = False, 0
        while True:
            try:
                if unsure and is_done is not None and await is_done():
                    return None
                result = await call()
            except (SlackApiError, aiohttp.ClientError, asyncio.TimeoutError) as exc:
                wait = _wait_after(exc, tries)
                tries += 0 if _told_to_wait(exc) else 1
                unsure = unsure or not _told_to_wait(exc)
                if is_refusal(exc):
                    self._health.down(exc)
                if wait is None or tries >= TRIES:
                    raise _given_up(exc) from exc
                await asyncio.sleep(wait)
            else:
                self._health.reached()
                return result

    async def _is_there(self, place: Place, key: str) -> bool:
        """Tell whether the post with that key is there; a direct message is looked for when its channel is known."""
        if place.channel[:1] not in "CDG":
            return False
        if place.thread:
            found = await self._client.conversations_replies(
                channel=place.channel, ts=place.thread, oldest=place.ts, limit=LOOKED_THROUGH, include_all_metadata=True
            )
        else:
            found = await self._client.conversations_history(
                channel=place.channel, oldest=place.ts, limit=LOOKED_THROUGH, include_all_metadata=True
            )
        return any(_key_of(message) == key for message in found.get("messages") or ())

    async def _respond(self, address: str, post: Post, *, replace: bool = False) -> bool:
        """Answer an interaction for its person's eyes only; False when its address is no longer valid."""
        body = {
            "response_type": "ephemeral",
            "replace_original": replace,
            "text": post.text,
            "blocks": list(post.blocks),
        }

        async def send() -> bool:
            async with self._session.post(address, json=body) as answer:
                if answer.status == TOO_MANY or answer.status >= FIRST_SERVER_ERROR:
                    answer.raise_for_status()
                return answer.ok

        return bool(await self._persist(send))


def _key_of(message: Mapping[str, Any]) -> str | None:
    metadata = message.get("metadata") or {}
    if metadata.get("event_type") != METADATA_TYPE:
        return None
    return str((metadata.get("event_payload") or {}).get("key"))


def _told_to_wait(error: Exception) -> bool:
    return _status(error) == TOO_MANY or (isinstance(error, SlackApiError) and error_code(error) == "ratelimited")


def _wait_after(error: Exception, tries: int) -> float | None:
    """Return how long to wait before the next try; None when there is no use in one."""
    if _told_to_wait(error):
        return min(_told_wait(error), LONGEST_TOLD_WAIT)
    certain = (
        isinstance(error, SlackApiError) and _status(error) < FIRST_SERVER_ERROR and error_code(error) not in _UNSURE
    )
    return None if certain else min(FIRST_WAIT * 2**tries, LONGEST_WAIT)


def _told_wait(error: Exception) -> float:
    headers = error.response.headers if isinstance(error, SlackApiError) else getattr(error, "headers", None)
    told = next((value for name, value in (headers or {}).items() if name.lower() == "retry-after"), "1")
    try:
        return max(0.0, float(told))
    except ValueError:
        return 1.0


def _status(error: Exception) -> int:
    if isinstance(error, SlackApiError):
        return int(getattr(error.response, "status_code", 0) or getattr(error.response, "status", 0) or 0)
    return int(getattr(error, "status", 0))


def _given_up(error: Exception) -> Exception:
    if is_refusal(error):
        return error
    word = error_code(error) if isinstance(error, SlackApiError) else type(error).__name__
    return Undeliverable(f"Slack did not take a post: {word}")
