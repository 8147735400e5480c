"""`kill -9` of a server under load: is what was acknowledged in the store, and can everybody go on?"""

from benchmarks.bench import Bench
from benchmarks.faults import Aftermath, Watch, under_load
from benchmarks.fleet import CoachServer, a_fleet
from benchmarks.records import Figures
from benchmarks.services import started

BETWEEN_SECONDS = (0.4, 1.1, 0.7, 1.6, 0.2)
"""How long the servers are left alone before the next kill, in turn: never at the same point of a turn."""


def measure_kills(bench: Bench, *, kills: int, people: int) -> Figures:
    """Kill one of two servers behind nginx, then the other, and start each again while its neighbour serves."""
    with a_fleet(bench) as fleet:
        servers = fleet.servers
        return _figures(under_load([fleet.url], people, lambda watch: _kill(bench, watch, list(servers), kills)), kills)


def measure_kills_of_one(bench: Bench, *, kills: int, people: int) -> Figures:
    """Kill the only server, on SQLite, and start it again."""
    with started(CoachServer(bench)) as server:
        return _figures(under_load([server.url], people, lambda watch: _kill(bench, watch, [server], kills)), kills)


def _kill(bench: Bench, watch: Watch, servers: list[CoachServer], kills: int) -> None:
    for number in range(kills):
        bench.say(f"kill {number + 1} of {kills}")
        watch.wait(BETWEEN_SECONDS[number % len(BETWEEN_SECONDS)])
        server = servers[number % len(servers)]
        server.kill()
        server.start()
    watch.wait(1.0)


def _figures(after: Aftermath, kills: int) -> Figures:
    found = after.found
    values = (float(found.lost), float(found.doubled), float(found.disordered + found.foreign), float(found.broken))
    first, *others = after.notes()
    return Figures(values, (f"killed {kills} times; {first}", *others))
