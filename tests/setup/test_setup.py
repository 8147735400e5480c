"""The set-up is done once, goes on where it was cut off, and says what it does in a few lines."""

import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.setup.conftest import ROOT, Programs

MACHINE = "/usr/bin:/bin"

UV = f"""
case "$1" in
    venv)
        for venv; do :; done
        mkdir -p "$venv/bin" "$venv/lib/python3.10/site-packages/onnx/backend/test"
        ln -s "{sys.executable}" "$venv/bin/python"
        ;;
    pip) [ ! -e fail ] || {{ echo "no route to the index"; exit 1; }} ;;
esac
"""


@pytest.fixture
def project(tmp_path: Path, programs: Programs) -> Path:
    """A project with the real set-up script and lock files of two packages, on a machine with a fake uv."""
    folder = tmp_path / "a project"
    shutil.copytree(ROOT / "scripts", folder / "scripts")
    (folder / "pyproject.toml").write_text("[project]\n")
    for name in ("requirements.lock", "requirements-dev.lock", "requirements-tools.lock"):
        (folder / name).write_text("one==1 \\\n    --hash=sha256:1\ntwo==2 \\\n    --hash=sha256:2\n")
    programs.add("python3.10")
    programs.add("uv", UV)
    return folder


def set_up(programs: Programs, project: Path, kind: str = "run") -> "subprocess.CompletedProcess[str]":
    programs.calls_file.unlink(missing_ok=True)
    return programs.run(project / "scripts/setup.sh", kind, cwd=project, path=MACHINE)


def installs(programs: Programs) -> list[str]:
    return [call for call in programs.calls if call.startswith("uv pip install")]


def test_set_up_installs_the_lock_and_the_project(programs: Programs, project: Path) -> None:
    done = set_up(programs, project)

    assert done.returncode == 0, done.stderr
    assert done.stdout == ""
    lock, own = installs(programs)
    for word in ("--no-deps", "--require-hashes", "-r requirements.lock", "--compile-bytecode"):
        assert word in lock
    for word in ("--no-deps", "--no-build-isolation", "--editable ."):
        assert word in own
    assert not (project / ".venv/lib/python3.10/site-packages/onnx/backend/test").exists()


def test_set_up_for_tools_leaves_the_project_out(programs: Programs, project: Path) -> None:
    done = set_up(programs, project, "tools")

    assert done.returncode == 0, done.stderr
    (lock,) = installs(programs)
    assert "-r requirements-tools.lock" in lock
    assert (project / ".venv-tools/.stamp-tools").exists()


def test_set_up_says_what_it_does_and_for_how_long(programs: Programs, project: Path) -> None:
    done = set_up(programs, project)

    assert "installing the 2 packages of requirements.lock into .venv: done in" in done.stderr
    assert len(done.stderr.splitlines()) == 5


def test_set_up_does_nothing_the_second_time(programs: Programs, project: Path) -> None:
    set_up(programs, project)

    began = time.monotonic()
    done = set_up(programs, project)

    assert time.monotonic() - began < 1
    assert (done.returncode, done.stderr, programs.calls) == (0, "", [])


@pytest.mark.parametrize("file", ["requirements.lock", "pyproject.toml"])
def test_set_up_installs_again_when_its_files_change(programs: Programs, project: Path, file: str) -> None:
    set_up(programs, project)
    (project / file).write_text("three==3\n")

    set_up(programs, project)

    assert len(installs(programs)) == 2
    assert not [call for call in programs.calls if call.startswith("uv venv")]


def test_set_up_for_tests_keeps_the_environment(programs: Programs, project: Path) -> None:
    set_up(programs, project)

    set_up(programs, project, "dev")

    assert "-r requirements-dev.lock" in installs(programs)[0]
    assert not [call for call in programs.calls if call.startswith("uv venv")]
    assert (project / ".venv/.stamp-run").exists()


def test_set_up_that_fails_says_why_and_goes_on_later(programs: Programs, project: Path) -> None:
    (project / "fail").touch()
    done = set_up(programs, project)
    assert done.returncode == 1
    assert "    no route to the index\n" in done.stderr
    assert done.stderr.endswith("the same command again goes on from here\n")
    assert not (project / ".venv/.stamp-run").exists()
    assert not (project / ".venv.lock").exists()

    (project / "fail").unlink()
    done = set_up(programs, project)

    assert done.returncode == 0
    assert not [call for call in programs.calls if call.startswith("uv venv")]


def test_set_up_forgets_packages_that_were_cut_off(programs: Programs, project: Path) -> None:
    # GIVEN a package that is wholly there, and two whose installation was killed
    (project / "fail").touch()
    set_up(programs, project)
    site = project / ".venv/lib/python3.10/site-packages"
    records = {"whole-1": "whole-1.dist-info/INSTALLER,sha256=x,2\n", "half-1": "half.py,,\n", "unrecorded-1": None}
    for name, record in records.items():
        (site / f"{name}.dist-info").mkdir()
        if record:
            (site / f"{name}.dist-info/RECORD").write_text(record)
    (project / "fail").unlink()

    # WHEN it goes on
    set_up(programs, project)

    # THEN the installer finds only the whole one
    assert [path.name for path in site.glob("*.dist-info")] == ["whole-1.dist-info"]


def test_set_up_makes_a_moved_environment_anew(programs: Programs, project: Path) -> None:
    set_up(programs, project)
    moved = project.rename(project.parent / "moved")

    done = set_up(programs, moved)

    assert done.returncode == 0
    assert [call for call in programs.calls if call.startswith("uv venv")]


@pytest.mark.parametrize("damage", ["missing", "dangling", "older"])
def test_set_up_makes_a_broken_environment_anew(programs: Programs, project: Path, damage: str) -> None:
    set_up(programs, project)
    python = project / ".venv/bin/python"
    python.unlink()
    if damage == "dangling":
        python.symlink_to("/no/such/python")
    if damage == "older":
        python.write_text("#!/bin/sh\nexit 1\n")
        python.chmod(0o755)
    (project / "requirements.lock").touch()
    (project / ".venv/.stamp-run").unlink()

    done = set_up(programs, project)

    assert done.returncode == 0
    assert [call for call in programs.calls if call.startswith("uv venv")]


def test_set_up_stops_where_there_is_no_python(programs: Programs, project: Path) -> None:
    (programs.folder / "python3.10").unlink()
    programs.add("python3.10", "exit 127")
    for name in ("python3", "python"):
        programs.add(name, "exit 127")
    programs.add("uv", "exit 1")

    done = set_up(programs, project)

    assert done.returncode == 1
    assert done.stderr.splitlines()[-1].startswith("PMO Coach needs Python 3.10")
    assert not (project / ".venv.lock").exists()


def test_set_up_waits_for_another(programs: Programs, project: Path) -> None:
    (project / ".venv.lock").mkdir()
    command = [str(project / "scripts/setup.sh"), "run"]
    environment = {"PATH": f"{programs.folder}:{MACHINE}", "HOME": str(programs.home)}
    with subprocess.Popen(command, cwd=project, env=environment, stderr=subprocess.PIPE, text=True) as waiting:
        assert waiting.stderr is not None
        first = waiting.stderr.readline()
        assert not installs(programs)
        (project / ".venv.lock").rmdir()
        rest = waiting.stderr.read()

    assert first == "set-up: another set-up of .venv is running: waiting for it\n"
    assert "done in" in rest
    assert waiting.returncode == 0


@pytest.mark.parametrize("sign", ["its owner is gone", "nobody touched it"])
def test_set_up_takes_a_lock_that_was_left_behind(programs: Programs, project: Path, sign: str) -> None:
    lock = project / ".venv.lock"
    lock.mkdir()
    if sign == "its owner is gone":
        with subprocess.Popen(["true"]) as gone:
            gone.wait()
        (lock / "pid").write_text(f"{gone.pid}\n")
    else:
        long_ago = time.time() - 600
        os.utime(lock, (long_ago, long_ago))

    began = time.monotonic()
    done = set_up(programs, project)

    assert done.returncode == 0
    assert "waiting" not in done.stderr
    assert time.monotonic() - began < 10
