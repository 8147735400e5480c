"""Walking through a form of a running coach, question by question."""

import re
from collections.abc import Iterator
from typing import Any

from bot.coaching.form_wording import HINT
from tests.coach import Talk

STARTS = {
    "level_form": "what level am i",
    "builder_grower_form": "am i a builder or a grower",
    "insights_form": "check me against the five insights",
    "qualification_form": "what should i take next",
    "plan_form": "help me make a plan",
}
PLAIN_ANSWERS = ("PMO analyst", "Lead the PMO of my firm", "I run the reporting", "in two weeks", "7", "1")
"""Tried in turn where a question has no choices; one of them answers each."""
MOST_STEPS = 16
PLACE = re.compile(r"\*\*(\d+) of (?:at most )?(\d+)\.\*\*\s*(.*)", re.DOTALL)


def question_in(messages: list[dict[str, Any]]) -> str | None:
    """Return the form's question that the coach's last message puts, without its place; None when it puts none."""
    last = messages[-1]
    found = PLACE.search(last["text"]) if last["kind"] == "ask" else None
    return found[3].removesuffix(HINT).strip() if found else None


def answer(talk: Talk, messages: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Answer the question that is open, by its first choice or in words, and return what the coach says."""
    question = question_in(messages)
    if messages[-1]["choices"]:
        return talk.choose(messages[-1]["choices"][0]["title"])
    for words in PLAIN_ANSWERS:
        messages = talk.say(words)
        if question_in(messages) != question:
            return messages
    raise AssertionError(f"none of the plain answers does for {question!r}: {messages}")


def walk(talk: Talk, form: str) -> Iterator[list[dict[str, Any]]]:
    """Start the form and answer its questions; yield each time what the coach said with the open question in it."""
    messages = talk.say(STARTS[form])
    for _ in range(MOST_STEPS):
        if question_in(messages) is None:
            return
        yield messages
        messages = answer(talk, messages)
    raise AssertionError(f"{form} does not end")
