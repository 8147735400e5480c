"""A server that is nobody, may write to its data folder alone and has no capability to, serves as any other."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.coach import Coach, free_port, wait_until_ready
from tests.conftest import ROOT

NOBODY = 65534
# Nobody, who may read what root may (a checkout and a Python may lie in root's home) and write nothing of it.
AS_NOBODY = [
    "setpriv", f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups", "--no-new-privs",
    "--bounding-set=-all,+dac_read_search", "--inh-caps=-all,+dac_read_search", "--ambient-caps=-all,+dac_read_search",
]  # fmt: skip

needs_root = pytest.mark.skipif(
    os.geteuid() != 0 or shutil.which("setpriv") is None, reason="only root can become nobody, with setpriv"
)


@pytest.fixture
def data(tmp_path: Path, encoder: Path) -> Path:
    """The only folder that nobody may write to."""
    folder = tmp_path / "data"
    folder.mkdir()
    (folder / "encoder").symlink_to(encoder)
    os.chown(folder, NOBODY, NOBODY)
    return folder


def start(data: Path, log: Path, **environment: str) -> "subprocess.Popen[bytes]":
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PMO_COACH_")}
    given = {**kept, "HOME": "/nonexistent", "TMPDIR": str(data), "PMO_COACH_VAR": str(data), **environment}
    with log.open("wb") as stream:
        command = [*AS_NOBODY, sys.executable, "-m", "bot.cli", "serve"]
        return subprocess.Popen(command, cwd=ROOT, env=given, stdout=stream, stderr=stream)


@pytest.fixture
def nobody(data: Path, model: Path, tmp_path: Path) -> Iterator[Coach]:
    port, log = free_port(), tmp_path / "log"
    process = start(data, log, PMO_COACH_PORT=str(port))
    url = f"http://127.0.0.1:{port}"
    try:
        wait_until_ready(url, process, log)
        yield Coach(url, process)
    finally:
        process.terminate()
        process.wait(20)


@needs_root
def test_nobody_serves_and_writes_to_the_data_folder_alone(nobody, data):
    status = Path(f"/proc/{nobody.process.pid}/status").read_text()
    uids = next(line for line in status.splitlines() if line.startswith("Uid:")).split()[1:]
    assert uids == [str(NOBODY)] * 4

    talk = nobody.talk()
    assert talk.say("does ppso still exist")
    assert talk.history()
    assert nobody.request("DELETE", "/webhooks/web/history", token=talk.token)[0] == 204
    assert {"pmo-coach.db", "secret"} <= {path.name for path in data.iterdir()}
    assert all(path.stat().st_uid == NOBODY for path in data.iterdir() if not path.is_symlink())
    assert not os.access("/nonexistent", os.F_OK)


@needs_root
def test_without_a_model_nobody_is_told_so_in_a_sentence(data, tmp_path):
    log = tmp_path / "log"
    # Files that nobody may not write to, and no model among them.
    process = start(data, log, PMO_COACH_MODEL="/usr/share", PMO_COACH_PORT=str(free_port()))
    assert process.wait(120) == 1
    assert "There is no current model, and I may not write to" in log.read_text()
    assert "Traceback" not in log.read_text()
