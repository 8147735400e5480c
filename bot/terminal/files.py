"""Files: the folder var/terminal, which only its owner may read, and an export that is read back."""

import json
import os
from pathlib import Path

from bot.terminal.errors import TerminalError

PRIVATE_FILE = 0o600
PRIVATE_FOLDER = 0o700
MOST_BYTES = 1024 * 1024
"""Of a file that is read whole; an export of every plan there may be is smaller."""


def private_folder(var: Path, *names: str) -> Path:
    """Return the folder under `var`, made with mode 0700 when it is not there yet."""
    folder = var.joinpath(*names)
    folder.mkdir(parents=True, exist_ok=True, mode=PRIVATE_FOLDER)
    return folder


def private_file(path: Path) -> Path:
    """Return the path of a file that exists and has mode 0600."""
    os.close(os.open(path, os.O_CREAT | os.O_RDWR, PRIVATE_FILE))
    path.chmod(PRIVATE_FILE)
    return path


def read_export(path: Path, *, name: str) -> dict[str, object]:
    """Return the plans of an export in JSON, without what else it has; raise TerminalError when it is none.

    What is in the plans, the server judges.
    """
    try:
        with path.open("rb") as file:
            data = file.read(MOST_BYTES + 1)
        told = json.loads(data) if len(data) <= MOST_BYTES else None
    except OSError as exc:
        raise TerminalError(f"{name} cannot be read: {exc.strerror}.") from exc
    except (ValueError, RecursionError) as exc:
        raise TerminalError(f"{name} is not JSON. Save an export with /export json plan.json") from exc
    if not isinstance(told, dict) or "plans" not in told:
        raise TerminalError(f"{name} is no export. Save one with /export json plan.json")
    return {"v": told.get("v"), "plans": told["plans"]}


def write_private(path: Path, text: str) -> None:
    """Write the file in one step, so that no reader sees half of it and nobody else any of it."""
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        private_file(draft).write_text(text, encoding="utf-8")
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)
