"""Answers about one certification: what it is, or exactly what was asked; what has gone names its successor first."""

import itertools
import re
from collections.abc import Sequence
from dataclasses import replace

from bot.coaching.answer import Answer
from bot.coaching.certification_entry import names_before
from bot.coaching.certification_facets import facets_asked, tell_facets
from bot.coaching.certification_facts import Told, known_facts, successors_of, value_of
from bot.coaching.certification_identity import body_name, tell_missing
from bot.coaching.certification_offers import offers_after
from bot.coaching.certification_worth import level_words, tell_level
from bot.coaching.phrases import clipped, running
from bot.coaching.wording import compose, joined, reply, sentence
from bot.records import Certification, CertificationStatus, Focus, Knowledge, PrerequisiteKind, Reply

NUMBERS = {2: "two", 3: "three", 4: "four"}
ZERO = re.compile(r"\bp\s*-?\s*3\s*-?\s*0", re.IGNORECASE)
"""P3O typed with a zero, as P30 or P3-0."""
NOT_A_ZERO = "letter O, not a zero"


def answer_certification(
    knowledge: Knowledge,
    certification_id: str,
    facets: tuple[str, ...] = (),
    *,
    family_mention: bool = False,
    typed: str = "",
) -> Answer:
    """Answer what was asked of a certification; without facets, what it is for, its level, its owner and its status.

    `family_mention` means that the whole scheme was named ("p3o"), `typed` is what the person wrote for it.
    """
    certification = knowledge.certifications[certification_id]
    asked = facets_asked(facets)
    scheme = scheme_of(knowledge, certification) if family_mention and not names_grade(certification, typed) else ()
    if certification.status is CertificationStatus.NOT_FOUND:
        told = tell_missing(knowledge, certification)
    elif asked:
        told = tell_facets(knowledge, certification, asked)
    else:
        told = _tell_scheme(knowledge, scheme) if scheme else _tell_plainly(knowledge, certification)
    text = _mind_the_zero(told.text, typed)
    made = reply(knowledge, text, offers=offers_after(knowledge, certification, asked, scheme), sources=told.sources)
    return Answer(made, _focus(made, certification, asked))


def scheme_of(knowledge: Knowledge, certification: Certification) -> tuple[Certification, ...]:
    """Return the graded certifications of the scheme that a certification begins; none for a later one of a scheme.

    A scheme's bare name belongs to its first certification, and the names of a scheme begin alike.
    """
    members = [c for c in knowledge.certifications.values() if c.family == certification.family and c.grade]
    if len(members) < 2 or members[0].id != certification.id or not _scheme_name(members):
        return ()
    return tuple(members)


def names_grade(certification: Certification, typed: str) -> bool:
    """Tell whether what was typed names the certification itself, as "p3o f" or "ppso ess" do, and not its scheme."""
    words = re.findall(r"[a-z]+[0-9]*", typed.lower())
    return any(_shortens(word, certification.grade or "") for word in words)


def _shortens(word: str, grade: str) -> bool:
    """Tell whether a word begins like a grade and has all its letters in the grade's order: "fnd", "foundaton"."""
    letters = iter(grade)
    return grade.startswith(word[0]) and all(letter in letters for letter in word)


def _scheme_name(members: Sequence[Certification]) -> str:
    """Return the words that all names of a scheme begin with, up to the first that is no name: "Essentials"."""
    words = [re.split(r"[\s-]+", member.name) for member in members]
    shared = itertools.takewhile(lambda row: len(set(row)) == 1 and not row[0].islower(), zip(*words, strict=False))
    return " ".join(row[0] for row in shared)


def _tell_scheme(knowledge: Knowledge, scheme: tuple[Certification, ...]) -> Told:
    gone = scheme[0].status is CertificationStatus.SUPERSEDED
    count = NUMBERS.get(len(scheme), str(len(scheme)))
    opening = f"**{_scheme_name(scheme)}** {'was' if gone else 'is'} a scheme of {count} certificates:"
    items = "\n".join(_scheme_item(knowledge, member, brief=len(scheme) > 2) for member in scheme)
    sources = tuple(source for member in scheme for source in member.sources)
    closing = f"{_owner_now(knowledge, replace(scheme[0], caution=None))} Which one shall we look at?"
    return Told(compose(opening, items, closing), sources)


def _scheme_item(knowledge: Knowledge, member: Certification, *, brief: bool) -> str:
    """Return a certificate of a scheme as an item: what it is, or in brief whom it is for."""
    audience = value_of(member, "audience")
    told = f"for {clipped(running(audience))}" if brief and audience else running(member.summary).partition(". ")[0]
    after = joined([f"**{successor.name}**" for successor in successors_of(knowledge, member)])
    item = f"- **{member.name}** ({level_words(member.levels)}): {told.rstrip('.')}."
    return f"{item} Replaced by {after}." if after else item


def _tell_plainly(knowledge: Knowledge, certification: Certification) -> Told:
    opening = f"**{certification.name}**: {running(certification.summary)}"
    closing = " ".join(part for part in (_owner_now(knowledge, certification), certification.caution) if part)
    if certification.status is CertificationStatus.SUPERSEDED:
        names = joined([f"**{successor.name}**" for successor in successors_of(knowledge, certification)])
        opening = f"Look at {names} today: it replaced {certification.name}." if names else "It has gone."
        opening += f"\n\nWhat {certification.name} was: {running(certification.summary)}"
        closing = certification.caution or ""
    level = tell_level(knowledge, certification).text
    return Told(compose(opening, f"{level}{_first(knowledge, certification)}", closing), certification.sources)


def _first(knowledge: Knowledge, certification: Certification) -> str:
    """Say what must come first, unless the caution does or it is all past."""
    needed = names_before(knowledge, certification, PrerequisiteKind.REQUIRED)
    untold = [name for name in needed if name not in (certification.caution or "")]
    gone = certification.status is CertificationStatus.SUPERSEDED
    return f" You need {joined(untold)} first." if untold and not gone else ""


def _owner_now(knowledge: Knowledge, certification: Certification) -> str:
    """Say who runs a certification, who did when the article was written, and whether it runs."""
    body, caution = body_name(knowledge, certification), certification.caution or ""
    runs = value_of(certification, "awarding_body") or ""
    then = [(fact.value or "").partition(";")[0] for fact in known_facts(certification, ("owner_then",))]
    before = f"The article, from about 2018, still gives {then[0]} as its owner." if then else ""
    if certification.status is CertificationStatus.SUPERSEDED:
        return f"Who has it now: {value_of(certification, 'owner_now') or 'nobody that I know of'}."
    if certification.status is CertificationStatus.UNCLEAR:
        return f"It comes from {body}{'.' if 'runs' in caution else '; whether it runs at present is unclear to me.'}"
    if certification.status is CertificationStatus.RENAMED:
        return f"{'' if body in caution else f'{body} runs it now. '}{before}".strip()
    if "; " in runs:
        return f"{sentence(runs)} As far as I can see it is still offered."
    return f"{body} runs it, and as far as I can see it is still offered."


def _mind_the_zero(text: str, typed: str) -> str:
    """Tell somebody who typed a zero that it is a letter: once, and without a fuss."""
    if not ZERO.search(typed) or NOT_A_ZERO in text:
        return text
    return re.sub(r"\*\*[^*]*P3O[^*]*\*\*|P3O( Foundation| Practitioner)?", rf"\g<0> ({NOT_A_ZERO})", text, count=1)


def _focus(made: Reply, certification: Certification, asked: tuple[str, ...]) -> Focus:
    return Focus("certification", certification.id, facets=asked, offered=tuple(c.payload for c in made.choices))
