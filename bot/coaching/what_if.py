"""What if: the path redrawn for something supposed, beside the path as it is now.

"What if I take P3O first", "if I move to an enterprise PMO", "suppose I became a PMO manager". The profile stays as it
is; only the picture changes.
"""

from collections.abc import Sequence
from dataclasses import replace
from itertools import zip_longest

from bot.coaching.answer import Answer
from bot.coaching.assess_level import WORK_CHOICES
from bot.coaching.entry_rules import TOO_SOON
from bot.coaching.next_qualification import rank_certifications
from bot.coaching.phrases import running
from bot.coaching.profile import HYPOTHETICAL, OWN_LEVELS, level_of
from bot.coaching.qualification_path import PathStep, path, steps_to
from bot.coaching.qualification_signs import OTHER_LEVEL
from bot.coaching.situation import Situation
from bot.coaching.supposing import Supposed, suppose
from bot.coaching.what_changes import (
    answer_what_changes,
    answer_without_any,
    ask_where,
    asks_what_changes,
    leaves_all_out,
)
from bot.coaching.wording import payload, reply
from bot.records import Choice, Figure, Focus, Knowledge, Level, Profile, Question, Recommendation, ReplyKind

UNNOTED = "I noted none of this; your profile stays as it is."
TOLD, NOTES, MOST_WORDS = 2, 2, 110
"""How many steps of a path, and how many notes, are told in words; the table has the whole path.

A note is told while the answer stays within so many words; the first always is.
"""
NAMED = ("certification", "grade", "role", "level", "kind", "region", "preference", "experience_months")


def answer_what_if(question: Question, situation: Situation) -> Answer:
    """Redraw the path for what the question supposes; ask where that, or the person's own level, is not clear."""
    knowledge, profile = situation.knowledge, _standing(situation.profile, question)
    if leaves_all_out(question):
        return answer_without_any(knowledge, profile)
    if asks_what_changes(question):
        stands = level_of(knowledge, profile)
        if stands is None:
            return ask_where(knowledge)
        return answer_what_changes(knowledge, profile, stands, situation.subject_of_certifications())
    supposed = suppose(knowledge, profile, question, situation.subject_of_certifications())
    if supposed is None:
        return _which(knowledge, profile)
    level = level_of(knowledge, profile)
    then = level_of(knowledge, supposed.profile) or level
    if then is None:
        return _ask_for_level(knowledge, question)
    return _redrawn(knowledge, profile, level, supposed, then)


def _standing(profile: Profile, question: Question) -> Profile:
    """Return the profile with the work that a choice named, which is told and not supposed."""
    work = question.value("work")
    return replace(profile, level=Level(int(work))) if work is not None and work in OWN_LEVELS else profile


def _redrawn(knowledge: Knowledge, profile: Profile, level: Level | None, supposed: Supposed, then: Level) -> Answer:
    before = path(knowledge, profile, level) if level is not None else ()
    after = path_supposed(knowledge, supposed, then, newly=level is not None and then > level)
    first = after[0].certification if after else ""
    changes = f"If {supposed.words}, {_change(knowledge, before, after)}"
    reasons = " ".join(filter(None, (_level_change(level, then), _reason(knowledge, before, supposed, after))))
    notes = [*supposed.notes, *warnings(knowledge, supposed, then)][:NOTES]
    while len(notes) > 1 and len(f"{changes} {reasons} {' '.join(notes)} {UNNOTED}".split()) > MOST_WORDS:
        notes.pop()
    made = reply(
        knowledge,
        changes,
        reasons,
        " ".join(notes),
        UNNOTED,
        offers=_offers(first, before),
        sources=_sources(knowledge, supposed, after),
    )
    figure = paths_compared(knowledge, level, before, then, after)
    return Answer(replace(made, figure=figure), Focus("what_if", first, offered=tuple(c.payload for c in made.choices)))


def path_supposed(
    knowledge: Knowledge, supposed: Supposed, level: Level, *, newly: bool = False
) -> tuple[PathStep, ...]:
    """Return the path as it would be: what is taken first, each with what it asks for, then what follows."""
    steps: list[PathStep] = []
    profile = supposed.profile
    for certification in supposed.taken:
        if certification not in {step.certification for step in steps}:
            found = steps_to(knowledge, knowledge.certifications[certification], profile, level)
            steps += found
            profile = replace(profile, held=(*profile.held, *(step.certification for step in found)))
    return (*steps, *path(knowledge, profile, level, without=supposed.without, newly=newly))


def warnings(knowledge: Knowledge, supposed: Supposed, level: Level) -> tuple[str, ...]:
    """Return what speaks against taking what would be taken: what they ask for, experience, the level."""
    profile = replace(supposed.profile, wanted=supposed.taken)
    taken = [r for r in rank_certifications(knowledge, profile, level) if r.certification in supposed.taken]
    kept = (
        f"{knowledge.certifications[first].name} cannot be left out, for "
        f"{knowledge.certifications[r.certification].name} asks for it."
        for r in taken
        for first in r.first
        if first in supposed.without
    )
    return (*kept, *_against(knowledge, taken))


def _against(knowledge: Knowledge, taken: Sequence[Recommendation]) -> tuple[str, ...]:
    return tuple(
        f"{knowledge.certifications[r.certification].name}: {running(caution)}"
        for r in taken
        for caution in r.cautions
        if caution.startswith((TOO_SOON, OTHER_LEVEL))
    )


def paths_compared(
    knowledge: Knowledge, level: Level | None, before: Sequence[PathStep], then: Level, after: Sequence[PathStep]
) -> Figure:
    """Return the table of both paths, a step a row."""
    rows = [["Level", level.word if level is not None else "not known", then.word]]
    pairs = zip_longest(_names(knowledge, before), _names(knowledge, after), fillvalue="-")
    rows += [[f"Step {number}", now, changed] for number, (now, changed) in enumerate(pairs, start=1)]
    return Figure("table", {"columns": ["", "Now", "Then"], "rows": rows})


def _change(knowledge: Knowledge, before: Sequence[PathStep], after: Sequence[PathStep]) -> str:
    """Say what becomes of the path, of a long one how it begins."""
    then, now = _names(knowledge, after), _names(knowledge, before)
    if not then:
        return "I know of no further certification to add."
    if then == now:
        return f"your path stays the same: **{_beginning(then)}**."
    if then[:TOLD] == now[:TOLD]:
        return f"your path begins the same, with **{_beginning(then)}**, and changes later."
    was = f" Now it is {_beginning(now)}." if now else ""
    return f"the path would be **{_beginning(then)}**.{was}"


def _beginning(names: Sequence[str]) -> str:
    more = " and so on" if len(names) > TOLD else ""
    return f"{', then '.join(names[:TOLD])}{more}"


def _reason(
    knowledge: Knowledge, before: Sequence[PathStep], supposed: Supposed, after: Sequence[PathStep]
) -> str | None:
    """Say why the first step that is new, and not itself supposed, stands there."""
    old = {*supposed.taken, *(step.certification for step in before)}
    new = next((step for step in after if step.certification not in old), None)
    return None if new is None else f"**{knowledge.certifications[new.certification].name}**: {running(new.why)}"


def _level_change(level: Level | None, then: Level) -> str | None:
    if level is None or level == then:
        return None
    return f"You would stand at level {then.word}, where now it is level {level.word}."


def _offers(first: str, before: Sequence[PathStep]) -> list[str | Choice]:
    offers: list[str | Choice] = [f"certification:{first}"] if first else []
    if first and before and before[0].certification != first:
        ids = f"{before[0].certification},{first}"
        offers.append(Choice("Compare the two first steps", payload("compare_certifications", certifications=ids)))
    return [*offers, "skill:next_qualification", "skill:assess_level"]


def _sources(knowledge: Knowledge, supposed: Supposed, after: Sequence[PathStep]) -> tuple[str, ...]:
    certifications = (knowledge.certifications[step.certification] for step in after)
    return (*supposed.sources, *(source for c in certifications for source in c.sources[:1]))


def _names(knowledge: Knowledge, steps: Sequence[PathStep]) -> list[str]:
    return [knowledge.certifications[step.certification].name for step in steps]


def _which(knowledge: Knowledge, profile: Profile) -> Answer:
    """Ask which of two things is supposed, each in a form that can be answered."""
    level = level_of(knowledge, profile) or Level.TWO
    ahead = Level(min(int(level) + 1, 4))
    steps = path(knowledge, profile, level)
    offers: list[str | Choice] = [
        Choice(f"I work at level {ahead.word}", payload(HYPOTHETICAL, level=int(ahead))),
        "skill:something_else",
    ]
    if steps:
        certification = knowledge.certifications[steps[-1].certification]
        offers.insert(0, Choice("I take a certificate first", payload(HYPOTHETICAL, certification=certification.id)))
    text = "Do you suppose a certificate that you take or hold, or another job or office? Name it, or pick one."
    made = reply(knowledge, text, offers=offers, kind=ReplyKind.CLARIFY)
    return Answer(made, Focus("what_if", "", offered=tuple(c.payload for c in made.choices)))


def _ask_for_level(knowledge: Knowledge, question: Question) -> Answer:
    """Ask where the person stands; the choices carry the question on."""
    told = {entity: value for entity in NAMED if (value := question.value(entity)) is not None}
    offers = [Choice(title, payload(HYPOTHETICAL, **told, work=int(level))) for level, title in WORK_CHOICES.items()]
    text = "I can redraw your path once I know where you stand. What is your work nearest to now?"
    made = reply(knowledge, text, offers=offers, kind=ReplyKind.ASK)
    return Answer(made, Focus("what_if", "", offered=tuple(c.payload for c in made.choices)))
