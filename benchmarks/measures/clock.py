"""The clock set back under load, and later right again: does anybody lose their conversation?

libfaketime stands between the server and the system's clock; the clock that only ever grows (what time-outs are
measured with) is left alone, as it is when somebody sets a machine's clock.
"""

from pathlib import Path

from benchmarks.bench import Bench
from benchmarks.faults import Watch, under_load
from benchmarks.fleet import CoachServer
from benchmarks.measures.outages import figures_of
from benchmarks.records import Figures, NotMeasuredError
from benchmarks.services import started

LIBRARIES = ("*-linux-gnu/faketime/libfaketime.so.1", "faketime/libfaketime.so.1")
BACK = ("-3600", "-172800")
"""An hour, and two days, in seconds."""
EACH_SECONDS = 3.0


def measure_clock(bench: Bench, *, people: int) -> Figures:
    """Set the server's clock back by an hour, then by two days, then right."""
    library = _library()
    file = bench.scratch / "clock"
    file.write_text("+0", encoding="utf-8")
    server = CoachServer(bench)
    server.preload = {
        "LD_PRELOAD": str(library), "FAKETIME_TIMESTAMP_FILE": str(file), "FAKETIME_NO_CACHE": "1",
        "FAKETIME_DONT_FAKE_MONOTONIC": "1", "DONT_FAKE_MONOTONIC": "1",
    }  # fmt: skip

    def fault(watch: Watch) -> None:
        for seconds in (*BACK, "+0"):
            file.write_text(seconds, encoding="utf-8")
            watch.wait(EACH_SECONDS)
            watch.wait_for_answers()

    with started(server):
        after = under_load([server.url], people, fault)
    return figures_of(after, "set back by an hour, by two days, and right again")


def _library() -> Path:
    for folder in (Path("/usr/lib"), Path("/usr/local/lib")):
        for pattern in LIBRARIES:
            for found in folder.glob(pattern):
                return found
    raise NotMeasuredError("libfaketime is not installed")
