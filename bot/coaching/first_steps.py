"""Where to begin with what the talk is about: "what should I do first", "no idea where to start"."""

import re

from bot.coaching.answer import Answer
from bot.coaching.situation import Situation
from bot.coaching.wording import reply
from bot.records import Focus, Knowledge, Topic

BEGIN = "This is where I would begin."
ANY_OF_THESE = "Any of these is a good first step: pick the one that is nearest to what you need."
_FIRST = re.compile(
    r"\W*(?:(?:and|so|ok|but)\W+)*(?:(?:i have |ive |got )?no (?:idea|clue) where (?:to|i) (?:start|begin)|"
    r"where (?:do|should|would|shud) i (?:start|begin)|"
    r"wh?[ao]t (?:should|shud|shld|do|would|wud) i (?:do|start with) (?:first|1st)|wh?[ao]t(?:'?s| is)? (?:now|ne?xt))"
    r"(?:\W+(?:then|please|pls))*\W*",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"(?<=[.!?])\s+")
_A_STEP = re.compile(r"\b(?:(?:first|next) step|i would)\b|^first\b", re.IGNORECASE)


def answer_first(text: str, situation: Situation) -> Answer | None:
    """Return the first step in the topic that the talk is about, where that is all that is asked."""
    focus = situation.focus
    topic = situation.knowledge.topics.get(focus.id) if focus is not None and focus.kind == "topic" else None
    if topic is None or _FIRST.fullmatch(text) is None:
        return None
    return first_step(situation.knowledge, topic, BEGIN)


def asks_for_step(text: str) -> bool:
    """Tell whether the words ask where to begin, or what now, and nothing else."""
    return _FIRST.fullmatch(text) is not None


def first_step(knowledge: Knowledge, topic: Topic, opening: str) -> Answer:
    """Return the sentence of the topic that names a step, and where it leads; without one, where it leads alone."""
    said = next((s for s in _SENTENCE.split(topic.answer) if _A_STEP.search(s)), ANY_OF_THESE)
    return Answer(reply(knowledge, opening, said, offers=topic.next, sources=topic.sources), Focus("topic", topic.id))
