"""What `pmo-coach insights` and `review` work with: a masker, groups of like texts, the names of what is asked."""

import json
import os
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import yaml

from bot.content import KNOWLEDGE_FOLDER, read_knowledge
from bot.errors import CoachError
from bot.improving.corpus import Corpus, plain
from bot.improving.grouping import group
from bot.improving.masking import Lexicon, Masker, lexicon_of, mask
from bot.improving.nlu_data import examples_in
from bot.improving.report import Grouping
from bot.records import Knowledge
from bot.runtime.settings import Settings, project_root

DAY = 24 * 60 * 60


@dataclass(frozen=True)
class Tools:
    """A masker for texts, a grouping of them, and the names of topics, certifications and roles."""

    mask: Masker
    group: Grouping
    names: Mapping[str, str]


def open_tools(settings: Settings) -> Tools:
    """Return the tools of the installed coach; raise CoachError where its content or encoder is missing."""
    folders = [KNOWLEDGE_FOLDER, *settings.content]
    knowledge = read_knowledge(folders)
    masker = partial(mask, lexicon=_lexicon(folders, settings.encoder))
    return Tools(masker, partial(_group, settings.encoder), names_of(knowledge))


def names_of(knowledge: Knowledge) -> dict[str, str]:
    """Return what each topic, certification and role is called."""
    return {
        **{topic.id: topic.title for topic in knowledge.topics.values()},
        **{one.id: one.name for one in knowledge.certifications.values()},
        **{role.id: role.title for role in knowledge.roles.values()},
    }


def _lexicon(folders: Sequence[Path], encoder: Path) -> Lexicon:
    """Return the words of our training data and content, and those of the encoder's tokenizer, which are English."""
    try:
        vocabulary = json.loads((encoder / "tokenizer.json").read_text(encoding="utf-8"))["model"]["vocab"]
    except (OSError, ValueError, KeyError) as exc:
        raise CoachError("The encoder is not installed: run `pmo-coach encoder install`.") from exc
    return lexicon_of(_sayings(folders), [word for word in vocabulary if word.isalpha()])


def _sayings(folders: Sequence[Path]) -> Iterator[str]:
    for path in sorted((project_root() / "data" / "nlu").glob("*.yml")):
        for example in examples_in(path.read_text(encoding="utf-8")):
            yield example.text
    for folder in folders:
        for path in sorted(folder.rglob("*.y*ml")):
            yield from path.read_text(encoding="utf-8").splitlines()


def _group(encoder: Path, texts: Sequence[str]) -> list[list[int]]:
    from bot.nlu.encoder import Encoder  # without Rasa, which would take a second to import
    from bot.nlu.encoder_files import GRAPH, TOKENIZER, verify

    verify(encoder)
    return group(Encoder(encoder / TOKENIZER, encoder / GRAPH).encode(texts))


def read_corpus(root: Path, folders: Sequence[Path]) -> Corpus:
    """Return all that the coach learns from: the project's NLU data, the folders' topics, and what is held out."""
    nlu = {path: read_exactly(path) for path in sorted((root / "data" / "nlu").glob("*.yml"))}
    files = [path for folder in folders for path in sorted(folder.rglob("*.y*ml"))]
    topics = {path: source for path in files if "topics:" in (source := read_exactly(path))}
    if not nlu or not topics:
        raise CoachError(f"There is no training data in {root / 'data' / 'nlu'}, or no topic in the knowledge.")
    held_out = {
        plain(str(utterance["text"]))
        for path in sorted((root / "tests" / "nlu").glob("*.yml"))
        for utterance in (yaml.safe_load(read_exactly(path)) or {}).get("utterances", ())
    }
    return Corpus(nlu, topics, frozenset(held_out))


def read_exactly(path: Path) -> str:
    """Return the file's text with its line ends as they are; raise CoachError where it cannot be read."""
    try:
        with path.open(encoding="utf-8", newline="") as file:
            return file.read()
    except (OSError, UnicodeDecodeError) as exc:
        raise CoachError(f"The file {path} cannot be read.") from exc


def write_whole(path: Path, text: str) -> None:
    """Write the file whole or not at all."""
    write_all({path: text})


def write_all(
    files: Mapping[Path, str],
    *,
    expected: Mapping[Path, str] | None = None,
    replace: Callable[[str, Path], None] = os.replace,
) -> None:
    """Write each file whole or not at all, and none where one cannot be made ready.

    Whoever is killed in the middle leaves every file either as it was or as it is to be. With `expected`, a file that
    has become another since it was read is not overwritten: nothing is.
    """
    ready: dict[str, Path] = {}
    try:
        for path, text in files.items():
            if expected is not None and read_exactly(path) != expected[path]:
                raise CoachError(f"The file {path} was changed in the meantime: nothing was written. Run it again.")
            ready[_beside(path, text)] = path
        for name in list(ready):
            replace(name, ready[name])
            del ready[name]
    except OSError as exc:
        raise CoachError(f"The file {path} cannot be written: {exc.strerror}.") from exc
    finally:
        for name in ready:
            Path(name).unlink(missing_ok=True)


def _beside(path: Path, text: str) -> str:
    """Write the text to a new hidden file beside the other, safe on the disk, and return its name."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        os.chmod(name, path.stat().st_mode & 0o777 if path.exists() else 0o644)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    return name
