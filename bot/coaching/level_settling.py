"""The question that settles a doubtful title, put in the short answer on one's level, and answered in free words.

"Do you line-manage people?" - "yeah, two of them": that is the first answer of a level check, which then goes on.
"""

from collections.abc import Mapping
from datetime import date

from bot.coaching.form import Heard, Talk
from bot.coaching.form_words import is_asking
from bot.coaching.level_behaviours import settling
from bot.coaching.level_reading import read_work
from bot.records import Knowledge, Profile

ANSWERING = frozenset({"affirm", "deny", "tell_profile", "answer_question", "nlu_fallback", "acknowledge", "ask_role"})
"""Intents that such an answer may be taken for."""


def settled_by(heard: Heard, profile: Profile, knowledge: Knowledge, *, said: str, today: date) -> Mapping[str, str]:
    """Return the answer to the title's own question, if `said`, the coach's last words, put it."""
    role = knowledge.roles.get(profile.role or "")
    own = settling(role.id) if role is not None and role.question else None
    if role is None or own is None or not role.question or role.question not in said:
        return {}
    if heard.question.intent not in ANSWERING or is_asking(heard.text):
        return {}
    value = read_work(own.behaviour)(heard, Talk(knowledge, profile, {"title": role.id}, today))
    return {own.behaviour: value} if isinstance(value, str) else {}
