"""Redis holds who talks, and never what is said: whoever reads it learns no word."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from redis import Redis

from tests.conftest import make_var, served
from tests.runtime.servers import REDIS, address

WORD = "Wolkenkuckucksheim"

pytestmark = pytest.mark.redis


@pytest.fixture
def heard(tmp_path: Path, encoder: Path, model: Path) -> Iterator[str]:
    """Give all that Redis was told while somebody talked."""
    url = address(REDIS)
    var = make_var(tmp_path, encoder)
    with Redis.from_url(url, decode_responses=True) as redis, redis.monitor() as monitor:
        with served(var, PMO_COACH_REDIS_URL=url) as coach:
            talk = coach.talk()
            talk.say(f"I am a PMO analyst at {WORD}")
            talk.say(f"remember me, {WORD}")
        redis.echo("the end")
        told = []
        for command in monitor.listen():
            told.append(command["command"])
            if "the end" in command["command"]:
                break
        yield "\n".join(told)


def test_nothing_said_reaches_redis(heard: str) -> None:
    assert "pmo-coach:turn:" in heard
    assert "pmo-coach:limit:" in heard
    assert WORD not in heard
