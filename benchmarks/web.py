"""What the web widget promises, measured in Chromium: `make bench-web`.

The coach behind the first answer, the reloads and the flood is the real one, with its model and a new database. What
a coach cannot be asked to do, to break off in mid-answer or to show every figure, one of paper does.
"""

import sys
from collections.abc import Sequence

from benchmarks.channels import Row, measure_rows
from benchmarks.web_flood import measure_floods
from benchmarks.web_talks import measure_breaks, measure_first_answer, measure_long_talk, measure_reloads
from benchmarks.web_views import measure_accessibility, measure_origin, measure_policy, measure_size

ROWS = (
    Row("axe", "axe-core violations, WCAG 2.2 AA: every view, light and dark, 320 and 1200 px", "0 (one of four)",
        "0 in all", measure_accessibility),
    Row("origin", "requests off our origin", "0-1", "0", measure_origin),
    Row("policy", "violations of the content security policy", "0-19", "0", measure_policy),
    Row("size", "size of what a page loads, gz", "111-945 kB", "at most 30 kB", measure_size),
    Row("first-answer", "click on the launcher to first answer drawn, warm server, p95", "-", "at most 150 ms",
        measure_first_answer),
    Row("reloads", "200 reloads in mid-answer", "messages lost", "0 lost, 0 doubled", measure_reloads),
    Row("breaks", "50 answers that break off", "messages lost", "0 lost, 0 doubled", measure_breaks),
    Row("long-talk", "a conversation of 500 messages: longest task while typing", "-", "no task over 50 ms",
        measure_long_talk),
    Row("floods", "another person's chat, p95, during 10,000 requests, 10 MB bodies, 50 slow connections", "-",
        "at most 100 ms", measure_floods),
)  # fmt: skip


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure the rows; return 0 when every bound is kept."""
    return measure_rows("web", ROWS, arguments, others="best of others")


if __name__ == "__main__":
    sys.exit(main())
