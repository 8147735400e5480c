"""The command `make bench-scale`: several servers, many people, many stored conversations, a long day."""

import sys
from collections.abc import Sequence

from benchmarks.harness import run
from benchmarks.rows_scale import scale_rows

SIZES = ("people", "each", "at_once", "late_turn", "stored", "stored_messages", "minutes")


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure the rows; return 0 when every bound is kept."""
    title = "PMO Coach: several servers and long use"
    return run(arguments, scale_rows, module="benchmarks.scale", title=title, sizes=SIZES)


if __name__ == "__main__":
    sys.exit(main())
