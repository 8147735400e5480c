"""The path of qualifications: what to take in which order, from where a person stands up to the highest level.

It begins with what is recommended next, and goes up a level at a time; what a certification asks for comes before it.
A path is a guide to what could be taken, not a promise of the level: the work makes the level.
"""

from dataclasses import dataclass, replace

from bot.coaching.next_qualification import NO_WISHES, rank_certifications
from bot.coaching.qualification_candidates import standing_for
from bot.coaching.wishes import Wishes
from bot.records import Certification, Knowledge, Level, Profile, Recommendation


@dataclass(frozen=True)
class PathStep:
    """A certification on the path, the level it serves, and why it stands there."""

    certification: str
    level: Level
    why: str


def path(
    knowledge: Knowledge,
    profile: Profile,
    level: Level,
    wishes: Wishes = NO_WISHES,
    *,
    without: tuple[str, ...] = (),
    newly: bool = False,
) -> tuple[PathStep, ...]:
    """Return the steps in order, prerequisites first; `without` leaves those out, with whatever asks for them.

    `newly` means that the person comes to the level fresh: then the path begins with what is for that very level.
    """
    steps: list[PathStep] = []
    at: Level | None = level
    while at is not None:
        held = (*profile.held, *(step.certification for step in steps))
        best = _best(knowledge, replace(profile, held=held), at, wishes, without, begun=newly or bool(steps))
        if best is not None:
            found = _steps(knowledge, best, at)
            steps += found if at == level else [replace(step, why=_of_later(step.why)) for step in found]
        at = _above(max(at, steps[-1].level) if steps else at)
    return tuple(steps)


def _of_later(why: str) -> str:
    """Return the reason of a step that comes later: by then the person stands elsewhere than now."""
    return why.replace(", where you stand", "").replace(", one above where you stand", "")


def steps_to(
    knowledge: Knowledge, certification: Certification, profile: Profile, level: Level
) -> tuple[PathStep, ...]:
    """Return the steps to one certification: what it asks for and is not held, then itself."""
    ranked = rank_certifications(knowledge, replace(profile, wanted=(certification.id,)), level)
    found = next((r for r in ranked if r.certification == certification.id), None)
    return () if found is None else _steps(knowledge, found, level)


def _best(
    knowledge: Knowledge, profile: Profile, level: Level, wishes: Wishes, without: tuple[str, ...], *, begun: bool
) -> Recommendation | None:
    """Return the best one at the level; at the first step of all, whatever is recommended next."""
    ranked = rank_certifications(knowledge, profile, level, wishes)
    barred = frozenset(without)
    open_ones = (r for r in ranked if not barred & standing_for(knowledge, (r.certification,)))
    fitting = (r for r in open_ones if not begun or knowledge.certifications[r.certification].levels[0] == level)
    return next(fitting, None)


def _steps(knowledge: Knowledge, best: Recommendation, level: Level) -> tuple[PathStep, ...]:
    name = knowledge.certifications[best.certification].name
    serves = max(level, knowledge.certifications[best.certification].levels[0])
    before = (PathStep(first, serves, f"{name} asks for it.") for first in best.first)
    return (*before, PathStep(best.certification, serves, best.why))


def _above(level: Level) -> Level | None:
    return Level(int(level) + 1) if level < Level.FOUR else None
