"""Seconds that the training command takes, from nothing: Rasa's cache is empty, and so is the database."""

from resource import RUSAGE_CHILDREN, getrusage

from benchmarks.records import Figures
from benchmarks.subjects import Subject


def measure_training(subject: Subject) -> Figures:
    """Return the seconds of one training, and note its processor time, which a busy machine distorts less."""
    before = _processor_seconds()
    seconds = subject.train()
    return Figures((seconds,), (f"{_processor_seconds() - before:.0f} s of processor time",))


def _processor_seconds() -> float:
    used = getrusage(RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime
