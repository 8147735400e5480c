"""Records of teams: who joined, what they share, and what a report may say of them."""

from dataclasses import dataclass
from datetime import datetime

from bot.records.person import Profile


@dataclass(frozen=True)
class Team:
    """A team by its name; its code is known to whoever was given it, not to the store."""

    name: str
    created: datetime


@dataclass(frozen=True)
class Membership:
    """A person's place in a team: since when, and the PMO functions (ids) that they said they cover."""

    team: str
    joined: datetime
    functions: tuple[str, ...] = ()


@dataclass(frozen=True)
class Member:
    """What one person shares with a team, without a name: what is known of them, and the functions they cover."""

    profile: Profile
    functions: tuple[str, ...] = ()


@dataclass(frozen=True)
class Share:
    """A line of a report: how many of the team, from `low` to `high` where the number would single somebody out."""

    name: str
    low: int
    high: int

    @property
    def exact(self) -> bool:
        """True when the number is told as it is."""
        return self.low == self.high


@dataclass(frozen=True)
class TeamReport:
    """What a leader may know of a team: counts, never people.

    `spend` has the certifications that would serve several people next, the most useful first.
    """

    members: int
    levels: tuple[Share, ...]
    functions: tuple[Share, ...]
    certifications: tuple[Share, ...]
    spend: tuple[Share, ...]
