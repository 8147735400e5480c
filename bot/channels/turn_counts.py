"""Turns as the metrics count them: by channel and kind of answer, and by what went wrong."""

import functools
from collections.abc import Callable, Coroutine
from typing import Any, TypeVar

from bot.errors import StoreError
from bot.observing import metrics
from bot.records import ReplyKind

UNLUCKY = (ReplyKind.ERROR.value, ReplyKind.FALLBACK.value, ReplyKind.OUT_OF_SCOPE.value)
"""Kinds that name a turn of several messages, the worst first; otherwise the first message's does."""
STORE = "store"

Run = TypeVar("Run", bound=Callable[..., Coroutine[Any, Any, Any]])


def counted(run: Run) -> Run:
    """Return the method, which takes a store and a message and returns an outcome, counting and timing its turns."""

    @functools.wraps(run)
    async def run_counted(self: Any, store: Any, message: Any, *more: Any) -> Any:
        metrics.ACTIVE.note(message.sender_id)
        with metrics.TURNS_IN_FLIGHT.track_inprogress(), metrics.TURN.time():
            try:
                outcome = await run(self, store, message, *more)
            except StoreError:
                _count(message, ReplyKind.ERROR.value, failure=STORE)
                raise
        failure = outcome.failure.value if outcome.failure else None
        _count(message, _kind([each.body.get("kind", "") for each in outcome.messages]), failure=failure)
        return outcome

    return run_counted  # type: ignore[return-value]


def _count(message: Any, kind: str, *, failure: str | None) -> None:
    metrics.TURNS.labels(message.input_channel, ReplyKind.ERROR.value if failure else kind).inc()
    if failure:
        metrics.TURN_FAILURES.labels(failure).inc()


def _kind(kinds: list[str]) -> str:
    return next((kind for kind in UNLUCKY if kind in kinds), kinds[0] if kinds else ReplyKind.ERROR.value)
