"""The connection to Redis, for whatever servers share beside the database. Without its setting nothing is imported."""

from redis.asyncio import BlockingConnectionPool, Redis
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff
from redis.exceptions import ConnectionError as RedisConnectionError

CONNECT_SECONDS = 1.0
ANSWER_SECONDS = 1.5
"""How long Redis may take: it answers in a thousandth of that, or not at all."""
CONNECTIONS = 32


def connect(url: str) -> "Redis[str]":
    """Return a client that connects when it is used; a connection that Redis dropped meanwhile is made anew."""
    pool = BlockingConnectionPool.from_url(
        url,
        max_connections=CONNECTIONS,
        timeout=ANSWER_SECONDS,
        socket_connect_timeout=CONNECT_SECONDS,
        socket_timeout=ANSWER_SECONDS,
        socket_keepalive=True,
        decode_responses=True,
        retry=Retry(NoBackoff(), 1, supported_errors=(RedisConnectionError,)),
    )
    return Redis(connection_pool=pool)
