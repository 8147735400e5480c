"""What speaks for a qualification and what against it: one table, `JUDGEMENTS`, in the order in which it is told.

Each row names the points that a sign is worth and how it is told: as a reason, as a reason for now, as a caution, or
not at all. The weights are ours.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum

from bot.coaching import qualification_signs as signs
from bot.coaching.qualification_candidates import Candidate
from bot.coaching.wishes import FITS, TAKES_LONGER


class Told(Enum):
    """How a judgement is told."""

    WHY = "why"
    NOW = "why now"
    CAUTION = "caution"
    NOT = "not told"


@dataclass(frozen=True)
class Judgement:
    """A sign, and the points and the place in the recommendation of each sentence that it says."""

    points: int
    told: Told
    sign: Callable[[Candidate], signs.Sentences]


JUDGEMENTS = (
    Judgement(+6, Told.WHY, signs.one_level_up_in_time),
    Judgement(+3, Told.WHY, signs.one_level_up_early),
    Judgement(+6, Told.WHY, signs.same_level_in_time),
    Judgement(+4, Told.WHY, signs.same_level_late),
    Judgement(+2, Told.WHY, signs.serves_level),
    Judgement(-8, Told.CAUTION, signs.other_level),
    Judgement(+8, Told.WHY, signs.serves_goal),
    Judgement(+6, Told.WHY, signs.about_pmos),
    Judgement(+2, Told.WHY, signs.about_many_projects),
    Judgement(+2, Told.WHY, signs.in_article),
    Judgement(-20, Told.CAUTION, signs.too_little_experience),  # behind all else, and told before any other caution
    Judgement(-4, Told.CAUTION, signs.door_closed),
    Judgement(-4, Told.CAUTION, signs.advised_missing),
    Judgement(+5, Told.NOW, signs.follows_held),
    Judgement(+2, Told.NOW, signs.same_scheme),
    Judgement(-4, Told.NOT, signs.each_missing),
    Judgement(0, Told.CAUTION, signs.required_missing),
    Judgement(-8, Told.CAUTION, signs.replaces_held),
    Judgement(0, Told.CAUTION, signs.built_on_old),
    Judgement(+3, Told.WHY, signs.liked_style),
    Judgement(+4, Told.WHY, signs.own_region),
    Judgement(-5, Told.CAUTION, signs.other_regions),
    Judgement(+4, Told.NOW, signs.wished_for),
    Judgement(FITS, Told.NOW, signs.fits_time),
    Judgement(TAKES_LONGER, Told.NOT, signs.too_long),
    Judgement(0, Told.CAUTION, signs.time_in_doubt),
    Judgement(-2, Told.CAUTION, signs.in_haste),
    Judgement(-3, Told.NOT, signs.unclear),
    Judgement(-3, Told.NOT, signs.little_known),
    Judgement(0, Told.CAUTION, signs.own_caution),
    Judgement(-4, Told.NOT, signs.entry_rule_for_beginner),
    Judgement(0, Told.CAUTION, signs.entry_rule),
)
