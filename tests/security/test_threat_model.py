"""docs/security.md: every door has threats, every threat an answer and a test, and every test it names exists."""

import ast
import re
from functools import cache

import pytest

from bot.runtime.settings import project_root

ROOT = project_root()
TEXT = (ROOT / "docs/security.md").read_text(encoding="utf-8")
DOORS = {
    "The web API", "The widget in a host page", "Slack, by socket and by HTTP", "The terminal", "The database",
    "Commands, importers and the content loader", "The model and the encoder", "The action server",
    "Redis and the locks on turns",
    "Metrics, health and logs", "What we are made of", "How the server should run",
}  # fmt: skip
NAMED = re.compile(r"`(tests/[\w/]+\.py)::(\w+)`")
SECTIONS = {part.partition("\n")[0]: part for part in re.split(r"^## ", TEXT, flags=re.MULTILINE)[1:]}
ROWS = [
    (title, [cell.strip() for cell in line.strip("|").split("|")])
    for title in SECTIONS
    for line in SECTIONS[title].splitlines()
    if title in DOORS and line.startswith("|") and not line.startswith(("| threat", "| ---"))
]


@cache
def names_in(file: str) -> set[str]:
    """Return the names of a test file's tests."""
    tree = ast.parse((ROOT / file).read_bytes())
    return {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)}


def test_every_door_has_threats() -> None:
    assert {title for title, _ in ROWS} == DOORS


@pytest.mark.parametrize(("door", "cells"), ROWS, ids=[f"{door}: {cells[0][:40]}" for door, cells in ROWS])
def test_every_threat_has_an_answer_and_tests_that_exist(door: str, cells: list[str]) -> None:
    _, answer, tests = cells
    named = NAMED.findall(tests)

    assert answer
    assert named
    assert len(named) == tests.count("::"), f"a test is not named as `tests/file.py::test`: {tests}"
    assert [
        f"{file}::{name}" for file, name in named if not name.startswith("test_") or name not in names_in(file)
    ] == []


def test_tests_of_security_are_all_in_the_model() -> None:
    files = {f"tests/security/{path.name}" for path in (ROOT / "tests/security").glob("test_*.py")}

    assert files - {file for file, _ in NAMED.findall(TEXT)} == {f"tests/security/{__file__.rpartition('/')[2]}"}
