"""Processes that the benchmarks start: watched, measured, and stopped by their ids whatever happens."""

import os
import signal
import socket
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

from benchmarks.records import BenchmarkError

STOP_SECONDS = 10.0
LOG_CHARACTERS = 3000

Process = subprocess.Popen[bytes]


def free_port() -> int:
    """Return a port of loopback that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def running(
    command: Sequence[str], *, folder: Path, environment: Mapping[str, str], log: Path, patience: float = STOP_SECONDS
) -> Iterator[Process]:
    """Run a command in the background while the block lasts; its output goes to the log.

    `patience` is how many seconds it may take to stop before it is killed.
    """
    with log.open("wb") as output:
        # A session of its own: Ctrl-C reaches us alone, and we stop what we started, children included.
        process = subprocess.Popen(
            command, cwd=folder, env=dict(environment), stdin=subprocess.DEVNULL, stdout=output, stderr=output,
            start_new_session=True,
        )  # fmt: skip
        try:
            yield process
        finally:
            stop(process, patience)


def stop(process: Process, patience: float) -> None:
    """End a process that `running` started, and whatever it started; return when it is gone."""
    if process.poll() is not None:
        return
    os.killpg(process.pid, signal.SIGTERM)
    try:
        process.wait(patience)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def finish(command: Sequence[str], *, folder: Path, environment: Mapping[str, str], log: Path, limit: float) -> None:
    """Run a command to its end; raise BenchmarkError when it fails or takes more than `limit` seconds."""
    with running(command, folder=folder, environment=environment, log=log) as process:
        try:
            code = process.wait(limit)
        except subprocess.TimeoutExpired as exc:
            raise BenchmarkError(f"{command_name(command)} took more than {limit:g} seconds") from exc
    if code:
        raise BenchmarkError(f"{command_name(command)} ended with {code}\n{last_words(log)}")


def command_name(command: Sequence[str]) -> str:
    """Return a command as a person would name it: without its folder and its options."""
    words = [word for word in command[1:] if not word.startswith("-")][:2]
    return " ".join([Path(command[0]).name, *words])


def last_words(log: Path) -> str:
    """Return the end of a log."""
    return log.read_text(encoding="utf-8", errors="replace")[-LOG_CHARACTERS:].strip() or "it said nothing"


def resident_megabytes(pid: int) -> float:
    """Return the resident memory of a process and its children, in millions of bytes."""
    return sum(map(_resident_bytes, [pid, *_children(pid)])) / 1e6


def processor_seconds(pid: int) -> float | None:
    """Return the processor time that a process has used, of all its threads; None where the system does not tell."""
    stat = Path(f"/proc/{pid}/stat")
    if not stat.is_file():
        return None
    # The name, in brackets, may hold anything; user and system time are the 12th and 13th words behind it.
    words = stat.read_text(encoding="utf-8").rpartition(")")[2].split()
    return (int(words[11]) + int(words[12])) / os.sysconf("SC_CLK_TCK")


def _resident_bytes(pid: int) -> int:
    status = Path(f"/proc/{pid}/status")
    if status.is_file():
        for line in status.read_text(encoding="utf-8").splitlines():
            if line.startswith("VmRSS:"):
                return int(line.split()[1]) * 1024
    shown = subprocess.run(["ps", "-o", "rss=", "-p", str(pid)], capture_output=True, text=True, check=False)
    return int(shown.stdout.strip() or 0) * 1024


def _children(pid: int) -> list[int]:
    found = []
    for listed in Path(f"/proc/{pid}/task").glob("*/children"):
        for child in map(int, listed.read_text(encoding="utf-8").split()):
            found += [child, *_children(child)]
    return found


def stop_on_termination() -> None:
    """Let SIGTERM end the run as Ctrl-C does, so that servers are stopped on the way out."""

    def interrupt(number: int, frame: FrameType | None) -> None:
        raise KeyboardInterrupt

    for number in (signal.SIGTERM, signal.SIGHUP):
        # Whoever has us ignore a signal, as nohup does, shall be obeyed.
        if signal.getsignal(number) is not signal.SIG_IGN:
            signal.signal(number, interrupt)
