"""What may be said in front of others: questions on the profession; nothing about a person.

A message in a channel is read before it is answered. When it is about the person, the whole turn happens in their
direct messages: neither the channel nor the thread's conversation, which its members share, ever gets to know it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from bot.channels.payloads import parse_data
from bot.errors import ChannelError
from bot.records import Reply, ReplyKind

PERSONAL = frozenset({
    "tell_profile", "assess_level", "find_builder_or_grower", "check_insights", "make_plan", "ask_plan",
    "report_progress", "ask_what_if", "cover_functions",
    "ask_what_you_know", "forget_me", "export_data", "do_not_save", "give_consent", "join_team", "leave_team",
    "answer_question", "out_of_scope_distress", "out_of_scope_crisis",
})  # fmt: skip
"""Intents that are about the person whatever the words; distress is answered where nobody looks on."""
ABOUT_ONESELF = "next_qualification"
"""Of the profession when it names a certification, and says nothing of who asks: "what comes after P3O Foundation?"."""
NAMED = frozenset({"certification", "certifications", "role", "level"})
FACTS_OF_A_PERSON = frozenset({"experience_months", "work"})
PERSONAL_FIGURES = frozenset({"balance", "plan"})
_FIRST_PERSON = frozenset({"i", "i'm", "i’m", "im", "i've", "i’ve", "ive", "me", "my", "mine", "myself", "we", "our"})


class Reader(Protocol):
    """Reads a message as the coach will, without answering it."""

    async def read(self, text: str) -> Mapping[str, Any]:
        """Return Rasa's parse data of a typed text."""


@dataclass(frozen=True)
class Reading:
    """What a message means, as far as privacy asks: intents, entities, and its words in lower case."""

    intents: frozenset[str]
    entities: tuple[Mapping[str, Any], ...]
    words: frozenset[str]


def reading_of(parsed: Mapping[str, Any], text: str) -> Reading:
    """Return the reading of parse data, with all questions of a message that asks several."""
    questions = [parsed, *(parsed.get("questions") or ())]
    intents = {str((each.get("intent") or {}).get("name")) if isinstance(each.get("intent"), Mapping)
               else str(each.get("intent")) for each in questions}  # fmt: skip
    entities = [entity for each in questions for entity in each.get("entities") or ()]
    return Reading(frozenset(intents), tuple(entities), frozenset(text.casefold().replace(",", " ").split()))


def reading_of_payload(payload: str, title: str) -> Reading:
    """Return the reading of a choice; one that cannot be read is nobody's, and so is not about a person."""
    try:
        return reading_of(parse_data(payload, title), "")
    except ChannelError:
        return Reading(frozenset(), (), frozenset())


def is_personal(reading: Reading) -> bool:
    """Tell whether a message is about the person who sends it."""
    if reading.intents & PERSONAL or any(map(_is_own, reading.entities)):
        return True
    if ABOUT_ONESELF not in reading.intents:
        return False
    names_something = any(entity.get("entity") in NAMED for entity in reading.entities)
    return not names_something or bool(reading.words & _FIRST_PERSON)


def _is_own(entity: Mapping[str, Any]) -> bool:
    return entity.get("held") is not None or bool(entity.get("wanted")) or entity.get("entity") in FACTS_OF_A_PERSON


def shows_a_person(reply: Reply) -> bool:
    """Tell whether a reply is of a talk about a person: a question of a form, a result, a plan."""
    if reply.kind is ReplyKind.ASK:
        return True
    figure = reply.figure
    return figure is not None and (
        figure.kind in PERSONAL_FIGURES or bool(figure.data.get("here") or figure.data.get("between"))
    )
