"""The rows of `make chaos`: what breaks, and that nothing a person was answered is lost by it."""

from benchmarks.extent import Extent
from benchmarks.measures.broken_model import measure_broken_models
from benchmarks.measures.clock import measure_clock
from benchmarks.measures.kills import measure_kills, measure_kills_of_one
from benchmarks.measures.outages import measure_postgres_outages, measure_redis_outages
from benchmarks.measures.sqlite_faults import measure_full_disk, measure_locked
from benchmarks.records import Quantity
from benchmarks.results import Row

NONE = Quantity("", at_most=0)
KILLED = "lost / doubled / out of order or another's / people broken"
WEATHERED = "lost / doubled, out of order or another's / errors that are no 503 / people broken"


def chaos_rows(extent: Extent) -> tuple[Row, ...]:
    """Return the rows, each as large as the extent says."""
    outages = {"outages": extent.outages, "seconds": extent.outage_seconds, "people": extent.crowd}
    stopped = f"stopped for {extent.outage_seconds:g} s, {_times(extent.outages)}: {WEATHERED}"
    return (
        Row(
            "kill", f"kill -9 of one of two servers, {_times(extent.kills)} under load: {KILLED}", (NONE,) * 4,
            lambda bench: measure_kills(bench, kills=extent.kills, people=extent.crowd),
        ),
        Row(
            "kill-one", f"kill -9 of the only server, on SQLite, {_times(extent.single_kills)} under load: {KILLED}",
            (NONE,) * 4,
            lambda bench: measure_kills_of_one(bench, kills=extent.single_kills, people=extent.crowd),
        ),
        Row(
            "postgres", f"PostgreSQL {stopped}", (NONE,) * 4, lambda bench: measure_postgres_outages(bench, **outages),
            known="turns lost",
        ),
        Row("redis", f"Redis {stopped}", (NONE,) * 4, lambda bench: measure_redis_outages(bench, **outages)),
        Row(
            "disk-full", f"disk full, SQLite: {WEATHERED}", (NONE,) * 4,
            lambda bench: measure_full_disk(bench, people=extent.crowd),
        ),
        Row(
            "locked", f"database locked for {extent.locked_seconds:g} s by another process, SQLite: {WEATHERED}",
            (NONE,) * 4,
            lambda bench: measure_locked(bench, seconds=extent.locked_seconds, people=extent.crowd),
        ),
        Row("clock", f"clock set back: {WEATHERED}", (NONE,) * 4,
            lambda bench: measure_clock(bench, people=extent.crowd)),
        Row("model", "corrupted model file: not refused in a sentence / stored messages lost", (NONE,) * 2,
            measure_broken_models),
    )  # fmt: skip


def _times(number: int) -> str:
    return "once" if number == 1 else f"{number} times"
