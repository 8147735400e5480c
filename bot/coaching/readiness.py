"""Whether somebody is ready for a job: what its level asks for, and how far that is from where they stand.

Nobody can be told that they are ready from a title. What can be told is the distance, and the list to hold one's own
work against.
"""

import re

from bot.coaching.answer import Answer
from bot.coaching.profile import level_of
from bot.coaching.situation import Situation
from bot.coaching.wording import bullets, reply
from bot.records import Choice, Focus, Level, Question, Role

READY = re.compile(
    r"\bam i (?:really |even |actually |good enough and )*rea?dd?y\b|\bi(?:'?m| am) rea?dd?y for\b.*\?"
    r"|\bwh?at (?:am|would|wud|do|might) i (?:be |still )*(?:missing|lack(?:ing)?|short of)\b",
    re.IGNORECASE,
)
HOLD_AGAINST = (
    "Hold your last year against that list. Where you can tell one example, you have it; where you cannot, that is "
    "what is missing, and the place to begin. Nobody has all of it on the first day."
)
UNKNOWN = "I don't know your work yet, so I can only say what the job asks."
STEPS_UP = {Level.TWO: "admin_to_pmo", Level.THREE: "analyst_to_manager", Level.FOUR: "manager_to_director"}
"""The topic on the step into a level."""


def asks_if_ready(text: str) -> bool:
    """Tell whether somebody asks if they are ready, or what they are missing."""
    return READY.search(text) is not None


def answer_readiness(question: Question, situation: Situation) -> Answer | None:
    """Return what the job asks that somebody has in mind; None where it cannot be told which."""
    knowledge, stands = situation.knowledge, level_of(situation.knowledge, situation.profile)
    role = _job_meant(question, situation)
    level = role.level if role is not None else _level_meant(situation, stands)
    if level is None or (role is None and stands is None):
        return None
    profile, title = knowledge.levels[level], role.title if role is not None else None
    offers: list[str | Choice] = ["skill:check_level", f"level:{int(level)}#certifications", STEPS_UP.get(level, "")]
    made = reply(
        knowledge,
        _distance(title, level, stands),
        f"Level {level.word} asks for:",
        bullets(profile.asks),
        HOLD_AGAINST,
        offers=[offer for offer in offers if offer],
        sources=(*(role.sources if role is not None else ()), *profile.sources),
    )
    focus = Focus("role", role.id, ("asks",)) if role is not None else Focus("level", str(int(level)), ("asks",))
    return Answer(made, focus)


def _job_meant(question: Question, situation: Situation) -> Role | None:
    """Return the role that is asked about: named and not one's own, else what the talk is about."""
    focus, own = situation.focus, situation.profile.role
    named = [role for role in question.values("role") if role != own]
    ids = named or (focus.id.split(",") if focus is not None and focus.kind == "role" else [])
    roles = [situation.knowledge.roles[i] for i in ids if i in situation.knowledge.roles and i != own]
    return max(roles, key=lambda role: role.level or 0, default=None)


def _level_meant(situation: Situation, stands: Level | None) -> Level | None:
    """Return the level that is asked about where no job is: the talk's, if it is another, else the next one up."""
    focus = situation.focus
    if focus is not None and focus.kind == "level" and focus.id and Level(int(focus.id.split(",")[-1])) != stands:
        return Level(int(focus.id.split(",")[-1]))
    return None if stands is None else Level(min(int(stands) + 1, int(Level.FOUR)))


def _distance(title: str | None, level: Level, stands: Level | None) -> str:
    if stands is None:
        return f"**{title}** is usually level {level.word}. {UNKNOWN}"
    what = f"**{title}** is usually level {level.word}," if title else f"The next level for you is level {level.word},"
    if level == stands:
        return f"{what} and that is where you stand by what I know."
    steps = abs(int(level) - int(stands))
    way = "above" if level > stands else "below"
    return f"{what} {Level(steps).word} step{'s' if steps > 1 else ''} {way} level {stands.word}, where you stand."
