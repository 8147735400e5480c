"""All that the coach learns from, as files: what is an example of what, and what may become one.

A text is an example of one thing only, once, and never one of those that are held out to measure the coach with.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import unified_diff
from pathlib import Path

from bot.errors import CoachError
from bot.improving.masking import is_masked
from bot.improving.nlu_data import examples_in, intents_in, with_example
from bot.improving.topic_data import questions_in, topics_in, with_draft, with_question

LONGEST_EXAMPLE = 200
LONGEST_TITLE = 40
_SAME = str.maketrans({char: " " for char in ",;:!?()[]{}<>\"'`’‘“”*_~|.-/\\"})


class ExampleError(CoachError):
    """A text cannot become an example; the message says why."""


@dataclass(frozen=True)
class Corpus:
    """Files of NLU data and of topics by path, as they are or as they will be; `held_out` are plain forms of texts."""

    nlu: Mapping[Path, str]
    topics: Mapping[Path, str]
    held_out: frozenset[str]

    def intents(self) -> dict[str, Path]:
        """Return every intent that has examples, with its file."""
        return {intent: path for path, source in self.nlu.items() for intent in intents_in(source)}

    def topic_files(self) -> dict[str, Path]:
        """Return every topic with its file; what lies in a later folder is laid over what lies in an earlier one."""
        return {topic: path for path, source in self.topics.items() for topic in topics_in(source)}

    def owners(self) -> dict[str, str]:
        """Return the plain form of every example with the intent or topic that it is one of."""
        found = {plain(example.text): example.intent for source in self.nlu.values() for example in examples_in(source)}
        for source in self.topics.values():
            found.update((plain(question.text), question.intent) for question in questions_in(source))
        return found

    def with_text(self, target: str, text: str) -> "Corpus":
        """Return the corpus with the text as an example of the intent, or a question of the topic."""
        text = " ".join(text.split())
        self._refuse(text)
        if (path := self.topic_files().get(target)) is not None:
            return replace(self, topics={**self.topics, path: with_question(self.topics[path], target, text)})
        if (path := self.intents().get(target)) is not None:
            return replace(self, nlu={**self.nlu, path: with_example(self.nlu[path], target, text)})
        raise ExampleError(f"There is no topic or intent {target}.")

    def with_topic(self, id: str, title: str, questions: Sequence[str], *, beside: str | None) -> "Corpus":
        """Return the corpus with a draft of a topic, in the file of its relative `beside` or in the last one."""
        if not id.isidentifier() or not id.isascii() or not id.islower():
            raise ExampleError("A topic's id is of small letters, digits and _, and begins with a letter.")
        if id in self.topic_files() or id in self.intents():
            raise ExampleError(f"There is a topic or intent {id} already.")
        if not title.strip() or len(title) > LONGEST_TITLE:
            raise ExampleError(f"A title has 1 to {LONGEST_TITLE} characters: it is also a button.")
        for question in questions:
            self._refuse(question)
        files = self.topic_files()
        path = files.get(beside or "") or max(files.values())
        return replace(self, topics={**self.topics, path: with_draft(self.topics[path], id, title, questions)})

    def _refuse(self, text: str) -> None:
        """Raise ExampleError where the text cannot become an example of anything."""
        if is_masked(text):
            raise ExampleError("There is a mask in it: write it in your own words.")
        if not 2 <= len(text) <= LONGEST_EXAMPLE or not text.isprintable() or not plain(text):
            raise ExampleError(f"An example is a line of words, of 2 to {LONGEST_EXAMPLE} characters.")
        if text[0] in "/-#[" or any(bracket in text for bracket in "[]{}"):
            raise ExampleError(
                "An example has no brackets and does not begin with / - or #: they mean something to Rasa."
            )
        if plain(text) in self.held_out:
            raise ExampleError("It is held out in tests/nlu to measure the coach with, so the coach must not learn it.")
        if (owner := self.owners().get(plain(text))) is not None:
            raise ExampleError(f"It is an example of {owner} already.")


def plain(text: str) -> str:
    """Return the form in which two texts are the same: small letters, single spaces, no punctuation."""
    return " ".join(text.casefold().translate(_SAME).split())


def changed(before: Corpus, after: Corpus) -> dict[Path, tuple[str, str]]:
    """Return the files that differ, with their old and new texts."""
    old, new = {**before.nlu, **before.topics}, {**after.nlu, **after.topics}
    return {path: (old.get(path, ""), text) for path, text in new.items() if old.get(path, "") != text}


def diff(files: Mapping[Path, tuple[str, str]], *, root: Path) -> str:
    """Return the changes as a patch that `git apply` and `patch -p1` take; paths are told from the root."""
    lines: list[str] = []
    for path, (old, new) in sorted(files.items()):
        name = path.relative_to(root).as_posix() if path.is_relative_to(root) else path.as_posix().lstrip("/")
        for line in unified_diff(
            old.splitlines(keepends=True), new.splitlines(keepends=True), f"a/{name}", f"b/{name}"
        ):
            lines.append(line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n")
    return "".join(lines)
