"""Reading the answers of the qualification check: where somebody stands and works, their goal and their time."""

import re
from collections.abc import Mapping, Sequence

from bot.coaching.assess_level import WORK_CHOICES
from bot.coaching.form import Heard, Reading, Talk
from bot.coaching.oneself import claimed_level
from bot.coaching.profile import OWN_LEVELS
from bot.coaching.reading import Reader, free_words, pick
from bot.coaching.wishes import GOAL_TITLES, TIME_TITLES, Time, goal_of
from bot.coaching.wording import NUMBER_WORDS
from bot.records.coaching import Refused

STARTER = "pmo_trainee"
"""The role of somebody who has no PMO job yet."""
OTHER_LADDER = "That ladder numbers its levels differently. Tell me your job title, or pick the work nearest to yours."
UNKNOWN_TITLE = "I do not know that title. Pick the work that is nearest to yours, and we go by that."
_ASKS = re.compile(
    r"\?\s*$|^\W*(?:what|whats|what's|which|who|whos|how|why|when|where|is|are|does|do (?:you|i)|"
    r"can|could|should|tell me)\b|\b(?:compare|difference between)\b",
    re.I,
)
_NO_JOB = re.compile(
    r"\bno (?:pmo )?job\b|\bnot (?:in|got) (?:a )?\w*\s?(?:pmo|job|work)|\bunemployed\b|\bjob ?(?:seek|hunt)|"
    r"\bbetween jobs\b|\blooking (?:for (?:a|my|work)|to get)\b|\bstudent\b|\bgraduate\b|\bcareer chang|"
    r"\bnot working\b|\bnew to (?:it|pmo|this)",
    re.I,
)
_SAYS_TITLE = re.compile(r"^\W*(?:i am|i'm|im|i work as|my (?:job )?title|they call me)\b", re.I)
_HOURS = re.compile(
    rf"\b(\d{{1,2}}|{'|'.join(NUMBER_WORDS.values())}|an?)\s*(?:-|to|or)?\s*(\d{{1,2}})?\s*(?:hours?|hrs?|h)\b", re.I
)
FEW_HOURS, SOON_MONTHS = 3, 3
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_BY_MONTH = re.compile(
    rf"\b(?:by|before|until|in|end of)\s+(?:the\s+)?(?:end of\s+)?({'|'.join(MONTHS)})[a-z]*\b", re.I
)
_TIME_WORDS = {
    Time.SOON: ("asap", "soon", "quickly", "urgent", "this month", "next month", "this quarter", "in a month",
                "deadline", "in two months", "in three months", "within three months", "a few weeks", "fast"),
    Time.COURSE: ("a course", "few days", "one week", "a week off", "days off", "classroom", "two days", "three days",
                  "a week", "bootcamp", "block"),
    Time.LITTLE: ("evenings", "evening", "weekends", "not much", "very little", "little time", "hardly any", "busy",
                  "bits and pieces", "lunch breaks", "barely"),
    Time.PLENTY: ("plenty", "lots", "full time", "a day a week", "loads", "most days", "every day"),
    Time.OPEN: ("no hurry", "no rush", "whenever", "open", "no deadline", "don't mind", "any time", "anytime",
                "not bothered", "next year", "doesn't matter", "flexible"),
}  # fmt: skip


WORK_OPTIONS = tuple((title, str(int(level))) for level, title in WORK_CHOICES.items())
REGION_OPTIONS = (("In the UK", "uk"), ("In the US", "us"), ("Somewhere else", "other"))
STYLE_OPTIONS = (("Hands-on practice", "practice"), ("A framework", "framework"), ("No preference", "either"))


def is_asked(heard: Heard) -> bool:
    """Tell whether the words ask something back rather than answer."""
    return _ASKS.search(heard.text) is not None


def read_role(heard: Heard, talk: Talk) -> Reading:
    """Read a title that is known, or a level of ours by its number or its work."""
    question = heard.question
    if question.values("ladder") and not question.value("work"):
        return Refused(OTHER_LADDER)
    if (level := question.value("work") or claimed_level(question)) in OWN_LEVELS:
        return level
    if is_asked(heard):
        return None
    if (role := question.value("role")) in talk.knowledge.roles:
        return role
    if (work := read_work(heard, talk)) is not None:
        return work
    if _NO_JOB.search(heard.text):
        return STARTER
    return Refused(UNKNOWN_TITLE) if _SAYS_TITLE.match(heard.text) else None


def read_work(heard: Heard, talk: Talk) -> Reading:
    """Read which work somebody does, as an option or as a level of ours."""
    if (level := heard.question.value("work") or claimed_level(heard.question)) in OWN_LEVELS:
        return level
    if is_asked(heard):
        return None
    level = heard.question.value("level")
    return level if level in OWN_LEVELS else pick(WORK_OPTIONS)(heard, talk)


def read_goal(heard: Heard, talk: Talk) -> Reading:
    """Read an option, or the goal in the person's own words; a question is none."""
    if is_asked(heard):
        return None
    picked = pick([(title, goal.value) for goal, title in GOAL_TITLES.items()])(heard, talk)
    if picked is not None:
        return picked
    if _HOURS.search(heard.text) and goal_of(heard.text) is None:
        return None  # it tells the time there is, which is asked later
    topical = heard.question.intent.startswith(("ask_", "compare_")) and goal_of(heard.text) is None
    return None if topical else free_words(heard, talk)


def read_time(heard: Heard, talk: Talk) -> Reading:
    """Read an option, hours a week, or a month by which it is to be done."""
    if is_asked(heard):
        return None
    if match := _HOURS.search(heard.text):
        hours = max(number_of(part) for part in match.groups() if part)
        return (Time.LITTLE if hours <= FEW_HOURS else Time.PLENTY).value
    if match := _BY_MONTH.search(heard.text):
        away = (MONTHS.index(match[1].lower()[:3]) + 1 - talk.today.month) % 12
        return (Time.SOON if away <= SOON_MONTHS else Time.OPEN).value
    words = {time.value: said for time, said in _TIME_WORDS.items()}
    return pick([(title, time.value) for time, title in TIME_TITLES.items()], words)(heard, talk)


def number_of(word: str) -> int:
    """Return the number that a word or a figure means: "two", "a couple", "12"."""
    spoken = {name: int(number) for number, name in NUMBER_WORDS.items()}
    few = {"a": 1, "an": 1, "a couple of": 2, "couple": 2, "a few": 3}
    return int(word) if word.isdigit() else {**spoken, **few}[word.lower()]


def _of_mention(entity: str, options: Sequence[tuple[str, str]], synonyms: Mapping[str, Sequence[str]]) -> Reader:
    """Read what the entity finder found of that kind, else an option; a question is neither."""
    picked = pick(options, synonyms)

    def read(heard: Heard, talk: Talk) -> Reading:
        return None if is_asked(heard) else heard.question.value(entity) or picked(heard, talk)

    return read


read_region = _of_mention("region", REGION_OPTIONS, {
    "uk": ("the uk",), "us": ("the us", "usa"),
    "other": ("elsewhere", "somewhere else", "neither", "abroad", "another country", "eu"),
})  # fmt: skip
"""Read where somebody works."""

read_style = _of_mention("preference", STYLE_OPTIONS, {
    "practice": ("hands on", "hands-on", "practical", "practice", "doing"),
    "framework": ("framework", "theory", "structure", "models"),
    "either": ("both", "either", "no preference", "don't mind", "dont mind", "not bothered", "whatever", "mix"),
})  # fmt: skip
"""Read how somebody likes to learn."""
