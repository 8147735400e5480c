"""The audit says what is to be decided, and never passes for clean what nobody was asked about."""

import json
import os
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from bot.errors import CoachError
from bot.runtime.settings import project_root
from security.audit import (
    Judgement,
    Report,
    forgotten,
    read_judgements,
    read_lock,
    read_report,
    stale,
    undecided,
)

TODAY = date(2026, 11, 28)
LOCKED = {"old-package": "1.0"}

# What the judgements say that the server does not load.
NOT_LOADED = ["aiohttp.web", "dns", "google.protobuf", "onnx", "sentry_sdk", "sklearn", "skops", "wheel"]

LOAD = """
import asyncio, json, sys
from bot.runtime import lean
with lean.left_out(lean.UNSERVED):
    lean.prepare()
    lean.import_served(components=False)
from bot.runtime import server
from bot.runtime.settings import read_settings

async def load():
    settings = read_settings()
    await server._load(server.create_app(settings), settings)
    for task in asyncio.all_tasks() - {asyncio.current_task()}:
        task.cancel()

asyncio.run(load())
print(json.dumps(sorted(sys.modules)))
"""


def a_judgement(**fields: Any) -> Judgement:
    given = {"id": "CVE-1", "package": "old-package", "version": "1.0", "reachable": "no", "why": "It is not used."}
    return Judgement(**{**given, "until": date(2027, 1, 1), **fields})


def a_report(*ids: str) -> Report:
    """What pip-audit tells of the one package, known by its first id and aliases."""
    known = [{"id": ids[0], "aliases": list(ids[1:]), "fix_versions": [], "description": ""}] if ids else []
    return read_report(json.dumps({"dependencies": [{"name": "Old_Package", "version": "1.0", "vulns": known}]}))


def test_advisory_without_a_judgement_is_told() -> None:
    (told,) = undecided([], a_report("GHSA-1", "CVE-1"))

    assert "old-package 1.0: CVE-1, GHSA-1: no judgement" in told


def test_advisory_may_be_judged_by_any_of_its_names() -> None:
    assert list(undecided([a_judgement()], a_report("GHSA-1", "CVE-1"))) == []
    assert list(forgotten([a_judgement()], a_report("GHSA-1", "CVE-1"))) == []


def test_judgement_of_another_package_is_none_of_this_one() -> None:
    assert len(list(undecided([a_judgement(package="other")], a_report("CVE-1")))) == 1


def test_judgement_of_what_is_no_longer_known_is_told() -> None:
    (told,) = forgotten([a_judgement()], a_report("GHSA-2"))

    assert "take the judgement out" in told


def test_judgement_is_kept_while_nobody_answers() -> None:
    assert list(forgotten([a_judgement()], Report())) == []


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"version": "0.9"}, "1.0 is locked"),
        ({"package": "gone"}, "the package is gone"),
        ({"until": date(2026, 11, 27)}, "decide again"),
    ],
)
def test_judgement_that_no_longer_applies_is_told(fields: dict[str, Any], said: str) -> None:
    (told,) = stale([a_judgement(**fields)], LOCKED, TODAY)

    assert said in told


def test_judgement_holds_on_its_last_day() -> None:
    assert list(stale([a_judgement(until=TODAY)], LOCKED, TODAY)) == []


@pytest.mark.parametrize("text", ["", "Traceback ...", "{}", '{"dependencies": [{"name": "a", "skip_reason": "no"}]}'])
def test_silence_of_a_service_is_no_answer(text: str) -> None:
    assert read_report(text) == Report()


@pytest.mark.parametrize("missing", ["why", "until", "reachable"])
def test_judgement_says_all_that_it_should(missing: str) -> None:
    told = {"id": "CVE-1", "package": "p", "version": "1", "reachable": "no", "why": "so", "until": "2027-01-01"}
    del told[missing]

    with pytest.raises(CoachError, match="CVE-1"):
        read_judgements(json.dumps({"judgements": [told]}))


def test_judgements_of_the_project_apply_to_its_lock() -> None:
    root = project_root()
    judgements = read_judgements((root / "docs/advisories.yml").read_text(encoding="utf-8"))
    locked = read_lock((root / "requirements.lock").read_text(encoding="utf-8"))

    assert {each.id: locked.get(each.package) for each in judgements} == {each.id: each.version for each in judgements}
    assert all(each.why.endswith(".") for each in judgements)


def test_server_does_not_load_what_was_judged_unreachable(model: Path, encoder: Path, tmp_path: Path) -> None:
    (tmp_path / "encoder").symlink_to(encoder)
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PMO_COACH_")}
    command = [sys.executable, "-c", LOAD]

    done = subprocess.run(
        command, env={**environment, "PMO_COACH_VAR": str(tmp_path)}, cwd=project_root(), capture_output=True, text=True
    )

    assert done.returncode == 0, done.stderr
    assert sorted(set(NOT_LOADED) & set(json.loads(done.stdout.splitlines()[-1]))) == []
