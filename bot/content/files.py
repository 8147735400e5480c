"""The files of the knowledge folders: which they are, what they hold, and one digest over all of them."""

import errno
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.content.problems import Problem

KNOWLEDGE_FOLDER = Path(__file__).parent / "knowledge"
"""The knowledge that comes with the coach; other folders lay theirs over it."""

MAX_BYTES = 1024 * 1024
"""A file above this size is refused: a page of advice is a few thousand bytes, so it is not content."""

FORMAT = b"pmo-coach-knowledge-1"
"""Goes into the digest. Raise it when the same files are to give other records, so that stores read them again."""


@dataclass(frozen=True)
class ContentFile:
    """A file of the knowledge: `name` is how problems call it, `folder` counts the folders from ours, 0."""

    path: Path
    name: str
    folder: int


def find_files(folders: Sequence[Path]) -> tuple[list[ContentFile], list[Problem]]:
    """Return the YAML files of the folders, ours first and each folder's by name, and a problem per missing folder.

    Files of a further folder are named with that folder, so that two `topics.yaml` can be told apart. Hidden files
    (an editor's) and files that are not YAML (a README) are passed over.
    """
    files: list[ContentFile] = []
    problems: list[Problem] = []
    for number, folder in enumerate(folders):
        if not folder.is_dir():
            problems.append(Problem(str(folder), None, "there is no such folder of knowledge"))
            continue
        for path in sorted(folder.rglob("*.y*ml"), key=lambda path: path.relative_to(folder).as_posix()):
            inside = path.relative_to(folder)
            hidden = any(part.startswith(".") for part in inside.parts)
            if path.suffix in (".yaml", ".yml") and not path.is_dir() and not hidden:
                files.append(ContentFile(path, (folder / inside if number else inside).as_posix(), number))
    return files, problems


def read_text(file: ContentFile) -> str | Problem:
    """Return the text of a file, or why it cannot be taken: too large, unreadable or not UTF-8."""
    try:
        content = _first_bytes(file.path, MAX_BYTES + 1)
    except OSError as exc:
        return Problem(file.name, None, f"the file cannot be read: {exc.strerror}")
    if len(content) > MAX_BYTES:
        return Problem(file.name, None, f"the file is larger than {MAX_BYTES // 1024} KiB; split it into several")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as exc:
        line = content.count(b"\n", 0, exc.start) + 1
        return Problem(file.name, line, "the text is not UTF-8 here; save the file as UTF-8")


def _first_bytes(path: Path, most: int) -> bytes:
    """Return so many bytes of a file, all for -1; raise OSError for what is no file, such as a pipe, unopened."""
    if path.exists() and not path.is_file():
        raise OSError(errno.EINVAL, "it is no plain file")
    with path.open("rb") as stream:
        return stream.read(most)


def content_digest(folders: Sequence[Path]) -> str:
    """Return the SHA-256 over names and bytes of all knowledge files; equal digests mean equal knowledge.

    A folder that is missing or a file that cannot be read counts as empty here: reading it is what reports it.
    """
    digest = hashlib.sha256(FORMAT)
    for file in find_files(folders)[0]:
        try:
            content = _first_bytes(file.path, -1)
        except OSError:
            content = b""
        name = file.path.relative_to(folders[file.folder]).as_posix().encode()
        digest.update(b"%d %d %d\n" % (file.folder, len(name), len(content)))
        digest.update(name)
        digest.update(content)
    return digest.hexdigest()
