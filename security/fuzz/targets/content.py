"""The content loader: a folder of knowledge that overlays ours, as an organisation may write or be handed it."""

import contextlib
import tempfile
from collections.abc import Iterable
from pathlib import Path

from bot.content.reader import read_knowledge
from bot.errors import ContentError
from bot.runtime.settings import project_root
from security.fuzz import Target

SMALL = project_root() / "tests/content/small"
MOST = 4096


def seeds() -> Iterable[bytes]:
    """Yield the files of a small folder of knowledge, and the beginnings of ours."""
    for folder in (SMALL, project_root() / "bot/content/knowledge"):
        for path in sorted(folder.rglob("*.yaml")):
            yield path.read_bytes()[:MOST]
    yield b"topics: &a [*a, !!python/object:os.system x, {<<: *a}]"


def target() -> Target:
    """Return what lays a file of these bytes over the small folder."""
    folder = Path(tempfile.mkdtemp(prefix="pmo-coach-fuzz-"))
    file = folder / "overlay.yaml"

    def read(data: bytes) -> None:
        file.write_bytes(data)
        with contextlib.suppress(ContentError):
            read_knowledge([folder])
        with contextlib.suppress(ContentError):
            read_knowledge([SMALL, folder])

    return read
