"""What a person wishes of a qualification: what it is to lead to, how much time there is, what is old already.

The goal is kept in the profile in the person's own words, or in those of an option; what it means for a ranking is
read from them here. Time and the years of what is held matter for one recommendation only: they are `Wishes`, and
travel in the focus, so that "why?" weighs as the recommendation did.
"""

import re
from dataclasses import dataclass
from enum import Enum

from bot.coaching.entry_rules import course_days, study_fact
from bot.coaching.phrases import running
from bot.records import Certification, CertificationStatus, Confidence, Focus, Level

SHORT_COURSE, LONG_COURSE = 3, 5
"""Days: up to the one a course is short, from the other on it is long."""
FITS, TAKES_LONGER = 2, -2


class Goal(str, Enum):
    """What a qualification is to lead to."""

    FIRST_JOB = "first_job"
    BIGGER = "bigger"
    SET_UP = "set_up"
    ANALYSIS = "analysis"
    RECOGNISED = "recognised"
    MOVE_UP = "move_up"


GOAL_TITLES = {
    Goal.FIRST_JOB: "Get a first PMO job",
    Goal.MOVE_UP: "Move up a level",
    Goal.BIGGER: "Move to programmes or portfolios",
    Goal.SET_UP: "Set up a PMO",
    Goal.ANALYSIS: "Get deeper into analysis",
    Goal.RECOGNISED: "Be recognised for what I do",
}
_GOALS = {
    Goal.SET_UP: r"\bset(?:ting)?[ -]?(?:\w+ )?up\b|\bbuild(?:ing)? (?:\w+ ){0,3}(?:pmo|office)|\bstart(?:ing)? "
    r"(?:up )?(?:a|an|our|my|the) (?:\w+ )?(?:pmo|office)|\bfrom scratch\b|"
    r"\bcreat\w+ (?:a|an|our) (?:\w+ )?(?:pmo|office)",
    Goal.BIGGER: r"\bprogram(?:me)?s?\b|\bportf\w*|\benterprise\b|\bepmo\b|\bbigger\b",
    Goal.FIRST_JOB: r"\bfirst\b.{0,20}\b(?:job|role|post)\b|\bget(?:ting)? in(?:to)?\b|\bbreak(?:ing)? in|\bentry\b|"
    r"\bget(?:ting)? (?:a|any|my) (?:pmo )?job\b|\bfoot in the door\b|\bchang\w+ career|\bcareer chang",
    Goal.ANALYSIS: r"\banaly\w+|\bdata\b|\breport\w*\b|\brisks?\b|\bdeeper\b|\bdeepen\w*\b|\bforecast\w*\b",
    Goal.RECOGNISED: r"\brecogni[sz]\w*|\brespect\w*|\bcredib\w+|\bproof\b|\bprove\b|\bcv\b|\bresume\b|\bstand out\b|"
    r"\bchartered\b|\btaken seriously\b|\bemployers?\b",
    Goal.MOVE_UP: r"\bmov\w+ up\b|\bpromot\w+|\bstep up\b|\bnext level\b|\bhigher\b|\bsenior\b|\bmanag\w+\b|"
    r"\blead\w*\b|\bdirector\b|\bhead of\b|\bup\b|\bprogress\b|\blevel (?:two|three|four|[234])\b|\badvance\b|"
    r"\bclimb\w*",
}


class Time(str, Enum):
    """How much time there is to learn."""

    LITTLE = "little"
    PLENTY = "plenty"
    COURSE = "course"
    SOON = "soon"
    OPEN = "open"


TIME_TITLES = {
    Time.LITTLE: "Up to three hours a week",
    Time.PLENTY: "More than three hours a week",
    Time.COURSE: "A few days for a course",
    Time.SOON: "It has to be within three months",
    Time.OPEN: "No hurry",
}


@dataclass(frozen=True)
class Wishes:
    """The time there is, the year in which each certification was got where it was told, and this year."""

    time: Time | None = None
    since: tuple[tuple[str, int], ...] = ()
    year: int | None = None

    def got(self, certification: str) -> int | None:
        """Return the year in which the person got it, where that was told."""
        return dict(self.since).get(certification)

    def facets(self) -> tuple[str, ...]:
        """Return the wishes as facets of a focus."""
        time = [f"time:{self.time.value}"] if self.time else []
        year = [f"year:{self.year}"] if self.year else []
        return (*time, *year, *(f"since:{certification}:{got}" for certification, got in self.since))


def wishes_in_focus(focus: Focus | None) -> Wishes:
    """Return the wishes that a focus on the next qualification carries."""
    if focus is None or focus.kind != "next_qualification":
        return Wishes()
    told = [facet.split(":") for facet in focus.facets if ":" in facet]
    times = [Time(parts[1]) for parts in told if parts[0] == "time"]
    years = [int(parts[1]) for parts in told if parts[0] == "year"]
    since = tuple((parts[1], int(parts[2])) for parts in told if parts[0] == "since")
    return Wishes(times[0] if times else None, since, years[0] if years else None)


def goal_of(words: str | None) -> Goal | None:
    """Return what a goal, in the person's words or an option's, means for a ranking."""
    if not words:
        return None
    said = words.casefold().strip()
    for goal, title in GOAL_TITLES.items():
        if said in (goal.value, title.casefold()):
            return goal
    return next((goal for goal, pattern in _GOALS.items() if re.search(pattern, said)), None)


def goal_reason(certification: Certification, words: str | None, level: Level) -> str | None:
    """Say how a certification serves the goal, or None where it does not."""
    goal = goal_of(words)
    best, ahead = certification.levels[0], min(int(level) + 1, 4)
    if goal is Goal.FIRST_JOB and best is Level.ONE and certification.about == "pmo":
        return "It is meant for people who start out, as you do."
    if goal is Goal.MOVE_UP and int(best) == ahead > int(level):
        return "That is the step up you want."
    if goal is Goal.BIGGER and certification.about in _bigger(words or ""):
        return f"You want to work on {certification.about}s, and that is its subject."
    if goal is Goal.SET_UP and re.search(r"\bset(?:ting)? up\b", certification.summary):
        return "Setting up a PMO, which you want, is part of it."
    if goal is Goal.ANALYSIS and (certification.grade == "analyst" or certification.about in ("risk", "business_case")):
        return "It takes you deeper into analysis, as you wish."
    if goal is Goal.RECOGNISED and _well_known(certification):
        return "It is well documented, so an employer can look it up."
    return None


def time_reason(certification: Certification, time: Time | None) -> tuple[int, str | None, str | None]:
    """Return the points for the time it takes, with a reason for it or a caution against it."""
    if time is None:
        return (0, None, None)
    fact, days = study_fact(certification), course_days(certification)
    if time not in (Time.LITTLE, Time.COURSE, Time.SOON) or fact is None or days is None:
        unknown = f"I do not know how long it takes; ask {certification.ask}." if time is Time.COURSE else None
        return (0, None, unknown if fact is None else None)
    said = running(re.split(r"[;.]", fact.value or "")[0])
    if days <= SHORT_COURSE:
        return (FITS, f"It fits your time: {said}.", None)
    return (TAKES_LONGER if days >= LONG_COURSE else 0, None, f"It may take more time than you have: {said}.")


def haste_caution(certification: Certification, time: Time | None, exams: int) -> str | None:
    """Say what makes a date within three months, or few hours a week, hard to keep."""
    if exams > 1 and time in (Time.SOON, Time.LITTLE):
        return "It comes after another exam, which is much for the time you have."
    if time is Time.SOON and "panel" in certification.summary:
        return "A panel looks at your experience first, so three months may be short."
    return None


def _bigger(words: str) -> tuple[str, ...]:
    """Return whether programmes or portfolios are meant; both, where the words name both or neither."""
    said = words.casefold()
    named = [about for about, part in {"programme": "program", "portfolio": "portf"}.items() if part in said]
    if re.search(r"\benterprise\b|\bepmo\b", said) and not named:
        return ("portfolio",)
    return tuple(named) or ("programme", "portfolio")


def _well_known(certification: Certification) -> bool:
    offered = certification.status in (CertificationStatus.CURRENT, CertificationStatus.RENAMED)
    return offered and certification.confidence is Confidence.HIGH
