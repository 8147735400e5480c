"""How long a message takes in a form: an answer, or a question in between, after which the form's question comes again.

Every form is walked through in turn, each in a conversation of its own. After each answer comes one of the held-out
utterances, which costs more than an answer does: it is answered, and the form goes on. The message that begins the form
is not counted.
"""

from collections.abc import Iterator, Sequence
from itertools import chain, cycle, islice

from benchmarks.reckoning import percentile
from benchmarks.records import Figures, Say
from benchmarks.subjects import Subject

FORMS = (
    ("what level am i", "pmo analyst", "yes", "now and then", "no", "not really"),
    (
        "am i a builder or a grower",
        "agree",
        "strongly disagree",
        "not sure",
        "disagree",
        "B",
        "rather A",
        "definitely B",
    ),
    ("check me against the five insights", "4", "the reports they asked for", "2", "a course in May", "3", "skip", "5"),
    ("look more closely at my next qualification", "pmo analyst", "P3O Foundation", "2021", "the UK", "a promotion"),
    (
        "help me make a plan",
        "lead a pmo",
        "no time",
        "a course, or a mentor",
        "ask my boss",
        "on Monday",
        "in two weeks",
    ),
)
"""What begins each form, and answers to its questions, as people type them."""
WARM_UP, MESSAGES = 20, 300


def measure_in_forms(subject: Subject, say: Say, *, messages: int = MESSAGES) -> Figures:
    """Return the 95th percentile of the messages in forms, in milliseconds, and note the median."""
    texts = iter(subject.texts(WARM_UP + messages))
    with subject.served() as server:
        server.talk([list(islice(texts, WARM_UP))], say)
        talks = server.talk(form_talks(texts, messages), say)
    times = [milliseconds for talk in talks.times for milliseconds in talk[1:]]
    return Figures((percentile(times, 95),), (f"median {percentile(times, 50):.1f} ms of {len(times)} messages",))


def form_talks(questions: Iterator[str], messages: int) -> list[list[str]]:
    """Return talks through the forms, with a question after each answer, of at least so many messages in all."""
    talks: list[list[str]] = []
    for form in cycle(FORMS):
        if sum(map(len, talks)) >= messages:
            break
        talks.append(_with_questions(form, questions))
    return talks


def _with_questions(form: Sequence[str], questions: Iterator[str]) -> list[str]:
    start, *answers = form
    return [start, *chain.from_iterable((answer, next(questions)) for answer in answers)]
