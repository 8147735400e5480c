"""Quotas: a process that may use no more than a part of a core, by Linux's control groups.

Where a bench's own client, proxy and database share the cores with what is measured, more servers find no cores to run
on. With a quota each of them has its own, as on a machine of its own.
"""

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from benchmarks.records import NotMeasuredError

MOUNT = Path("/sys/fs/cgroup")
PROCESSES, CONTROLLERS = "cgroup.procs", "cgroup.subtree_control"
PERIOD = 100_000
"""Microseconds in which a share is used up and comes anew; the shorter they are, the more goes into stopping."""


LEAVING_SECONDS, PAUSE_SECONDS = 5.0, 0.05


@contextmanager
def limited(pid: int, cores: float, *, mount: Path = MOUNT) -> Iterator[None]:
    """Let a process, all its threads together, use so many cores while the block lasts.

    Raises NotMeasuredError where the system has no control groups that we may write to.
    """
    group, limits = _group(mount, f"pmo-coach-bench-{os.getpid()}-{pid}", round(cores * PERIOD))
    try:
        group.mkdir()
        for file, limit in limits.items():
            _write(group / file, limit)
        _write(group / PROCESSES, f"{pid}")
    except OSError as exc:
        _remove(group)
        raise NotMeasuredError(f"no share of a core can be set here, as root can: {exc.strerror}") from exc
    try:
        yield
    finally:
        with suppress(OSError):  # it has ended
            _write(group.parent / PROCESSES, f"{pid}")
        _remove(group)


def _group(mount: Path, name: str, quota: int) -> tuple[Path, dict[str, str]]:
    """Return the folder of a group, and what to write where so that its processes have the quota of each period."""
    if (mount / "cpu").is_dir():  # version 1 has a tree for processor time alone
        return mount / "cpu" / name, {"cpu.cfs_period_us": f"{PERIOD}", "cpu.cfs_quota_us": f"{quota}"}
    return mount / name, {f"../{CONTROLLERS}": "+cpu", "cpu.max": f"{quota} {PERIOD}"}


def _remove(group: Path) -> None:
    """Remove the group, as soon as a process that is being stopped has left it."""
    ends = time.monotonic() + LEAVING_SECONDS
    while group.exists():
        try:
            group.rmdir()
        except OSError:
            if time.monotonic() > ends:
                return  # whoever is still in it is no process of ours to end
            time.sleep(PAUSE_SECONDS)


def _write(file: Path, value: str) -> None:
    file.write_text(value, encoding="ascii")
