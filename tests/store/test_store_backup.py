"""Backups as docs/operating.md makes them: taken while the coach writes, and whole when they are put back."""

import os
import shutil
import sqlite3
import subprocess
from pathlib import Path

import pytest

from bot.runtime.settings import project_root
from bot.store import Store, open_store
from tests.store.test_store_people import MARK, remember_everything, rows_with

OPERATING = (project_root() / "docs/operating.md").read_text(encoding="utf-8")
DATABASE = '"$PMO_COACH_DATABASE_URL"'


def command(beginning: str) -> str:
    """Return the command of the page that begins so."""
    (found,) = [line for line in OPERATING.splitlines() if line.startswith(beginning)]
    return found


def test_a_sqlite_backup_is_whole_though_the_coach_goes_on(sqlite_store: Store, tmp_path: Path) -> None:
    remember_everything(sqlite_store, "c", MARK)
    whole = command("sqlite3 var/pmo-coach.db")
    statement = whole.partition('"')[2].rpartition('"')[0]
    # A transaction is open, and its rows are not in the file yet.
    with sqlite_store.unit_of_work() as work:
        work.conversations.open("later", now=1.0)
        with sqlite3.connect(str(sqlite_store.engine.url.database)) as connection:
            connection.execute(statement.replace("backup.db", str(tmp_path / "backup.db")))

    restored = open_store(f"sqlite:///{tmp_path / 'backup.db'}")
    restored.migrate()
    assert rows_with(restored, MARK) == rows_with(sqlite_store, MARK)
    with restored.unit_of_work(read_only=True) as work:
        assert not work.conversations.exists("later")
    restored.close()


@pytest.mark.postgres
@pytest.mark.skipif(shutil.which("pg_dump") is None, reason="PostgreSQL's client programs are not here")
def test_a_postgres_backup_brings_back_what_was_erased(store: Store, url: str, tmp_path: Path) -> None:
    if store.engine.dialect.name != "postgresql":
        pytest.skip("this is about PostgreSQL")
    remember_everything(store, "c", MARK)
    before = rows_with(store, MARK)
    schema = url.rpartition("%3D")[2]
    server = url.partition("?options")[0]
    environment = {**os.environ, "PMO_COACH_DATABASE_URL": server}

    def run(line: str, *options: str) -> None:
        words = line.replace(DATABASE, server).split()
        subprocess.run([words[0], *options, *words[1:]], cwd=tmp_path, env=environment, check=True, capture_output=True)

    run(command("pg_dump"), f"--schema={schema}")
    with store.unit_of_work() as work:
        work.people.forget("c")
    assert rows_with(store, MARK) == []
    store.close()
    run(command("pg_restore"), f"--schema={schema}")

    assert rows_with(store, MARK) == before
