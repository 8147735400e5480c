"""What a channel for Slack remembers of what it was sent: each thing is answered once, and nothing is lost.

The runner hands over a log in the database, which several servers may share. `Remembered` stands in front of it, so
that a database that fails for a while neither silences the coach nor makes it answer twice.
"""

import logging
from collections import OrderedDict
from dataclasses import dataclass
from typing import Protocol

from bot.channels.slack_events import Request
from bot.errors import StoreError

logger = logging.getLogger(__name__)

REMEMBERED = 20_000
"""Of how many requests the ids are kept in memory: many times what ten minutes bring."""


@dataclass(frozen=True)
class OpenRequest:
    """A request that nobody answered, and when it came, in seconds since the epoch."""

    request: Request
    received: float


class EventLog(Protocol):
    """Remembers requests for at least ten minutes; every method may raise StoreError."""

    async def claim(self, request: Request) -> bool:
        """Remember the request, and tell whether it is new."""

    async def finish(self, request_id: str) -> None:
        """Note that the request was answered."""

    async def hold(self, request_ids: list[str]) -> None:
        """Keep requests that are worked on from other servers for longer."""

    async def take_over(self, *, starting: bool) -> list[OpenRequest]:
        """Return the unanswered requests that no server works on, oldest first, and hold them."""


class Remembered:
    """A log that goes on, from memory, while the one behind it fails."""

    def __init__(self, log: EventLog) -> None:
        """Stand in front of that log."""
        self._log = log
        self._seen: OrderedDict[str, bool] = OrderedDict()

    async def claim(self, request: Request) -> bool:
        """Tell whether the request is new; raise StoreError, once, when it could not be remembered for a restart."""
        if request.id in self._seen:
            return False
        self._note(request.id, finished=not request.kind.is_answered)
        return await self._log.claim(request)

    async def finish(self, request_id: str) -> None:
        """Note that the request was answered; never raises."""
        self._note(request_id, finished=True)
        try:
            await self._log.finish(request_id)
        except StoreError:
            logger.warning("an answer in Slack could not be noted as given; it will be after the next restart")

    async def tend(self, working_on: list[str], *, starting: bool) -> list[OpenRequest]:
        """Hold what is worked on, and return what was left unanswered; nothing while the log fails."""
        try:
            await self._log.hold(working_on)
            found = await self._log.take_over(starting=starting)
        except StoreError:
            logger.warning("the log of what Slack sent cannot be read")
            return []
        return [each for each in found if await self._is_open(each.request.id, working_on)]

    async def _is_open(self, request_id: str, working_on: list[str]) -> bool:
        if self._seen.get(request_id):
            await self.finish(request_id)
            return False
        return request_id not in working_on

    def _note(self, request_id: str, *, finished: bool) -> None:
        self._seen[request_id] = finished
        if len(self._seen) > REMEMBERED:
            self._seen.popitem(last=False)
