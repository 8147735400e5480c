"""The plan: goal, reality, options, and one action with its moment and its date (GROW), each question skippable."""

import re
from datetime import date
from functools import partial

from bot.coaching.dates import is_date, is_deadline, read_date
from bot.coaching.days import MONTHS, day_in_words
from bot.coaching.form import Form, Heard, Reading, Step, Talk, Value
from bot.coaching.plan_ending import ENOUGH, conclude, day_of, number_of, text_of, ways_named
from bot.coaching.reading import Reader, free_words, pick, scale
from bot.records.coaching import Asking, Refused

RATINGS = tuple((str(number), str(number)) for number in (10, 9, 8, 7, 6, 5, 3))
OFFERED_DAYS = (("In a week", "in a week"), ("In two weeks", "in two weeks"), ("In a month", "in a month"))
LONGEST_OFFER, MOST_OFFERED = 40, 4
_ONE_DAY = re.compile(r"\b(?:today|tonight|tomorrow|tmrw)\b", re.IGNORECASE)
_MANY_DAYS = re.compile(r"\b(?:every|each|most|any|daily|weekly)\b", re.IGNORECASE)
_BARE_YES = re.compile(
    r"\W*(?:(?:yes|yeah|yea|yep|yup|ye|ok|okay|k|sure|fine|right|please|pls|thanks|thank you|go on|go ahead|"
    r"let'?s go)\W*){1,3}",
    re.IGNORECASE,
)
_BEGUN = r"(?:h+m+|u+m+|e+r+m*|u+h+|o+h|well|wait|hang on|hold on|actual+y|no+|nope|nah|sorry|let me think|lol|haha)\b"
_NOTHING_YET = re.compile(rf"\W*(?:{_BEGUN}\W*){{1,4}}", re.IGNORECASE)
"""What people say before they say something; alone, it is neither an aim nor a moment."""
_CHANGE_IT = re.compile(
    rf"(?:\W*{_BEGUN}\W+)*\W*(?:(?:can|could) (?:i|we|you) |i want to |please )?"
    r"(?:change|edit|redo|alter) (?:it|that|this|my (?:plan|answers?|mind)|the plan)\W*(?:please|pls|now)?\W*"
    r"|.{0,20}\bchanged my mind\b.*",
    re.IGNORECASE,
)
WHAT_CHANGES = "Gladly: say “change answer 1 to …”, or **back** for the question before."
NOT_YET = "Take your time. A few words are enough, or **skip** it."
_ISH = re.compile(r"(?<=\d)(?:ish|th|st|nd|rd)\b", re.IGNORECASE)
_BARE_DAY = re.compile(r"\s*(?:by |in |on )?(3[01]|[12]\d|[1-9])[\s.!?]*", re.IGNORECASE)
READ = Refused("I keep 500 characters of an answer. Please say it more briefly.")


def read_words(heard: Heard, talk: Talk) -> Reading:
    """Read the person's own words, as far as there is room for them."""
    if _CHANGE_IT.fullmatch(heard.text):
        return Refused(WHAT_CHANGES)
    if _NOTHING_YET.fullmatch(heard.text):
        return Refused(NOT_YET)
    reading = free_words(heard, talk)
    return READ if isinstance(reading, Refused) else reading


def read_aim(heard: Heard, talk: Talk) -> Reading:
    """Read words that say what somebody wants or does; a date or a number alone says neither."""
    begun = _NOTHING_YET.match(heard.text)
    if is_date(heard.text[begun.end() if begun else 0 :], talk.today):
        return Refused("That is a date, and we come to dates in a moment. Say this one in words first, or **skip** it.")
    if re.search(r"\d", heard.text) and not re.search(r"[^\W\d_]{2}", _ISH.sub("", heard.text)):
        return Refused("I need a few words here rather than a number. Say it in your own way, or **skip** it.")
    if _BARE_YES.fullmatch(heard.text):
        return Refused("Gladly, but to what? Say it in a few words of your own, or **skip** it.")
    return read_words(heard, talk)


def read_moment(heard: Heard, talk: Talk) -> Reading:
    """Read the moment that sets the action off; "yes" is none."""
    if _BARE_YES.fullmatch(heard.text):
        return Refused("Gladly, but when? Name what happens just before it, or **skip** it.")
    return read_words(heard, talk)


def read_action(heard: Heard, talk: Talk) -> Reading:
    """Read an action: one of the ways that were named, by its number, or words of one's own."""
    options = _ask_action(talk).options
    by_number = pick(options)(heard, talk) if options else None
    return by_number if isinstance(by_number, str) else read_aim(heard, talk)


def read_day(heard: Heard, talk: Talk) -> Reading:
    """Read a day, kept as an ISO date."""
    found = read_date(heard.text, talk.today)
    if found is None and (bare := _BARE_DAY.fullmatch(heard.text)) and talk.answers.get("due") is None:
        return Refused(
            f"In {bare[1]} days, or on day {bare[1]} of a month? Say “in {bare[1]} days”, or the day and its month."
        )
    return found if found is None or isinstance(found, Refused) else found.isoformat()


def day_options(talk: Talk) -> tuple[tuple[str, str], ...]:
    """Return days to pick from, each with its date, so that a button pressed later means what it said."""
    found = ((title, read_date(words, talk.today)) for title, words in OFFERED_DAYS)
    return tuple(
        (f"{title} ({day.day} {MONTHS[day.month - 1]})", day.isoformat())
        for title, day in found
        if day is not None and not isinstance(day, Refused)
    )


def tell_day(value: Value, talk: Talk) -> str:
    """Say a day back in full."""
    day = day_of(value)
    return day_in_words(day) if day else str(value)


def _open(talk: Talk) -> str:
    return "From a goal to one action with a date. You can skip any question; the action matters most."


def _ask(text: str, talk: Talk) -> Asking:
    return Asking(text)


def _ask_goal(talk: Talk) -> Asking:
    """Ask for the goal, and offer what the person wants already."""
    known = talk.profile.goal
    names = [talk.knowledge.certifications[c].name for c in talk.profile.wanted if c in talk.knowledge.certifications]
    wanted = [*([known] if known else []), *(f"Take {name}" for name in names[:3])]
    options = tuple((each, each) for each in dict.fromkeys(wanted) if len(each) <= 40)
    return Asking("What do you want to reach, in your work or your career?", options)


def _ask_action(talk: Talk) -> Asking:
    """Ask for the action, and offer the ways that were named, which are whose to choose from."""
    named = [way[:1].upper() + way[1:] for way in ways_named(talk) if len(way) <= LONGEST_OFFER]
    return Asking(
        "What will you do? Name one action, small enough to begin soon: “book …”, “ask …”, “write …”.",
        tuple((way, way) for way in dict.fromkeys(named))[:MOST_OFFERED],
    )


def _known_day(talk: Talk) -> Value | None:
    """Return the day that the action or the moment has in it: "call Ann by Friday" is not asked about again."""
    action, when = text_of(talk, "action"), text_of(talk, "when")
    if action is not None and not _MANY_DAYS.search(action) and (found := _iso(read_date(action, talk.today))):
        return found
    if when is not None and is_deadline(when, talk.today):
        return _iso(read_date(when, talk.today))
    day = _ONE_DAY.search(when) if when is not None and not _MANY_DAYS.search(when) else None
    return None if day is None else _iso(read_date(day[0], talk.today))


def _iso(found: date | Refused | None) -> str | None:
    return found.isoformat() if isinstance(found, date) else None


def _ask_day(talk: Talk) -> Asking:
    return Asking("By when? Say it as you like: “by Friday”, “in two weeks”, “31 January”.", day_options(talk))


def _ask_rating(text: str, talk: Talk) -> Asking:
    return Asking(text, RATINGS)


def _ask_smaller(talk: Talk) -> Asking:
    unsure = [name for name in ("realistic", "committed") if _is_low(talk, name)]
    rated = " and ".join(f"{number_of(talk, name)} for {name}" for name in unsure)
    return Asking(f"{rated.capitalize()}: what would make it an 8? A smaller action, a later date, some help?")


def _is_low(talk: Talk, step: str) -> bool:
    rating = number_of(talk, step)
    return rating is not None and rating < ENOUGH


def _needs_smaller(talk: Talk) -> bool:
    return _is_low(talk, "realistic") or _is_low(talk, "committed")


def _has_action(talk: Talk) -> bool:
    """Tell whether there can still be an action to time, to date and to rate."""
    return talk.answers.get("action") is None or text_of(talk, "action") is not None


def _tell_rating(value: Value, talk: Talk) -> str:
    return f"{value} of 10"


def _words(id: str, text: str, why: str, *, read: Reader = read_words, nudge: str | None = None) -> Step:
    return Step(id=id, ask=partial(_ask, text), why=why, read=read, free=True, nudge=nudge)


def _rating(id: str, text: str, why: str) -> Step:
    return Step(
        id=id, ask=partial(_ask_rating, text), why=why, read=scale(), needed=_has_action, tell=_tell_rating
    )  # fmt: skip


PLAN_FORM = Form(
    name="plan_form",
    title="plan",
    steps=(
        Step(
            id="goal", ask=_ask_goal, read=read_aim, free=True, called=("goal", "aim", "target"),
            nudge="Then begin with what should be different in half a year: a task, a skill, a title. Or say **skip**.",
            why="A plan without a goal is a list of chores. The goal tells whether the action is the right one.",
        ),
        _words(
            "reality", "Where do you stand with it today? What have you tried, what is in the way?",
            "The next step begins where you are, so it helps to say where that is.", read=read_aim,
        ),
        _words(
            "options", "What could you do about it? Name two or three ways, with commas between them.",
            "The first idea is seldom the only one. With a few on the table, you can choose.",
            read=read_aim,
            nudge="What would you advise a colleague to try? What helped the last time you were stuck? Or **skip**.",
        ),
        Step(
            id="action", ask=_ask_action, read=read_action, free=True, called=("action", "step", "task"),
            nudge="Take the smallest: what could you do in half an hour this week? A try is enough, or say **skip**.",
            why="One action that you can begin soon is what a plan comes down to.",
        ),
        Step(
            id="when", ask=partial(_ask, "What sets it off? Name a moment: “when I get to work”, “after lunch”."),
            read=read_moment, free=True, needed=_has_action, called=("moment", "trigger", "cue"),
            why="A plan tied to a moment, “when this happens, I will do that”, is easier to remember than a wish.",
        ),
        Step(
            id="due", ask=_ask_day, read=read_day, needed=_has_action, known=_known_day, tell=tell_day, said_back=True,
            called=("date", "day", "deadline"),
            why="With a date, we can both look back and see how it went.",
        ),
        _rating(
            "realistic", "How realistic is that, from 0 (not at all) to 10 (certain)?",
            "A low number is useful: it says that the action should be smaller, before you set out.",
        ),
        _rating(
            "committed", "And how committed are you to it, from 0 to 10?",
            "You may be able to do it and still not want to. Better to know that now.",
        ),
        Step(
            id="smaller", ask=_ask_smaller, read=read_words, free=True, needed=_needs_smaller,
            why="Below 7, I ask once more. That is a rule of my own, to find the smaller step in time.",
        ),
    ),
    opening=_open,
    conclude=conclude,
    recapped_by=frozenset({"ask_plan", "report_progress", "make_plan"}),
)  # fmt: skip
