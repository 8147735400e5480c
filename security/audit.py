"""`make audit`: what is known against the packages of requirements.lock, and what we decided about each of it.

Rasa's pins hold old packages in place, so an advisory is not always answered by a newer version. Each then has a
judgement in docs/advisories.yml: is the code reachable from a door of ours, why, and until when is that decided. The
audit fails on an advisory without a judgement, and on a judgement that no longer applies: its package is gone or has
another version, its day is over, or no service knows the advisory.

pip-audit asks the service. Packages of which it says nothing are not clean: it tells them as skipped and then ends
well, so we count them. Exit codes: 0 all asked and all judged, 1 something to decide, 3 the service did not answer
(the judgements were checked against the lock all the same).
"""

import json
import re
import subprocess
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from bot.errors import CoachError
from bot.runtime.settings import project_root

LOCK = "requirements.lock"
JUDGEMENTS = "docs/advisories.yml"
PROGRAM = ".venv-tools/bin/pip-audit"
SERVICES = ("pypi", "osv")
KEYS = {"id", "package", "version", "reachable", "why", "until"}
ANSWERS = ("no", "partly", "yes")
CLEAN, TO_DECIDE, NOT_ASKED = 0, 1, 3
BAR = "!" * 8


@dataclass(frozen=True)
class Judgement:
    """What was decided about an advisory: `reachable` is one of `ANSWERS`, `until` the last day that it holds."""

    id: str
    package: str
    version: str
    reachable: str
    why: str
    until: date


@dataclass(frozen=True)
class Advisory:
    """What a service knows against a package; `ids` are all the names that it goes by."""

    package: str
    version: str
    ids: frozenset[str]


@dataclass(frozen=True)
class Report:
    """What a service said: its advisories, and the packages that it answered for."""

    advisories: tuple[Advisory, ...] = ()
    answered: frozenset[str] = frozenset()


def main() -> int:
    """Audit the lock and say what is to be done; return the exit code."""
    root = project_root()
    locked = read_lock((root / LOCK).read_text(encoding="utf-8"))
    judgements = read_judgements((root / JUDGEMENTS).read_text(encoding="utf-8"))
    report = ask(root, locked)
    found = [*stale(judgements, locked, date.today()), *undecided(judgements, report), *forgotten(judgements, report)]
    for problem in found:
        print(problem)
    silent = sorted(set(locked) - report.answered)
    if silent:
        print(f"{BAR} NOT AUDITED: no service told anything of {len(silent)} of {len(locked)} packages {BAR}")
        print(f"The {len(judgements)} judgements of {JUDGEMENTS} were checked against {LOCK} only.")
    else:
        print(f"{len(locked)} packages, {len(report.advisories)} advisories, {len(judgements)} judgements")
    return TO_DECIDE if found else NOT_ASKED if silent else CLEAN


def read_lock(text: str) -> dict[str, str]:
    """Return each locked package's version by its canonical name."""
    pairs: list[tuple[str, str]] = re.findall(r"^([\w.-]+)==([^\s;\\]+)", text, re.MULTILINE)
    return {canonical(name): version for name, version in pairs}


def read_judgements(text: str) -> list[Judgement]:
    """Return the judgements; raise CoachError where one says less than it should, or an advisory is judged twice."""
    told = [_judgement(each) for each in yaml.safe_load(text)["judgements"]]
    twice = {each.id for each in told if [other.id for other in told].count(each.id) > 1}
    if twice:
        raise CoachError(f"{JUDGEMENTS}: judged twice: {', '.join(sorted(twice))}")
    return told


def _judgement(told: Mapping[str, Any]) -> Judgement:
    if set(told) != KEYS or told["reachable"] not in ANSWERS or not isinstance(told["until"], date):
        raise CoachError(f"{JUDGEMENTS}: {told.get('id')} should say {', '.join(sorted(KEYS))}, each in its form.")
    return Judgement(**{**told, "package": canonical(told["package"]), "version": str(told["version"])})


def ask(root: Path, locked: Mapping[str, str]) -> Report:
    """Return what the first service knows that answers for every package; else what the best of them knows."""
    best = Report()
    for service in SERVICES:
        command = [
            str(root / PROGRAM),
            "-r",
            str(root / LOCK),
            "--no-deps",
            "--disable-pip",
            "-s",
            service,
            "-f",
            "json",
        ]
        command += ["--progress-spinner", "off", "--timeout", "10"]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        report = read_report(done.stdout)
        best = max(best, report, key=lambda each: len(each.answered))
        if set(locked) <= report.answered:
            break
        print(f"{service}: answered for {len(report.answered)} packages of {len(locked)}")
    return best


def read_report(text: str) -> Report:
    """Return what pip-audit told as JSON; nothing where it told none, which is how it says that it got no answer."""
    try:
        told = json.loads(text)["dependencies"]
    except (ValueError, KeyError):
        return Report()
    answered = [each for each in told if "skip_reason" not in each]
    advisories = tuple(
        Advisory(canonical(each["name"]), each["version"], frozenset([known["id"], *known["aliases"]]))
        for each in answered
        for known in each["vulns"]
    )
    return Report(advisories, frozenset(canonical(each["name"]) for each in answered))


def stale(judgements: Iterable[Judgement], locked: Mapping[str, str], today: date) -> Iterator[str]:
    """Yield what is wrong with judgements whatever the services say: another version is locked, or its day is over."""
    for each in judgements:
        version = locked.get(each.package)
        if version != each.version:
            is_now = f"{version} is locked" if version else "the package is gone"
            yield f"{each.id}: judged for {each.package} {each.version}, but {is_now}: judge it again, or take it out"
        elif each.until < today:
            yield f"{each.id}: decided until {each.until}: decide again"


def undecided(judgements: Sequence[Judgement], report: Report) -> Iterator[str]:
    """Yield the advisories that nobody judged."""
    judged = {(each.package, each.id) for each in judgements}
    for each in report.advisories:
        if not judged & {(each.package, name) for name in each.ids}:
            yield f"{each.package} {each.version}: {', '.join(sorted(each.ids))}: no judgement in {JUDGEMENTS}"


def forgotten(judgements: Iterable[Judgement], report: Report) -> Iterator[str]:
    """Yield the judgements of advisories that a service which answered for their package does not know."""
    known = {(each.package, name) for each in report.advisories for name in each.ids}
    for each in judgements:
        if each.package in report.answered and (each.package, each.id) not in known:
            yield f"{each.id}: nothing of that name is known of {each.package} {each.version}: take the judgement out"


def canonical(name: str) -> str:
    """Return a package's name as packages are compared by."""
    return re.sub(r"[-_.]+", "-", name).lower()


if __name__ == "__main__":
    sys.exit(main())
