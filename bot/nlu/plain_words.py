"""What is plain from the words themselves, whatever the model is surest of.

A few things are said of the talk in words that resemble a hundred other sentences: "n after that?", "can we do the
proper check", "is it too early for me?". Here they are told by their form. Everything else is left to the model.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from bot.nlu.flags import Entity
from bot.nlu.text import clean

FOLLOW_UP, SUPPOSED = "follow_up", "ask_what_if"
_LEAD = (
    r"\W*(?:(?:and|n|so|ok|okay|right|but|well|no|hi|then|can (?:you|we|i)|could (?:you|we|i)|i want to|let'?s)\W+)*"
)
_END = r"(?:\W+(?:please|pls|plz|then|now|again|tho|though|instead))*\W*"
_WHAT = r"wh?[aou]t"
_SUM = r"\d[\d.,]*(?: ?(?:[-+*/x^]|plus|minus|times) ?\d[\d.,]*)+ ?=?"
_WRITE = r"(?:write|draft|compose|word|prepare|produce)"
_PLAIN: Mapping[str, tuple[str, ...]] = {
    "ask_role": (
        r"(?:who|what (?:kind of |sort of )?people) works? (?:in|at|for) (?:one|it|them|there|an? (?:e?pmo|office))",
        rf"(?:{_WHAT}|which) (?:people|jobs|roles) (?:work|are|exist|are there) (?:there|in (?:one|it|an? e?pmo))",
    ),
    "ask_what_you_know": (
        rf"{_WHAT} (?:did|have|had) i (?:just )?(?:say|said|t[eo]ll?d? (?:you|u))"
        r"(?: (?:so far|before|earlier|about (?:me|myself)))*",
    ),
    "correct_reading": (
        r"(?:change|correct|fix) (?:my )?(?:answer|question|q|number|no\.?|item)\s*#?\w+ (?:to|into) .{1,40}",
    ),
    "out_of_scope_unrelated": (
        rf"(?:{_WHAT}(?:'?s| is)|how much is|calculate|solve) {_SUM}",
        r"\d[\d.,]*(?: ?[+*x] ?\d[\d.,]*)+ ?=?",
    ),
    "out_of_scope_craft": (
        rf"(?:(?:can|could|will|would) (?:you|u) (?:please )?{_WRITE}(?: me| us)?|{_WRITE} (?:me|us)) "
        r"(?:an?|my|our|the|this|that|some) (?:\w+ ){0,3}(?:e-?mail|letter|memo|message|business case|slides?|"
        r"slide deck|presentation|agenda|minutes|charter|status report|risk register|project plan|job advert|policy)"
        r"(?: (?:to|for|about|on|of) .{1,80})?",
    ),
    FOLLOW_UP: (
        rf"(?:{_WHAT}(?:'?s| is| comes| about)? )?(?:straight |right )?after (?:that|this|it)(?: one)?",
        r"(?:(?:what|how) about|which(?: one)?) (?:for )?me|for me",
        r"(?:(?:do|have|take|run|try|start) )?(?:the|a) (?:proper|full|long|longer|real|whole|detailed) "
        r"(?:check|version|one|form|test|assessment|questionnaire)",
        rf"{_WHAT} (?:should|shud|shld|do|would|wud) i (?:do|start with) (?:first|1st)",
        rf"{_WHAT}(?:'?s| is| comes)? (?:now|ne?xt)",
        rf"{_WHAT} would (?:you|u) (?:do|say|advise|go for)(?: (?:here|yourself))? "
        r"(?:in my (?:shoes|place|position|seat)|if (?:you|u) were me)",
    ),
}  # fmt: skip
_TABLE = tuple(
    (intent, re.compile(_LEAD + f"(?:{'|'.join(patterns)})" + _END, re.IGNORECASE))
    for intent, patterns in _PLAIN.items()
)
_IF_I = re.compile(
    r"\W*(?:(?:and|but|n|so|ok)\W+)?(?:what )?if i(?:'d)? (?:(?:had|were to|was to) )?"
    r"(?:move|go|went|switch|change|become|became|take|took|did?|get|got|pass|skip|join)(?:d|ed)?\b",
    re.IGNORECASE,
)
SUPPOSABLE = frozenset({"certification", "role", "kind", "level", "grade"})
_WHAT_NEXT = re.compile(
    rf"\b(?:{_WHAT}(?:'?s| is| comes)? (?:now|ne?xt)|now {_WHAT}|{_WHAT} (?:do|sh(?:ou|u)?l?d) i (?:do|take|study))\b"
    r"|\bwhere (?:do|should|can|could) i go (?:next|now|from (?:here|there))\b",
    re.IGNORECASE,
)
_AT_THE_END = re.compile(r"(?:\W+(?:for me|please|pls|plz|then|nxt|next))*\W*", re.IGNORECASE)
_LEANING = frozenset(
    "a an the is are was be what whats what's how when where of on for in to at by with and but so n i me my it its "
    "that this they them these those you u do does did can could would will much many there have has get also still "
    "really just too then or if one need needs".split()
)
"""The words of a question that names nothing: what it asks of is what the talk is about."""


def said_of_talk(text: str, entities: Iterable[Entity]) -> str | None:
    """Return the intent of words that are plain by their form; None for any other."""
    words = text.replace("’", "'")
    if _IF_I.match(words) and any(entity["entity"] in SUPPOSABLE for entity in entities):
        return SUPPOSED
    return next((intent for intent, pattern in _TABLE if pattern.fullmatch(words)), None)


def asks_what_next(text: str) -> bool:
    """Tell whether the words ask what comes next, however they are typed."""
    return _WHAT_NEXT.search(text) is not None


def ends_asking_what_next(text: str, entities: Iterable[Entity]) -> bool:
    """Tell whether somebody says what they are or hold and ends with "what next": what they ask is what to take."""
    asked = list(_WHAT_NEXT.finditer(text))
    if not asked or not _AT_THE_END.fullmatch(text[asked[-1].end() :]):
        return False
    return any(e["entity"] in ("role", "certification") and e["end"] <= asked[-1].start() for e in entities)


def leans_on_talk(text: str, entities: Sequence[Mapping[str, Any]]) -> bool:
    """Tell whether the words ask something of a thing that they do not name: "is it too early for me?"."""
    asked = [entity for entity in entities if entity["entity"] in ("facet", "region")]
    if not any(entity["entity"] == "facet" for entity in asked):
        return False
    rest = list(clean(text))
    for entity in asked:
        rest[entity["start"] : entity["end"]] = " " * (entity["end"] - entity["start"])
    return all(word in _LEANING for word in "".join(rest).split())
