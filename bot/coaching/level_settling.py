"""The question that settles a doubtful title, put in the short answer on one's level, and answered in free words.

"Do you line-manage people?" - "yeah, two of them": that is the first answer of a level check, which then goes on.
"""

from collections.abc import Mapping
from dataclasses import replace

from bot.coaching.form import Moment
from bot.coaching.form_words import is_asking
from bot.coaching.level_behaviours import settling
from bot.coaching.level_reading import read_work

ANSWERING = frozenset({"affirm", "deny", "tell_profile", "answer_question", "nlu_fallback", "acknowledge", "ask_role"})
"""Intents that such an answer may be taken for."""


def settled_by(moment: Moment) -> Mapping[str, str]:
    """Return the answer to the title's own question, if the coach has just put it and no choice was picked."""
    heard, role = moment.heard, moment.talk.knowledge.roles.get(moment.talk.profile.role or "")
    own = settling(role.id) if role is not None and role.question else None
    if role is None or own is None or not role.question or role.question not in moment.said:
        return {}
    if heard.question.intent not in ANSWERING or is_asking(heard.text) or _is_picked(moment):
        return {}
    value = read_work(own.behaviour)(heard, replace(moment.talk, answers={"title": role.id}))
    return {own.behaviour: value} if isinstance(value, str) else {}


def _is_picked(moment: Moment) -> bool:
    """Tell whether the words are those of a choice, which says itself what it does."""
    words = moment.heard.text.casefold().strip(" .!")
    return any(words == choice.title.casefold() for choice in moment.offered)
