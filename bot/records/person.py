"""Records of a person as far as a piece of advice needs them, and of the advice given."""

from dataclasses import dataclass

from bot.records.enums import Level


@dataclass(frozen=True)
class Profile:
    """What a person has told; None and empty mean "not known yet". Experience is in months of PMO work."""

    role: str | None = None
    level: Level | None = None
    held: tuple[str, ...] = ()
    not_held: tuple[str, ...] = ()
    wanted: tuple[str, ...] = ()
    region: str | None = None
    goal: str | None = None
    preference: str | None = None
    experience_months: int | None = None


@dataclass(frozen=True)
class Recommendation:
    """A certification to take next: why it, why now, what must come first, what to beware of."""

    certification: str
    first: tuple[str, ...]
    why: str
    why_now: str
    cautions: tuple[str, ...]
    sources: tuple[str, ...]
    score: int
