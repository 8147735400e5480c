"""The sign that the coach is at work, shown while an answer takes longer than a moment."""

import asyncio
import contextlib
from collections.abc import AsyncIterator

from slack_sdk.web.async_client import AsyncWebClient

from bot.channels.slack_events import Request
from bot.channels.slack_posting import Poster

STATUS = "is thinking…"
AFTER_SECONDS = 0.4
"""Most answers are there sooner, and a sign that only flickers is worse than none."""


class Working:
    """Shows a status in Slack while work goes on."""

    def __init__(self, client: AsyncWebClient, poster: Poster, *, after: float = AFTER_SECONDS) -> None:
        """Show it after so many seconds."""
        self._client, self._poster, self._after = client, poster, after

    @contextlib.asynccontextmanager
    async def shown(self, request: Request) -> AsyncIterator[None]:
        """Show the status while the block runs, and take it away at its end."""
        thread = request.place.thread or request.place.ts
        if not thread or request.place.reply_to or request.place.channel[:1] not in "CDG":
            yield
            return
        shown: list[bool] = []
        showing = asyncio.create_task(self._show(request.place.channel, thread, shown))
        try:
            yield
        finally:
            showing.cancel()
            await asyncio.gather(showing, return_exceptions=True)
            if shown:
                await self._set(request.place.channel, thread, "")

    async def _show(self, channel: str, thread: str, shown: list[bool]) -> None:
        await asyncio.sleep(self._after)
        shown.append(True)
        await self._set(channel, thread, STATUS)

    async def _set(self, channel: str, thread: str, status: str) -> None:
        await self._poster.try_once(
            self._client.assistant_threads_setStatus(channel_id=channel, thread_ts=thread, status=status)
        )
