"""How much slower a message is with a million conversations stored than with a thousand.

Two servers run side by side, one on each database, and are talked to in turn, a short talk each, so that whatever
else the machine does is the same for both. Half of the talks are new ones, half go on with one that was stored.
"""

import tempfile
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path

from benchmarks.bench import Bench
from benchmarks.crowd import questions
from benchmarks.fleet import SECRET, CoachServer
from benchmarks.messages import talks_of
from benchmarks.reckoning import percentile
from benchmarks.records import Figures
from benchmarks.services import Postgres, started
from benchmarks.stored import copied_id, multiply
from benchmarks.talking import Protocol, hold_talks
from bot.channels.tokens import Tokens
from bot.store import open_store

TURNS = 5
TEMPLATE = ("i am a pmo analyst with 3 years of experience", "what is p3o?", "which roles are there in a pmo")
"""What is said in the talk that is copied."""
WARM_UP = 20
FAR = 7919
"""How far apart, in copies, the stored conversations lie that somebody comes back to."""


def measure_sqlite(bench: Bench, *, stored: int, few: int, messages: int) -> Figures:
    """Return the ratio of the p95, on SQLite."""
    with ExitStack() as stack:
        pair = []
        for count in (few, stored):
            server = CoachServer(bench)
            url = f"sqlite:///{server.folder / 'pmo-coach.db'}"
            pair.append((_filled(bench, stack, server, url, count), count))
        return _compared(bench, pair, messages)


def measure_postgres(bench: Bench, *, stored: int, few: int, messages: int) -> Figures:
    """Return the ratio of the p95, on PostgreSQL."""
    with ExitStack() as stack:
        pair = []
        for count in (few, stored):
            url = stack.enter_context(_own_postgres()).url
            server = CoachServer(bench, PMO_COACH_DATABASE_URL=url)
            pair.append((_filled(bench, stack, server, url, count), count))
        return _compared(bench, pair, messages)


@contextmanager
def _own_postgres() -> Iterator[Postgres]:
    with tempfile.TemporaryDirectory(prefix="pmo-coach-bench-") as name:
        Path(name).chmod(0o755)
        with started(Postgres(Path(name) / "postgres")) as postgres:
            yield postgres


def _filled(bench: Bench, stack: ExitStack, server: CoachServer, url: str, count: int) -> CoachServer:
    """Start the server, hold the talk that is copied, and fill the database of the running server with copies."""
    stack.enter_context(started(server))
    template = copied_id(0, 1).replace("0", "template", 1)
    store = open_store(url)
    with store.unit_of_work() as work:
        work.conversations.open(template, now=0.0)
    store.close()
    hold_talks(Protocol.COACH, server.url, [TEMPLATE], bench.say, tokens=[_token(template)])
    multiply(url, template, count, bench.say)
    return server


def _compared(bench: Bench, pair: Sequence[tuple[CoachServer, int]], messages: int) -> Figures:
    texts = questions(2 * WARM_UP + 2 * messages)
    times: list[list[float]] = [[], []]
    for number, (server, _) in enumerate(pair):
        hold_talks(Protocol.COACH, server.url, [texts[number * WARM_UP :][:WARM_UP]], bench.say)
    talks = [talks_of(texts[2 * WARM_UP + number * messages :][:messages], TURNS) for number in range(2)]
    for turn, both in enumerate(zip(*talks, strict=True)):
        for number, ((server, count), talk) in enumerate(zip(pair, both, strict=True)):
            tokens = _stored_token(turn, count)
            times[number] += hold_talks(Protocol.COACH, server.url, [talk], bench.say, tokens=tokens).all_times
    few, many = (percentile(each, 95) for each in times)
    medians = " / ".join(f"{percentile(each, 50):.1f}" for each in times)
    counts = " / ".join(f"{count:,}" for _, count in pair)
    notes = (f"with {counts} stored: p50 {medians} ms, p95 {few:.1f} / {many:.1f} ms, {messages} messages each",)
    return Figures((many / few,), notes)


def _stored_token(turn: int, count: int) -> list[str]:
    """Return the key to the stored conversation that every second talk goes on with."""
    return [_token(copied_id(turn * FAR % count, count))] if turn % 2 else []


def _token(conversation: str) -> str:
    return Tokens(SECRET, days=1).issue(conversation).text
