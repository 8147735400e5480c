"""Like messages together: groups of texts whose vectors are near each other."""

import numpy as np
from numpy.typing import NDArray

NEAR = 0.62
"""The cosine from which on two messages ask much the same; chosen by reading groups of the held-out messages."""


def group(vectors: NDArray[np.float32], *, near: float = NEAR) -> list[list[int]]:
    """Return groups of row numbers; each row joins the first earlier leader that is near, or leads a new group.

    Rows are vectors of length one, the weightiest first; every row is in one group, its leader first.
    """
    leaders: list[int] = []
    groups: list[list[int]] = []
    for row in range(len(vectors)):
        likeness = vectors[leaders] @ vectors[row] if leaders else np.empty(0)
        best = int(likeness.argmax()) if leaders else -1
        if best >= 0 and likeness[best] >= near:
            groups[best].append(row)
        else:
            leaders.append(row)
            groups.append([row])
    return groups
