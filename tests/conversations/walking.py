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
    "check_in_form": "lets do the check in",
}
A_PLAN = (
    "help me make a plan",
    "skip",
    "skip",
    "skip",
    "Ask my boss for a course",
    "skip",
    "in a week",
    "skip",
    "skip",
)
"""What makes a plan, which the check-in needs to ask about."""
LONGER_WAY = "Moved"
"""The choice that leads on where the first one would end the form."""
PLAIN_ANSWERS = ("PMO analyst", "Lead the PMO of my firm", "I run the reporting", "in two weeks", "7", "1")
"""Tried in turn where a question has no choices; one of them answers each."""
MOST_STEPS = 16
PLACE = re.compile(r"\*\*(\d+) of (?:at most )?(\d+)\.\*\*\s*(.*)", re.DOTALL)


def question_in(messages: list[dict[str, Any]]) -> str | None:
    """Return the form's question that the coach's last message puts, without its place; None when it puts none."""
    last = messages[-1]
    found = PLACE.search(last["text"]) if last["kind"] == "ask" else None
    return found[3].removesuffix(HINT).strip() if found else None


def chosen_of(titles: list[str]) -> tuple[str, str]:
    """Return the choice that the walk takes, and another one."""
    place = titles.index(LONGER_WAY) if LONGER_WAY in titles else 0
    return titles[place], titles[(place + 1) % len(titles)] if len(titles) > 1 else "quite another"


def answer(talk: Talk, messages: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Answer the question that is open, by its first choice or in words, and return what the coach says."""
    question = question_in(messages)
    if titles := [choice["title"] for choice in messages[-1]["choices"]]:
        return talk.choose(chosen_of(titles)[0])
    for words in PLAIN_ANSWERS:
        messages = talk.say(words)
        if question_in(messages) != question:
            return messages
    raise AssertionError(f"none of the plain answers does for {question!r}: {messages}")


def start(talk: Talk, form: str) -> list[dict[str, Any]]:
    """Start the form, with a plan made before where it needs one, and return what the coach says."""
    for words in A_PLAN if form == "check_in_form" else ():
        talk.say(words)
    return talk.say(STARTS[form])


def place_in(messages: list[dict[str, Any]]) -> int:
    """Return the number of the question that is open."""
    found = PLACE.search(messages[-1]["text"])
    assert found is not None, messages
    return int(found[1])


def walk(talk: Talk, form: str) -> Iterator[list[dict[str, Any]]]:
    """Start the form and answer its questions; yield each time what the coach said with the open question in it."""
    messages = start(talk, form)
    assert question_in(messages) is not None, messages
    for _ in range(MOST_STEPS):
        if question_in(messages) is None:
            return
        yield messages
        messages = answer(talk, messages)
    raise AssertionError(f"{form} does not end")
