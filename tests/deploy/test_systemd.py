"""deploy/pmo-coach@.service: each command and folder exists, and the service may do little."""

import shutil
import subprocess
from pathlib import Path

import pytest

from tests.deploy.reading import DEPLOY, IMAGE_ROOT, exists_in_checkout, known_variables

UNIT = DEPLOY / "pmo-coach@.service"


def lines() -> list[tuple[str, str]]:
    """Return the unit's settings, repeated ones as often as they are there."""
    text = UNIT.read_text(encoding="utf-8")
    return [
        (name, value)
        for line in text.splitlines()
        if line and line[0] not in "#["
        for name, _, value in [line.partition("=")]
    ]


def values(name: str) -> list[str]:
    return [value for each, value in lines() if each == name]


def test_every_command_and_folder_exists():
    for command in values("ExecStart") + values("ExecStartPre"):
        program = command.split()[0]
        assert exists_in_checkout(program) if program.startswith(IMAGE_ROOT) else Path(program).exists(), program
    assert values("WorkingDirectory") == [IMAGE_ROOT.rstrip("/")]
    (documentation,) = values("Documentation")
    assert exists_in_checkout(documentation.removeprefix("file:"))
    assert values("ExecStart") == ["/opt/pmo-coach/.venv/bin/pmo-coach serve"]


def test_settings_are_those_that_there_are():
    given = [pair.partition("=")[0] for line in values("Environment") for pair in line.split()]
    assert {name for name in given if name.startswith("PMO_COACH_")} <= known_variables()


def test_it_runs_as_nobodys_root_and_writes_to_its_own_folder_alone():
    assert values("User") == ["pmo-coach"]
    assert values("ReadWritePaths") == ["/var/lib/pmo-coach/%i"]
    assert values("StateDirectory") == ["pmo-coach/%i"]
    assert any("PMO_COACH_VAR=/var/lib/pmo-coach/%i" in line for line in values("Environment"))
    for name, value in {
        "NoNewPrivileges": "yes",
        "ProtectSystem": "strict",
        "ProtectHome": "yes",
        "PrivateTmp": "yes",
        "PrivateDevices": "yes",
        "CapabilityBoundingSet": "",
        "RestrictNamespaces": "yes",
        "SystemCallArchitectures": "native",
    }.items():
        assert values(name) == [value], name


def test_it_is_given_the_time_to_end_its_turns():
    assert values("KillSignal") == ["SIGTERM"]
    assert int(values("TimeoutStopSec")[0]) >= 30


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="systemd is not installed here")
def test_systemd_understands_it(tmp_path):
    text = UNIT.read_text(encoding="utf-8").replace(f"ExecStart={IMAGE_ROOT}.venv/bin/pmo-coach", "ExecStart=/bin/true")
    unit = tmp_path / UNIT.name
    unit.write_text(text.replace(f"WorkingDirectory={IMAGE_ROOT}", "WorkingDirectory=/"), encoding="utf-8")
    done = subprocess.run(["systemd-analyze", "verify", "--man=no", unit], capture_output=True, text=True, check=False)
    mine = [line for line in done.stderr.splitlines() if "pmo-coach" in line]
    assert mine == []
