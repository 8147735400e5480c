"""The rows of `make bench-scale`, with the bounds that the project promises."""

from benchmarks.extent import Extent
from benchmarks.measures.day import measure_day
from benchmarks.measures.long_talk import measure_long_talk
from benchmarks.measures.many_stored import measure_postgres, measure_sqlite
from benchmarks.measures.several_servers import measure_crowd, measure_quick, measure_two_against_one
from benchmarks.records import Quantity
from benchmarks.results import Row

NONE = Quantity("messages", at_most=0)


def scale_rows(extent: Extent) -> tuple[Row, ...]:
    """Return the rows, each as large as the extent says."""
    return (
        Row(
            "crowd", f"{extent.people} people on two servers, {extent.each} messages each, stickiness off: lost / "
            "doubled / out of order / another's / people broken", (NONE, NONE, NONE, NONE, Quantity(at_most=0)),
            lambda bench: measure_crowd(bench, people=extent.people, each=extent.each, at_once=extent.at_once),
            known="one of two messages lost",
        ),
        Row(
            "quick", "three quick messages of one person to two servers: the last answer, p95 / out of order",
            (Quantity("ms", at_most=300), Quantity("times", at_most=0)),
            lambda bench: measure_quick(bench, tries=extent.quick_tries), known="0.2 / 1.2 / 2.2 s",
        ),
        Row(
            "two-servers", "throughput of two servers against one, each with 0.4 of a core",
            (Quantity("times", 2, at_least=1.6),),
            lambda bench: measure_two_against_one(
                bench, messages=extent.throughput_messages, without_limits=extent.without_limits
            ),
        ),
        Row(
            "long-talk", f"message p50 at turn {extent.late_turn:,} against turn 10",
            (Quantity("times", 2, at_most=1.3),),
            lambda bench: measure_long_talk(bench.coach, bench.say, late=extent.late_turn, talks=extent.long_talks),
            known="5.4 times at turn 400",
        ),
        Row(
            "stored-sqlite", f"message p95 with {extent.stored:,} conversations stored against {extent.few_stored:,}, "
            "SQLite", (Quantity("times", 2, at_most=1.2),),
            lambda bench: measure_sqlite(
                bench, stored=extent.stored, few=extent.few_stored, messages=extent.stored_messages
            ),
        ),
        Row(
            "stored-postgres", f"message p95 with {extent.stored:,} conversations stored against "
            f"{extent.few_stored:,}, PostgreSQL", (Quantity("times", 2, at_most=1.2),),
            lambda bench: measure_postgres(
                bench, stored=extent.stored, few=extent.few_stored, messages=extent.stored_messages
            ),
        ),
        Row(
            "day", f"a day of conversation in {extent.minutes:g} minutes: resident memory at the end against after "
            "warm-up", (Quantity("times", 2, at_most=1.1),),
            lambda bench: measure_day(bench, minutes=extent.minutes),
        ),
    )  # fmt: skip
