"""Records of a plan: one action with its moment and its date, how it stands, and how it came to stand so."""

from dataclasses import dataclass
from datetime import date
from enum import Enum


class PlanStatus(str, Enum):
    """How a plan stands."""

    OPEN = "open"
    DONE = "done"
    MOVED = "moved"
    DROPPED = "dropped"


@dataclass(frozen=True)
class PlanChange:
    """What became of a plan on a day; `due` is the date that it has since then."""

    day: date
    status: PlanStatus
    due: date | None


@dataclass(frozen=True)
class Plan:
    """What a person means to do: `when` is the moment that sets it off, `due` the date it is to be done by.

    `realistic` and `committed` are the person's own ratings from 0 to 10. `history` has the changes, oldest first.
    """

    id: str
    goal: str | None
    reality: str | None
    options: tuple[str, ...]
    action: str
    when: str | None
    due: date | None
    realistic: int | None
    committed: int | None
    status: PlanStatus
    created: date
    history: tuple[PlanChange, ...] = ()
