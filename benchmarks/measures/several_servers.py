"""Several servers at once: what becomes of people's messages, of quick ones, and of the time that a message takes."""

import asyncio
import time
from collections.abc import Sequence
from contextlib import ExitStack

from benchmarks.bench import Bench
from benchmarks.crowd import Crowd, a_crowd, questions, talks_for
from benchmarks.fleet import Fleet, a_fleet
from benchmarks.judging import Judgement, broken, judge, told, troubles
from benchmarks.messages import talks_of
from benchmarks.processes import processor_seconds
from benchmarks.quotas import limited
from benchmarks.reckoning import percentile
from benchmarks.records import BenchmarkError, Figures
from benchmarks.talking import Protocol, hold_talks

TURNS = 10
AT_ONCE = 20
SHARE = 0.4
"""Cores that each server may use, so that two of them leave enough to the client, the proxy and the database."""
QUICK = 3
QUICK_GAP = 0.01
"""Seconds between two quick messages: enough that they reach the servers in the order in which they were sent."""


def measure_crowd(bench: Bench, *, people: int, each: int, at_once: int) -> Figures:
    """Return how many messages of all those people were lost, doubled, out of order, and another's."""

    async def talk(url: str) -> tuple[Crowd, Judgement, float]:
        async with a_crowd([url], people) as crowd:
            began = time.monotonic()
            # The introduction, twice, and the probe are three of everybody's messages.
            await crowd.talk(talks_for(people, each - 3), at_once=at_once)
            took = time.monotonic() - began
            return crowd, await judge(crowd), took

    with a_fleet(bench) as fleet:
        bench.say(f"{people} people with {each} messages each")
        crowd, found, took = asyncio.run(talk(fleet.url))
    _refuse_silence(found, people * each)
    notes = (
        f"{found.acknowledged:,} messages acknowledged in {took:.0f} s, {at_once} people at once; "
        f"sent again because of: {told(troubles(crowd.people))}",
        *broken(crowd.people),
    )
    return Figures((*found.four, float(found.broken)), notes)


def _refuse_silence(found: Judgement, expected: int) -> None:
    """Raise BenchmarkError when hardly anybody was answered: nothing can be lost of what was never said."""
    if found.acknowledged < expected and not found.broken:
        raise BenchmarkError(f"only {found.acknowledged} of {expected} messages were answered")


def measure_quick(bench: Bench, *, tries: int) -> Figures:
    """Return the milliseconds until the last of three quick messages is answered, and how often order was lost."""

    async def three(crowd: Crowd, number: int, texts: Sequence[str]) -> tuple[list[float], bool]:
        person = crowd.people[number]
        await crowd.open(person)
        sent = []
        for text in texts:
            sent.append(asyncio.create_task(crowd.say(person, text)))
            await asyncio.sleep(QUICK_GAP)
        await asyncio.gather(*sent)
        stored = [entry["text"] for entry in await crowd.history(person) if entry["from"] == "person"]
        return [heard.milliseconds for heard in person.heard], stored == list(texts)

    async def all_of_them(fleet: Fleet) -> tuple[list[list[float]], int, str]:
        texts = questions((tries + 1) * QUICK)
        async with a_crowd([server.url for server in fleet.servers], tries + 1) as crowd:
            found = [await three(crowd, n, texts[n * QUICK : (n + 1) * QUICK]) for n in range(tries + 1)]
        disordered = sum(not in_order for _, in_order in found[1:])
        return [sorted(times) for times, _ in found[1:]], disordered, told(troubles(crowd.people))

    with a_fleet(bench) as fleet:
        times, disordered, trouble = asyncio.run(all_of_them(fleet))
    slowest = [each[-1] for each in times if len(each) == QUICK]
    medians = " / ".join(f"{percentile([each[n] for each in times], 50):.0f}" for n in range(QUICK))
    notes = (f"answered after {medians} ms (medians of {tries} tries); sent again because of: {trouble}",)
    return Figures((percentile(slowest, 95), float(disordered)), notes)


def measure_two_against_one(bench: Bench, *, messages: int, without_limits: bool) -> Figures:
    """Return how many times as many messages two servers answer in a second as one, each with a part of a core.

    The notes may have the same without that limit, when the servers share the cores with whoever talks to them.
    """
    with a_fleet(bench, sticky=True) as fleet:
        for number, server in enumerate(fleet.servers):
            hold_talks(
                Protocol.COACH, server.url, talks_of(questions(40 * (number + 1))[-40:], TURNS), bench.say, people=4
            )
        with ExitStack() as limits:
            for server in fleet.servers:
                limits.enter_context(limited(server.pid, SHARE))
            times, notes = _two_against_one(bench, fleet, messages, f"with {SHARE:g} of a core each")
        more = _two_against_one(bench, fleet, messages, "without limits")[1] if without_limits else ()
    return Figures((times,), notes + more)


def _two_against_one(bench: Bench, fleet: Fleet, messages: int, how: str) -> tuple[float, tuple[str, ...]]:
    texts = questions(2 * messages)
    one, alone = _rate(bench, fleet, fleet.servers[0].url, texts[:messages])
    two, together = _rate(bench, fleet, fleet.url, texts[messages:])
    said = f"{how}, {two / one:.2f} times: one server {one:.0f} messages a second ({alone}), two {two:.0f} ({together})"
    return two / one, (said,)


def _rate(bench: Bench, fleet: Fleet, url: str, texts: Sequence[str]) -> tuple[float, str]:
    """Return the messages that are answered in a second, and who used how much of the processor meanwhile."""
    pids = [server.pid for server in fleet.servers]
    before = [processor_seconds(pid) or 0.0 for pid in pids]
    talks = hold_talks(Protocol.COACH, url, talks_of(texts, TURNS), bench.say, people=AT_ONCE)
    used = [(processor_seconds(pid) or 0.0) - start for pid, start in zip(pids, before, strict=True)]
    shares = " + ".join(f"{seconds / talks.seconds:.2f}" for seconds in used)
    a_message = 1000 * sum(used) / len(texts)
    return len(texts) / talks.seconds, f"servers use {shares} cores, {a_message:.1f} ms of processor time a message"
