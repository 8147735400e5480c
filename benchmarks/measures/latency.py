"""How long a message takes over HTTP, and how many are answered when twenty people talk at once.

Every message is another text. One person sends the next message when the answer to the last is complete, and opens
a new conversation after ten turns; opening is not counted. Twenty people do the same, each in a conversation of
their own, and the rate is that of all their messages together.
"""

from benchmarks.messages import talks_of
from benchmarks.processes import processor_seconds
from benchmarks.reckoning import percentile
from benchmarks.records import Figures, Say
from benchmarks.subjects import Subject

WARM_UP = 20
MESSAGES = 300
TURNS = 10
PEOPLE = 20
MESSAGES_EACH = 30


def measure_one_person(subject: Subject, say: Say, *, messages: int = MESSAGES) -> Figures:
    """Return the median and the 95th percentile of one person's messages, in milliseconds."""
    texts = subject.texts(WARM_UP + messages)
    with subject.served() as server:
        server.talk([texts[:WARM_UP]], say)
        used = processor_seconds(server.pid)
        times = server.talk(talks_of(texts[WARM_UP:], TURNS), say).all_times
        notes = _processor_note(used, processor_seconds(server.pid), messages)
    return Figures((percentile(times, 50), percentile(times, 95)), notes)


def _processor_note(before: float | None, after: float | None, messages: int) -> tuple[str, ...]:
    """Say what a message costs the server, which others on the machine change less than they change the waiting."""
    if before is None or after is None:
        return ()
    return (f"{1000 * (after - before) / messages:.1f} ms of the server's processor time a message, on average",)


def measure_people(subject: Subject, say: Say, *, people: int = PEOPLE, each: int = MESSAGES_EACH) -> Figures:
    """Return the messages that are answered in a second, and note the median that each person sees."""
    texts = subject.texts(WARM_UP + people * each)
    with subject.served() as server:
        server.talk([texts[:WARM_UP]], say)
        talks = server.talk(talks_of(texts[WARM_UP:], each), say, people=people)
    seen = percentile(talks.all_times, 50)
    return Figures((len(talks.all_times) / talks.seconds,), (f"each of {people} people waits {seen:.0f} ms (median)",))
