"""What Slack asks for beside answers: App Home, suggested prompts, the sheet as a dialog, ratings, spent buttons."""

import logging
import re
from collections.abc import Mapping
from typing import Any

from slack_sdk.web.async_client import AsyncWebClient

from bot.channels.slack_backing import Backing
from bot.channels.slack_blocks import Post, posts, spent
from bot.channels.slack_events import Kind, Place, Request
from bot.channels.slack_home import PROMPTS, HomeFacts, home_view
from bot.channels.slack_limits import MESSAGE_TEXT
from bot.channels.slack_posting import Poster
from bot.channels.slack_sheet import sheet_view
from bot.errors import StoreError
from bot.records import Reply
from bot.records.memory import Rating

logger = logging.getLogger(__name__)

RATINGS = tuple(rating.value for rating in Rating)
_MESSAGE_ID = re.compile("[0-9]{1,18}")
PROMPTS_TITLE = "What brings you here?"
SHEET_FAILED = (
    "I could not open the questions just now. Please press the button once more, or write: builder or grower?"
)


class Acts:
    """Does what has no answer in words."""

    def __init__(self, backing: Backing, client: AsyncWebClient, poster: Poster) -> None:
        """Draw on the backing, and speak to Slack by the client."""
        self._backing, self._client, self._poster = backing, client, poster

    async def do(self, request: Request) -> None:
        """Do what the request asks for; those that ask for an answer ask for nothing here."""
        if request.kind is Kind.HOME:
            await self.show_home(request)
        elif request.kind is Kind.PROMPTS:
            await self._suggest(request)
        elif request.kind is Kind.OPEN_SHEET:
            await self._open_sheet(request)
        elif request.kind is Kind.RATED:
            await self._rate(request)

    async def show_home(self, request: Request) -> None:
        """Publish the person's App Home."""
        try:
            facts = await self._backing.people.home(request.own_conversation)
        except StoreError:
            logger.warning("the store failed at App Home")
            facts = HomeFacts()
        view = home_view(facts)
        await self._poster.persist(lambda: self._client.views_publish(user_id=request.person, view=view))

    async def _suggest(self, request: Request) -> None:
        prompts = [{"title": title, "message": message} for title, message in PROMPTS]
        await self._poster.try_once(self._client.assistant_threads_setSuggestedPrompts(
            channel_id=request.place.channel, title=PROMPTS_TITLE, prompts=prompts))  # fmt: skip

    async def _open_sheet(self, request: Request) -> None:
        """Open the dialog while Slack still lets us, which is for three seconds."""
        view = sheet_view(self._backing.questionnaire)
        if not await self._poster.try_once(self._client.views_open(trigger_id=request.trigger, view=view)):
            (post,) = posts([Reply(SHEET_FAILED)])
            await self._poster.post(Place(request.person), post, key=request.id)

    async def _rate(self, request: Request) -> None:
        way, _, message = request.payload.partition(":")
        if _MESSAGE_ID.fullmatch(message) and way in RATINGS:
            await self._backing.conversations.rate(request.conversation, int(message), Rating(way), None)

    async def spend(self, request: Request, message: Mapping[str, Any]) -> None:
        """Show in the clicked message which choice was made, in place of its buttons."""
        blocks = message.get("blocks")
        if isinstance(blocks, list) and blocks and request.place.ts:
            text = str(message.get("text") or "PMO Coach")[:MESSAGE_TEXT]
            await self._poster.update(request.place, spent(blocks, request.place.block, request.text), text)

    async def apologise(self, request: Request, text: str) -> None:
        """Say that something failed, where the person looks for an answer."""
        (post,) = posts([Reply(text)])
        await self._poster.post(request.place, Post(post.text, post.blocks), key=f"{request.id}:apology")
