"""Corrections in a form: which earlier answer the words change, and to what."""

import re
from collections.abc import Iterator
from dataclasses import replace

from bot.coaching.form import Form, Heard, Step, Talk, Value
from bot.coaching.form_words import is_changing, is_correcting
from bot.coaching.reading import NUMBER_WORDS
from bot.records.coaching import SKIPPED, Refused

MOST_WORDS = 4
"""Words of a new answer that "actually" or "no" alone brings; more is a story: "actually, I do train the newcomers"."""
_WORDS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth")
_NUMBERS = {
    **{word: number for number, word in enumerate(_WORDS, start=1)},
    **{word: number for number, word in enumerate(NUMBER_WORDS) if number},
}
_NUMBERED = re.compile(
    rf"\b(?:question|number|answer|no\.?|q)\s*#?(\d{{1,2}}|{'|'.join(_NUMBERS)})\b|"
    rf"\bthe\s+({'|'.join(_WORDS)}|\dth|1st|2nd|3rd)(?:\s+(?:one|question|answer))?\b",
    re.IGNORECASE,
)
_BY_NUMBER = re.compile(r"\b(?:question|answer)\s*#?\d+\b", re.IGNORECASE)
_LAST = re.compile(r"\b(?:(?:the |my )?(?:last|previous) (?:one|question|answer)|the one before|before that)\b", re.I)
_MARKS = re.compile(
    r"^\W*(?:actually|sorry|oops|no|wait|hang on|correction|please|pls|can you|could you|i need to|i want to|"
    r"let me|change|my|answer|for|on|to|that|it|should be|should have been|was|is|make|a|mistake|"
    r"i made a mistake|scratch|i said|i meant|i mean|typo)\b[\s,:;.-]*",
    re.IGNORECASE,
)
_NEW = re.compile(
    r"^.*\b(?:it's|its|it is|should be|should have been|make (?:it|that)|i meant|i mean|but|to|now|rather|instead)\b"
    r"[\s,:]*",
    re.IGNORECASE,
)


def changes_numbered(text: str) -> bool:
    """Tell whether the words change an answer by the number of its question: "change answer 5 to B"."""
    return is_correcting(text) and _BY_NUMBER.search(text) is not None


def corrected(form: Form, talk: Talk, current: Step | None, heard: Heard) -> tuple[Step, Value | Refused] | None:
    """Return the question whose answer the words change, and the new answer; None when they correct nothing."""
    if not (is_correcting(heard.text) or is_changing(heard.text) or heard.question.intent == "correct_reading"):
        return None
    told = is_correcting(heard.text) or heard.question.intent == "correct_reading"
    answered = [step for step in form.steps if step is not current and talk.answers.get(step.id) is not None]
    named = _named(form, talk, heard.text, answered)
    if named is None and _BY_NUMBER.search(heard.text):
        return None  # no answer has that number, and none other is meant
    for step in [named] if named else [step for step in reversed(answered) if not step.free]:
        for words in _new_words(heard.text):
            value = step.read(replace(heard, text=words), talk)
            if value is None or value == talk.answers.get(step.id):
                continue
            if told or named or (len(words.split()) <= MOST_WORDS and not isinstance(value, Refused)):
                return step, value
    return None


def _named(form: Form, talk: Talk, text: str, answered: list[Step]) -> Step | None:
    """Return the answered question that the words name: by its number, by what its answer is called, or as the last."""
    if match := _NUMBERED.search(text):
        word = (match[1] or match[2]).lower()
        number = _NUMBERS.get(word) or int(re.sub(r"\D", "", word) or 0)
        shown = [step for step in form.steps if step.needed(talk) or talk.answers.get(step.id) is not None]
        return shown[number - 1] if 0 < number <= len(shown) and shown[number - 1] in answered else None
    for step in answered:
        words = "|".join(map(re.escape, step.called))
        if words and re.search(rf"\b(?:the|my|that)\s+(?:{words})\b", text, re.IGNORECASE):
            return step
    if _LAST.search(text):
        return next((step for step in reversed(answered) if talk.answers[step.id] != SKIPPED), None)
    return None


def _new_words(text: str) -> Iterator[str]:
    """Yield what may be the new answer: what follows "it's" or "should be", else all but the marks of a correction."""
    rest = _LAST.sub(" ", _NUMBERED.sub(" ", text.replace("’", "'"))).strip()
    if match := _NEW.match(rest):
        yield rest[match.end() :].strip(" ,.")
    while (shorter := _MARKS.sub("", rest, count=1).strip()) not in (rest, ""):  # the "no" of "actually, no" is kept
        rest = shorter
    yield re.sub(r"\b(?:on|for|to|in|at)\s*$", "", rest).strip(" ,.")
