"""Conversations and addresses may do so much in a minute; memory stays bounded."""

import asyncio
import uuid
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.http_errors import RequestError
from bot.channels.limits import LONGEST_WAIT, REFUSALS_APART, REFUSED_AFTER, RateLimiter, Refusals, WebLimits
from bot.channels.origins import UNKNOWN_ADDRESS
from bot.channels.redis_limits import PREFIX, RedisCounts
from bot.channels.redis_server import connect
from bot.runtime.settings import Settings
from tests.channels.web_server import WEB, WebServer
from tests.coach import free_port
from tests.runtime.servers import REDIS, address


class Clock:
    """A clock that tests set."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


def test_limit_holds_in_any_window() -> None:
    clock = Clock()
    limiter = RateLimiter(2, seconds=60, clock=clock)

    assert limiter.use("a") == 0
    clock.now += 40
    assert limiter.use("a") == 0
    assert limiter.use("a") == 20
    clock.now += 19.5
    assert limiter.use("a") == 0.5
    clock.now += 0.5
    assert limiter.use("a") == 0
    assert limiter.use("a") == 40


def test_keys_do_not_share_their_limit() -> None:
    limiter = RateLimiter(1)

    assert limiter.use("a") == 0
    assert limiter.use("b") == 0
    assert limiter.use("a") > 0


def test_longest_silent_key_is_forgotten() -> None:
    limiter = RateLimiter(1, most_keys=2)
    for key in ("a", "b", "a", "c"):
        limiter.use(key)

    assert len(limiter) == 2
    assert limiter.use("a") > 0
    assert limiter.use("b") == 0


@given(st.integers(1, 5), st.lists(st.tuples(st.floats(0, 30), st.sampled_from("ab")), max_size=60))
def test_never_more_than_the_limit_in_a_window(limit: int, uses: list[tuple[float, str]]) -> None:
    clock = Clock()
    limiter = RateLimiter(limit, seconds=60, clock=clock)
    allowed: dict[str, list[float]] = {"a": [], "b": []}
    for pause, key in uses:
        clock.now += pause
        wait = limiter.use(key)
        if wait == 0:
            allowed[key].append(clock.now)
        assert 0 <= wait <= 60
        assert len([then for then in allowed[key] if then > clock.now - 60]) <= limit


async def test_ipv6_addresses_of_one_customer_count_together() -> None:
    limits = WebLimits(Settings(rate_address=2))

    await limits.count_address("session", "2001:db8:1:2::1")
    await limits.count_address("session", "2001:db8:1:2:ffff::2")
    await limits.count_address("session", "2001:db8:1:3::1")
    await limits.count_address("message", "2001:db8:1:2::1")
    with pytest.raises(RequestError):
        await limits.count_address("session", "2001:db8:1:2::3")


async def test_mapped_addresses_count_one_by_one() -> None:
    limits = WebLimits(Settings(rate_address=1))

    await limits.count_address("session", "::ffff:10.0.0.1")
    await limits.count_address("session", "::ffff:10.0.0.2")
    with pytest.raises(RequestError):
        await limits.count_address("session", "10.0.0.1")


async def test_a_refusal_waits_and_what_is_allowed_does_not(monkeypatch: pytest.MonkeyPatch) -> None:
    limits, waited = WebLimits(Settings(rate_address=1)), []

    async def sleep(seconds: float) -> None:
        waited.append(seconds)

    monkeypatch.setattr("bot.channels.limits.asyncio.sleep", sleep)
    await limits.count_address("session", "10.0.0.1")
    assert not waited
    with pytest.raises(RequestError):
        await limits.count_address("session", "10.0.0.1")

    assert waited == [pytest.approx(REFUSED_AFTER)]


def test_refusals_to_one_key_are_spaced_and_none_waits_for_ever() -> None:
    clock = Clock()
    refusals = Refusals(most_keys=2, clock=clock)

    waits = [refusals.wait("flood") for _ in range(1000)]

    assert waits[:2] == [pytest.approx(REFUSED_AFTER), pytest.approx(REFUSED_AFTER + REFUSALS_APART)]
    assert max(waits) == pytest.approx(LONGEST_WAIT)
    assert refusals.wait("another") == pytest.approx(REFUSED_AFTER)
    refusals.wait("a third")
    assert refusals.wait("flood") == pytest.approx(REFUSED_AFTER)


async def test_unknown_address_has_a_limit() -> None:
    limits = WebLimits(Settings(rate_address=1))

    await limits.count_address("session", UNKNOWN_ADDRESS)
    with pytest.raises(RequestError):
        await limits.count_address("session", UNKNOWN_ADDRESS)


def test_conversation_has_a_limit() -> None:
    with WebServer(rate_conversation=2) as server:
        talk, other = server.talk(), server.talk()

        answers = [talk.say("hello") for _ in range(3)]

        assert [answer.status for answer in answers] == [200, 200, 429]
        assert answers[2].code == "too_many_requests"
        assert 50 < int(answers[2].headers["retry-after"]) <= 60
        assert other.say("hello").status == 200


def test_address_has_a_limit_for_each_sort_of_request() -> None:
    with WebServer(rate_address=3) as server:
        talk = server.talk()
        sessions = [server.request("POST", f"{WEB}/session").status for _ in range(3)]
        messages = [talk.say("hello").status for _ in range(4)]
        histories = [talk.history().status for _ in range(4)]

        assert sessions == [201, 201, 429]
        assert messages == [200, 200, 200, 429]
        assert histories == [200, 200, 200, 429]
        assert server.request("GET", "/health").status == 200


def test_guesses_at_tokens_are_limited_too() -> None:
    with WebServer(rate_address=2) as server:
        guesses = [server.request("GET", f"{WEB}/history", token="guess").status for _ in range(3)]

    assert guesses == [401, 401, 429]


def test_forged_address_is_not_believed() -> None:
    with WebServer(rate_address=1) as server:
        statuses = [server.request("POST", f"{WEB}/session", x_forwarded_for=f"10.0.0.{n}").status for n in range(2)]

    assert statuses == [201, 429]


@pytest.mark.parametrize(
    ("proxies", "headers", "statuses"),
    [
        (1, ["10.0.0.1", "10.0.0.2", "10.0.0.1"], [201, 201, 429]),
        (1, ["1.1.1.1, 10.0.0.1", "2.2.2.2, 10.0.0.1"], [201, 429]),
        (2, ["1.1.1.1, 10.0.0.1, 10.9.9.1", "2.2.2.2, 10.0.0.1, 10.9.9.2"], [201, 429]),
        (2, ["10.0.0.1", "10.0.0.2"], [201, 201]),
        (1, ["nonsense", "other nonsense"], [201, 429]),
    ],
    ids=["one", "forged before one", "forged before two", "a proxy left out", "nonsense is the proxy's own"],
)
def test_address_is_what_the_outermost_proxy_saw(proxies: int, headers: list[str], statuses: list[int]) -> None:
    with WebServer(rate_address=1, trusted_proxies=proxies) as server:
        answers = [server.request("POST", f"{WEB}/session", x_forwarded_for=header) for header in headers]

    assert [answer.status for answer in answers] == statuses


@pytest.fixture
def counts() -> Callable[[], RedisCounts]:
    """Makes counts in the tests' Redis; each is another server's."""
    return lambda: RedisCounts(connect(address(REDIS)))


@pytest.mark.redis
async def test_servers_count_together(counts: Callable[[], RedisCounts]) -> None:
    one, other = counts(), counts()
    key = uuid.uuid4().hex

    assert await one.use(key, limit=2, seconds=60) == 0
    assert await other.use(key, limit=2, seconds=60) == 0
    for each in (one, other):
        assert 55 < await each.use(key, limit=2, seconds=60) <= 60
    assert await other.use(key + "x", limit=2, seconds=60) == 0
    await one.close()
    await other.close()


@pytest.mark.redis
async def test_shared_counts_forget_what_is_long_ago(counts: Callable[[], RedisCounts]) -> None:
    one, key = counts(), uuid.uuid4().hex

    assert await one.use(key, limit=1, seconds=0.1) == 0
    assert await one.use(key, limit=1, seconds=0.1) > 0
    await asyncio.sleep(0.15)
    assert await one.use(key, limit=1, seconds=0.1) == 0
    await asyncio.sleep(0.15)
    assert not [found async for found in one._redis.scan_iter(f"*{key}*")]
    await one.close()


@pytest.mark.redis
@pytest.mark.parametrize(("forged", "wait"), [("no count", None), ("from the future", 60.0)])
async def test_forged_counts_refuse_for_a_minute_at_most_and_break_nothing(
    counts: Callable[[], RedisCounts], forged: str, wait: float | None
) -> None:
    one, key = counts(), uuid.uuid4().hex
    if forged == "no count":
        await one._redis.set(PREFIX + key, "words")
    else:
        await one._redis.zadd(PREFIX + key, {"x": 1e18})

    assert await one.use(key, limit=1, seconds=60) == wait
    await one._redis.delete(PREFIX + key)
    await one.close()


async def test_server_counts_for_itself_while_redis_is_silent() -> None:
    limits = WebLimits(Settings(rate_conversation=2, redis_url=f"redis://127.0.0.1:{free_port()}/0"))

    for _ in range(2):
        await limits.count_message("web-1")
    with pytest.raises(RequestError):
        await limits.count_message("web-1")
    await limits.close()


def test_limits_remember_so_many_keys_at_the_most() -> None:
    limiter = RateLimiter(600)
    for number in range(50_000):
        limiter.use(str(number))

    assert len(limiter) == 10_000
