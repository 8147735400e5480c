"""The files of training data as text: their examples with the lines they stand on, and one more put among them.

The text is edited, not written anew: comments, order and layout stay as their authors left them. Every edit is read
again and must have changed nothing but what it was made for.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

import yaml

from bot.improving.yaml_nodes import EditError, compose, insert_line, is_scalar, items, last_line, value

_DASH = re.compile(r"^(\s*)-\s+(.*)$")


@dataclass(frozen=True)
class Example:
    """One example of an intent and its line, counted from 0."""

    intent: str
    text: str
    line: int


def examples_in(source: str) -> Iterator[Example]:
    """Yield the examples of a file of NLU data; raise EditError where it is none."""
    for intent, node in _blocks(source):
        lines = source.splitlines()
        for number in range(node.start_mark.line + 1, last_line(node) + 1):
            if found := _DASH.match(lines[number]):
                yield Example(intent, found[2].strip(), number)


def intents_in(source: str) -> list[str]:
    """Return the intents that have examples in a file of NLU data."""
    return [intent for intent, _ in _blocks(source)]


def with_example(source: str, intent: str, text: str) -> str:
    """Return the file's text with one more example at the end of the intent's; raise EditError where it has none."""
    mine = [example for example in examples_in(source) if example.intent == intent]
    if not mine:
        raise EditError(f"There is no intent {intent} with examples in the file.")
    last = mine[-1].line
    line = source.splitlines()[last]
    edited = insert_line(source, last, f"{line[: len(line) - len(line.lstrip())]}- {text}")
    _check(source, edited, intent, text)
    return edited


def _check(before: str, after: str, intent: str, text: str) -> None:
    old = [(example.intent, example.text) for example in examples_in(before)]
    new = [(example.intent, example.text) for example in examples_in(after)]
    last = max(place for place, example in enumerate(old) if example[0] == intent)
    if new != [*old[: last + 1], (intent, text), *old[last + 1 :]]:
        raise EditError("The example cannot be put in without changing another.")


def _blocks(source: str) -> Iterator[tuple[str, yaml.ScalarNode]]:
    """Yield each intent with the node of its examples, a block of lines."""
    for item in items(value(compose(source), "nlu")):
        intent, examples = value(item, "intent"), value(item, "examples")
        if is_scalar(intent) and is_scalar(examples) and examples.style == "|":
            yield intent.value, examples
