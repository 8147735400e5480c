"""What every action has in common: read the turn, answer, remember; and answer whatever goes wrong.

A raised exception is silence in Rasa: it is logged and the person reads nothing. So `run` is the one place that
catches everything, drops half-made messages and sends the apology of domain.yml with a next step.
"""

import logging
from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.interfaces import Action, Tracker
from rasa_sdk.types import DomainDict

from actions.library import knowledge
from actions.turn import Turn, focus_events, profile_events, read_turn
from bot.coaching.answer import Answer
from bot.coaching.answering import Situation
from bot.coaching.profile import update_profile
from bot.records import Profile, Reply

logger = logging.getLogger(__name__)

Events = list[dict[str, Any]]


class CoachAction(Action, ABC):
    """An action that answers; subclasses give its name and `answers`."""

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> Events:
        """Answer the turn; on any failure apologise and change nothing."""
        try:
            return self._run(dispatcher, tracker)
        except Exception as exc:
            logger.error("%s failed for %s: %s", self.name(), tracker.sender_id, type(exc).__name__)
            logger.debug("%s", self.name(), exc_info=exc)
            dispatcher.messages.clear()
            dispatcher.utter_message(response="utter_try_again_later")
            return []

    def _run(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
        from actions.choosing import answer_choice, question_of, typed_choice  # it needs this module

        turn = read_turn(tracker)
        picked = typed_choice(turn)
        if picked is not None:
            turn = replace(turn, questions=(question_of(picked),))
        profile = profile_after(turn)
        situation = Situation(knowledge(), profile, turn.focus, turn.trail)
        answers = [answer_choice(picked, turn, situation)] if picked else self.answers(turn, situation)
        for answer in answers:
            send(dispatcher, answer.reply)
        focus = next((answer.focus for answer in reversed(answers) if answer.focus), None)
        return [*profile_events(turn.profile, profile), *focus_events(turn, focus)]

    @abstractmethod
    def answers(self, turn: Turn, situation: Situation) -> Sequence[Answer]:
        """Return what to say, in order."""


def profile_after(turn: Turn) -> Profile:
    """Return the profile with everything that the message says of the person."""
    profile = turn.profile
    for question in turn.questions:
        profile = update_profile(profile, question, awaited=turn.is_asked)
    return profile


def send(dispatcher: CollectingDispatcher, reply: Reply) -> None:
    """Send a reply: its text and choices as every Rasa channel knows them, and all of it for ours."""
    buttons = [{"title": choice.title, "payload": choice.payload} for choice in reply.choices]
    dispatcher.utter_message(text=reply.text, buttons=buttons, reply=reply.to_json())
