"""Every test of an action has a store of its own, with the knowledge in it."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from actions import library, people
from bot.content import KNOWLEDGE_FOLDER
from bot.store import Store, open_store, seed


@pytest.fixture(scope="session")
def seeded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with the knowledge, to be copied."""
    path = tmp_path_factory.mktemp("seeded") / "coach.db"
    store = open_store(f"sqlite:///{path}")
    store.migrate()
    seed(store, [KNOWLEDGE_FOLDER])
    store.overwrite_erased()
    store.close()
    return path


@pytest.fixture(autouse=True, scope="session")
def _read_once(seeded: Path) -> Iterator[None]:
    """Read the knowledge of that database once, whatever was read before."""
    library.knowledge.cache_clear()
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("PMO_COACH_DATABASE_URL", f"sqlite:///{seeded}")
        library.knowledge()
    yield
    library.knowledge.cache_clear()


@pytest.fixture(autouse=True)
def store(seeded: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    """The store that the actions find by their settings."""
    url = f"sqlite:///{shutil.copy(seeded, tmp_path / 'coach.db')}"
    monkeypatch.setenv("PMO_COACH_DATABASE_URL", url)
    people.people_store.cache_clear()
    store = open_store(url)
    yield store
    store.close()
    people.people_store().close()
    people.people_store.cache_clear()
