"""Seconds from starting the server's process until its first message is answered, bytecode compiled.

One start comes before, which is not counted: it makes the database and leaves the bytecode and the disk's cache warm.
"""

from statistics import median

from benchmarks.records import Figures, Say
from benchmarks.subjects import Subject


def measure_start(subject: Subject, say: Say, *, starts: int) -> Figures:
    """Return the median of so many second starts."""
    home = subject.new_folder()
    seconds = []
    for number in range(starts + 1):
        say(f"start {number} of {starts}" if number else "a first start, which is not counted")
        with subject.served(home) as server:
            seconds.append(server.first_answer)
    return Figures((median(seconds[1:]),))
