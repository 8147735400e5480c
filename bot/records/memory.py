"""Records of what is remembered of a person: their word on it, results, plans, ratings, teams; all of it together."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum
from typing import Any

from bot.records.person import Profile
from bot.records.plan import Plan
from bot.records.team import Membership


class ConsentState(str, Enum):
    """What a person said to being remembered; ASKED until they answer."""

    ASKED = "asked"
    GIVEN = "given"
    REFUSED = "refused"


@dataclass(frozen=True)
class Consent:
    """A person's word on being remembered, since when; times are in UTC."""

    state: ConsentState
    time: datetime

    @property
    def given(self) -> bool:
        """True when the person wants to be remembered."""
        return self.state is ConsentState.GIVEN


class ResultKind(str, Enum):
    """The talks that find something which is worth comparing with the next time."""

    LEVEL = "level"
    BUILDER_GROWER = "builder_grower"
    INSIGHTS = "insights"
    QUALIFICATION = "qualification"


@dataclass(frozen=True)
class StoredResult:
    """What a talk found, and when; `data` is JSON, the answers in it."""

    kind: ResultKind
    taken: datetime
    data: Mapping[str, Any] = field(default_factory=dict)


class Rating(str, Enum):
    """A thumb."""

    UP = "up"
    DOWN = "down"


@dataclass(frozen=True)
class Feedback:
    """What a person thinks of a message of the coach; `message` is its id in the conversation."""

    message: int
    rating: Rating
    comment: str | None
    time: datetime


@dataclass(frozen=True)
class Memory:
    """Everything that is remembered of a person beside the conversation's messages, whose number is `messages`.

    Results and plans are the oldest first. `consent` is None for who was never asked.
    """

    person: str
    consent: Consent | None = None
    profile: Profile = field(default_factory=Profile)
    results: tuple[StoredResult, ...] = ()
    plans: tuple[Plan, ...] = ()
    feedback: tuple[Feedback, ...] = ()
    teams: tuple[Membership, ...] = ()
    messages: int = 0

    @property
    def remembered(self) -> bool:
        """True when the person wants to be remembered."""
        return self.consent is not None and self.consent.given

    @property
    def profile_known(self) -> bool:
        """True when anything is known of the person."""
        return self.profile != Profile()
