"""`make sbom`: what the coach is made of, as CycloneDX JSON: every package of requirements.lock with its hashes."""

import json
import subprocess
import sys
from pathlib import Path

from bot.errors import CoachError
from bot.runtime.settings import project_root
from security.audit import LOCK, canonical, read_lock

PROGRAM = ".venv-tools/bin/cyclonedx-py"
TARGET = "dist/pmo-coach.cdx.json"


def main() -> int:
    """Write the bill of materials, check it against the format's schema and the lock, and return the exit code."""
    root = project_root()
    target = root / TARGET
    target.parent.mkdir(exist_ok=True)
    command = [str(root / PROGRAM), "requirements", str(root / LOCK), "--pyproject", str(root / "pyproject.toml")]
    command += ["--of", "JSON", "--output-reproducible", "--validate", "-o", str(target)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise CoachError(f"cyclonedx-py failed:\n{done.stderr[-2000:]}")
    missing = missing_from(target, read_lock((root / LOCK).read_text(encoding="utf-8")))
    print(f"{TARGET}: {'all packages, valid' if not missing else 'without ' + ', '.join(missing)}")
    return 1 if missing else 0


def missing_from(bill: Path, locked: dict[str, str]) -> list[str]:
    """Return the locked packages that the bill does not name with that version and a hash."""
    named = {
        (canonical(each["name"]), each["version"])
        for each in json.loads(bill.read_text(encoding="utf-8"))["components"]
        if any(reference.get("hashes") for reference in each.get("externalReferences", []))
    }
    return [f"{name} {version}" for name, version in locked.items() if (name, version) not in named]


if __name__ == "__main__":
    sys.exit(main())
