"""Files that only their owner may read: the folder var/terminal and what lies in it."""

import os
from pathlib import Path

PRIVATE_FILE = 0o600
PRIVATE_FOLDER = 0o700


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


def write_private(path: Path, text: str) -> None:
    """Write the file in one step, so that no reader sees half of it and nobody else any of it."""
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        private_file(draft).write_text(text, encoding="utf-8")
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)
