"""Faults under load: a crowd talks while something is done to the servers, and what became of it is judged."""

import asyncio
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from benchmarks.crowd import Crowd, Person, a_crowd, talks_for
from benchmarks.judging import Judgement, broken, judge, told, troubles
from benchmarks.records import BenchmarkError

MOST_TEXTS = 2_000
PAUSE = 0.2
"""Seconds between an answer and the person's next message: a crowd leaves room for servers to start in."""
POLL = 0.05

FAIR_TROUBLES = ("503 ", "429 ")
"""What people may be answered during a fault: to try again in a moment, in JSON."""


class Watch:
    """The crowd as whoever makes the faults sees it; every wait ends at once when the run is interrupted."""

    def __init__(self, people: Sequence[Person]) -> None:
        """Watch these people."""
        self._people, self._halt = people, threading.Event()
        self.recoveries: list[float] = []

    def halt(self) -> None:
        """End every wait, now and later, by raising BenchmarkError."""
        self._halt.set()

    def wait(self, seconds: float) -> None:
        """Wait."""
        if self._halt.wait(seconds):
            raise BenchmarkError("interrupted")

    def wait_for_answers(self, *, most: float = 60.0) -> None:
        """Wait until everybody has heard something new, and note how long the first of it took."""
        began, heard = time.monotonic(), [len(person.heard) for person in self._people]
        first = None
        while True:
            news = [len(p.heard) > n or bool(p.broken) for p, n in zip(self._people, heard, strict=True)]
            if first is None and any(news):
                first = time.monotonic() - began
                self.recoveries.append(first)
            if all(news):
                return
            if time.monotonic() - began > most:
                raise BenchmarkError(f"after the fault somebody was not answered for {most:g} s: {_why(self._people)}")
            self.wait(POLL)


def _why(people: Sequence[Person]) -> str:
    return told(troubles(people))


@dataclass(frozen=True)
class Aftermath:
    """What a crowd went through: the judgement of its messages, and what troubled it."""

    found: Judgement
    people: tuple[Person, ...]
    recoveries: tuple[float, ...]

    @property
    def unfair(self) -> int:
        """How many answers were neither good nor a request to try again in a moment."""
        return sum(n for what, n in troubles(self.people).items() if not is_fair(what))

    @property
    def fair(self) -> int:
        """How many answers were requests to try again in a moment."""
        return sum(n for what, n in troubles(self.people).items() if is_fair(what))

    def notes(self) -> tuple[str, ...]:
        """Return what happened in words."""
        again = f"; first answer after the fault in {max(self.recoveries):.1f} s at most" if self.recoveries else ""
        return (
            f"{self.found.acknowledged:,} messages acknowledged{again}; sent again because of: "
            f"{told(troubles(self.people))}",
            *([f"of the counts: {self.found}"] if any(self.found.four) else []),
            *broken(self.people),
        )


def is_fair(trouble: str) -> bool:
    """Tell whether a trouble is one that people may be answered during a fault."""
    return trouble.startswith(FAIR_TROUBLES) and not trouble.endswith("without JSON")


def under_load(urls: Sequence[str], people: int, fault: Callable[[Watch], None]) -> Aftermath:
    """Have so many people talk while the fault is made, on a thread, and until all is well again; then judge."""
    return asyncio.run(_under_load(urls, people, fault))


async def _under_load(urls: Sequence[str], people: int, fault: Callable[[Watch], None]) -> Aftermath:
    async with a_crowd(urls, people) as crowd:
        watch = Watch(crowd.people)
        talking = asyncio.create_task(crowd.talk_on(talks_for(people, MOST_TEXTS), pause=PAUSE))
        try:
            await asyncio.to_thread(_begun, watch, fault)
        finally:
            watch.halt()
            crowd.stopped.set()
        return await _judged(crowd, talking, watch)


def _begun(watch: Watch, fault: Callable[[Watch], None]) -> None:
    watch.wait_for_answers()
    watch.recoveries.clear()
    fault(watch)
    watch.wait_for_answers()


async def _judged(crowd: Crowd, talking: "asyncio.Task[None]", watch: Watch) -> Aftermath:
    await talking
    return Aftermath(await judge(crowd), tuple(crowd.people), tuple(watch.recoveries))
