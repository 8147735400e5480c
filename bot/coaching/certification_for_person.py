"""What a certification is to this person: too early or not, seen where they live, doubted as a product."""

import re
from dataclasses import replace

from bot.coaching.answer import Answer
from bot.coaching.profile import level_of
from bot.coaching.situation import Situation
from bot.records import Certification, Level, Question

LONGEST_CODE = 3
"""Letters of the longest name of a country that is written in capitals."""
COUNTRIES = {
    **dict.fromkeys(("uk", "u k", "gb", "british", "united kingdom"), "the UK"),
    **dict.fromkeys(
        ("us", "u s", "usa", "in the us", "us based", "america", "american", "states", "united states"), "the US"
    ),
    "middle east": "the Middle East",
}
"""Names of places that are not said as they are typed, with a capital."""
FAIR_DOUBT = "A fair doubt: somebody earns on every exam, and I earn nothing by yours."
_FOR_ME = re.compile(r"\b(?:for me|am i|i'?m|too (?:early|soon|advanced|basic)|ready)\b", re.IGNORECASE)
NEEDED = "Needed, no: I know of no rule that makes it a must for PMO work. An advert can ask for it all the same."
_DO_I_NEED = re.compile(
    r"\b(?:(?:do|would|will|must|should) (?:i|you|we) (?:really |actually |even |still )*(?:ne+a?d|have to have|have)|"
    r"(?:have|need) to have|(?:is|are)) (?:an? |the )?$",
    re.IGNORECASE,
)
_IS_NEEDED = re.compile(
    r"^\W*(?:really |actually |even )?(?:necessary|needed|required|a must|essential|mandatory)\b", re.IGNORECASE
)
_FOR_ANOTHER = re.compile(r"\b(?:before|first|for (?:p3o|msp|practitioner|the))\b", re.IGNORECASE)
_A_RACKET = re.compile(
    r"\b(?:money[ -]?(?:grab|spinner|maker|making)|cash (?:grab|cow)|scam|con|rip ?off|racket|"
    r"waste of (?:money|time))\b",
    re.IGNORECASE,
)


def asks_if_needed(question: Question) -> bool:
    """Tell whether somebody asks whether a certification is a must: "do I need PRINCE2?", and not what it asks for."""
    named = [mention for mention in question.mentions if mention.entity == "certification"]
    if len({mention.value for mention in named}) != 1 or _FOR_ANOTHER.search(question.text):
        return False
    before, after = question.text[: named[0].start], question.text[named[0].end :]
    asked = _DO_I_NEED.search(before)
    return asked is not None and (not asked[0].lower().startswith(("is", "are")) or _IS_NEEDED.match(after) is not None)


def answer_for_person(answer: Answer, question: Question, situation: Situation, named: Certification) -> Answer:
    """Return the answer with what it means for the person who asks, where that is asked and known."""
    if answer.reply is None:
        return answer
    facets, text = question.values("facet"), answer.reply.text
    if "audience" in facets and _FOR_ME.search(question.text) and (placed := _placed(situation, named)):
        text = f"{placed}\n\n{text}"
    if asks_if_needed(question):
        text = f"{NEEDED}\n\n{text}"
    if "worth" in facets and _A_RACKET.search(question.text):
        text = f"{FAIR_DOUBT}\n\n{text}"
    if "worth" in facets and (place := next((m.text for m in question.mentions if m.entity == "region"), "")):
        text = f"{text}\n\nHow it is seen in {_named(place)} in particular, I found nowhere that I could cite."
    return replace(answer, reply=replace(answer.reply, text=text))


def _named(place: str) -> str:
    """Return the name of a place, however it was typed."""
    words = re.sub(r"\W+", " ", place).strip().lower()
    return COUNTRIES.get(words) or (words.upper() if len(words) <= LONGEST_CODE else words.title())


def _placed(situation: Situation, named: Certification) -> str | None:
    """Say whether the certification is aimed at, below or above the level where the person stands."""
    level = level_of(situation.knowledge, situation.profile)
    if level is None or not named.levels:
        return None
    lowest, highest = min(named.levels), max(named.levels)
    if lowest > level:
        return f"You stand at level {level.word}, and it is aimed at level {lowest.word}: {_ahead(lowest, level)}."
    if highest < level:
        return f"You stand at level {level.word}, which is above the work that it is aimed at."
    return f"You stand at level {level.word}, and that is where it is aimed, so it is not too early."


def _ahead(lowest: Level, level: Level) -> str:
    return (
        "a step ahead, so take it for the job you want next"
        if int(lowest) == int(level) + 1
        else "early, by more than a step"
    )
