"""What a text mentions, as numbers for the classifier."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

FLAG_WEIGHT = 0.2
KINDS = (
    "certification", "body", "role", "level", "kind", "function", "insight", "experience_months", "region", "grade",
    "preference", "ladder", "ordinal",
)  # fmt: skip
FACETS = (
    "name", "exam", "exam_format", "exam_duration", "pass_mark", "open_or_closed_book", "prerequisites",
    "validity_renewal", "study_time", "owner", "status", "audience", "content", "price", "pass_rate", "worth",
    "booking", "level", "roles", "certifications", "asks", "work",
)  # fmt: skip
SUPPOSING = re.compile(
    r"\b(?:what ?if|whatif|suppos\w+|imagin\w+|assum\w+|let'?s say|say i(?:'d|'ve|'m| had| was| were)|scenario|"
    r"hypothetical\w*|pretend|given that|in case i|had i|were i|would you still|would anything|would it change|"
    r"instead of)\b",
    re.IGNORECASE,
)
"""How people say that something is only supposed; the words around it are often those of a plain question."""
SUPPOSED_WEIGHT = 3.0
SIZE = 2 * len(KINDS) + len(FACETS) + 6

Entity = Mapping[str, Any]


def flags_of(text: str, entities: Sequence[Entity]) -> NDArray[np.float32]:
    """Return the flags of one text: kinds mentioned once and twice, facets, holding, and its length."""
    row = np.zeros(SIZE, dtype=np.float32)
    mentioned = {(entity["entity"], entity["value"]) for entity in entities}
    kinds, facets = Counter(kind for kind, _ in mentioned), {value for kind, value in mentioned if kind == "facet"}
    row[: 2 * len(KINDS)] = [kinds[kind] >= count for kind in KINDS for count in (1, 2)]
    start = 2 * len(KINDS)
    row[start : start + len(FACETS)] = [facet in facets for facet in FACETS]
    row[-6] = SUPPOSED_WEIGHT * (SUPPOSING.search(text.replace("’", "'")) is not None)
    row[-5] = any(entity.get("held") is True for entity in entities)
    row[-4] = any(entity.get("held") is False for entity in entities)
    row[-3] = any(entity.get("wanted") for entity in entities)
    words = len(text.split())
    row[-2:] = (words <= 3, words >= 15)
    return row * FLAG_WEIGHT
