"""A server in the background that would go on with what no longer is: it stops, and whoever asks starts the new one.

A terminal starts such a server, which then serves every terminal for a while. Who has taught the coach something since,
or changed its code, asks the new coach. So it looks at its files when a client looks for it, before any message.
"""

import logging
import os
import signal
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from bot.runtime.settings import Settings, project_root
from bot.runtime.training import RASA_FILES, model_file

logger = logging.getLogger(__name__)

LOOKED_AT = "/health"
"""What a client asks first, once for each command."""

Marks = frozenset[tuple[str, int, int]]


def marks(settings: Settings) -> Marks:
    """Return name, time and size of every file that the server is made of."""
    found = set()
    for path in _files(settings):
        try:
            told = path.stat()
        except OSError:
            continue
        found.add((str(path), told.st_mtime_ns, told.st_size))
    return frozenset(found)


def stop_when_changed(app: Any, settings: Settings) -> None:
    """Have the app stop, as a signal would stop it, when its files are no longer those of now."""
    before = marks(settings)

    async def look(request: Any) -> None:
        if request.path == LOOKED_AT and marks(settings) != before:
            logger.info("stopping: the model, the knowledge or the code has changed")
            os.kill(os.getpid(), signal.SIGTERM)

    app.register_middleware(look, "request")


def _files(settings: Settings) -> Iterator[Path]:
    root = project_root()
    yield model_file(settings) or settings.model
    yield from (root / name for name in RASA_FILES)
    for folder in (root / "bot", root / "actions"):
        yield from folder.rglob("*.py")
    for folder in (root / "bot" / "content", *settings.content):
        yield from folder.rglob("*.y*ml")
