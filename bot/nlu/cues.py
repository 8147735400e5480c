"""The cues of `cues.yml`: the words by which people say what they ask of a thing, where they are and what they hold."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

CUES_FILE = Path(__file__).with_name("cues.yml")


def read_cues() -> dict[str, Any]:
    """Return the cues by kind."""
    cues: dict[str, Any] = yaml.load(CUES_FILE.read_text(encoding="utf-8"), yaml.CSafeLoader)
    return cues


def words_of_shorts(cues: Mapping[str, Any], *kinds: str) -> dict[str, str]:
    """Return the whole word of each shortened one of those kinds."""
    return {short: word for kind in kinds for word, shorts in cues[kind].items() for short in shorts}
