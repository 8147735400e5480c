"""Reading an answer of the builder or grower sheet from words, as a place on its scale.

How far somebody agrees: "mostly agree", "kinda", "not at all". Which of two they choose: "B, definitely", "rather the
first", or words of the one they mean. A plain "agree" or "A" is not the strong answer: that takes a strong word.
"""

import re
from collections.abc import Sequence
from itertools import pairwise

from rapidfuzz import fuzz, process

from bot.coaching.builder_grower_items import ItemTalk
from bot.coaching.form import Reading
from bot.coaching.form_words import is_unsure
from bot.coaching.reading import NUMBER_WORDS, words_of
from bot.records import QuestionnaireItem
from bot.records.coaching import Refused

LONGEST = 30
"""Words of an answer; more is a story, and not read as one."""
SLIP = 82
SHORTEST_SLIP = 5
"""Letters from which on a word is taken for a known one that it nearly is."""
STRONG = frozenset(
    "strongly strong totally completely absolutely definitely def defo deffo fully very really entirely clearly "
    "certainly obviously always 100% hundred percent extremely hugely utterly much course sure hell hard".split()
)
MILD = frozenset(
    "mostly kinda sorta somewhat bit little slightly tend rather partly partially guess suppose probably maybe perhaps "
    "quite largely fairly mainly reckon lean leaning more less generally usually extent broadly kind sort".split()
)
NOT = frozenset("not no don't dont doesn't doesnt isn't isnt wouldn't wouldnt can't cant cannot never didn't".split())
YES = frozenset("yes y yep yeah yea yup ye aye true right correct exactly love me likely indeed".split())
NO = frozenset("no n nope nah false wrong hardly barely rarely hate never nay unlikely doubt".split())
AGREE = frozenset({"agree", "agreed", "agrees", "agreeing", "agre", "agee", "aggre"})
DISAGREE = frozenset({"disagree", "disagreed", "disagre"})
KNOWN = sorted(word for word in STRONG | MILD | AGREE | DISAGREE | {"neither", "neutral", "second"} if len(word) > 4)
_FILLING = frozenset(
    "i i'd i'm i'll id im would say think that that's thats this it it's its is of the a an so um er well hmm ok okay "
    "with to go going for on and my answer be am do feel me us please just at all like statement one option choice "
    "choose pick take prefer want some or honestly actually tbh oh probs can could there in by far see".split()
)
_ASKING = re.compile(
    r"^(?:what|whats|what's|which|who|how|why|when|where|tell me|explain|define|"
    r"(?:is|are|do|does|did|can|could|should|would|will) (?:i|you|it|this|that|there|they|we|the|an?|p3o|pmos?))\b"
)
_MIDDLE = re.compile(
    r"\b(?:neither|neutral|undecided|indifferent|in ?between|(?:in )?the middle|50[ /-]*50|fifty[ -]fifty|"
    r"(?:it )?depends|both|either(?: way)?|yes and no|no (?:strong )?(?:opinion|preference|feelings?)|meh|so[ -]so|"
    r"(?:don'?t|do not) (?:mind|care)|can'?t (?:decide|choose)|equal(?:ly)?|sometimes|mixed|half)\b"
)
_MORE_THAN_ALL = re.compile(r"\b(?:couldn'?t|could not|can'?t|cannot) (agree|disagree) more\b")
_OUTRIGHT_NOT = re.compile(
    r"\bnot (?:at all|in the (?:slightest|least)|remotely)\b|\bno way\b|\b(?:definitely|absolutely|totally|certainly|"
    r"really really) not\b|\bat all$|\bfar from (?:it|true)\b|\bhate\b|\bopposite\b|\bhell no\b|\bnever\b"
)
_MARK = re.compile(r"^(?:about |around |maybe |an? )*(\d+|[a-z]+) ?(?:(?:/|out of|of) ?(?:5|five))?$")
_ONE_OF_TWO = re.compile(r"(?:(?:rather|definitely|option) )*(?:a|b)(?: (?:definitely|def|i think|for sure))?")
_FIRST, _SECOND = frozenset({"a", "first", "1st", "former"}), frozenset({"b", "second", "2nd", "latter"})
_OVER = frozenset({"over", "than", "not", "instead"})
NO_MIDDLE = "Here one has to be nearer. Say **rather A** or **rather B**, or **skip** it."
LETTERS_HERE = "This one is a choice of two. Please say **A** or **B**; add **definitely** if you are sure."
AGREE_HERE = "There is no A or B in this one: say how far you agree, from **strongly disagree** to **strongly agree**."
NO_NUMBERS = "Please say **A** or **B** here; add **definitely** if you are sure."


def read_agreement(text: str) -> Reading:
    """Return how far the words agree, from 1, not at all, to 5; None when they do not say."""
    words = _mended(text)
    if not words or _is_no_answer(words):
        return None
    if (mark := _marked(words)) is not None:
        return mark if 1 <= mark <= 5 else Refused("Please give a whole number from 1 to 5, where 5 agrees most.")
    return Refused(AGREE_HERE) if _is_letter_alone(words) else _agreement(words)


def read_choice(text: str, item: QuestionnaireItem, talk: ItemTalk) -> Reading:
    """Return which is chosen, from 1, definitely A, to 4, definitely B; None when the words do not say."""
    words = _mended(text)
    if not words or _is_no_answer(words):
        return None
    if re.search(r"\d", words) and _MARK.match(words.strip("# ")):
        return Refused(NO_NUMBERS)
    side = _letter(words) or _named(words, item, talk)
    if side is None:
        if set(words.split()) & (AGREE | DISAGREE):
            return Refused(LETTERS_HERE)
        return Refused(NO_MIDDLE) if _MIDDLE.search(words) and len(words.split()) < 8 else None
    repeated = _telling(item.option_a) | _telling(item.option_b)
    sure = _is_strong([word for word in words.split() if word not in repeated])
    return (1 if sure else 2) if side == "A" else (4 if sure else 3)


def _mended(text: str) -> str:
    """Return the words with slips of the known ones mended; nothing of what is too long for an answer."""
    found = re.findall(r"[\w%'/-]+", words_of(text).replace("100 %", "100%"))
    return " ".join(map(_known, found)) if len(found) <= LONGEST else ""


def _known(word: str) -> str:
    if len(word) < SHORTEST_SLIP or word in KNOWN:
        return word
    near = process.extractOne(word, KNOWN, scorer=fuzz.ratio, score_cutoff=SLIP)
    return str(near[0]) if near else word


def _is_no_answer(words: str) -> bool:
    """Tell whether the words ask something, or say no more than that one does not know."""
    return _ASKING.match(words) is not None or is_unsure(words) or words.endswith("not sure")


def _marked(words: str) -> int | None:
    """Return the number that the words give, as "4", "4 out of 5" or "four"."""
    match = _MARK.match(words)
    if match is None:
        return None
    if match[1].isdigit():
        return int(match[1])
    return NUMBER_WORDS.index(match[1]) if match[1] in NUMBER_WORDS else None


def _agreement(words: str) -> int | None:
    if match := _MORE_THAN_ALL.search(words):
        return 5 if match[1] == "agree" else 1
    if _MIDDLE.search(words) and not (set(words.split()) & (AGREE | DISAGREE) and "neither" not in words):
        return 3
    direction = _direction(words.split())
    if direction == 0:
        return None
    if direction < 0 and _OUTRIGHT_NOT.search(words):
        return 1
    strong = _is_strong(words.split()) and not (direction < 0 and _denies_strength(words))
    return 3 + direction * (2 if strong else 1)


def _direction(words: Sequence[str]) -> int:
    """Return 1 for words that agree, -1 for those that do not, 0 where they do not say."""
    for place, word in enumerate(words):
        if word in AGREE | DISAGREE:
            denied = bool(NOT & set(words[max(0, place - 3) : place]))
            return (-1 if word in DISAGREE else 1) * (-1 if denied else 1)
    leading = [word for word in words if word not in _FILLING - {"me"}]
    if not leading:
        return 0
    if (NO | NOT) & set(leading[:2]) or "not" in leading[:3]:
        return -1 if _says_no_more(leading) or leading[0] in NO else 0
    if leading[0] in YES or (len(leading) < 4 and leading[-1] in YES):
        return 1
    return 1 if _says_no_more(leading) else 0


def _says_no_more(words: Sequence[str]) -> bool:
    """Tell whether there is nothing but words of degree, yes and no."""
    return all(word in STRONG | MILD | NOT | YES | NO | _FILLING for word in words)


def _is_strong(words: Sequence[str]) -> bool:
    """Tell whether the words are strong and nothing softens them."""
    return bool(STRONG & set(words)) and not MILD & set(words)


def _denies_strength(words: str) -> bool:
    """Tell whether it is the strong word that is denied: "not strongly", "don't totally agree"."""
    kept = [word for word in words.split() if word not in _FILLING]
    return any(first in NOT and second in STRONG for first, second in pairwise(kept))


def _is_letter_alone(words: str) -> bool:
    """Tell whether the words choose between two things, where there are none: "B, definitely"."""
    return _ONE_OF_TWO.fullmatch(words) is not None


def _letter(words: str) -> str | None:
    """Return A or B where the words say just that, by letter or by place."""
    kept = [word for word in words.split() if word in _FIRST | _SECOND | _OVER or word not in _FILLING | STRONG | MILD]
    sides = ["A" if word in _FIRST else "B" for word in kept if word in _FIRST | _SECOND]
    if not sides or any(word not in _FIRST | _SECOND | _OVER for word in kept):
        return None
    if kept[0] == "not" and len(sides) == 1:
        return "B" if sides[0] == "A" else "A"
    return sides[0] if len(set(sides)) == 1 or _OVER & set(kept) else None


def _named(words: str, item: QuestionnaireItem, talk: ItemTalk) -> str | None:
    """Return the option that the words name by what it says; None where they name neither, or both alike."""
    first, second = _telling(item.option_a), _telling(item.option_b)
    said = [word for word in words.split() if word not in _FILLING | STRONG | MILD]
    for_first = sum(_is_among(word, (first - second) | {*talk.first_words}) for word in said)
    for_second = sum(_is_among(word, (second - first) | {*talk.second_words}) for word in said)
    if for_first == for_second:
        return None
    return "A" if for_first > for_second else "B"


def _telling(option: str | None) -> set[str]:
    return {word for word in re.findall(r"[\w']+", (option or "").casefold()) if len(word) > 2} - _FILLING


def _is_among(word: str, known: set[str]) -> bool:
    return any(word == each or (len(word) > 3 and fuzz.ratio(word, each) >= SLIP) for each in known)
