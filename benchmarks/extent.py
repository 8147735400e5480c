"""How much the harnesses for several servers and for faults do: all of it, or what fits into two minutes."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Extent:
    """The sizes of both harnesses' rows."""

    people: int = 200
    each: int = 20
    at_once: int = 24
    quick_tries: int = 20
    throughput_messages: int = 1_500
    without_limits: bool = True
    late_turn: int = 1_000
    long_talks: int = 2
    stored: int = 1_000_000
    few_stored: int = 1_000
    stored_messages: int = 400
    minutes: float = 20.0
    kills: int = 50
    single_kills: int = 10
    crowd: int = 12
    outages: int = 20
    outage_seconds: float = 10.0
    locked_seconds: float = 20.0


LONG = Extent()
SHORT = Extent(
    people=40, each=6, quick_tries=5, throughput_messages=240, without_limits=False, late_turn=150, long_talks=1,
    stored=10_000, stored_messages=100, minutes=0.4, kills=4, single_kills=2, crowd=6, outages=1, outage_seconds=4.0,
    locked_seconds=8.0,
)  # fmt: skip
