"""The bill of materials is complete or says what is missing."""

import json
from pathlib import Path
from typing import Any

from security.sbom import missing_from


def a_bill(tmp_path: Path, *components: dict[str, Any]) -> Path:
    bill = tmp_path / "bill.json"
    bill.write_text(json.dumps({"components": components}))
    return bill


def a_component(name: str, version: str = "1.0", *, hashed: bool = True) -> dict[str, Any]:
    hashes = [{"alg": "SHA-256", "content": "0" * 64}] if hashed else []
    return {"name": name, "version": version, "externalReferences": [{"type": "distribution", "hashes": hashes}]}


def test_package_that_is_missing_is_named(tmp_path: Path) -> None:
    bill = a_bill(tmp_path, a_component("Here_it.is"), a_component("other", "2.0"), a_component("bare", hashed=False))
    locked = {"here-it-is": "1.0", "other": "1.0", "bare": "1.0", "gone": "1.0"}

    assert missing_from(bill, locked) == ["other 1.0", "bare 1.0", "gone 1.0"]
