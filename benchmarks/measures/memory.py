"""Resident memory of the serving process, in millions of bytes, right after the last of 500 different messages."""

from benchmarks.messages import talks_of
from benchmarks.processes import resident_megabytes
from benchmarks.records import Figures, Say
from benchmarks.subjects import Subject

MESSAGES = 500
TURNS = 10


def measure_memory(subject: Subject, say: Say, *, messages: int = MESSAGES) -> Figures:
    """Return what the server and its children hold after so many messages, in conversations of ten turns."""
    with subject.served() as server:
        server.talk(talks_of(subject.texts(messages), TURNS), say)
        return Figures((resident_megabytes(server.pid),))
