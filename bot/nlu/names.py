"""Every name by which the knowledge store's entries are called, as patterns for the entity finder."""

from collections import defaultdict
from collections.abc import Iterator

from bot.nlu.text import clean
from bot.records import Certification, Knowledge

Name = tuple[str, str, str]
"""A phrase in its clean form, the kind of entity it names, and the id of the entry."""

GRADE_WORDS = {
    "foundation": ("foundation", "found", "fndn", "f", "foundations"),
    "practitioner": ("practitioner", "pract", "prac", "p", "practitioners"),
    "expert": ("expert", "e", "ex"),
    "advanced": ("advanced", "adv"),
}
"""How people write the grades of a scheme behind its name ("p3o f", "ipmo prac")."""


def names_of(knowledge: Knowledge) -> list[Name]:
    """Return every name once, the entry's own names before those made of family and grade."""
    names: dict[tuple[str, str], str] = {}
    for phrase, entity, value in (*_own_names(knowledge), *_graded_names(knowledge)):
        if words := " ".join(clean(phrase).split()):
            names.setdefault((words, entity), value)
    return [(phrase, entity, value) for (phrase, entity), value in names.items()]


def families_of(knowledge: Knowledge) -> dict[str, dict[str, str]]:
    """Return for each graded certification the certifications of its scheme by grade."""
    families: dict[str, dict[str, str]] = defaultdict(dict)
    for certification in knowledge.certifications.values():
        if certification.grade in GRADE_WORDS:
            families[certification.family][str(certification.grade)] = certification.id
    return {entry: grades for grades in families.values() for entry in grades.values()}


def _own_names(knowledge: Knowledge) -> Iterator[Name]:
    for certification in knowledge.certifications.values():
        for phrase in (certification.name, certification.full_name, *certification.aliases):
            yield phrase, "certification", certification.id
    for body in knowledge.bodies.values():
        for phrase in (body.name, *body.aliases):
            yield phrase, "body", body.id
    for role in knowledge.roles.values():
        for phrase in (role.title, *role.title.split(" / "), *role.aliases):
            yield phrase, "role", role.id
            yield f"{phrase}s", "role", role.id
    for kind in knowledge.kinds.values():
        for phrase in (kind.name, *kind.aliases):
            yield phrase, "kind", kind.id
            yield f"{phrase}s", "kind", kind.id
    for function in knowledge.functions.values():
        for phrase in (function.name, *function.aliases):
            yield phrase, "function", function.id


def _graded_names(knowledge: Knowledge) -> Iterator[Name]:
    families: dict[str, list[Certification]] = defaultdict(list)
    for certification in knowledge.certifications.values():
        families[certification.family].append(certification)
    for members in families.values():
        bare = [alias for member in members for alias in (member.name, *member.aliases) if not _has_grade(alias)]
        if not any(member.grade in GRADE_WORDS for member in members):
            continue
        for member in members:
            for word in GRADE_WORDS.get(member.grade or "", ()):
                for alias in bare:
                    yield f"{alias} {word}", "certification", member.id


def _has_grade(alias: str) -> bool:
    words = set(clean(alias).split())
    return any(words & set(forms) for forms in GRADE_WORDS.values())
