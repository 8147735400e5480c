"""YAML as nodes, which know the lines they stand on: what an edit of a file's text needs."""

from functools import lru_cache
from typing import TypeGuard

import yaml

from bot.errors import CoachError

LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""The same nodes ten times as fast, where PyYAML was built with libyaml."""


class EditError(CoachError):
    """A data file is not laid out as an edit needs, or the edit would have changed something else."""


@lru_cache(maxsize=64)
def compose(source: str) -> yaml.Node | None:
    """Return the root node; raise EditError where the text is no YAML."""
    try:
        root: yaml.Node | None = yaml.compose(source, Loader=LOADER)
    except yaml.YAMLError as exc:
        raise EditError("The file is not YAML.") from exc
    return root


def value(node: yaml.Node | None, key: str) -> yaml.Node | None:
    """Return what a mapping has under that key, or None."""
    if not isinstance(node, yaml.MappingNode):
        return None
    return next((item for name, item in node.value if getattr(name, "value", None) == key), None)


def items(node: yaml.Node | None) -> list[yaml.Node]:
    """Return the items of a list; none where it is no list."""
    return list(node.value) if isinstance(node, yaml.SequenceNode) else []


def is_scalar(node: yaml.Node | None) -> TypeGuard[yaml.ScalarNode]:
    """Tell whether the node is a text or a number."""
    return isinstance(node, yaml.ScalarNode)


def last_line(node: yaml.Node) -> int:
    """Return the number of the last line of a text; a block ends at the beginning of the line after."""
    return int(node.end_mark.line) - (1 if node.end_mark.column == 0 else 0)


def end_of_lines(source: str) -> str:
    """Return how the lines of the text end."""
    return "\r\n" if "\r\n" in source else "\n"


def insert_line(source: str, after: int, line: str) -> str:
    """Return the text with one more line after the line of that number, counted from 0."""
    end, lines = end_of_lines(source), source.splitlines(keepends=True)
    if not lines[after].endswith("\n"):
        lines[after] += end
    return "".join([*lines[: after + 1], f"{line}{end}", *lines[after + 1 :]])
