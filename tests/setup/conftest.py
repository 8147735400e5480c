"""Folders of fake programs, and a project whose environment is made of them."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

GOOD = 'echo "$0"'
"""A Python 3.10: asked for its path, it tells it."""

BROKEN_SHIM = 'echo "pyenv: $0: command not found" >&2; exit 127'


class Programs:
    """A folder of fake programs, and the only place where a script under test finds any but the basic ones."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.home = folder / "home"
        self.home.mkdir(parents=True)
        self.calls_file = folder / "calls"

    def add(self, name: str, body: str = GOOD, *, folder: Path | None = None) -> Path:
        """Write a program; it notes each call."""
        path = (folder or self.folder) / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f'#!/bin/sh\nprintf "%s\\n" "{name} $*" >>"{self.calls_file}"\n{body}\n')
        path.chmod(0o755)
        return path

    def borrow(self, *names: str) -> None:
        """Let the script have the machine's own programs of these names."""
        for name in names:
            (self.folder / name).symlink_to(shutil.which(name) or pytest.skip(f"no {name} here"))

    @property
    def calls(self) -> list[str]:
        """What was called, in order."""
        return self.calls_file.read_text().splitlines() if self.calls_file.exists() else []

    def run(
        self, *command: str | Path, cwd: Path = ROOT, path: str = "", stdin: str = "", **environment: str
    ) -> subprocess.CompletedProcess[str]:
        """Run a command with our programs on PATH, before those in `path`."""
        search = f"{self.folder}{os.pathsep}{path}" if path else str(self.folder)
        return subprocess.run(
            [str(word) for word in command],
            cwd=cwd,
            env={"PATH": search, "HOME": str(self.home), "LC_ALL": "C.UTF-8", **environment},
            input=stdin,
            capture_output=True,
            text=True,
            check=False,
            timeout=60,
        )


@pytest.fixture
def programs(tmp_path: Path) -> Programs:
    """An empty folder of programs."""
    return Programs(tmp_path / "programs")
