"""Rate limits: how often a conversation or an address may do something in any minute.

They are kept in memory, or in Redis where there is one, so that several servers count together. While Redis does not
answer, each server counts for itself.
"""

import asyncio
import math
import time
from collections import OrderedDict, deque
from collections.abc import Callable
from ipaddress import IPv6Address, IPv6Network, ip_address
from typing import Protocol

from bot.channels.http_errors import RequestError
from bot.runtime.settings import Settings

MINUTE = 60.0
MOST_KEYS = 10_000
"""How many conversations or addresses are remembered; beyond that, the longest silent are forgotten."""
REFUSED_AFTER, REFUSALS_APART, LONGEST_WAIT = 0.01, 0.001, 1.0
"""Seconds that a refusal waits, that it comes after the one before to the same key, and that it waits at most."""
PREFIX_OF_ONE = 64
"""Bits of an IPv6 address that stand for one customer: a household has all addresses below them."""


class RateLimiter:
    """Allows each key a number of uses in any window of time, and remembers a bounded number of keys."""

    def __init__(
        self,
        limit: int,
        *,
        seconds: float = MINUTE,
        most_keys: int = MOST_KEYS,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """Allow `limit` uses in any `seconds`."""
        self._limit, self._seconds, self._most_keys, self._clock = limit, seconds, most_keys, clock
        self._uses: OrderedDict[str, deque[float]] = OrderedDict()

    def __len__(self) -> int:
        """Return how many keys are remembered."""
        return len(self._uses)

    def use(self, key: str) -> float:
        """Count a use of the key and return 0; or count nothing and return the seconds until the next is allowed."""
        now = self._clock()
        uses = self._uses.setdefault(key, deque())
        self._uses.move_to_end(key)
        while uses and uses[0] <= now - self._seconds:
            uses.popleft()
        if len(uses) >= self._limit:
            return min(uses[0] + self._seconds - now, self._seconds)  # not a rounding error more
        uses.append(now)
        while len(self._uses) > self._most_keys:
            self._uses.popitem(last=False)
        return 0.0


class Refusals:
    """Spaces what is refused to a key: who tries again without a pause leaves the server to the others meanwhile."""

    def __init__(self, *, most_keys: int = MOST_KEYS, clock: Callable[[], float] = time.monotonic) -> None:
        """Begin with nobody refused."""
        self._most_keys, self._clock = most_keys, clock
        self._next: OrderedDict[str, float] = OrderedDict()

    def wait(self, key: str) -> float:
        """Return how many seconds the key's next refusal is to wait."""
        now = self._clock()
        at = min(max(now + REFUSED_AFTER, self._next.pop(key, now)), now + LONGEST_WAIT)
        self._next[key] = at + REFUSALS_APART
        if len(self._next) > self._most_keys:
            self._next.popitem(last=False)
        return at - now


class SharedCounts(Protocol):
    """Counts that servers share."""

    async def use(self, key: str, *, limit: int, seconds: float) -> float | None:
        """Do what `RateLimiter.use` does; None when the counts cannot be reached."""

    async def close(self) -> None:
        """Let go of connections."""


class WebLimits:
    """The limits of the web channel, as the settings have them."""

    def __init__(self, settings: Settings) -> None:
        """Begin with nothing counted."""
        self._conversation, self._address = settings.rate_conversation, settings.rate_address
        self._conversations, self._addresses = RateLimiter(self._conversation), RateLimiter(self._address)
        self._shared, self._refusals = _shared_counts(settings.redis_url), Refusals()

    async def count_address(self, what: str, address: str) -> None:
        """Count a request of that sort from the address; raise RequestError (429) when there were too many."""
        await self._count(self._addresses, f"{what} {_customer(address)}", self._address)

    async def count_message(self, conversation: str) -> None:
        """Count a message in the conversation; raise RequestError (429) when there were too many."""
        await self._count(self._conversations, conversation, self._conversation)

    async def close(self) -> None:
        """Let go of connections."""
        if self._shared is not None:
            await self._shared.close()

    async def _count(self, here: RateLimiter, key: str, limit: int) -> None:
        wait = None if self._shared is None else await self._shared.use(key, limit=limit, seconds=MINUTE)
        seconds = here.use(key) if wait is None else wait
        if seconds > 0:
            await asyncio.sleep(self._refusals.wait(key))
            raise _refusal(seconds)


def _shared_counts(redis_url: str) -> SharedCounts | None:
    if not redis_url:
        return None
    from bot.channels.redis_limits import RedisCounts
    from bot.channels.redis_server import connect

    return RedisCounts(connect(redis_url))


def _refusal(seconds: float) -> RequestError:
    whole = max(1, math.ceil(seconds))
    text = f"That was a lot at once. Please wait {whole} second{'s' if whole > 1 else ''} and go on."
    return RequestError(429, "too_many_requests", text, headers={"Retry-After": str(whole)})


def _customer(address: str) -> str:
    try:
        parsed = ip_address(address)
    except ValueError:
        return address
    if not isinstance(parsed, IPv6Address):
        return address
    if parsed.ipv4_mapped:
        return str(parsed.ipv4_mapped)
    return str(IPv6Network((int(parsed), PREFIX_OF_ONE), strict=False))
