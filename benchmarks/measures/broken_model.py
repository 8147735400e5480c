"""A model file that is not whole: the server says so in a sentence and ends, and what it has stored stays."""

import asyncio
import subprocess
from collections.abc import Callable
from pathlib import Path

from benchmarks.bench import Bench
from benchmarks.crowd import Crowd, a_crowd, talks_for
from benchmarks.fleet import CoachServer
from benchmarks.judging import judge
from benchmarks.records import Figures
from benchmarks.services import started

START_SECONDS = 60.0
MOST_LINES = 2
"""The line that says where it would serve, and the one that says why it does not."""

WAYS: dict[str, Callable[[bytes], bytes]] = {
    "cut off": lambda whole: whole[: len(whole) // 2],
    "other bytes in the middle": lambda whole: whole[: len(whole) // 2] + bytes(4096) + whole[len(whole) // 2 + 4096 :],
    "no archive": lambda whole: bytes(byte ^ 0x5A for byte in whole[:100_000]),
    "empty": lambda whole: b"",
}


def measure_broken_models(bench: Bench) -> Figures:
    """Return how many broken models are not refused in a sentence, and how many stored messages suffer by it."""
    whole = bench.coach.model_file().read_bytes()
    server = CoachServer(bench)
    with started(server):
        said = asyncio.run(_talked(server.url))
    unclear, notes = 0, []
    for way, broken in WAYS.items():
        bench.say(way)
        file = bench.scratch / "broken.tar.gz"
        file.write_bytes(broken(whole))
        clear, words = _refused(server, file)
        unclear += not clear
        notes.append(f"{way}: {words}")
    with started(server):
        found = asyncio.run(_judged(server.url, said))
    return Figures((float(unclear), float(found)), tuple(notes))


async def _talked(url: str) -> Crowd:
    async with a_crowd([url], 1) as crowd:
        await crowd.talk(talks_for(1, 2), at_once=1)
        return crowd


async def _judged(url: str, said: Crowd) -> int:
    async with a_crowd([url], 1) as crowd:
        crowd.people = said.people
        found = await judge(crowd)
        return found.lost + found.doubled + found.broken


def _refused(server: CoachServer, model: Path) -> tuple[bool, str]:
    """Return whether the server ends with an error in one line that names the model, and its last line."""
    environment = {**server.environment(), "PMO_COACH_MODEL": str(model)}
    try:
        ended = subprocess.run(
            server.command(), cwd=server.work_folder(), env=environment, capture_output=True, text=True, check=False,
            timeout=START_SECONDS, stdin=subprocess.DEVNULL,
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        return False, "it goes on running"
    lines = (ended.stdout + ended.stderr).strip().splitlines()
    clear = ended.returncode != 0 and len(lines) <= MOST_LINES and model.name in lines[-1]
    return clear, f"exit code {ended.returncode}, {len(lines)} lines, the last: {lines[-1] if lines else ''}"
