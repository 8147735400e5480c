"""Looks through every compiled pattern of our modules for one that a text can make run for ever; prints them as JSON.

A repetition whose body may be nothing but another repetition, `(a+)*` or `(a+|b)+`, can share out a row of signs in
two to the power of its length ways, and tries them all before it gives up.
"""

import importlib
import json
import pkgutil
import re
import sre_constants as parts
import sre_parse
import sys
from collections.abc import Iterator
from typing import Any

REPEATS = (parts.MAX_REPEAT, parts.MIN_REPEAT)


def runs_away(pattern: str, flags: int = 0) -> bool:
    """Tell whether some repetition of the pattern may repeat what repeats."""
    return any(_is_repetition_alone(body) for body in _repeated(sre_parse.parse(pattern, flags)))


def _repeated(tree: Any) -> Iterator[Any]:
    """Yield the bodies of all repetitions without an end."""
    for kind, value in tree:
        if kind in REPEATS and value[1] == parts.MAXREPEAT:
            yield value[2]
        for child in _children(kind, value):
            yield from _repeated(child)


def _children(kind: Any, value: Any) -> list[Any]:
    if kind in REPEATS:
        return [value[2]]
    if kind is parts.SUBPATTERN:
        return [value[3]]
    if kind is parts.BRANCH:
        return list(value[1])
    return [value[1]] if kind in (parts.ASSERT, parts.ASSERT_NOT) else []


def _is_repetition_alone(tree: Any) -> bool:
    """Tell whether the tree can match by one repetition without an end, everything else in it being empty."""
    for place, (kind, value) in enumerate(tree):
        rest = [tree[other : other + 1].getwidth()[0] for other in range(len(tree)) if other != place]
        if any(rest):
            continue
        if kind in REPEATS and value[1] == parts.MAXREPEAT:
            return True
        if kind in (*REPEATS, parts.SUBPATTERN, parts.BRANCH) and any(
            map(_is_repetition_alone, _children(kind, value))
        ):
            return True
    return False


def patterns() -> dict[str, re.Pattern[str]]:
    """Return the compiled patterns that our modules keep, by where they are kept."""
    from bot.runtime import lean

    lean.install()
    import actions
    import bot

    found: dict[str, re.Pattern[str]] = {}
    for package in (bot, actions):
        for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            if "migrations" not in module.name:
                for name, value in vars(importlib.import_module(module.name)).items():
                    found |= {f"{module.name}.{name}": each for each in _compiled(value)}
    return found


def _compiled(value: Any, depth: int = 3) -> Iterator[re.Pattern[str]]:
    if isinstance(value, re.Pattern) and isinstance(value.pattern, str):
        yield value
    elif depth and isinstance(value, dict):
        yield from _compiled([*value, *value.values()], depth - 1)
    elif depth and isinstance(value, list | tuple | set | frozenset):
        for each in value:
            yield from _compiled(each, depth - 1)


if __name__ == "__main__":
    kept = patterns()
    json.dump([len(kept), [name for name, each in kept.items() if runs_away(each.pattern, each.flags)]], sys.stdout)
