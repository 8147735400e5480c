"""Who is a candidate for the next qualification, and what a candidate is weighed against.

A certification is a candidate unless the person holds it, it is superseded (its successor stands for it), or it is no
certification at all; and unless it is for another level than theirs or the next one and they did not name it.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from bot.coaching.certification_offers import OFFERED
from bot.coaching.wishes import Wishes
from bot.records import Certification, Knowledge, Level, PrerequisiteKind, Profile


@dataclass(frozen=True)
class Candidate:
    """A certification, the person it is weighed for, and what follows from the two.

    `held` has what holding implies; `wanted` what is wanted, as it is sold today, each with what it was named as;
    `first` the required certifications that are missing, in the order to take them.
    """

    certification: Certification
    knowledge: Knowledge
    profile: Profile
    level: Level
    wishes: Wishes
    held: frozenset[str]
    wanted: Mapping[str, str]
    first: tuple[str, ...]

    @property
    def months(self) -> int:
        """The months of experience that were told; 0 where none were."""
        return self.profile.experience_months or 0

    def name(self, certification: str) -> str:
        """Return what a certification is called."""
        return self.knowledge.certifications[certification].name

    def needs(self, kind: PrerequisiteKind) -> tuple[str, ...]:
        """Return the certifications that this one asks for in that way."""
        return tuple(need.certification for need in self.certification.prerequisites if need.kind is kind)


def candidates(knowledge: Knowledge, profile: Profile, level: Level, wishes: Wishes) -> Iterator[Candidate]:
    """Yield every certification that the person could take next."""
    held = standing_for(knowledge, profile.held)
    wanted = wanted_now(knowledge, profile)
    for certification in knowledge.certifications.values():
        if is_candidate(certification, held) and _fits(certification, level, wanted):
            first = missing_first(knowledge, certification, held)
            yield Candidate(certification, knowledge, profile, level, wishes, held, wanted, first)


def is_candidate(certification: Certification, held: Iterable[str]) -> bool:
    """Tell whether a certification can be taken at all by somebody who holds those."""
    return certification.status in OFFERED and certification.id not in held and bool(certification.levels)


def standing_for(knowledge: Knowledge, held: Iterable[str]) -> frozenset[str]:
    """Return what is held, with what holding it implies: a certification's own required prerequisites."""
    known: set[str] = set()
    todo = [certification for certification in held if certification in knowledge.certifications]
    while todo:
        current = todo.pop()
        if current not in known:
            known.add(current)
            needs = knowledge.certifications[current].prerequisites
            todo += [need.certification for need in needs if need.kind is PrerequisiteKind.REQUIRED]
    return frozenset(known)


def wanted_now(knowledge: Knowledge, profile: Profile) -> Mapping[str, str]:
    """Return what the person named as wanted, as it is sold today, each with what it was named as."""
    now: dict[str, str] = {}
    for named in profile.wanted:
        certification = knowledge.certifications.get(named)
        for current in (certification.successors or (named,)) if certification is not None else ():
            now.setdefault(current, named)
    return now


def missing_first(knowledge: Knowledge, certification: Certification, held: frozenset[str]) -> tuple[str, ...]:
    """Return the required certifications that are not held, deepest first."""
    chain: list[str] = []
    for need in certification.prerequisites:
        if need.kind is PrerequisiteKind.REQUIRED and need.certification not in held:
            inner = knowledge.certifications[need.certification]
            chain += [*missing_first(knowledge, inner, held), need.certification]
    return tuple(dict.fromkeys(chain))


def nearby_levels(level: Level) -> set[Level]:
    """Return the level and the one above it, which a next step may be for."""
    return {level, level_above(level)}


def level_above(level: Level) -> Level:
    """Return the next level up; of the highest, itself."""
    return Level(min(int(level) + 1, int(max(Level))))


def _fits(certification: Certification, level: Level, wanted: Iterable[str]) -> bool:
    """Keep what suits the level or the next one; anything the person named themselves stays, with its caution."""
    return bool(nearby_levels(level) & set(certification.levels)) or certification.id in wanted
