"""Messages in a thread that we do not know yet: the mention that opens it may arrive a moment after them."""

import time

from bot.channels.slack_events import Request

KEPT_SECONDS = 15.0
MOST = 500


class Waiting:
    """Keeps messages in memory for a few seconds, in case their thread turns out to be one of ours."""

    def __init__(self) -> None:
        self._kept: dict[str, tuple[float, Request]] = {}

    def keep(self, request: Request) -> None:
        """Keep a message; the oldest goes when there are too many."""
        self._drop_old()
        self._kept[request.id] = (time.monotonic(), request)
        if len(self._kept) > MOST:
            del self._kept[next(iter(self._kept))]

    def those_of(self, conversation: str) -> list[Request]:
        """Return the messages of that thread, and keep them no longer."""
        if not self._kept:
            return []
        self._drop_old()
        found = [request for _, request in self._kept.values() if request.conversation == conversation]
        for request in found:
            del self._kept[request.id]
        return found

    def _drop_old(self) -> None:
        oldest = time.monotonic() - KEPT_SECONDS
        for request_id in [each for each, (at, _) in self._kept.items() if at < oldest]:
            del self._kept[request_id]
