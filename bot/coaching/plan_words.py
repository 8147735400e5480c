"""A plan said in words: one sentence in the person's own voice, "When ..., I will ... - by Friday 4 December 2026."."""

import re

from bot.coaching.date_words import MONTH, WEEKDAY
from bot.coaching.days import day_in_words
from bot.records.plan import Plan

LONGEST_QUOTED = 120
_OWN_LEAD = (
    "when|whenever|after|before|once|if|while|during|until|as soon as|on|in|at|by|every|each|first thing|next|this|"
    "the next time|next time|straight after|right after|just after|today|tonight|tomorrow|over|within|from|as"
)
_HAS_LEAD = re.compile(rf"(?:{_OWN_LEAD})\b", re.IGNORECASE)
_ON = re.compile(rf"(?:{'|'.join((*WEEKDAY, *MONTH))}|\d{{1,2}}(?:st|nd|rd|th)\b)s?\b", re.IGNORECASE)
_HAPPENS = re.compile(
    r"(?:i|i'm|i've|we|he|she|they|it|you|there|somebody|someone|nobody|\w+ing)\b|"
    r".*\b(?:is|are|am|has|have|comes?|ends?|starts?|begins?|opens?|closes?|arrives?|calls?|asks?|says?|gets?|goes|go|"
    r"finish(?:es)?|leaves?|returns?|meets?|sends?|gives?|makes?|happens?|rings?|lands?|replies|reply)\b",
    re.IGNORECASE,
)
_WILL = re.compile(
    r"^(?:then )?(?:(?:i|we) (?:will|shall|am going to|are going to|'?m going to|plan to|want to|need to|intend to|"
    r"should|must|have to|could|can)|i'll|ill|i'm going to|im going to|i'm gonna|going to|gonna|will|"
    r"i'd like to|to)\s+",
    re.IGNORECASE,
)
_NO_VERB = re.compile(
    r"[A-Z][A-Z0-9]|\d|(?i:(?:a|an|the|my|our|some|more|one|two|three|p3o|i)\b|(?!(?:bring|ring|ping)\b)\w+ing\b)"
)
"""What an action begins with that cannot follow "I will": an abbreviation, a number, a thing, a doing."""


def plan_sentence(plan: Plan) -> str:
    """Return the plan as one sentence; what fits no such sentence is put after a colon, as it was said."""
    moment = _moment(plan.when) if plan.when else None
    action = _action(plan.action)
    due = f" - by {day_in_words(plan.due)}" if plan.due else ""
    said = f"{f'{moment}, ' if moment else ''}{action}{due}."
    return said[:1].upper() + said[1:]


def one_line(text: str) -> str:
    """Return the text in one line, its spaces made alike and its control characters gone."""
    return re.sub(r"[\x00-\x1f\x7f-\x9f\s]+", " ", text).strip()


def bare_action(action: str) -> str:
    """Return the action without the "I will" before it, and with a capital: "Book the exam"."""
    line = one_line(action).rstrip(" .,;:")
    said = _WILL.sub("", line, count=1) or line
    return said[:1].upper() + said[1:]


def excerpt(text: str, longest: int = LONGEST_QUOTED) -> str:
    """Return the text in one line and without its full stop, cut between two words where it is long."""
    line = one_line(text).rstrip(" .")
    if len(line) <= longest:
        return line
    return f"{line[: longest - 1].rsplit(' ', 1)[0].rstrip(' ,;:.')}…"


def _moment(when: str) -> str:
    """Return the moment as a clause: "When I get to work", "After lunch", "On Monday at nine", "At the stand-up"."""
    said = one_line(when).rstrip(" .,;:!")
    if _HAS_LEAD.match(said):
        return said[:1].upper() + said[1:]
    if _ON.match(said):
        return f"On {said}"
    return f"{'When' if _HAPPENS.match(said) else 'At'} {_running(said)}"


def _action(action: str) -> str:
    said = bare_action(action)
    return f"this is what I will do: {_running(said)}" if _NO_VERB.match(said) else f"I will {_running(said)}"


def _running(text: str) -> str:
    """Return the text as it stands in mid-sentence: its first letter small, unless it is "I" or an abbreviation."""
    if re.match(r"i\b", text, re.IGNORECASE):
        return f"I{text[1:]}"
    return text if text[1:2].isupper() or text[1:2].isdigit() else text[:1].lower() + text[1:]
