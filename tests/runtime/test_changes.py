"""A server that a terminal started gives way when what it is made of has changed, before it answers anybody."""

import os
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from bot.runtime.changes import marks
from bot.runtime.settings import Settings
from tests.conftest import make_var, served


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Settings with a model and knowledge of their own."""
    (tmp_path / "own").mkdir()
    (tmp_path / "own" / "topics.yaml").write_text("topics: []")
    (tmp_path / "pmo-coach.tar.gz").write_bytes(b"model")
    return replace(Settings(), model=tmp_path, content=(tmp_path / "own",))


def test_what_was_only_read_has_not_changed(settings: Settings) -> None:
    before = marks(settings)
    (settings.content[0] / "topics.yaml").read_text()
    (settings.content[0] / "notes.txt").write_text("no knowledge")

    assert marks(settings) == before


@pytest.mark.parametrize(
    "change",
    [
        lambda settings: (settings.model / "pmo-coach.tar.gz").write_bytes(b"another model"),
        lambda settings: (settings.model / "pmo-coach.tar.gz").unlink(),
        lambda settings: (settings.content[0] / "topics.yaml").write_text("topics: [] # changed"),
        lambda settings: (settings.content[0] / "roles.yml").write_text("roles: []"),
        lambda settings: (settings.content[0] / "topics.yaml").unlink(),
        lambda settings: os.utime(settings.model / "pmo-coach.tar.gz", (1, 1)),
    ],
    ids=["model trained", "model gone", "knowledge changed", "knowledge added", "knowledge gone", "older put back"],
)
def test_whatever_changes_is_seen(settings: Settings, change: Callable[[Settings], object]) -> None:
    before = marks(settings)

    change(settings)

    assert marks(settings) != before


def test_the_code_counts(settings: Settings) -> None:
    names = {Path(name).name for name, _, _ in marks(settings)}

    assert {"changes.py", "next_qualification.py", "domain.yml", "sources.yaml"} <= names


@pytest.mark.slow
def test_server_stops_when_it_is_looked_for_and_only_then(model: Path, encoder: Path, tmp_path: Path) -> None:
    # GIVEN a server that a terminal started
    own = shutil.copy(model, tmp_path / "own.tar.gz")
    var = make_var(tmp_path, encoder)
    with served(var, "--while-current", PMO_COACH_MODEL=str(own), PMO_COACH_IDLE_SECONDS="900") as coach:
        assert coach.request("GET", "/health")[0] == 200

        # WHEN its model is another
        os.utime(own, (1, 1))

        # THEN it answers who talks, and who looks for it finds none soon
        assert coach.request("GET", "/ready")[0] == 200
        coach.request("GET", "/health")
        assert coach.process.wait(20) == 0
        assert "ERROR" not in (var / "server.log").read_text()
