"""The search for a Python 3.10 believes nothing that it has not run."""

import sys
from pathlib import Path

import pytest

from tests.setup.conftest import BROKEN_SHIM, ROOT, Programs

FIND = ROOT / "scripts" / "find_python.sh"

OTHER_VERSION = f'exec "{sys.executable}" -c "import sys; sys.version_info = (3, 12, 1); exec(sys.argv[1])" "$2"'
WITHOUT_VENV = 'case "$2" in *ensurepip*) exit 1 ;; esac; echo "$0"'


def found(programs: Programs, **environment: str) -> str:
    done = programs.run(FIND, **environment)
    assert done.returncode == 0, done.stderr
    return done.stdout.removesuffix("\n")


def test_find_takes_python_on_path(programs: Programs) -> None:
    expected = programs.add("python3.10")

    assert found(programs) == str(expected)


def test_find_passes_over_a_shim_that_fails_and_asks_pyenv(programs: Programs) -> None:
    programs.borrow("sed")
    programs.add("python3.10", BROKEN_SHIM)
    programs.add("pyenv", f'[ "$*" = "prefix 3.10" ] && echo "{programs.folder}/versions/3.10.13"')
    expected = programs.add("python3.10", folder=programs.folder / "versions/3.10.13/bin")

    assert found(programs) == str(expected)


@pytest.mark.parametrize("where", ["home", "PYENV_ROOT"])
def test_find_looks_into_pyenv_folders_where_the_command_is_missing(programs: Programs, where: str) -> None:
    programs.add("python3.10", BROKEN_SHIM)
    root = programs.home / ".pyenv" if where == "home" else programs.folder / "elsewhere"
    expected = programs.add("python3.10", folder=root / "versions/3.10.4/bin")

    assert found(programs, **({} if where == "home" else {"PYENV_ROOT": str(root)})) == str(expected)


def test_find_takes_python3_only_where_it_is_3_10(programs: Programs) -> None:
    programs.add("python3", OTHER_VERSION)
    expected = programs.add("python")

    assert found(programs) == str(expected)


def test_find_takes_a_real_python_by_its_own_path(programs: Programs) -> None:
    programs.add("python3", f'exec "{sys.executable}" "$@"')

    assert found(programs) == sys.executable


def test_find_asks_the_named_python_first(programs: Programs) -> None:
    programs.add("python3.10")
    expected = programs.add("mine", folder=programs.folder / "with space")

    assert found(programs, PYTHON=str(expected)) == str(expected)


@pytest.mark.parametrize("named", ["no-such-python", "older"])
def test_find_goes_on_where_the_named_python_is_none_or_another(programs: Programs, named: str) -> None:
    programs.add("older", OTHER_VERSION)
    expected = programs.add("python3.10")

    assert found(programs, PYTHON=named) == str(expected)


def test_find_wants_venv_unless_uv_makes_the_environment(programs: Programs) -> None:
    debian = programs.add("python3.10", WITHOUT_VENV)
    complete = programs.add("python3")
    assert found(programs) == str(complete)

    programs.add("uv", "exit 2")
    assert found(programs) == str(debian)


def test_find_prefers_what_is_here_to_what_uv_would_fetch(programs: Programs) -> None:
    programs.add("uv", "exit 2")
    programs.add("python3.10")

    found(programs)

    assert not [call for call in programs.calls if call.startswith("uv python install")]


def test_find_lets_uv_fetch_a_python_where_there_is_none(programs: Programs, tmp_path: Path) -> None:
    # GIVEN a uv that finds a Python only after it was asked to install one
    expected = programs.add("python3.10", folder=tmp_path / "fetched")
    done = tmp_path / "installed"
    programs.add("uv", f'case "$*" in *install*) : >"{done}" ;; *find*) [ -e "{done}" ] && echo "{expected}" ;; esac')

    assert found(programs) == str(expected)


@pytest.mark.parametrize("uv", ["absent", "offline"])
def test_find_says_in_one_sentence_what_to_install(programs: Programs, uv: str) -> None:
    programs.add("python3.10", BROKEN_SHIM)
    programs.add("python3", OTHER_VERSION)
    if uv == "offline":
        programs.add("uv", "exit 1")

    done = programs.run(FIND)

    assert done.returncode == 1
    assert done.stdout == ""
    sentence = done.stderr.splitlines()[-1]
    assert sentence.startswith("PMO Coach needs Python 3.10, which is not on this machine: install it (")
    assert sentence.endswith(".")
    assert len(done.stderr.splitlines()) == (1 if uv == "absent" else 2)
