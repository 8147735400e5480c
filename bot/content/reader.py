"""Reads the knowledge folders into one `Knowledge`, or reports everything that is wrong with them."""

from collections.abc import Sequence
from pathlib import Path

from bot.content.build import build_knowledge
from bot.content.document import parse_document
from bot.content.entries import Entry, Library, entries_of
from bot.content.files import find_files, read_text
from bot.content.integrity import integrity_problems
from bot.content.problems import Problem, in_reading_order
from bot.content.references import cycle_problems, reference_problems
from bot.content.schema import schema_problems
from bot.errors import ContentError
from bot.records import Knowledge


def read_knowledge(folders: Sequence[Path]) -> Knowledge:
    """Return the knowledge of the folders, each laid over those before it.

    An entry of a later folder takes the place of the entry with its id as a whole, and new ids are added; references
    are checked after that. Raises `ContentError` with all problems, in the order of files and lines.
    """
    library, problems, complete = _read(folders)
    if complete:
        problems += integrity_problems(library)
        problems += reference_problems(library)
        problems += cycle_problems(library)
    if problems:
        raise ContentError([str(problem) for problem in in_reading_order(problems)])
    return build_knowledge(library)


def _read(folders: Sequence[Path]) -> tuple[Library, list[Problem], bool]:
    """Return the entries, the problems of single files, and whether every file gave up its entries.

    Where one did not, looking for dangling references would report each reference to what that file holds.
    """
    files, problems = find_files(folders)
    complete = not problems
    entries: list[Entry] = []
    for file in files:
        text = read_text(file)
        document = parse_document(file.name, text) if isinstance(text, str) else text
        if isinstance(document, Problem):
            problems.append(document)
            complete = False
        else:
            breaches = list(schema_problems(document))
            problems += [problem for problem, _ in breaches]
            faults = [path for _, path in breaches]
            entries += entries_of(document, file.folder, faults)
            complete = complete and not any(_hides_entries(path) for path in faults)
    library = Library()
    return library, problems + library.add(entries), complete


def _hides_entries(fault: tuple[str | int, ...]) -> bool:
    """Say whether a breach of the schema is about a whole file or list, so that its entries cannot be known."""
    return len(fault) < 2 and fault != ("questionnaire",)
