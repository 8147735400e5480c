"""What the understanding learns from is read once, and nothing is kept open for it."""

import gc
import os
from pathlib import Path

import pytest

from bot.nlu.knowledge import known


def open_files(folder: Path) -> list[str]:
    """Return the files below the folder that this process has open."""
    found = []
    for descriptor in Path("/proc/self/fd").iterdir():
        try:
            found.append(os.readlink(descriptor))
        except OSError:  # the listing's own
            continue
    return [name for name in found if name.startswith(str(folder))]


def test_known_leaves_no_connection_open(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PMO_COACH_VAR", str(tmp_path))
    known.cache_clear()
    gc.disable()
    try:
        topics = known().topics
        assert open_files(tmp_path) == []
    finally:
        gc.enable()
        known.cache_clear()

    assert topics
