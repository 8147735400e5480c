"""The real content, and what every answer of the coach must keep to, for the tests of coaching."""

import json
import re
from functools import cache

from bot.coaching.answer import Answer
from bot.coaching.wording import MAX_TITLE, REFERENCE_INTENTS, SKILL_INTENTS, name_of
from bot.content import KNOWLEDGE_FOLDER, read_knowledge
from bot.records.reply import MAX_CHOICES

KNOWLEDGE = read_knowledge([KNOWLEDGE_FOLDER])
FACETS = (
    "name exam exam_format exam_duration pass_mark open_or_closed_book prerequisites validity_renewal study_time owner "
    "status audience content price pass_rate worth booking level roles certifications asks work"
).split()
MAX_WORDS = 130
MONEY = re.compile(r"[£€$]|\b(?:GBP|USD|EUR|pounds?|dollars?|euros?)\b", re.IGNORECASE)
SLIPS = re.compile(r" {2,}|\.\.|\s[.,;]|\(\)|\*{3,}|::|\?[.:]")
"""What joined fragments leave behind where something was missing between them."""
INTENTS = {*REFERENCE_INTENTS.values(), *SKILL_INTENTS.values(), "compare_certifications", "ask_what_if"}
OF_INTENT = {intent: kind for kind, intent in REFERENCE_INTENTS.items()}


@cache
def named(kind: str, entry: str) -> str:
    """Return what the coach calls an entry of the real content."""
    return name_of(KNOWLEDGE, kind, entry)


def words_of(text: str) -> int:
    """Count the words of a reply; the bars and dashes of a table are none."""
    return len(re.sub(r"[|]|---", " ", text).split())


def assert_sound(answer: Answer, *, words: int = MAX_WORDS) -> None:
    """Check what holds for every answer: words, no money, whole sentences, choices that lead somewhere."""
    reply = answer.reply
    assert reply.text.strip()
    assert words_of(reply.text) <= words
    assert not MONEY.search(reply.text)
    assert not re.search(r"\b(?:level|by|is|was|for|of|and) None\b", reply.text)
    assert not SLIPS.search(reply.text.replace("|  |", "").replace(" ...", "")), reply.text
    assert len(reply.choices) <= MAX_CHOICES
    assert len({choice.title for choice in reply.choices}) == len(reply.choices)
    for choice in reply.choices:
        assert 0 < len(choice.title) <= MAX_TITLE
        assert_payload(choice.payload)
    if answer.focus is not None:
        assert answer.focus.offered == tuple(choice.payload for choice in reply.choices)


def assert_payload(payload: str) -> None:
    """Check that a payload names an intent, and entities that the content has."""
    match = re.fullmatch(r"/([a-z_]+)(\{.*\})?", payload)
    assert match is not None, payload
    intent, entities = match[1], json.loads(match[2] or "{}")
    assert intent in INTENTS
    assert all(isinstance(value, str) for value in entities.values())
    if intent in OF_INTENT and entities:
        kind = OF_INTENT[intent]
        assert named(kind, entities[kind])
        assert entities.get("facet", "exam") in FACETS
    for certification in entities.get("certifications", "p3o_foundation").split(","):
        assert certification in KNOWLEDGE.certifications
