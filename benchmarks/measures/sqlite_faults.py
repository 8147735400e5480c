"""A full disk, and a database that another program has locked: people are told to wait, and then go on."""

import os
import resource
import sqlite3
import subprocess
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from benchmarks.bench import Bench
from benchmarks.faults import Watch, under_load
from benchmarks.fleet import CoachServer
from benchmarks.measures.outages import figures_of
from benchmarks.records import BenchmarkError, Figures
from benchmarks.services import started

DISK_MEGABYTES = 24
FULL_SECONDS = 5.0
QUIET_SECONDS = 1.0
CHUNK = b"\0" * 65_536


def measure_full_disk(bench: Bench, *, people: int) -> Figures:
    """Fill the disk that the database lies on, and make room again."""
    with _small_disk(bench.scratch / "disk") as disk:
        folder = disk or bench.coach.new_folder()
        database = folder / "pmo-coach.db"
        with started(CoachServer(bench, PMO_COACH_DATABASE_URL=f"sqlite:///{database}")) as server:
            fault = _filling(disk) if disk else _limiting(server.pid, database)
            after = under_load([server.url], people, fault)
    how = f"a disk of {DISK_MEGABYTES} MB was full" if disk else "the server might write no larger files"
    if not after.fair:
        raise BenchmarkError(f"nobody noticed anything: {after.notes()[0]}")
    return figures_of(after, f"{how} for {FULL_SECONDS:g} s")


@contextmanager
def _small_disk(folder: Path) -> Iterator[Path | None]:
    """Give a disk of its own while the block lasts; None where we may not mount one."""
    folder.mkdir()
    options = ["-t", "tmpfs", "-o", f"size={DISK_MEGABYTES}m"]
    mount = ["mount", *options, "pmo-coach-bench", str(folder)]
    if os.geteuid() or subprocess.run(mount, capture_output=True, check=False).returncode:
        yield None
        return
    try:
        yield folder
    finally:
        subprocess.run(["umount", str(folder)], capture_output=True, check=True)


def _filling(disk: Path) -> Callable[[Watch], None]:
    def fault(watch: Watch) -> None:
        watch.wait(QUIET_SECONDS)
        filler = disk / "filler"
        with filler.open("wb", buffering=0) as file:
            try:
                while True:
                    file.write(CHUNK)
            except OSError:
                pass
        try:
            watch.wait(FULL_SECONDS)
        finally:
            filler.unlink()

    return fault


def _limiting(pid: int, database: Path) -> Callable[[Watch], None]:
    def fault(watch: Watch) -> None:
        watch.wait(QUIET_SECONDS)
        soft, hard = resource.prlimit(pid, resource.RLIMIT_FSIZE)
        resource.prlimit(pid, resource.RLIMIT_FSIZE, (database.stat().st_size // 2, hard))
        try:
            watch.wait(FULL_SECONDS)
        finally:
            resource.prlimit(pid, resource.RLIMIT_FSIZE, (soft, hard))

    return fault


def measure_locked(bench: Bench, *, seconds: float, people: int) -> Figures:
    """Hold the write lock of the database's file in another process than the server's."""

    def fault(watch: Watch) -> None:
        watch.wait(QUIET_SECONDS)
        with closing(sqlite3.connect(database, isolation_level=None, timeout=10)) as other:
            other.execute("BEGIN IMMEDIATE")
            try:
                watch.wait(seconds)
            finally:
                other.execute("ROLLBACK")

    with started(CoachServer(bench)) as server:
        database = server.folder / "pmo-coach.db"
        after = under_load([server.url], people, fault)
    return figures_of(after, f"locked for {seconds:g} s")
