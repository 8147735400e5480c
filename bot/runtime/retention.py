"""Retention: who does not come back for so many days is forgotten, by the server itself, once a day."""

import asyncio
import logging
import time

from bot.errors import StoreError
from bot.runtime.tracker_store import ConversationTrackerStore

DAY = 24 * 60 * 60.0

logger = logging.getLogger(__name__)


async def purge_daily(trackers: ConversationTrackerStore, days: int, *, every: float = DAY) -> None:
    """Forget now, and every so many seconds, who was not here for so many days; a failure waits for the next time."""
    while True:
        try:
            gone = await trackers.purge(time.time() - days * DAY)
        except StoreError as exc:
            logger.error("nobody could be purged: %s", type(exc.__cause__ or exc).__name__)
        else:
            if gone:
                logger.info("forgot %s who did not come back for %s days", gone, days)
        await asyncio.sleep(every)
