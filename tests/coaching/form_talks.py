"""Talks for the tests of forms: questions answered by a function, messages with mentions, sentences that stay short."""

import re
from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

from hypothesis import strategies as st

from bot.coaching.form import Form, Heard, Step, Talk, open_steps
from bot.content import KNOWLEDGE_FOLDER, read_knowledge
from bot.records import Mention, Profile, Question
from bot.records.coaching import SKIPPED, Ending, Result
from bot.records.reply import MAX_CHOICES
from tests.coaching.checks import MAX_WORDS, SLIPS, words_of

KNOWLEDGE = read_knowledge([KNOWLEDGE_FOLDER])
TODAY = date(2026, 11, 24)
LONGEST_SENTENCE = 25
STORED = st.recursive(
    st.none() | st.booleans() | st.integers(-9, 99) | st.floats(allow_nan=False) | st.text(max_size=12),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=4), inner, max_size=2),
    max_leaves=3,
)
"""Whatever JSON may bring back as an answer."""


def a_talk(answers: dict[str, Any] | None = None, **told: Any) -> Talk:
    """Return a talk of today with these answers, JSON's or none."""
    given = {"profile": Profile(), "earlier": (), **told}
    return Talk(knowledge=KNOWLEDGE, answers=answers or {}, today=TODAY, **given)


def heard(text: str, *mentions: tuple[str, str, str], intent: str = "inform") -> Heard:
    """Return a message; a mention is its kind, its value and its words in the text."""
    found = tuple(
        Mention(kind, value, words, text.index(words), text.index(words) + len(words))
        for kind, value, words in mentions
    )
    return Heard(text, Question(text, intent, 0.9, None, found))


def talk_through(form: Form, answer: Callable[[Step], Any], **told: Any) -> tuple[list[str], Talk]:
    """Answer the form's questions as it puts them; return which it put, in order, and the talk at its end."""
    answers: dict[str, Any] = {}
    put = []
    while steps := open_steps(form, a_talk(answers, **told)):
        put.append(steps[0].id)
        answers[steps[0].id] = answer(steps[0])
    return put, a_talk(answers, **told)


def an_earlier(kind: str, day: date, **data: Any) -> Result:
    """Return an earlier result."""
    return Result(kind, day, data)


def skipped() -> dict[str, Any]:
    """Return a skipped answer as JSON brings it back."""
    return dict(SKIPPED)


def assert_reads_well(ending: Ending) -> None:
    """Check what holds for every conclusion: short sentences, no slips, not too many words or choices."""
    assert ending.replies
    assert sum(words_of(reply.text) for reply in ending.replies) <= MAX_WORDS
    assert len(ending.offers) + len(ending.replies[-1].choices) <= MAX_CHOICES
    assert all(0 < len(choice.title) <= 40 for choice in ending.offers)
    assert len({choice.payload for choice in ending.offers}) == len(ending.offers)
    for text in (reply.text for reply in ending.replies):
        assert not SLIPS.search(text), text
        assert_short_sentences(text)


def assert_short_sentences(text: str) -> None:
    """Check that no sentence is longer than the voice allows."""
    for one in _sentences(text):
        assert len(one.split()) <= LONGEST_SENTENCE, one


def _sentences(text: str) -> Iterable[str]:
    return (one for line in text.splitlines() for one in re.split(r"(?<=[.?!:]) ", line))
