"""Two to four certifications side by side: the difference that matters, a small table, and which to choose when."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import chain, combinations, permutations

from bot.coaching.answer import Answer
from bot.coaching.certification_facts import known_facts, names_of, successors_of
from bot.coaching.certification_offers import OFFERED, compare_choice, rival_of
from bot.coaching.certification_worth import LEVEL_WORK, SUBJECTS
from bot.coaching.comparison_table import CHARACTERS, comparison_table, markdown_table, sources_compared
from bot.coaching.wording import joined, reply, sentence
from bot.records import (
    Certification,
    CertificationStatus,
    Choice,
    Figure,
    Focus,
    Knowledge,
    PrerequisiteKind,
    ReplyKind,
)

MAX_COMPARED = 4
SHOWN = ("level", "character")
"""Traits that the table shows anyway."""
NO_CERTIFICATE = {
    CertificationStatus.NOT_A_CERTIFICATE: "{} is not a certificate",
    CertificationStatus.NOT_FOUND: "I found no certificate of the name {}",
}
BUILT_ON = {
    PrerequisiteKind.REQUIRED: "{} needs {} first",
    PrerequisiteKind.ADVISED: "{} builds on {}",
}
WISHES = {
    "practice": "you learn best hands-on",
    "framework": "you want the framework and its terms",
    "leadership": "your work is to lead others",
    "method": "you want a method to follow",
    "competence": "you want to measure yourself against a job",
}
SUBJECT_REASONS = {
    "pmo": "the office itself is your work",
    "project": "you want the language of projects",
    "programme": "you serve a programme",
    "portfolio": "you serve the portfolio",
    "risk": "risk is your service",
    "change": "you bring change to people",
    "agile": "your projects are agile",
    "business_case": "you prepare business cases",
}
DIFFERENCES: dict[str, Callable[[Certification], str]] = {
    "subject": lambda c: f"about {SUBJECTS[c.about]}",
    "level": lambda c: f"for level {c.levels[0].word}" if c.levels else "on no level",
    "character": lambda c: CHARACTERS[c.style],
}
REASONS: dict[str, Callable[[Certification], str]] = {
    "subject": lambda c: SUBJECT_REASONS[c.about],
    "level": lambda c: f"you {LEVEL_WORK[c.levels[0]]}" if c.levels else "somebody can show you who examines it",
    "character": lambda c: WISHES[c.style],
}


def answer_comparison(knowledge: Knowledge, ids: Sequence[str], *, advice: str | None = None) -> Answer:
    """Compare two to four certifications; with fewer, ask which to compare.

    `advice` is which of them is the one for the person; it takes the place of which to choose when.
    """
    known = dict.fromkeys(c for c in ids if c in knowledge.certifications)
    compared = [knowledge.certifications[c] for c in known][:MAX_COMPARED]
    if len(compared) < 2:
        return _ask_which(knowledge, compared)
    table = comparison_table(knowledge, compared)
    offers: list[str | Choice] = [f"certification:{c.id}" for c in compared]
    made = reply(
        knowledge,
        _difference(knowledge, compared),
        markdown_table(table),
        advice or _which_when(compared),
        _cautions(knowledge, compared),
        offers=[*offers, "skill:next_qualification", "skill:more"],
        sources=sources_compared(compared),
    )
    focus = Focus("comparison", ",".join(c.id for c in compared), offered=tuple(c.payload for c in made.choices))
    return Answer(replace(made, figure=Figure("table", table)), focus)


def _ask_which(knowledge: Knowledge, known: Sequence[Certification]) -> Answer:
    certifications = knowledge.certifications.values()
    if known:
        one = known[0]
        text = f"What shall I compare **{one.name}** with?"
        scheme = [c for c in certifications if c.family == one.family and c.grade and c.id != one.id]
        pairs = [(one, other) for other in (*scheme[:2], rival_of(knowledge, one)) if other]
    else:
        text = "Which two certificates shall I compare? Name them, or pick a pair."
        named = [c for c in certifications if c.article and c.status in OFFERED]
        pairs = [(c, rival) for c in named if (rival := rival_of(knowledge, c))]
    once = {frozenset((one.id, other.id)): compare_choice(one, other) for one, other in pairs}
    focus = Focus("comparison", ",".join(c.id for c in known))
    return Answer(reply(knowledge, text, offers=list(once.values())[:MAX_COMPARED], kind=ReplyKind.ASK), focus)


def _difference(knowledge: Knowledge, compared: Sequence[Certification]) -> str:
    """Say in a sentence what sets them apart: what has gone, what builds on what, or the first trait that differs."""
    if told := _gone(compared) or _built_on(compared):
        return told
    trait = next((trait for trait, tell in DIFFERENCES.items() if len({tell(c) for c in compared}) > 1), None)
    if trait is None:
        return "They are close in subject, level and character; what differs is who runs them."
    if len(compared) > 2 and trait in SHOWN:
        return f"The difference that matters is the {trait}."
    return f"The difference that matters is the {trait}: {_grouped(compared, DIFFERENCES[trait])}."


def _gone(compared: Sequence[Certification]) -> str | None:
    """Say which one of two is left to take, where the other has been replaced or is no certificate."""
    if len(compared) != 2:
        return None
    if all(c.status is CertificationStatus.SUPERSEDED for c in compared):
        return "Neither can be taken any longer: both have been replaced."
    for old, new in permutations(compared):
        if new.id in old.successors:
            return f"**{new.name}** replaced **{old.name}**, so it is the one you can take today."
        if old.status in NO_CERTIFICATE and new.status in OFFERED:
            return f"{NO_CERTIFICATE[old.status].format(f'**{old.name}**')}, but **{new.name}** is one."
    return None


def _built_on(compared: Sequence[Certification]) -> str | None:
    """Say which of two comes first."""
    if len(compared) != 2:
        return None
    for first, second in permutations(compared):
        kind = next((need.kind for need in second.prerequisites if need.certification == first.id), None)
        if kind in BUILT_ON:
            levels = f"one is {DIFFERENCES['level'](first)}, the other {DIFFERENCES['level'](second)}"
            return f"{BUILT_ON[kind].format(f'**{second.name}**', f'**{first.name}**')}: {levels}."
    return None


def _grouped(compared: Sequence[Certification], tell: Callable[[Certification], str]) -> str:
    """Return who has which trait: "A and B are about PMOs, C is about projects"."""
    groups: dict[str, list[str]] = {}
    for certification in compared:
        groups.setdefault(tell(certification), []).append(f"**{certification.name}**")
    parts = [f"{joined(names)} {'are' if len(names) > 1 else 'is'} {trait}" for trait, names in groups.items()]
    return ", ".join(parts)


def _which_when(compared: Sequence[Certification]) -> str | None:
    """Say which to choose when, by the fewest reasons that tell those still offered apart."""
    offered = [c for c in compared if c.status in OFFERED]
    if len(offered) < 2:
        return None
    same_scheme = len({c.family for c in offered}) == 1
    order = ["level", "subject", "character"] if same_scheme else ["subject", "level", "character"]
    sets = chain(combinations(order, 1), combinations(order, 2))
    chosen = next((traits for traits in sets if len({_reason(c, traits) for c in offered}) == len(offered)), None)
    if chosen is None:
        return "Choose the one that employers near you name, once you know that it runs."
    lines = [f"- **{c.name}** if {_reason(c, chosen)}" for c in offered]
    enough = [fact for c in offered if same_scheme for fact in known_facts(c, ("enough_on_its_own",))]
    return "\n".join(["Choose:", *lines, *(sentence(fact.value or "") for fact in enough)])


def _reason(certification: Certification, traits: Sequence[str]) -> str:
    return joined([REASONS[trait](certification) for trait in traits])


def _cautions(knowledge: Knowledge, compared: Sequence[Certification]) -> str | None:
    """Say what cannot be taken, or cannot be confirmed, and what must come first."""
    ids = {c.id for c in compared}
    gone = [c for c in compared if c.successors and not ids & set(c.successors)]
    told = [f"You can no longer take {c.name}; look at {names_of(successors_of(knowledge, c))}." for c in gone]
    unclear = [c for c in compared if c.status is CertificationStatus.UNCLEAR]
    if unclear:
        run, who = "runs" if len(unclear) == 1 else "run", list(dict.fromkeys(c.ask for c in unclear))
        told.append(f"Whether {names_of(unclear)} {run} at present is unclear, so ask {joined(who)}.")
    if len(compared) > 2:
        told += [NO_CERTIFICATE[c.status].format(c.name) + "." for c in compared if c.status in NO_CERTIFICATE]
    return " ".join(told) or None
