"""A day of conversation in some minutes: is the server's memory at the end what it was after warming up?

The talks come without a pause, some at once so that the server is busy, each in a conversation of its own: as many
messages as the machine can answer in that time. Day and night are not played; what a day leaves behind is.
"""

import time

from benchmarks.bench import Bench
from benchmarks.fleet import CoachServer
from benchmarks.messages import talks_of
from benchmarks.processes import resident_megabytes
from benchmarks.records import Figures
from benchmarks.services import started
from benchmarks.talking import Protocol, hold_talks

TURNS = 10
AT_ONCE = 8
BATCH = 400
WARM_UP_SHARE = 0.2
LEAST_WARM_UP = 800


def measure_day(bench: Bench, *, minutes: float) -> Figures:
    """Return the resident memory at the end as a multiple of that after a fifth of the time."""
    with started(CoachServer(bench)) as server:
        began, said, sizes = time.monotonic(), 0, []
        while not sizes or time.monotonic() - began < minutes * 60:
            texts = bench.coach.texts(said + BATCH)[said:]
            hold_talks(Protocol.COACH, server.url, talks_of(texts, TURNS), bench.say, people=AT_ONCE)
            said += BATCH
            sizes.append((time.monotonic() - began, said, resident_megabytes(server.pid)))
        warm = next(
            (size for at, count, size in sizes if at >= WARM_UP_SHARE * minutes * 60 and count >= LEAST_WARM_UP),
            sizes[-1][2],
        )
    notes = (
        f"{said:,} messages in {said // TURNS:,} conversations, {sizes[-1][0] / 60:.1f} minutes: {warm:.0f} MB after "
        f"warm-up, {sizes[-1][2]:.0f} MB at the end, {max(size for *_, size in sizes):.0f} MB at most",
    )
    return Figures((sizes[-1][2] / warm,), notes)
