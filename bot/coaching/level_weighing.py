"""Weighing a title and answers about work into a level, so that every step can be shown and tried otherwise.

A yes to a behaviour gives two points, "partly" one. Two points at a level make its work the person's. From the
title's level (level two, where there is none) the weighing climbs while the next level's work is theirs, and else
comes down to the first level whose work is. The title stands in for a level of which nothing was told. So more yes
never lowers the level, and whoever is told "this answer would change it" can check it by the same rule.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from enum import Enum

from bot.coaching.assess_level import Placement, place
from bot.coaching.form import Talk
from bot.coaching.level_behaviours import BEHAVIOURS, HIGHER, LOWER, NO, PARTLY, YES, Behaviour, Settling, settling
from bot.records import Level, Role

POINTS = {YES: 2, PARTLY: 1, NO: 0}
COUNTS_AS = {YES: YES, PARTLY: PARTLY, NO: NO, LOWER: NO, HIGHER: YES}
ENOUGH = 2
"""Points at a level that make its work the person's: one clear yes, or two in part."""

Answers = Mapping[str, str]
"""What was said to behaviours, by their ids: yes, partly or no; those not asked or passed over are missing."""


@dataclass(frozen=True)
class Change:
    """A single answer that would change the level: to which behaviour, what it would be, the level it would give."""

    behaviour: Behaviour
    answer: str
    level: Level


class _Standing(Enum):
    """Whether a level's work is the person's, is not, or is still to be asked about."""

    THEIRS = 1
    NOT_THEIRS = 2
    OPEN = 3


def role_of(talk: Talk) -> Role | None:
    """Return the role that the title names; None for a title that is not known, or none."""
    return talk.knowledge.roles.get(str(talk.answer("title")))


def answers_of(talk: Talk) -> Answers:
    """Return what was said to each behaviour; whatever is no such answer is left out."""
    said = {item.id: talk.answer(item.id) for item in BEHAVIOURS}
    return {key: COUNTS_AS[value] for key, value in said.items() if isinstance(value, str) and value in COUNTS_AS}


def settles(role: Role | None, behaviour_id: str) -> Settling | None:
    """Return the title's own question where it stands in for that behaviour; None elsewhere, or if it has none."""
    own = settling(role.id) if role is not None and role.question else None
    return own if own is not None and own.behaviour == behaviour_id else None


def weigh(role: Role | None, answers: Answers) -> Placement:
    """Return where title and work place a person.

    The level is None for a delivery role without any work of a PMO's upper levels, and where nothing is known.
    """
    if not answers:
        return place(role, None)
    work = _level(role, answers)
    if work is Level.ONE and role is not None and role.level is None:
        return Placement(level=None, by_title=None, by_work=None)
    return Placement(level=work, by_title=_title(role, work), by_work=work)


def points(level: Level, answers: Answers) -> int:
    """Return the points that the answers give to a level."""
    return sum(POINTS[answers[item.id]] for item in _of(level) if item.id in answers)


def still_open(role: Role | None, answers: Answers, passed: Collection[str] = ()) -> tuple[Behaviour, ...]:
    """Return the behaviours to ask about now, best first; none when no answer could change the level any more.

    `passed` are those that the person passed over.
    """
    missing = [item for item in BEHAVIOURS if item.id not in answers and item.id not in passed]
    for level, standing in _walk(role, answers, {item.level for item in missing}):
        if standing is _Standing.OPEN:
            found = [item for item in missing if item.level is level]
            return tuple(sorted(found, key=lambda item: settles(role, item.id) is None))
    return ()


def changes(role: Role | None, answers: Answers) -> tuple[Change, ...]:
    """Return each single answer that would change the level: the nearest level first, then the smallest change.

    Of the answers to one behaviour that would give the same level only one is named: the least that raises it, the
    plainest that lowers it.
    """
    now = weigh(role, answers).level or 0
    found: dict[tuple[str, Level], Change] = {}
    for item in BEHAVIOURS:
        for other in (PARTLY, YES) if answers.get(item.id, NO) == NO else (NO, YES, PARTLY):
            level = weigh(role, {**answers, item.id: other}).level
            if level is not None and level != now:
                found.setdefault((item.id, level), Change(item, other, level))
    return tuple(sorted(found.values(), key=lambda change: (abs(change.level - now), _distance(change, answers))))


def _distance(change: Change, answers: Answers) -> int:
    return abs(POINTS[change.answer] - POINTS[answers.get(change.behaviour.id, NO)])


def _level(role: Role | None, answers: Answers) -> Level:
    """Return the highest level that the walk finds to be theirs; level one if it finds none."""
    theirs = [level for level, standing in _walk(role, answers, ()) if standing is _Standing.THEIRS]
    return max(theirs, default=Level.ONE)


def _walk(role: Role | None, answers: Answers, asking: Collection[Level]) -> Iterator[tuple[Level, _Standing]]:
    """Yield levels with their standing, from the start up while they are theirs, else down to one that is.

    An open one ends the walk.
    """
    start = _start(role)
    standing = _standing(start, role, answers, asking)
    yield start, standing
    theirs = standing is _Standing.THEIRS
    ahead = range(start + 1, Level.FOUR + 1) if theirs else range(start - 1, Level.ONE - 1, -1)
    for number in ahead if standing is not _Standing.OPEN else ():
        standing = _standing(Level(number), role, answers, asking)
        yield Level(number), standing
        if standing is _Standing.OPEN or (standing is _Standing.THEIRS) is not theirs:
            return


def _start(role: Role | None) -> Level:
    """Return the level to ask about first: the one that the title's own question settles, else the title's."""
    if own := next((item for item in BEHAVIOURS if settles(role, item.id) is not None), None):
        return own.level
    if role is not None:
        # Whoever delivers projects leads people already, and may well join a PMO high up.
        return role.level or Level.THREE
    return Level.TWO


def _standing(level: Level, role: Role | None, answers: Answers, asking: Collection[Level]) -> _Standing:
    if level is Level.ONE or points(level, answers) >= ENOUGH:
        return _Standing.THEIRS
    if level in asking:
        return _Standing.OPEN
    untold = not any(item.id in answers for item in _of(level))
    by_title = role is not None and role.level is not None and role.level >= level
    return _Standing.THEIRS if untold and by_title else _Standing.NOT_THEIRS


def _title(role: Role | None, work: Level) -> Level | None:
    """Return what the title says: of the levels it can be, the one that the work settles."""
    if role is None or role.level is None:
        return None
    can_be = (role.level, *role.also)
    if work in can_be:
        return work
    return max(can_be) if work > max(can_be) else role.level


def _of(level: Level) -> Iterator[Behaviour]:
    return (item for item in BEHAVIOURS if item.level is level)
