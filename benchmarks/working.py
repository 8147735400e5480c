"""Handing a job to a worker process and getting its result back."""

import json
import sys
import tempfile
from pathlib import Path
from typing import Any

from benchmarks.environment import child_environment
from benchmarks.processes import finish
from bot.runtime.settings import project_root


def have_worked(
    worker: str, job: Any, *, scratch: Path, limit: float, python: str = sys.executable, **settings: str
) -> Any:
    """Return a worker's result for that job; raise BenchmarkError when it fails or takes more than `limit` seconds."""
    with tempfile.TemporaryDirectory(dir=scratch) as name:
        folder = Path(name)
        given, found = folder / "given.json", folder / "found.json"
        given.write_text(json.dumps(job), encoding="utf-8")
        command = [python, "-m", f"benchmarks.workers.{worker}", str(given), str(found)]
        environment = child_environment(RASA_CACHE_DIRECTORY=str(folder / "cache"), **settings)
        finish(command, folder=project_root(), environment=environment, log=folder / "worker.log", limit=limit)
        return json.loads(found.read_text(encoding="utf-8"))
