"""The qualification check: what to take next, asked about at its length.

Where the person stands, what they hold and since when, where they work, what it is to lead to, how they like to learn,
and how much time there is. What the profile knows is not asked; each question can be skipped, and the conclusion weighs
whatever was answered.
"""

from bot.coaching.form import Form, Step, Talk, Value
from bot.coaching.profile import OWN_LEVELS
from bot.coaching.qualification_ending import conclude
from bot.coaching.qualification_held import NOTHING, UNSURE, held_told, read_held, read_since, undated
from bot.coaching.qualification_reading import (
    REGION_OPTIONS,
    STYLE_OPTIONS,
    WORK_OPTIONS,
    read_goal,
    read_region,
    read_role,
    read_style,
    read_time,
    read_work,
)
from bot.coaching.wishes import GOAL_TITLES, TIME_TITLES
from bot.coaching.wording import joined
from bot.records import Knowledge, Level
from bot.records.coaching import Asking

GOAL_OPTIONS = tuple((title, goal.value) for goal, title in GOAL_TITLES.items())
TIME_OPTIONS = tuple((title, time.value) for time, title in TIME_TITLES.items())


def _opening(talk: Talk) -> str:
    return (
        "A few short questions, and I tell you which qualification comes next, and why. You can skip any of them."
    )  # fmt: skip


def _ask_role(talk: Talk) -> Asking:
    return Asking("What is your job title? You can also pick the work that is nearest to yours.", WORK_OPTIONS)


def _ask_work(talk: Talk) -> Asking:
    role = talk.knowledge.roles.get(str(talk.answer("role")))
    title = role.title if role is not None else "That"
    return Asking(
        f"{title} is a delivery role, outside the PMO levels. Which PMO work do you do, or want to do?",
        WORK_OPTIONS,
        role.sources if role is not None else (),
    )


def _needs_work(talk: Talk) -> bool:
    """Ask for the work where the title alone gives no level."""
    role = talk.knowledge.roles.get(str(talk.answer("role")))
    return role is not None and role.level is None and talk.profile.level is None


def _known_role(talk: Talk) -> Value | None:
    if talk.profile.level is not None:
        return str(int(talk.profile.level))
    return talk.profile.role if talk.profile.role in talk.knowledge.roles else None


def _tell_role(value: Value, talk: Talk) -> str:
    if value in OWN_LEVELS:
        return f"level {Level(int(value)).word}"
    role = talk.knowledge.roles.get(str(value))
    return role.title if role is not None else str(value)


def _ask_held(talk: Talk) -> Asking:
    return Asking("Which certificates do you hold, and since when? Years are enough.", (("Nothing yet", NOTHING),))


def _known_held(talk: Talk) -> Value | None:
    return {c: None for c in talk.profile.held if c in talk.knowledge.certifications} or None


def _tell_held(value: Value, talk: Talk) -> str:
    held = held_told(value, talk.knowledge)
    return joined([_dated(talk.knowledge, c, year) for c, year in held.items()]) if held else "nothing yet"


def _dated(knowledge: Knowledge, certification: str, year: int | None) -> str:
    name = knowledge.certifications[certification].name
    return f"{name} ({year})" if year else name


def _ask_since(talk: Talk) -> Asking:
    names = joined([talk.knowledge.certifications[c].name for c in undated(talk)]) or "it"
    year = talk.today.year
    options = (("This year", str(year)), ("Last year", str(year - 1)), ("I don't know", UNSURE))
    return Asking(f"In which year did you pass {names}?", options)


def _needs_since(talk: Talk) -> bool:
    """Ask for the year where something held is to be renewed and its year is not known."""
    return bool(undated(talk))


def _tell_since(value: Value, talk: Talk) -> str:
    return _tell_held(value, talk) if held_told(value, talk.knowledge) else "the year is not known"


def _title_in(options: tuple[tuple[str, str], ...], value: Value) -> str:
    return next((title for title, other in options if other == value), str(value))


STEPS = (
    Step(
        "role", _ask_role,
        "Certificates are aimed at levels of work, so this weighs most. A title is a good start; the work is better.",
        read_role, known=_known_role, tell=_tell_role, called=("title", "job title", "role", "job"),
    ),
    Step("work", _ask_work, "Your title says little about PMO work, and the work decides what helps you next.",
         read_work, needed=_needs_work, tell=_tell_role),
    Step("held", _ask_held, "I leave out what you hold, and look at what it opens for you.", read_held,
         known=_known_held, tell=_tell_held, overheard=True),
    Step("since", _ask_since, "Some certificates are to be renewed after some years, and others ask for a current one.",
         read_since, needed=_needs_since, tell=_tell_since),
    Step("region", lambda talk: Asking("Where do you work, or want to work?", REGION_OPTIONS),
         "Employers in different countries know different certificates.", read_region,
         known=lambda talk: talk.profile.region, called=("region", "country"),
         tell=lambda value, talk: _title_in(REGION_OPTIONS, value)),
    Step("goal", lambda talk: Asking("What should it lead to? Your own words are welcome.", GOAL_OPTIONS),
         "The same certificate can be right for one aim and a detour for another.", read_goal,
         known=lambda talk: talk.profile.goal, free=True, called=("goal", "aim"),
         tell=lambda value, talk: _title_in(GOAL_OPTIONS, value)),
    Step("preference", lambda talk: Asking("How do you like to learn?", STYLE_OPTIONS),
         "Some certificates teach a framework, others are closer to daily practice.", read_style,
         known=lambda talk: talk.profile.preference, tell=lambda value, talk: _title_in(STYLE_OPTIONS, value)),
    Step("time", lambda talk: Asking("How much time do you have for it?", TIME_OPTIONS),
         "Courses differ in length, and two exams in a row need more time than one.", read_time,
         tell=lambda value, talk: _title_in(TIME_OPTIONS, value), overheard=True),
)  # fmt: skip

QUALIFICATION_FORM = Form("qualification_form", "qualification check", STEPS, _opening, conclude, about_person=True)
"""The qualification check."""
