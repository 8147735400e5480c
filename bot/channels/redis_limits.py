"""Counts for rate limits in Redis, of which several servers know."""

import logging
import secrets
import time

from redis.asyncio import Redis
from redis.exceptions import RedisError

logger = logging.getLogger(__name__)

PREFIX = "pmo-coach:limit:"
MICROSECONDS = 1_000_000
PAUSE_SECONDS = 5.0
"""How long Redis is left alone after it did not answer: nobody's request is to wait for it each time."""

# The uses of the last minute, each at its time; Redis runs a script alone, and the time is its own.
_USE = """
local t = redis.call('TIME') local now = t[1] * 1000000 + t[2] local window = tonumber(ARGV[2])
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', now - window)
if redis.call('ZCARD', KEYS[1]) >= tonumber(ARGV[1]) then
  return tonumber(redis.call('ZRANGE', KEYS[1], 0, 0, 'WITHSCORES')[2]) + window - now
end
redis.call('ZADD', KEYS[1], now, ARGV[3])
redis.call('PEXPIRE', KEYS[1], math.ceil(window / 1000))
return 0
"""


class RedisCounts:
    """Counts uses of keys."""

    def __init__(self, redis: "Redis[str]") -> None:
        """Keep them there; close the client at the end."""
        self._redis, self._use = redis, redis.register_script(_USE)
        self._silent_until = 0.0

    async def use(self, key: str, *, limit: int, seconds: float) -> float | None:
        """Count a use and return 0, or count nothing and return the seconds to wait; None when Redis is silent."""
        if time.monotonic() < self._silent_until:
            return None
        try:
            wait = await self._use([PREFIX + key], [limit, round(seconds * MICROSECONDS), secrets.token_hex(8)])
        except RedisError as exc:
            self._silent_until = time.monotonic() + PAUSE_SECONDS
            logger.warning("Redis does not count requests, so this server does: %s", type(exc).__name__)
            return None
        return float(min(int(wait) / MICROSECONDS, seconds))

    async def close(self) -> None:
        """Let go of the connections."""
        await self._redis.close()
        await self._redis.connection_pool.disconnect()
