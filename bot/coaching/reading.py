"""Reading an answer from words: a pick among options, a number on a scale, yes or no, free words.

Every reader takes the message and gives the value, a `Refused` with what would do, or None when the words are no
answer.
"""

import re
from collections.abc import Callable, Mapping, Sequence

from rapidfuzz import fuzz

from bot.coaching.form import Heard, Reading, Talk
from bot.records.coaching import Refused

LONGEST = 500
"""Characters of a free answer that are kept."""
ALIKE = 85
SHORT, ALIKE_SHORT = 7, 78
"""Words of so few letters count as alike from less on: one wrong letter weighs more in them."""
NUMBER_WORDS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_HEDGE = r"(?:about|maybe|around|roughly|probably|like|(?:i(?:'d| would)? )?(?:say|go for|give it))"
_SCALE = re.compile(
    rf"^[^\w-]*(?:{_HEDGE}\s+)*(?:an?\s+)?(-?\d{{1,4}}|{'|'.join(NUMBER_WORDS)})\s*(?:/\s*10|(?:out )?of (?:10|ten))?"
    r"(?:\s+(?:maybe|i think|i guess|or so|probably|ish))?\W*$",
    re.IGNORECASE,
)
Reader = Callable[[Heard, Talk], Reading]


def words_of(text: str) -> str:
    """Return the text in small letters, with its spaces and quotes made alike and its outer marks gone."""
    return re.sub(r"\s+", " ", text.casefold().replace("’", "'")).strip(" .!,;:\"'()")


def pick(options: Sequence[tuple[str, str]], synonyms: Mapping[str, Sequence[str]] | None = None) -> Reader:
    """Read one of the options, (title, value): by its title, its letter ("B, definitely"), its number or a synonym.

    `synonyms` maps a value to other words for it; they are looked for as whole words, the longest first.
    """
    said = sorted(
        ((words_of(word), value) for value, words in (synonyms or {}).items() for word in words),
        key=lambda pair: -len(pair[0]),
    )

    def read(heard: Heard, talk: Talk) -> Reading:
        words = words_of(heard.text)
        if not words:
            return None
        if (near := _nearest(words, options)) is not None:
            return near
        if (number := _number_of(words)) is not None and 1 <= number <= len(options):
            return options[number - 1][1]
        return next((value for word, value in said if re.search(rf"(?<!\w){re.escape(word)}(?!\w)", words)), None)

    return read


def _nearest(words: str, options: Sequence[tuple[str, str]]) -> str | None:
    """Return the value of the option whose title or value is nearly what was said; short words may have one slip."""
    likeness, value = max(
        (fuzz.ratio(words, words_of(said)), value) for title, value in options for said in (title, value)
    )
    return value if likeness >= (ALIKE if len(words) > SHORT else ALIKE_SHORT) else None


def _number_of(words: str) -> int | None:
    """Return the number of an option: "2", "the second one", "option two"."""
    match = re.fullmatch(r"(?:the |number |option |no\.? |#)?(\w+)(?: one| option)?", words)
    if match is None:
        return None
    ordinals = {"first": 1, "1st": 1, "second": 2, "2nd": 2, "third": 3, "3rd": 3, "fourth": 4, "4th": 4, "fifth": 5}
    word = match[1]
    if word.isdecimal() and len(word) < 3:
        return int(word)
    return ordinals.get(word) or (NUMBER_WORDS.index(word) if word in NUMBER_WORDS else None)


def scale(lowest: int = 0, highest: int = 10) -> Reader:
    """Read a whole number of a scale: "7", "about a 6", "eight out of ten"; one out of the scale is refused."""

    def read(heard: Heard, talk: Talk) -> Reading:
        match = _SCALE.match(heard.text.strip())
        if match is None:
            return None
        word = match[1].lower()
        number = NUMBER_WORDS.index(word) if word in NUMBER_WORDS else int(word)
        if lowest <= number <= highest:
            return number
        return Refused(f"Please give a whole number from {lowest} to {highest}.")

    return read


def free_words(heard: Heard, talk: Talk) -> Reading:
    """Read whatever was said, as it was said, to `LONGEST` characters; nothing but marks is no answer."""
    text = re.sub(r"\s+", " ", heard.text).strip()
    if not re.search(r"\w", text):
        return None
    if len(text) > LONGEST:
        return Refused(f"That is more than I can keep. Please say it in at most {LONGEST} characters.")
    return text


def first_of(*readers: Reader) -> Reader:
    """Read with the first reader that finds an answer, or a reason to refuse one."""

    def read(heard: Heard, talk: Talk) -> Reading:
        return next((reading for reader in readers if (reading := reader(heard, talk)) is not None), None)

    return read
