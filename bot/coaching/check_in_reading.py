"""Reading how a plan went, from words as people say them: "did it", "nope, ran out of time", "pushed to next week"."""

import re
from datetime import date

from bot.coaching.date_words import respelled
from bot.coaching.dates import read_date
from bot.coaching.form import Heard, Reading, Talk
from bot.coaching.form_words import is_asking
from bot.coaching.reading import LONGEST, words_of
from bot.records.coaching import Refused

DONE, MOVED, DROPPED, MISSED = "done", "moved", "dropped", "missed"
SHORTEST_REASON = 2
"""Words from which on what follows a word such as "nope" tells a reason."""
_KEY_WORDS = frozenset({
    "done", "did", "finished", "completed", "managed", "moved", "move", "pushed", "postponed", "delayed", "rescheduled",
    "deferred", "shifted", "dropped", "drop", "scrapped", "cancelled", "canceled", "abandoned", "yes", "nope", "didn't",
    "haven't", "couldn't", "later", "forgot", "forget",
})  # fmt: skip
_DONE = re.compile(
    r"^(?:(?:yes|yep|yeah|yup|oh|hey|well|so|it's|it is|all|i'm|i am|i've|i have|i|just|already|got it|has been|"
    r"been)\W+)*"
    r"(?:done|did it|did (?:that|this|so)|did|have done|finished|completed?|managed|sorted|nailed|ticked|smashed|"
    r"passed|booked|sent|achieved|accomplished)\b"
)
_YES = re.compile(r"^(?:y|yes|yep|yeah|yea|yup|i have|of course|absolutely|tick|✓|✅)\b")
_PART = re.compile(r"\b(?:half|part|partly|partially|some|almost|nearly|not|most|bits?)\b")
_MOVED = re.compile(
    r"\b(?:moved?|moving|push(?:ed|ing)?|postponed?|postponing|delay(?:ed)?|reschedul\w+|defer(?:red)?|shift(?:ed)?|"
    r"put (?:it )?(?:off|back)|slipp?(?:ed|ing)|later|another day|more time|new date|extend(?:ed)?)\b"
)
_MOVES_IT = re.compile(
    r"\b(?:mov(?:ed?|ing)|push(?:ed)?|shift(?:ed)?|postponed?|delay(?:ed)?|put) "
    r"(?:it|that|the date|(?:my|the) (?:action|plan|deadline))\b"
)
_DROPPED = re.compile(
    r"\b(?:drop(?:ped|ping)?|gave up|given up|giv(?:e|ing) (?:it )?up|scrap(?:ped)?|cancel(?:l?ed)?|abandon(?:ed)?|"
    r"binned|bin it|ditch(?:ed)?|no longer|not going to|won't (?:do|happen)|never mind|nevermind|forget it|"
    r"changed my mind|decided against|not doing|not relevant|let it go|don't want)\b"
)
_MISSED = re.compile(
    r"^(?:(?:sorry|oh|hm+|well|ah|actually|honestly|afraid)\W+)*(?:no|nope|nah|not|never)\b|"
    r"\b(?:not (?:yet|done|really)|didn't|did not|haven't|have not|hasn't|couldn't|"
    r"could not|wasn't|no time|ran out|run out|forgot|too busy|still|almost|nearly|half|partly|in progress|"
    r"working on it|started)\b"
)
_TOLD = re.compile(r"\s*(?:[,;:–—]|\s-\s|\.\s|\b(?:because|cause|cos|cuz|since|as i|but)\b)\s*", re.IGNORECASE)
_BARE = re.compile(
    r"(?:(?:sorry|oh|well|no|nope|nah|not|never|yet|i|it|have|did|do|done|didn't|haven't|really|still|almost|nearly|"
    r"that|this)\W*)+"
)


def read_outcome(heard: Heard, talk: Talk) -> Reading:
    """Read how it went, with the new date or the reason where the words tell it; a date alone means moved."""
    return outcome_in(heard, talk.today)


def tells_of_moving(heard: Heard, today: date) -> bool:
    """Tell whether a message, asked for or not, moves the plan to another day: "I moved it to the end of March"."""
    moves = _MOVES_IT.search(words_of(heard.text)) is not None
    return moves and not is_asking(heard.text) and not isinstance(read_date(heard.text, today), Refused | None)


def tells_progress(heard: Heard, today: date) -> bool:
    """Tell whether a message that is no question says how it went."""
    return not is_asking(heard.text) and isinstance(outcome_in(heard, today), str)


def outcome_in(heard: Heard, today: date) -> Reading:
    """Read how it went, as `read_outcome` does."""
    words = " ".join(respelled(word, _KEY_WORDS) for word in words_of(heard.text).split())
    if heard.text.rstrip().endswith("?"):
        return None
    kind = _kind(words, heard)
    day = read_date(heard.text, today)
    if kind is None:
        return (
            None if day is None or isinstance(day, Refused) or is_asking(heard.text) else f"{MOVED}:{day.isoformat()}"
        )
    if kind in (MOVED, MISSED) and day is not None and not isinstance(day, Refused):
        return f"{MOVED}:{day.isoformat()}"
    reason = _reason(heard.text) if kind in (DROPPED, MISSED) else None
    return f"{kind}:{reason}" if reason else kind


def wants_to_drop(text: str) -> bool:
    """Tell whether the words let the action go."""
    return _DROPPED.search(words_of(text)) is not None


def outcome_of(talk: Talk) -> str | None:
    """Return how it went: done, moved, dropped or missed; None while it is not told."""
    kind = _parts(talk)[0]
    return kind if kind in (DONE, MOVED, DROPPED, MISSED) else None


def besides(talk: Talk) -> str | None:
    """Return what was told with it: a date, or a reason."""
    return _parts(talk)[1][:LONGEST].strip() or None


def _parts(talk: Talk) -> tuple[str, str]:
    value = talk.answer("outcome")
    kind, _, rest = value.partition(":") if isinstance(value, str) else ("", "", "")
    return kind, rest


def _kind(words: str, heard: Heard) -> str | None:
    if _DONE.match(words) and not _PART.search(words):
        return DONE
    for kind, pattern in ((MOVED, _MOVED), (DROPPED, _DROPPED), (MISSED, _MISSED)):
        if pattern.search(words):
            return kind
    if _YES.match(words) or heard.question.intent == "affirm":
        return DONE
    return MISSED if heard.question.intent == "deny" else None


def _reason(text: str) -> str | None:
    """Return what the words tell of why, without the "nope" or "dropped it" before it."""
    line = re.sub(r"\s+", " ", text).strip().rstrip(".!")
    first, *rest = _TOLD.split(line, maxsplit=1)
    told = rest[0] if rest else "" if wants_to_drop(first) else first
    if len(told.split()) < SHORTEST_REASON or _BARE.fullmatch(words_of(told)):
        return None
    return told[:LONGEST]
