"""What a "what if" supposes: a certification taken, held or left out, another job, office, level, region or style.

A supposition is the profile as it would be then. Nothing of it is noted: the person's own profile stays as it is.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from bot.coaching.profile import OWN_LEVELS, describe_experience
from bot.coaching.wording import joined, name_of
from bot.records import Certification, Focus, Knowledge, Level, Mention, Profile, Question, Role

_VERBS = re.compile(
    r"\b(?:(?P<had>had|have|having|hold|holding|held|got|passed|earned|done|finished|completed|already)|"
    r"take|took|taking|do|did|doing|go for|going for|study|start|started|sit|add)\b",
    re.IGNORECASE,
)
_BEHIND = re.compile(r"\b(?:already|done|passed|finished|behind me|under my belt|out of the way)\b", re.IGNORECASE)
_FROM = re.compile(r"\b(?:leav\w+|left|instead of|rather than|from|quit\w*|not)\s+(?:\w+\s+)?$", re.IGNORECASE)
_THE_US = re.compile(r"\bthe us\b", re.IGNORECASE)
_LEFT_OUT = re.compile(
    r"\b(?:skip\w*|without|never|avoid\w*|leave out|left out|drop\w*|don'?t|do not|didn'?t|did not|not)\b"
    r"(?:\s+(?!have\b|hold\b|got\b)\w+){0,3}\s*$",
    re.IGNORECASE,
)
REGIONS = {"uk": "in the UK", "us": "in the US", "other": "outside the UK and the US"}
STYLES = {"practice": "hands-on learning", "framework": "a framework"}
SUBJECTS = {"programme_office": "programmes", "portfolio_office": "portfolios"}
"""The kinds of office whose work is about more than projects, each with what it is about."""

_LEADING = r"(?:manag\w+|led|lead\w*|had|have|got|ran|run)"
WORK = (
    (Level.FOUR, re.compile(rf"\b(?:direct\w*|{_LEADING}) (?:several|many|all the|two|three|a few) (?:pmos|offices)\b|"
                            r"\bwith (?:the )?(?:board|executives?|exec team|c-?suite)\b", re.IGNORECASE)),
    (Level.THREE, re.compile(rf"\b{_LEADING} (?:some |my own |a |the |any )?(?:people|staff|team|(?:direct )?reports|"
                             r"budget|office|pmo|analysts|administrators)\b|\bline.?manag\w+", re.IGNORECASE)),
    (Level.TWO, re.compile(r"\b(?:several|many|more|across|multiple) (?:the )?projects\b", re.IGNORECASE)),
)  # fmt: skip
"""The work of each level, in the words in which it is supposed; the rule of thumb is our own (levels.yaml)."""


@dataclass(frozen=True)
class Supposed:
    """A hypothetical: its words, the profile as it would be, what would be taken, what would be left out.

    `notes` are what is to be said about it, such as a name that is sold no more.
    """

    words: str
    profile: Profile
    taken: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()


Change = Callable[[Knowledge, Profile, Question], Supposed | None]


def suppose(knowledge: Knowledge, profile: Profile, question: Question, focus: Focus | None = None) -> Supposed | None:
    """Return what the question supposes, all of it together; None where it names nothing that can be supposed."""
    question = _with_grade(knowledge, question, focus)
    now, parts = profile, []
    for change in CHANGES:
        if (part := change(knowledge, now, question)) is not None:
            parts.append(part)
            now = part.profile
    if not parts:
        return None
    return Supposed(
        joined([part.words for part in parts]),
        now,
        tuple(c for part in parts for c in part.taken),
        tuple(c for part in parts for c in part.without),
        tuple(note for part in parts for note in part.notes),
        tuple(source for part in parts for source in part.sources),
    )


def _with_grade(knowledge: Knowledge, question: Question, focus: Focus | None) -> Question:
    """Add the certification that a bare grade means ("Foundation") beside what the talk is about."""
    known = knowledge.certifications.get(focus.id.split(",")[0]) if focus is not None else None
    if question.values("certification") or known is None:
        return question
    same = [c for c in knowledge.certifications.values() if c.family == known.family]
    added = tuple(
        Mention("certification", c.id, m.text, m.start, m.end)
        for m in _of(question, "grade")
        for c in same
        if c.grade == m.value
    )
    return replace(question, mentions=(*question.mentions, *added))


def _certifications(knowledge: Knowledge, profile: Profile, question: Question) -> Supposed | None:
    """Suppose certifications: held where the words say so, left out where they say that, else taken."""
    held, taken, without, notes = [], [], [], []
    for mention in _of(question, "certification"):
        if (named := knowledge.certifications.get(mention.value)) is None:
            continue
        before = question.text[: mention.start]
        if _LEFT_OUT.search(before.rstrip()):
            without.append(named)
        elif _is_had(question.text, mention):
            held.append(named)
        else:
            current = _sold_today(knowledge, named)
            taken.append(current)
            notes += _sold_note(named, current)
    if not (held or taken or without):
        return None
    words = [f"{verb} {joined([c.name for c in some])}" for verb, some in
             (("held", held), ("took", taken), ("left out", without)) if some]  # fmt: skip
    return Supposed(
        f"you {joined(words)}",
        replace(profile, held=tuple(dict.fromkeys((*profile.held, *_ids(held))))),
        _ids(c for c in taken if c.id not in profile.held),
        _ids(without),
        (*notes, *(f"You hold {c.name} already." for c in (*held, *taken) if c.id in profile.held)),
        tuple(source for c in (*held, *taken, *without) for source in c.sources[:2]),
    )


def _is_had(text: str, mention: Mention) -> bool:
    """Tell whether it is supposed to be held: by the last verb before its name, else by the words after it.

    "If I did P3O" means taking it, whatever the tense.
    """
    verbs = list(_VERBS.finditer(text[: mention.start]))
    return verbs[-1]["had"] is not None if verbs else _BEHIND.search(text[mention.end :]) is not None


def _role(knowledge: Knowledge, profile: Profile, question: Question) -> Supposed | None:
    role = knowledge.roles.get(_goal_of_move(question, "role") or "")
    if role is None:
        return None
    changed = replace(profile, role=role.id, level=None if role.level else profile.level)
    return Supposed(f"you became {_indefinite(role.title)}", changed, notes=_role_notes(role), sources=role.sources)


def _role_notes(role: Role) -> tuple[str, ...]:
    if role.level is None:
        return (f"{role.title} is a delivery role, so it does not change your PMO level by itself.",)
    others = joined([f"level {level.word}" for level in role.also], word="or")
    return (f"That title can also be {others}; the work decides.",) if others else ()


def _level(knowledge: Knowledge, profile: Profile, question: Question) -> Supposed | None:
    """Suppose a level, by its number or by the work that is of it: "if I managed people"."""
    told = next((value for value in question.values("level") if value in OWN_LEVELS), None)
    done = None if question.values("role") else next((each for each, told in WORK if told.search(question.text)), None)
    level = Level(int(told)) if told is not None else done
    if level is None:
        return None
    words = f"you worked at level {level.word}" if told is not None else f"you did level-{level.word} work"
    return Supposed(words, replace(profile, level=level), sources=knowledge.levels[level].sources[:2])


def _office(knowledge: Knowledge, profile: Profile, question: Question) -> Supposed | None:
    kind = knowledge.kinds.get(_goal_of_move(question, "kind") or "")
    if kind is None:
        return None
    note = "Another office does not change your level by itself; the work you do there does."
    subject = SUBJECTS.get(kind.id)
    changed = replace(profile, goal=f"work on {subject}") if subject else profile
    name = name_of(knowledge, "kind", kind.id)
    return Supposed(f"you moved to {_indefinite(name)}", changed, notes=(note,), sources=kind.sources[:2])


def _circumstances(knowledge: Knowledge, profile: Profile, question: Question) -> Supposed | None:
    """Suppose another region, another liking, another length of experience."""
    region = _goal_of_move(question, "region") or ("us" if _THE_US.search(question.text) else None)
    style, months = question.value("preference"), _length(question)
    words = []
    if region in REGIONS:
        words.append(f"you worked {REGIONS[region]}")
        profile = replace(profile, region=region)
    if style in STYLES:
        words.append(f"you preferred {STYLES[style]}")
        profile = replace(profile, preference=style)
    if months is not None and months.isdecimal():
        words.append(f"you had {describe_experience(int(months))} of experience")
        profile = replace(profile, experience_months=int(months))
    return Supposed(joined(words), profile) if words else None


CHANGES: tuple[Change, ...] = (_certifications, _role, _level, _office, _circumstances)


def _sold_today(knowledge: Knowledge, named: Certification) -> Certification:
    """Return what is sold in place of a superseded certification, else itself."""
    return knowledge.certifications[named.successors[0]] if named.successors else named


def _sold_note(named: Certification, current: Certification) -> list[str]:
    return [] if named is current else [f"{named.name} is no longer sold; {current.name} took its place."]


def _goal_of_move(question: Question, entity: str) -> str | None:
    """Return the last that is named of a kind and is not what would be left: "from Leeds to Chicago"."""
    named = [m for m in _of(question, entity) if not _FROM.search(question.text[: m.start])]
    return named[-1].value if named else None


def _length(question: Question) -> str | None:
    """Return the experience that is supposed; "in two years" is a time to come, and no experience."""
    told = (m for m in _of(question, "experience_months") if not question.text[: m.start].rstrip().endswith(" in"))
    return next((mention.value for mention in told), None)


def _of(question: Question, entity: str) -> list[Mention]:
    return [mention for mention in question.mentions if mention.entity == entity]


def _ids(certifications: Iterable[Certification]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(c.id for c in certifications))


def _indefinite(name: str) -> str:
    """Return a name with "a" or "an"."""
    return f"{'an' if name[:1].lower() in 'aeiou' else 'a'} {name}"
