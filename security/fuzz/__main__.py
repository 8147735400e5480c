"""`make fuzz`: fuzzes every door for some seconds and prints what came of it; ends with 1 when something broke.

The inputs that found new code are kept in var/fuzz/NAME/corpus, so that the next run goes on from there; what broke
something is in var/fuzz/NAME/found. `python -m security.fuzz.replay NAME FILE` makes it happen again.
"""

import argparse
import importlib
import os
import re
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console
from rich.table import Table

from bot.errors import CoachError
from bot.runtime.settings import project_root, read_settings
from security.fuzz import TARGETS
from security.fuzz.replay import kept
from security.fuzz.worker import FOLDER

SECONDS = 20
HANG_SECONDS = 20
"""Far above any input that is merely slow, on a busy machine too."""
MOST_MEGABYTES = 3000
LONGEST = 4096
"""Bytes of an input; a door refuses more than 16 KiB before it reads them."""
BROKEN = ("crash-", "oom-", "leak-")
"""How libFuzzer's names begin for what broke; it keeps what was slow ("slow-unit-"), too."""
MOST_WORDS = 400


@dataclass(frozen=True)
class Outcome:
    """What became of fuzzing a target; `coverage` counts the branches that were reached."""

    target: str
    executions: int
    coverage: int
    crashes: int
    hangs: int

    @property
    def fine(self) -> bool:
        """Whether nothing broke, and something was tried at all."""
        return self.executions > 0 and not self.crashes and not self.hangs


def main(arguments: list[str]) -> int:
    """Fuzz as the arguments say and return the exit code."""
    parser = argparse.ArgumentParser(prog="make fuzz", description=__doc__)
    parser.add_argument("--seconds", type=int, default=SECONDS, help="for each target")
    parser.add_argument("--seed", type=int, default=0, help="of the mutations; 0 for another one each time")
    parser.add_argument("targets", nargs="*", default=TARGETS, help=f"of {', '.join(TARGETS)}; all by default")
    told = parser.parse_args(arguments)
    if not (FOLDER / "atheris").is_dir():
        raise CoachError("atheris has no package for this platform: fuzzing needs Linux on x86-64.")
    outcomes = []
    for name in told.targets:
        print(f"fuzzing {name} for {told.seconds} s ...", file=sys.stderr, flush=True)
        outcomes.append(fuzz(name, told.seconds, told.seed))
    show(outcomes)
    return 0 if all(outcome.fine for outcome in outcomes) else 1


def fuzz(name: str, seconds: int, seed: int) -> Outcome:
    """Fuzz one target in a process of its own."""
    folder = read_settings().var / "fuzz" / name
    corpus, found = folder / "corpus", folder / "found"
    found.mkdir(parents=True, exist_ok=True)
    before = set(found.iterdir())
    _plant(name, corpus)
    command = [
        sys.executable, "-m", "security.fuzz.worker", name, f"-max_total_time={seconds}", f"-timeout={HANG_SECONDS}",
        f"-rss_limit_mb={MOST_MEGABYTES}", f"-max_len={LONGEST}", f"-seed={seed}", "-print_final_stats=1",
        f"-artifact_prefix={found}/", f"-dict={_words(name, folder)}", str(corpus),
    ]  # fmt: skip
    log = folder / "log"
    with log.open("wb") as output, tempfile.TemporaryDirectory(dir=_memory()) as scratch:
        environment = {**os.environ, "TMPDIR": scratch}
        code = subprocess.call(["nice", *command], cwd=project_root(), env=environment, stdout=output, stderr=output)
    outcome = read_log(name, log.read_text(encoding="utf-8", errors="replace"), set(found.iterdir()) - before, code)
    if not outcome.fine:
        print(_end_of(log), file=sys.stderr)
    return outcome


def _memory() -> Path | None:
    """Return a folder in memory, where the system has one: what is measured is our code, not the disk."""
    folder = Path("/dev/shm")
    return folder if os.access(folder, os.W_OK) else None


def _plant(name: str, corpus: Path) -> None:
    """Put the inputs to start from beside those that earlier runs found."""
    corpus.mkdir(exist_ok=True)
    seeds = importlib.import_module(f"security.fuzz.targets.{name}").seeds()
    for number, seed in enumerate([*seeds, *kept(name)]):
        (corpus / f"seed-{number}").write_bytes(seed[:LONGEST])


def _words(name: str, folder: Path) -> Path:
    """Write the words that the target's inputs are made of, for mutations to use."""
    seeds = b"\n".join(importlib.import_module(f"security.fuzz.targets.{name}").seeds())
    words = sorted(set(re.findall(rb"[a-zA-Z0-9_-]{3,24}", seeds)))
    quoted = [f'"{word.decode()}"' for word in words[:: max(1, len(words) // MOST_WORDS)]]
    file = folder / "words"
    file.write_text("\n".join(quoted) + "\n", encoding="ascii")
    return file


def read_log(name: str, log: str, found: set[Path], code: int) -> Outcome:
    """Return what libFuzzer's log, the inputs that it left behind and its exit code say."""
    hangs = sum(path.name.startswith("timeout-") for path in found)
    crashes = sum(path.name.startswith(BROKEN) for path in found)
    if code and not crashes + hangs:
        crashes = 1  # it broke off without an input to show: it could not even begin, say
    executions = re.findall(r"^(?:#|stat::number_of_executed_units: )(\d+)", log, re.MULTILINE)
    coverage = re.findall(r" cov: (\d+) ", log)
    return Outcome(name, int((executions or ["0"])[-1]), int((coverage or ["0"])[-1]), crashes, hangs)


def show(outcomes: list[Outcome]) -> None:
    """Print the table."""
    table = Table("target", "executions", "coverage", "crashes", "hangs")
    for each in outcomes:
        table.add_row(each.target, f"{each.executions:,}", f"{each.coverage:,}", str(each.crashes), str(each.hangs))
    Console().print(table)


def _end_of(log: Path) -> str:
    lines = log.read_text(encoding="utf-8", errors="replace").splitlines()
    start = next((number for number, line in enumerate(lines) if "Uncaught Python exception" in line), len(lines) - 40)
    return "\n".join([*lines[max(0, start) : start + 40], f"the whole log is in {log}"])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
