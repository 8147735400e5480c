"""How much slower a message is around turn 400 of a conversation than around turn 10.

Both windows have eleven turns and the same texts; the later ones end differently ("... please"), so that no cache
knows them, and cost the same otherwise. Before each the person stops whatever form is open, for a message in a form
costs more, however long the talk. Two conversations are held, and the medians of all their windows compared.
"""

from collections.abc import Sequence

from benchmarks.messages import another_ending
from benchmarks.reckoning import percentile, slowdown
from benchmarks.records import Figures, Say
from benchmarks.subjects import Subject

EARLY, LATE = 10, 400
AROUND = 5
TALKS = 2
STOPPING = "stop"


def measure_long_talk(subject: Subject, say: Say, *, late: int = LATE, talks: int = TALKS) -> Figures:
    """Return the ratio of the medians around the turns `late` and 10."""
    length = late + AROUND
    texts = subject.texts(talks * length)
    scripts = [_script(texts[start : start + length], late) for start in range(0, talks * length, length)]
    with subject.served() as server:
        times = server.talk(scripts, say).times
    before, after = ([value for talk in times for value in talk[_window(turn)]] for turn in (EARLY, late))
    medians = (
        f"p50 around turn {EARLY}: {percentile(before, 50):.1f} ms, around turn {late}: {percentile(after, 50):.1f} ms"
    )
    return Figures((slowdown(before, after),), (medians,))


def _window(turn: int) -> slice:
    return slice(turn - 1 - AROUND, turn + AROUND)


def _script(texts: Sequence[str], late: int) -> list[str]:
    """Return the texts with the early window's said again, a little otherwise, in the late window."""
    script = list(texts)
    script[_window(late)] = [text + another_ending(2) for text in script[_window(EARLY)]]
    for turn in (EARLY, late):
        script[_window(turn).start - 1] = STOPPING
    return script
