"""A small, valid knowledge to break."""

import shutil
from pathlib import Path

import pytest

from tests.content.folder import SMALL, Folder


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    """A copy of the small knowledge."""
    return Folder(Path(shutil.copytree(SMALL, tmp_path / "knowledge")))


@pytest.fixture
def overlay(tmp_path: Path) -> Folder:
    """An empty folder to lay over it."""
    (tmp_path / "ours").mkdir()
    return Folder(tmp_path / "ours")
