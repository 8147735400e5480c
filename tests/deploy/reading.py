"""The files of deploy/, and what they may name."""

from dataclasses import fields
from pathlib import Path
from typing import Any

import yaml

from bot.runtime.settings import IN_FILE, PREFIX, Settings, project_root

DEPLOY = project_root() / "deploy"
IMAGE_ROOT = "/opt/pmo-coach/"
"""Where the image and the service expect the checkout."""


def load(name: str) -> Any:
    return yaml.safe_load((DEPLOY / name).read_text(encoding="utf-8"))


def load_all(name: str) -> dict[str, Any]:
    """Return a file's documents by their kinds."""
    documents = yaml.safe_load_all((DEPLOY / name).read_text(encoding="utf-8"))
    return {document["kind"]: document for document in documents}


def known_variables() -> set[str]:
    """Return every variable that a server reads."""
    names = {f"{PREFIX}{each.name.upper()}" for each in fields(Settings)}
    secrets = {f"{PREFIX}{each.name.upper()}{IN_FILE}" for each in fields(Settings) if each.metadata["secret"]}
    return names | secrets


def exists_in_checkout(path: str) -> bool:
    """Tell whether a path of the image or the service is one of the checkout, or made by `make setup` and training."""
    made = (".venv/bin/pmo-coach", ".venv/bin/python", "models/pmo-coach.tar.gz", "var/encoder")
    below = path.removeprefix(IMAGE_ROOT)
    return below in made or Path(project_root(), below).exists()
