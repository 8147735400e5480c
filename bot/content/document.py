"""One YAML file as plain values, with the line of each of them.

YAML is parsed by libyaml into nodes, never into Python objects, so no tag is ever carried out. What content has
no use for is refused: tags, anchors, merge keys, keys told twice, deep nesting. Words that YAML 1.1 takes for
something else (`no`, `on`, a date) stay the words they are.
"""

import re
from collections.abc import Sequence
from typing import Any

import yaml

from bot.content.problems import Problem

MAX_DEPTH = 20
MAX_BRACKETS = 1000
MAX_LINE = 1000
"""Above these a file is walked event by event first: libyaml's own nodes nest without limit and can end the process."""

_ANCHOR = re.compile(r"(?:^|[\s\[{,])[&*][^\s,\]}]", re.MULTILINE)
_WHOLE_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]{0,8})")
_CORE = "tag:yaml.org,2002:"
_TEXT_TAGS = frozenset(_CORE + name for name in ("str", "timestamp", "value"))


class _RefusedError(Exception):
    """A node that content may not have; carries its line."""

    def __init__(self, line: int, text: str) -> None:
        super().__init__(text)
        self.problem_line = line
        self.text = text


class Document:
    """The plain values of one file (`data`), which knows the line of each."""

    def __init__(self, name: str, root: yaml.Node, data: Any) -> None:
        """Keep the parsed nodes of the file for their lines."""
        self.name = name
        self.data = data
        self._root = root

    def line(self, path: Sequence[str | int], *, key: str | None = None) -> int:
        """Return the line of the value at that path, or of a key inside it; the nearest there is if it is missing."""
        node, line = self._root, _line_of(self._root)
        for step in path if key is None else (*path, key):
            child = _child(node, step)
            if child is None:
                break
            line, node = child
        return line

    def problem(self, path: Sequence[str | int], text: str, *, key: str | None = None) -> Problem:
        """Return a problem at that path of this file."""
        return Problem(self.name, self.line(path, key=key), text)


def parse_document(name: str, text: str) -> Document | Problem:
    """Return the document that the text holds, or the first thing that keeps it from being one."""
    try:
        if _needs_a_close_look(text):
            _look_closely(text)
        root = yaml.compose(text, Loader=yaml.CSafeLoader)
        if root is None:
            return Problem(name, 1, "the file is empty")
        return Document(name, root, _value(root, 0))
    except _RefusedError as exc:
        return Problem(name, exc.problem_line, exc.text)
    except yaml.reader.ReaderError as exc:
        line = text.encode()[: int(exc.position)].count(b"\n") + 1
        return Problem(name, line, f"a character that YAML does not allow: {exc.reason}")
    except yaml.MarkedYAMLError as exc:
        mark = exc.problem_mark or exc.context_mark
        said = " ".join(part for part in (exc.context, exc.problem) if part)
        return Problem(name, mark.line + 1 if mark else 1, f"this is not YAML: {said}")


def _needs_a_close_look(text: str) -> bool:
    """Say whether the file may have anchors, or nest deeper than libyaml stands."""
    brackets = text.count("[") + text.count("{")
    longest = max(map(len, text.splitlines()), default=0)
    return brackets > MAX_BRACKETS or longest > MAX_LINE or _ANCHOR.search(text) is not None


def _look_closely(text: str) -> None:
    """Refuse anchors, aliases and deep nesting, from events, of which libyaml keeps no tree."""
    depth = 0
    for event in yaml.parse(text, Loader=yaml.CSafeLoader):
        line = _line_of(event)
        if getattr(event, "anchor", None) is not None:
            raise _RefusedError(line, "anchors and aliases (& and *) are not allowed; write the value out")
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > MAX_DEPTH:
            raise _RefusedError(line, f"nested deeper than {MAX_DEPTH} levels")


def _value(node: yaml.Node, depth: int) -> Any:
    """Return the plain value of a node."""
    if depth > MAX_DEPTH:
        raise _RefusedError(_line_of(node), f"nested deeper than {MAX_DEPTH} levels")
    if isinstance(node, yaml.ScalarNode):
        return _scalar(node)
    if isinstance(node, yaml.SequenceNode) and node.tag == _CORE + "seq":
        return [_value(child, depth + 1) for child in node.value]
    if isinstance(node, yaml.MappingNode) and node.tag == _CORE + "map":
        return _mapping(node, depth)
    raise _refused_tag(node)


def _mapping(node: yaml.MappingNode, depth: int) -> dict[str, Any]:
    """Return a mapping's values by key; a key must be text and may be told once."""
    values: dict[str, Any] = {}
    for key, value in node.value:
        if not isinstance(key, yaml.ScalarNode) or key.tag == _CORE + "merge":
            raise _RefusedError(_line_of(key), "a key must be a plain word")
        if key.value in values:
            raise _RefusedError(_line_of(key), f"the key '{key.value}' is told twice")
        values[key.value] = _value(value, depth + 1)
    return values


def _scalar(node: yaml.ScalarNode) -> str | int | float | bool | None:
    """Return the value of a scalar; what is not plainly a number, true, false or null is text."""
    text = str(node.value)
    if node.tag in _TEXT_TAGS:
        return text
    if node.tag == _CORE + "null":
        return None
    if node.tag == _CORE + "bool":
        return {"true": True, "false": False}.get(text.lower(), text)
    if node.tag == _CORE + "int":
        return int(text) if _WHOLE_NUMBER.fullmatch(text) else text
    if node.tag == _CORE + "float":
        return _number(text)
    raise _refused_tag(node)


def _number(text: str) -> float | str:
    """Return the number that the text spells, or the text."""
    try:
        return float(text)
    except ValueError:
        return text


def _refused_tag(node: yaml.Node) -> _RefusedError:
    """Return the refusal of a node's tag."""
    return _RefusedError(_line_of(node), f"the tag '{str(node.tag).replace(_CORE, '!!')}' is not allowed")


def _line_of(part: yaml.Node | yaml.Event) -> int:
    """Return the line that a node or event starts in, counted from 1."""
    return 1 if part.start_mark is None else part.start_mark.line + 1


def _child(node: yaml.Node, step: str | int) -> tuple[int, yaml.Node] | None:
    """Return the line and node of a key's value, the line being the key's, or of a list's item."""
    if isinstance(node, yaml.MappingNode):
        return next(((_line_of(key), value) for key, value in node.value if key.value == step), None)
    if isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
        return _line_of(node.value[step]), node.value[step]
    return None
