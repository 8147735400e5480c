"""A SQLite file that goes while the store works with it: what is stored is never in a file without a name."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.errors import StoreError
from bot.store import Store, open_store


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "coach.sqlite"


@pytest.fixture
def store(file: Path) -> Iterator[Store]:
    """Give a store that has worked with its file."""
    opened = open_store(f"sqlite:///{file}")
    opened.migrate()
    add(opened, "before")
    yield opened
    opened.close()


def add(store: Store, team: str) -> str:
    """Make a team and return its code."""
    with store.unit_of_work() as work:
        return work.teams.create(team)


def teams(store: Store) -> int:
    """Return how many teams there are."""
    with store.unit_of_work(read_only=True) as work:
        return work.people.counts()["teams"]


def test_removed_file_is_an_error_and_not_made_anew(store: Store, file: Path) -> None:
    file.unlink()

    for work in (teams, lambda store: add(store, "lost")):
        with pytest.raises(StoreError, match="its file was removed"):
            work(store)

    assert not file.exists()


def test_work_goes_on_when_the_file_is_back(store: Store, file: Path) -> None:
    away = file.with_name("away")
    file.rename(away)
    with pytest.raises(StoreError):
        teams(store)
    away.rename(file)

    add(store, "after")

    assert teams(store) == 2


def test_file_in_the_place_of_another_is_the_one_worked_with(store: Store, file: Path, tmp_path: Path) -> None:
    store.overwrite_erased()
    backup = tmp_path / "backup"
    shutil.copy(file, backup)
    add(store, "after the backup")
    store.overwrite_erased()

    backup.replace(file)

    assert teams(store) == 1
