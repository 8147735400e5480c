"""What would change a recommendation: each single answer tried in turn, and those told that lead to another first.

And the path of somebody who takes no certificate at all, which the article allows for: what the next level asks for
then has to be shown by work.
"""

import re
from collections.abc import Iterator
from dataclasses import replace

from bot.coaching.answer import Answer
from bot.coaching.assess_level import WORK_CHOICES
from bot.coaching.next_qualification import rank_certifications
from bot.coaching.profile import level_of
from bot.coaching.qualification_path import path
from bot.coaching.supposing import REGIONS, STYLES
from bot.coaching.wishes import GOAL_TITLES, wishes_in_focus
from bot.coaching.wording import bullets, payload, reply
from bot.records import Choice, Focus, Knowledge, Level, Profile, Question, ReplyKind

MOST_TOLD = 4
WORTH = "is_a_certificate_worth_it"
_CHANGES = re.compile(
    r"\bwhat (?:single )?(?:answer |thing )?(?:would|could|might|can) (?:make you |have to |need to )?(?:change|alter)"
    r"(?: (?:it|that|this|your (?:mind|answer|advice|suggestion)|the (?:answer|result|advice|suggestion)))?\W*$",
    re.IGNORECASE,
)
_NONE_AT_ALL = re.compile(
    r"\b(?:skip\w*|without|no|never|avoid\w*|leave out|drop\w*|ignor\w*|don'?t|do not|didn'?t|not)\b"
    r"(?:\s+(?!have\b|hold\b|got\b)\w+){0,3}\s+(?:certs?|certificates?|certifications?|qualifications?|quals?|exams?|badges?)\b"
    r"(?!\s+(?:first|yet|until))",
    re.IGNORECASE,
)


def asks_what_changes(question: Question) -> bool:
    """Tell whether the question is which answer would change the advice."""
    return _CHANGES.search(question.text) is not None


def leaves_all_out(question: Question) -> bool:
    """Tell whether the question supposes no certificate at all."""
    return not question.values("certification") and _NONE_AT_ALL.search(question.text) is not None


def ask_where(knowledge: Knowledge) -> Answer:
    """Say that the level would change it most, and ask for it."""
    text = (
        "Your level would, more than anything else, and I do not know it yet. Which of these is nearest to your work?"
    )
    offers = [Choice(title, payload("next_qualification", work=int(level))) for level, title in WORK_CHOICES.items()]
    made = reply(knowledge, text, offers=offers, kind=ReplyKind.ASK)
    return Answer(made, Focus("next_qualification", "", offered=tuple(c.payload for c in made.choices)))


def answer_what_changes(knowledge: Knowledge, profile: Profile, level: Level, focus: Focus | None) -> Answer:
    """Tell which single answers would put another certification first."""
    wishes = wishes_in_focus(focus)
    first = _first(knowledge, profile, level, focus)
    found = [
        (words, other)
        for words, changed, at in _supposed(profile, level)
        if (other := _first(knowledge, changed, at, focus, newly=at > level)) is not None and other != first
    ][:MOST_TOLD]
    name = f"**{knowledge.certifications[first].name}**" if first else "no further certification"
    if not found:
        said = f"No single answer would: {name} stays first wherever you work and however you like to learn."
        return Answer(reply(knowledge, said, offers=["skill:why", "skill:assess_level"]))
    made = reply(
        knowledge,
        f"Now I put {name} first. A single answer that would change it:",
        bullets(f"if {words}: **{knowledge.certifications[other].name}**" for words, other in found),
        offers=["skill:why", "skill:assess_level", "skill:next_qualification"],
        sources=[s for c in dict.fromkeys([*([first] if first else []), *(o for _, o in found)])
                 for s in knowledge.certifications[c].sources[:1]],
    )  # fmt: skip
    return Answer(made, Focus("next_qualification", first, wishes.facets()) if first else None)


def _first(
    knowledge: Knowledge, profile: Profile, level: Level, focus: Focus | None, *, newly: bool = False
) -> str | None:
    """Return what is put first; who comes to a level `newly` begins with what is for that level, as in a what-if."""
    wishes = wishes_in_focus(focus)
    if newly:
        steps = path(knowledge, profile, level, wishes, newly=True)
        return steps[0].certification if steps else None
    ranked = rank_certifications(knowledge, profile, level, wishes)
    return ranked[0].certification if ranked else None


def _supposed(profile: Profile, level: Level) -> Iterator[tuple[str, Profile, Level]]:
    """Yield the person as they would be with one answer changed: the work, the goal, the liking, the country."""
    for other in Level:
        if abs(int(other) - int(level)) == 1:
            yield f"you {WORK_CHOICES[other].removeprefix('I ')}", replace(profile, level=other), other
    for goal, title in GOAL_TITLES.items():
        yield f"your aim was “{title.lower().replace('pmo', 'PMO')}”", replace(profile, goal=goal.value), level
    for style, words in STYLES.items():
        if style != profile.preference:
            yield f"you preferred {words}", replace(profile, preference=style), level
    for region, words in REGIONS.items():
        if region != profile.region:
            yield f"you worked {words}", replace(profile, region=region), level


def answer_without_any(knowledge: Knowledge, profile: Profile) -> Answer:
    """Say what a way without certificates asks for: nothing is closed by rule, and the work has to show it."""
    level = level_of(knowledge, profile)
    ahead = Level(min(int(level) + 1, 4)) if level is not None else None
    asked = knowledge.levels[ahead].asks if ahead is not None and ahead is not level else ()
    made = reply(
        knowledge,
        "Then the work has to speak for you, and it can. The article names certificates for each level, and never "
        "says that a role requires one.",
        f"Level {ahead.word} asks for this, with or without a certificate:" if asked and ahead else None,
        bullets(asked[:3]) if asked else None,
        "What you give up is a short cut past those who sift by names. Read ten adverts for the job you want, and "
        "count how many ask for one.",
        offers=[*([WORTH] if WORTH in knowledge.topics else []), *([f"level:{int(ahead)}"] if ahead else []),
                Choice("Make a plan without", payload("make_plan", form="yes")), "skill:assess_level"],
        sources=("ARTICLE",),
    )  # fmt: skip
    return Answer(made, Focus("what_if", "", offered=tuple(c.payload for c in made.choices)))
