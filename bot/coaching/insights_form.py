"""The five insights check: for each of the article's insights a rating of today's practice, and one example."""

import re
from functools import partial

from bot.coaching.form import Form, Heard, Reading, Step, Talk, Value
from bot.coaching.insights_ending import conclude, rating_of
from bot.coaching.reading import Reader, first_of, free_words, pick, scale, words_of
from bot.coaching.wording import NUMBER_WORDS
from bot.records import Insight
from bot.records.coaching import SKIPPED, Asking, Refused

NUMBERS = (1, 2, 3, 4, 5)
OPTIONS = (
    ("1: not at all", "1"),
    ("2: a little", "2"),
    ("3: sometimes", "3"),
    ("4: often", "4"),
    ("5: it is how I work", "5"),
)
WORDS = {
    "1": ("not at all", "never", "none", "no", "nope", "nothing", "dont", "don't", "very badly", "rubbish", "awful"),
    "2": (
        "a little", "a bit", "little", "rarely", "hardly", "not much", "not really", "not often", "not well",
        "not very well", "not good", "not very", "badly", "poorly", "weak", "seldom", "could be better", "poor",
        "meh", "bad",
    ),
    "3": (
        "sometimes", "somewhat", "so so", "so-so", "average", "middling", "half", "partly", "now and then", "ok",
        "okay", "in the middle", "medium", "not always", "it depends", "kind of", "sort of", "from time to time",
    ),
    "4": ("often", "mostly", "usually", "well", "good", "pretty well", "quite well", "not bad", "regularly", "a lot"),
    "5": (
        "always", "all the time", "very well", "fully", "how i work", "excellent", "every day", "daily", "very good",
        "completely", "absolutely", "totally", "constantly", "definitely",
    ),
}  # fmt: skip
WHOLE = "Please give a whole number from 1 to 5."
EXAMPLE = "That is a number, and here I ask for an example. A few words about one day will do, or **skip** it."
RATING_QUESTION = "How far is that how you work today?"
RATING_WHYS = {
    1: "It shows whether the business's needs lead your week, or the services you happen to have.",
    2: "It shows whether learning has a place in your week, or waits for a quiet one.",
    3: "Much of the work goes through people you do not manage. It shows how much care that gets.",
    4: "It shows whether the team gets your time, or only the reports do.",
    5: "It shows whether you know which kind of work to look for next.",
}
SIDE_BY_SIDE = "The ratings are set side by side and not added up."
EXAMPLE_WHY = "One real example keeps a rating honest, and shows you where to begin. You can skip it."

_OUT_OF_FIVE = re.compile(r"\s*(?:/\s*5|(?:out )?of (?:5|five)|stars?)\b", re.IGNORECASE)
_BETWEEN = re.compile(r"^\D*\d\s*(?:[.,]\d|(?:-|–|or|to|and)\s*\d)|\band a half\b|^\W*-\s*\d", re.IGNORECASE)
_LONE = re.compile(r"(?:[^\W\d]+\W+){0,3}(\d{1,4})(?:\W+[^\W\d]+){0,3}\W*")
"""A number among a few words: "hmm 2 maybe"."""
_RATING_ALONE = re.compile(r"(?:(?:about|maybe|an?|or|to|say|i'?d say|probably)\W+|\d{1,4}(?:/5| of 5| out of 5)?\W*)+")
_NO_EXAMPLE = re.compile(
    r"^(?:no|none|nope|nothing|n/?a|no example|not really|i (?:don'?t|do not) have (?:one|any)|pass|"
    r"(?:i )?(?:can'?t|cannot) think of (?:one|any|anything).*|nothing comes to mind.*|-+)$"
)
_ASKING = re.compile(r"^\W*(?:what|which|who|how|why|when|where|does|is|are|can)\b.*\?\s*$", re.IGNORECASE)


def read_rating(heard: Heard, talk: Talk) -> Reading:
    """Read a rating from 1 to 5, as a number or in words, as a whole number."""
    text = _OUT_OF_FIVE.sub("", heard.text).strip()
    if _ASKING.match(heard.text) or re.search(r"\bexamples?\b", heard.text, re.IGNORECASE):
        return None
    if _BETWEEN.search(text):
        return Refused(WHOLE)
    lone = _LONE.fullmatch(text)
    reading = _NUMBER_OR_WORDS(Heard(lone[1] if lone else text, heard.question), talk)
    return int(reading) if isinstance(reading, str) else reading


_NUMBER_OR_WORDS: Reader = first_of(scale(1, 5), pick(OPTIONS, WORDS))


def read_example(heard: Heard, talk: Talk) -> Reading:
    """Read an example as it was told; "none" passes the question over."""
    if _ASKING.match(heard.text):
        return None
    if _RATING_ALONE.fullmatch(words_of(heard.text)):
        return Refused(EXAMPLE)
    return dict(SKIPPED) if _NO_EXAMPLE.match(words_of(heard.text)) else free_words(heard, talk)


def _insight(talk: Talk, number: int) -> Insight:
    return talk.knowledge.insights[number]


def _ask_rating(number: int, talk: Talk) -> Asking:
    insight = _insight(talk, number)
    text = f"Insight {NUMBER_WORDS[str(number)]}: **{insight.name}**. {insight.summary}\n\n{RATING_QUESTION}"
    return Asking(text, OPTIONS, insight.sources)


def _ask_example(number: int, talk: Talk) -> Asking:
    return Asking(f"{_insight(talk, number).question}\n\nA sentence is enough.")


def _is_rated(number: int, talk: Talk) -> bool:
    return rating_of(talk, number) is not None


def _tell_rating(value: Value, talk: Talk) -> str:
    return f"{value} of 5"


def _steps(number: int) -> tuple[Step, Step]:
    return (
        Step(
            id=f"rating_{number}", ask=partial(_ask_rating, number), read=read_rating, tell=_tell_rating,
            why=f"{RATING_WHYS[number]} {SIDE_BY_SIDE}",
        ),
        Step(
            id=f"example_{number}", ask=partial(_ask_example, number), why=EXAMPLE_WHY, read=read_example,
            needed=partial(_is_rated, number), free=True,
        ),
    )  # fmt: skip


def _open(talk: Talk) -> str:
    return "Five short reflections, one for each of the article's insights: a rating from 1 to 5, and one example."


INSIGHTS_FORM = Form(
    name="insights_form",
    title="five insights check",
    steps=tuple(step for number in NUMBERS for step in _steps(number)),
    opening=_open,
    conclude=conclude,
)
"""Ten questions at most; an example is asked for only where there is a rating."""
