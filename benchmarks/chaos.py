"""The command `make chaos`: servers killed, databases stopped, disks filled, clocks set back, while people talk."""

import sys
from collections.abc import Sequence

from benchmarks.harness import run
from benchmarks.rows_chaos import chaos_rows

SIZES = ("kills", "single_kills", "crowd", "outages", "outage_seconds", "locked_seconds")


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure the rows; return 0 when every bound is kept."""
    return run(arguments, chaos_rows, module="benchmarks.chaos", title="PMO Coach: faults", sizes=SIZES)


if __name__ == "__main__":
    sys.exit(main())
