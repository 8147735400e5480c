"""Checks a document against `schema.json` and words what it finds for people who write content."""

import json
from collections.abc import Callable, Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

from jsonschema import Draft7Validator  # type: ignore[import-untyped,unused-ignore]

from bot.content.document import Document
from bot.content.problems import Problem, suggest

SCHEMA_FILE = Path(__file__).with_name("schema.json")

Breach = Any
"""A `ValidationError` of jsonschema 3.2; the stubs there are describe version 4, where it differs."""

_TYPES = {
    "string": "a text",
    "integer": "a whole number",
    "number": "a number",
    "boolean": "true or false",
    "array": "a list",
    "object": "a mapping of keys to values",
    "null": "null",
}
_TYPE_NAMES = {str: "string", bool: "boolean", int: "integer", float: "number", list: "array", dict: "object"}


def schema_problems(document: Document) -> Iterator[tuple[Problem, tuple[str | int, ...]]]:
    """Yield each breach of the schema with the path of the value at fault."""
    for error in _validator().iter_errors(document.data):
        path = tuple(error.absolute_path)
        for text, key in _words(error, str(path[-1]) if path else "the file"):
            yield document.problem(path, text, key=key), path


@lru_cache(maxsize=1)
def _validator() -> Any:
    """Return the validator, its references put in place: following them would take most of the time."""
    schema = json.loads(SCHEMA_FILE.read_text(encoding="utf-8"))
    return Draft7Validator(_inlined(schema, schema["definitions"]))


def _inlined(schema: Any, definitions: dict[str, Any]) -> Any:
    """Return the schema with every reference replaced by the definition it names."""
    if isinstance(schema, list):
        return [_inlined(part, definitions) for part in schema]
    if not isinstance(schema, dict):
        return schema
    if "$ref" in schema:
        return _inlined(definitions[schema["$ref"].rsplit("/", 1)[-1]], definitions)
    return {key: _inlined(part, definitions) for key, part in schema.items() if key != "definitions"}


def _words(error: Breach, name: str) -> Iterator[tuple[str, str | None]]:
    """Yield what to tell of a breach, with the key inside the value that it is about, if one is."""
    if error.validator == "additionalProperties":
        known = error.schema["properties"]
        for key in (key for key in error.instance if key not in known):
            yield f"unknown key '{key}'{suggest(key, known)}", key
    elif error.validator == "required":
        for key in (key for key in error.validator_value if key not in error.instance):
            yield f"the key '{key}' is missing", None
    else:
        yield _WORDINGS.get(error.validator, _wrong_value)(error, _subject(error, name)), None


def _subject(error: Breach, name: str) -> str:
    """Return what the problem is about: a key, an item of a list, or the file."""
    if not error.absolute_path:
        return name
    *above, last = error.absolute_path
    return f"'{last}'" if isinstance(last, str) else f"item {last + 1} of '{above[-1]}'"


def _wrong_type(error: Breach, subject: str) -> str:
    """Word a value of the wrong type."""
    expected = error.validator_value if isinstance(error.validator_value, list) else [error.validator_value]
    found = _TYPES[_TYPE_NAMES.get(type(error.instance), "null")]
    quotes = "; put it in quotes" if "string" in expected and isinstance(error.instance, (bool, int, float)) else ""
    return f"{subject} must be {' or '.join(_TYPES[name] for name in expected)}, not {found}{quotes}"


def _unknown_word(error: Breach, subject: str) -> str:
    """Word a value outside a closed vocabulary."""
    words = ["null" if word is None else str(word) for word in error.validator_value]
    found = "null" if error.instance is None else str(error.instance)
    return f"{subject} must be one of {', '.join(words)}, not '{found}'{suggest(found, words)}"


def _wrong_value(error: Breach, subject: str) -> str:
    """Word a value of the right type that is not what the schema describes."""
    expected = error.schema.get("description", "valid")
    return f"{subject} must be {expected}, not {_quoted(error.instance)}"


def _too_long(error: Breach, subject: str) -> str:
    """Word a text that is too long."""
    return f"{subject} has {len(error.instance)} characters; at most {error.validator_value} fit"


def _too_few(error: Breach, subject: str) -> str:
    """Word a list or mapping that is too short."""
    return f"{subject} has {len(error.instance)} entries; it needs at least {error.validator_value}"


def _too_many(error: Breach, subject: str) -> str:
    """Word a list that is too long."""
    return f"{subject} has {len(error.instance)} entries; at most {error.validator_value} fit"


def _not_unique(error: Breach, subject: str) -> str:
    """Word a list that tells something twice."""
    twice = next(item for at, item in enumerate(error.instance) if item in error.instance[:at])
    return f"{subject} tells {_quoted(twice)} twice"


def _quoted(value: Any) -> str:
    """Return a value as a problem shows it, cut where it is long."""
    text = value if isinstance(value, str) else json.dumps(value)
    return f"'{text[:60]}...'" if len(text) > 60 else f"'{text}'"


_WORDINGS: dict[str, Callable[[Breach, str], str]] = {
    "type": _wrong_type,
    "enum": _unknown_word,
    "maxLength": _too_long,
    "minItems": _too_few,
    "minProperties": _too_few,
    "maxItems": _too_many,
    "uniqueItems": _not_unique,
}
