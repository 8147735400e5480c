"""What is declared, locked and packed agrees with what the code needs."""

import ast
import re
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from importlib.metadata import distributions
from pathlib import Path
from typing import Any

import pytest
import tomli

from tests.setup.conftest import ROOT

PROJECT = tomli.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
LOCKS = ("requirements.lock", "requirements-dev.lock", "requirements-stock.lock")
TOOLS_LOCK = "requirements-tools.lock"


def canonical(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def packages_in(lines: list[str]) -> set[str]:
    return {canonical(re.split(r"[^\w.-]", line)[0]) for line in lines}


def declared() -> set[str]:
    return packages_in(PROJECT["project"]["dependencies"])


def locked(name: str) -> dict[str, str]:
    lines = re.findall(r"^([\w.-]+)==(\S+)", (ROOT / name).read_text(encoding="utf-8"), re.MULTILINE)
    return {canonical(package): version for package, version in lines}


def imported(folder: str) -> Iterator[tuple[str, str]]:
    """Yield (file, top-level module) for every import of the folder's modules, ours and the standard library apart."""
    for file in sorted((ROOT / folder).rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_bytes())):
            names: list[str] = []
            if isinstance(node, ast.Import):
                names = [alias.name for alias in node.names]
            elif isinstance(node, ast.ImportFrom) and not node.level:
                names = [node.module or ""]
            for top in {name.partition(".")[0] for name in names} - {"bot", "actions", *sys.stdlib_module_names}:
                yield str(file.relative_to(ROOT)), top


def modules_of_declared() -> set[str]:
    ours = [package for package in distributions() if canonical(package.metadata["Name"]) in declared()]
    return {file.parts[0].removesuffix(".py") for package in ours for file in package.files or ()}


def test_every_import_is_declared() -> None:
    known = modules_of_declared()

    undeclared = [
        f"{file} imports {module}"
        for folder in ("bot", "actions")
        for file, module in imported(folder)
        if module not in known
    ]

    assert undeclared == []


@pytest.mark.parametrize("name", [*LOCKS, TOOLS_LOCK])
def test_lock_pins_every_package_by_hash(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    entries = re.split(r"^(?=[a-z0-9])", text, flags=re.MULTILINE | re.IGNORECASE)[1:]

    wanted = declared() if name in LOCKS else packages_in(PROJECT["dependency-groups"]["tools"])
    assert wanted <= set(locked(name))
    assert [entry for entry in entries if "--hash=sha256:" not in entry] == []


def test_no_package_is_declared_twice() -> None:
    names = [canonical(re.split(r"[^\w.-]", line)[0]) for line in PROJECT["project"]["dependencies"]]

    assert sorted(names) == sorted(set(names))


def test_locks_agree() -> None:
    run = locked("requirements.lock")

    for name in LOCKS[1:]:
        other = locked(name)
        assert {package: other.get(package) for package in run} == run


def test_run_lock_leaves_tensorflow_out() -> None:
    heavy = {name for name in locked("requirements.lock") if re.match("tensor|keras|torch|transformers", name)}

    assert heavy == set()
    assert "tensorflow" in locked("requirements-stock.lock")


def test_every_folder_has_an_import_contract() -> None:
    contracts: list[dict[str, Any]] = PROJECT["tool"]["importlinter"]["contracts"]
    held = {
        module
        for contract in contracts
        for module in contract.get("protected_modules", contract.get("source_modules", ()))
    }
    folders = {f"bot.{path.parent.name}" for path in (ROOT / "bot").glob("*/__init__.py")} | {"actions"}

    assert folders <= held


def _is_source(file: Path) -> bool:
    """Tell whether a file only serves to build the widget, whose built file is packed."""
    widget = ROOT / "bot" / "widget"
    return widget in file.parents and file.parent != widget / "dist"


@pytest.mark.slow
def test_wheel_holds_every_file_of_the_packages(tmp_path: Path) -> None:
    # GIVEN a copy of what is packed, since building leaves traces
    source = tmp_path / "source"
    files = [*(ROOT / "bot").rglob("*"), *(ROOT / "actions").rglob("*"), ROOT / "pyproject.toml", ROOT / "README.md"]
    packed = [file for file in files if file.is_file() and "__pycache__" not in file.parts and not _is_source(file)]
    for file in packed:
        target = source / file.relative_to(ROOT)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(file.read_bytes())

    # WHEN a wheel is built
    command = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation", "--no-index"]
    subprocess.run([*command, "--wheel-dir", str(tmp_path), str(source)], check=True)

    # THEN everything is in it
    (wheel,) = tmp_path.glob("*.whl")
    held = set(zipfile.ZipFile(wheel).namelist())
    expected = {file.relative_to(ROOT).as_posix() for file in packed if file.parent != ROOT}
    assert expected - held == set()
