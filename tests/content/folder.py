"""A folder of small, valid knowledge that tests break at one place."""

from pathlib import Path

from bot.content import read_knowledge
from bot.errors import ContentError

SMALL = Path(__file__).parent / "small"

P3O = "certifications/p3o.yaml"
RUNNING = "topics/running.yaml"
GROUND = "ground.yaml"
WORK = "work.yaml"


class Folder:
    """A folder of knowledge that a test may change."""

    def __init__(self, path: Path) -> None:
        """Keep the path."""
        self.path = path

    def edit(self, file: str, old: str, new: str) -> None:
        """Replace the one place that reads `old`."""
        path = self.path / file
        text = path.read_text(encoding="utf-8")
        assert text.count(old) == 1, f"{old!r} is {text.count(old)} times in {file}"
        path.write_text(text.replace(old, new), encoding="utf-8")

    def line(self, file: str, words: str) -> str:
        """Return how a problem names the line in which those words stand now: "file:line"."""
        text = (self.path / file).read_text(encoding="utf-8")
        return f"{file}:{text[: text.index(words)].count(chr(10)) + 1}"

    def write(self, file: str, text: str) -> None:
        """Write a file."""
        (self.path / file).parent.mkdir(parents=True, exist_ok=True)
        (self.path / file).write_text(text, encoding="utf-8")

    def problems(self, *more: Path) -> list[str]:
        """Return what reading the folder, and those laid over it, complains of."""
        try:
            read_knowledge([self.path, *more])
        except ContentError as exc:
            return list(exc.problems)
        return []
