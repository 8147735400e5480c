"""Messages as a form hears them, for tests: words, and what the entity finder would have found in them."""

from datetime import date

from bot.coaching.form import Heard, Talk
from bot.records import Mention, Profile, Question
from tests.coaching.checks import KNOWLEDGE

TODAY = date(2026, 11, 24)


def a_mention(text, words, entity, value, **told):
    """Return the mention of those words in the text."""
    start = text.index(words)
    return Mention(entity, value, words, start, start + len(words), **told)


def a_question(text, *found, intent="tell_profile"):
    """Return a question; `found` are (words, entity, value) or the same with what is told of holding."""
    mentions = [
        a_mention(text, words, entity, value, **(told[0] if told else {})) for words, entity, value, *told in found
    ]
    return Question(text, intent, 1.0, None, tuple(mentions))


def heard(text, *found, intent="tell_profile"):
    """Return a message as a form hears it."""
    return Heard(text, a_question(text, *found, intent=intent))


def a_talk(profile=None, earlier=(), **answers):
    """Return a talk with those answers, on the real content."""
    return Talk(KNOWLEDGE, profile or Profile(), answers, TODAY, tuple(earlier))
