"""Talks for the tests of the plan and of the check-in, and what their endings must keep to."""

import re
from datetime import date

from bot.coaching.form import Heard, Talk, open_steps, with_known
from bot.coaching.hearing import Move, hear
from bot.records import Profile, Question
from bot.records.coaching import Result
from bot.records.plan import Plan, PlanStatus
from bot.records.reply import MAX_CHOICES
from tests.coaching.checks import KNOWLEDGE, SLIPS

TODAY = date(2026, 11, 24)
"""A Tuesday."""
MOST_WORDS, MOST_IN_ALL = 25, 90


def heard(text, intent="nlu_fallback", confidence=0.3):
    return Heard(text, Question(text, intent, confidence))


def a_talk(answers=None, *, profile=None, earlier=(), today=TODAY):
    return Talk(KNOWLEDGE, profile or Profile(), answers or {}, today, tuple(earlier))


def a_plan(**told):
    given = {
        "id": "ab12", "goal": "Lead a PMO", "reality": "I am an analyst", "options": ("ask my boss", "shadow somebody"),
        "action": "book the P3O exam", "when": "I get to work", "due": date(2026, 12, 4), "realistic": 8,
        "committed": 9, "status": PlanStatus.OPEN, "created": date(2026, 11, 20), "history": (),
    }  # fmt: skip
    return Plan(**{**given, **told})


def a_result(data, day=TODAY):
    return Result("plan", day, data)


def talk_through(form, messages, *, talk=None):
    """Return the talk after the messages, as the engine would lead it, and the questions that were put."""
    talk = talk or a_talk()
    asked, messages = [], list(messages)
    while steps := open_steps(form, talk):
        asked.append(steps[0].id)
        outcome = hear(form, talk, steps[0], heard(messages.pop(0)))
        assert outcome.move in (Move.FILLED, Move.SKIPPED), (asked[-1], outcome)
        answers = with_known(form, a_talk(outcome.answers, profile=talk.profile, earlier=talk.earlier))
        talk = a_talk(answers, profile=talk.profile, earlier=talk.earlier, today=talk.today)
    assert not messages
    return talk, asked


def assert_reads_well(ending, *, own=()):
    """Check an ending: brief but for the person's `own` words, whole sentences, few choices, and nothing missing."""
    assert ending.replies
    choices = [*ending.offers, *ending.replies[-1].choices]
    assert 0 < len(choices) <= MAX_CHOICES
    assert len({choice.payload for choice in choices}) == len(choices)
    for reply in ending.replies:
        text = reply.text
        for words in filter(None, own):
            text = text.replace(words, "")
        assert "None" not in text
        assert not SLIPS.search(text) or own, text
        assert len(text.split()) <= MOST_IN_ALL
        assert own or all(len(part.split()) <= MOST_WORDS for part in re.split(r"[.?!](?:\s|$)|:\s", text)), text
