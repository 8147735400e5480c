"""Placing a person on the four levels, in its short form: from a title, and one question about the work.

The title gives a first level with its basis; the work decides. The rule of thumb is the project's own (levels.yaml):
the highest kind of work a person does is the level, and work above the title's level is told as "between".
"""

from dataclasses import dataclass

from bot.coaching.answer import Answer
from bot.coaching.wording import joined, paragraphs, payload, reply, sentence
from bot.records import Basis, Choice, Focus, Knowledge, Level, Profile, Reply, ReplyKind, Role

WORK_QUESTION = "Which of these is the highest work you do?"
WORK_CHOICES = {
    Level.ONE: "I support one project team",
    Level.TWO: "I serve or analyse several projects",
    Level.THREE: "I manage an office or its services",
    Level.FOUR: "I direct several offices or an EPMO",
}
BASIS_WORDS = {
    Basis.ARTICLE: "the article names it there",
    Basis.CITED: "PMO bodies or trainers place it there",
    Basis.JUDGEMENT: "that is our own reading",
}


@dataclass(frozen=True)
class Placement:
    """Where somebody stands: the level to speak of, what the title alone says, and whether the work outruns it."""

    level: Level | None
    by_title: Level | None
    by_work: Level | None

    @property
    def between(self) -> bool:
        """True when the work is above what the title says."""
        return self.by_title is not None and self.by_work is not None and self.by_work > self.by_title


MOST_NAMED = 2
"""Sources of a title, the weightiest first, that a level names; the others come where somebody asks for sources."""


def sources_of_title(role: Role | None) -> tuple[str, ...]:
    """Return the sources that carry the level of a title."""
    return tuple(role.sources[:MOST_NAMED]) if role is not None else ()


def place(role: Role | None, work: Level | None) -> Placement:
    """Return the placement: the work decides, the title is the evidence without it."""
    by_title = role.level if role else None
    return Placement(level=work or by_title, by_title=by_title, by_work=work)


def assess_level(knowledge: Knowledge, profile: Profile, *, ladder: bool = False) -> Answer:
    """Say where the person stands and why, or ask the one question that settles it."""
    if ladder:
        return _ask_ladder(knowledge)
    role = knowledge.roles.get(profile.role or "")
    placement = place(role, profile.level)
    focus = Focus("assess_level", str(int(placement.level)) if placement.level else "")
    if placement.level is None:
        return Answer(_ask_work(knowledge, role), focus)
    if role is not None and placement.by_work is None:
        return Answer(_by_title(knowledge, role, placement.level), focus)
    return Answer(_by_work(knowledge, role, placement), focus)


def work_choices(intent: str = "assess_level") -> tuple[Choice, ...]:
    """Return the four kinds of work as choices; each payload says that the person does it, and asks for that intent."""
    return tuple(Choice(title, payload(intent, work=int(level))) for level, title in WORK_CHOICES.items())


def _ask_work(knowledge: Knowledge, role: Role | None) -> Reply:
    if role is not None:
        opening = f"**{role.title}** is a delivery role, outside the PMO ladder. {role.reason}"
    else:
        opening = "Titles vary a lot, so the work tells more than the name."
    return reply(knowledge, opening, f"**{WORK_QUESTION}**", offers=work_choices(),
                 sources=role.sources if role else ("ARTICLE",), kind=ReplyKind.ASK)  # fmt: skip


def _by_title(knowledge: Knowledge, role: Role, level: Level) -> Reply:
    others = tuple(other for other in role.also if other != level)
    hedge = "usually " if role.basis is not Basis.ARTICLE else ""
    opening = (
        f"You stand at **level {level.word}**, going by your title. "
        f"{role.title} is {hedge}level {level.word}: {BASIS_WORDS[role.basis]}."
    )
    doubt = None
    if others:
        words = joined([f"level {other.word}" for other in others], word="or")
        settles = f" The question that settles it: {role.question}" if role.question else ""
        doubt = f"Titles are weak evidence, and this one can also be {words}.{settles}"
    higher = Level(int(level) + 1) if level < Level.FOUR else None
    change = None
    if higher and not others:
        done = WORK_CHOICES[higher].removeprefix("I ")
        change = f"One answer would change it: if you also {done}, you stand between {level.word} and {higher.word}."
    asked = sorted({level, *others}) if others else [higher] if higher else []
    picks = [Choice(WORK_CHOICES[item], payload("assess_level", work=int(item))) for item in asked]
    return reply(
        knowledge, opening, doubt or change,
        offers=[*picks, f"level:{min(int(level) + 1, 4)}", "skill:next_qualification"], sources=sources_of_title(role),
    )  # fmt: skip


def _by_work(knowledge: Knowledge, role: Role | None, placement: Placement) -> Reply:
    assert placement.level is not None
    level = placement.level
    done = WORK_CHOICES[level].removeprefix("I ")
    if placement.between and placement.by_title is not None:
        opening = (
            f"You are **between level {placement.by_title.word} and level {level.word}**: your title says "
            f"{placement.by_title.word}, but you {done}, which is level {level.word} work."
        )
    elif placement.by_title is not None and level < placement.by_title:
        opening = (
            f"By your work you stand at **level {level.word}**: you {done}. Your title would say "
            f"{placement.by_title.word}, but the work decides."
        )
    else:
        opening = f"You stand at **level {level.word}**: you {done}, and the work decides."
    upper = min(int(level) + 1, 4)
    asks = knowledge.levels[Level(upper)].asks
    coming = None if upper == int(level) else f"Level {Level(upper).word} would ask of you: {sentence(asks[0])}"
    sources = (*sources_of_title(role), *knowledge.levels[level].sources[:MOST_NAMED])
    return reply(
        knowledge, opening, coming, offers=[f"level:{upper}", "skill:next_qualification", "skill:why"], sources=sources
    )


def _ask_ladder(knowledge: Knowledge) -> Answer:
    text = (
        "Which ladder do you mean? SFIA, RQF and apprenticeships number their levels differently from the "
        "four PMO career levels."
    )
    offers: list[str | Choice] = [*work_choices()]
    if "other_ladders" in knowledge.topics:
        offers.append("other_ladders")
    return Answer(reply(knowledge, text, f"For the PMO levels, tell me: {WORK_QUESTION[0].lower()}{WORK_QUESTION[1:]}",
                        offers=offers, kind=ReplyKind.CLARIFY), Focus("assess_level", ""))  # fmt: skip


def why_this_level(knowledge: Knowledge, profile: Profile, *, opening: str = "Here is how I got there.") -> Answer:
    """Show the arithmetic: what the title gave, what the work gave, which single answer would change it."""
    role = knowledge.roles.get(profile.role or "")
    placement = place(role, profile.level)
    lines = []
    if role is not None:
        given = f"level {role.level.word}" if role.level else "no level, for it is a delivery role"
        lines.append(f"- **Title**, {role.title}: {given} ({BASIS_WORDS[role.basis]}). {paragraphs(role.reason)}")
    if placement.by_work is not None:
        lines.append(
            f"- **Work**, “{WORK_CHOICES[placement.by_work]}”: level {placement.by_work.word}. It outweighs the title."
        )
    rule = "Our rule of thumb: the highest kind of work you do is your level. A title alone is weak evidence."
    offers = [c for c in work_choices() if placement.by_work is None or c.title != WORK_CHOICES[placement.by_work]]
    return Answer(
        reply(knowledge, opening, "\n".join(lines) or None, rule,
              "Any of these would change it:", offers=offers, sources=role.sources if role else ("ARTICLE",)),
        Focus("assess_level", str(int(placement.level)) if placement.level else ""),
    )  # fmt: skip
