"""PostgreSQL or Redis stopped for some seconds, again and again: people are told to wait, and then go on."""

from collections.abc import Callable

from benchmarks.bench import Bench
from benchmarks.faults import Aftermath, Watch, under_load
from benchmarks.fleet import Fleet, a_fleet, redis_of
from benchmarks.records import Figures
from benchmarks.services import Service

QUIET_SECONDS = 1.5


def measure_postgres_outages(bench: Bench, *, outages: int, seconds: float, people: int) -> Figures:
    """Stop PostgreSQL, in good order and by a kill in turn."""
    return _measured(bench, lambda fleet: fleet.postgres, outages, seconds, people)


def measure_redis_outages(bench: Bench, *, outages: int, seconds: float, people: int) -> Figures:
    """Stop Redis, in good order and by a kill in turn; what it held is gone."""
    return _measured(bench, redis_of, outages, seconds, people)


def _measured(bench: Bench, chosen: Callable[[Fleet], Service], outages: int, seconds: float, people: int) -> Figures:
    with a_fleet(bench) as fleet:
        service = chosen(fleet)
        after = under_load([fleet.url], people, lambda watch: _stop(bench, watch, service, outages, seconds))
    return figures_of(after, f"stopped {outages} times for {seconds:g} s")


def _stop(bench: Bench, watch: Watch, service: Service, outages: int, seconds: float) -> None:
    for number in range(outages):
        bench.say(f"outage {number + 1} of {outages}")
        watch.wait(QUIET_SECONDS)
        if number % 2:
            service.kill()
        else:
            service.stop()
        watch.wait(seconds)
        service.start()
        watch.wait_for_answers()


def figures_of(after: Aftermath, what: str) -> Figures:
    """Return what was lost, what was neither answered nor refused fairly, and who could not go on."""
    found = after.found
    wrong = found.doubled + found.disordered + found.foreign
    first, *others = after.notes()
    values = (float(found.lost), float(wrong), float(after.unfair), float(found.broken))
    return Figures(values, (f"{what}; {first}", *others))
