"""What every action has in common: read the turn, answer, remember; and answer whatever goes wrong.

A raised exception is silence in Rasa: it is logged and the person reads nothing. So `run` is the one place that
catches everything, drops half-made messages and sends the apology of domain.yml with a next step.
"""

import logging
from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from rasa_sdk.events import FollowupAction
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.interfaces import Action, Tracker
from rasa_sdk.types import DomainDict

from actions.choosing import answer_question_of_choice, question_of, typed_choice
from actions.form_meant import form_meant
from actions.library import knowledge
from actions.people import save_profile
from actions.turn import Turn, focus_events, profile_after, profile_events, read_turn
from bot.coaching.answer import Answer
from bot.coaching.plan_talk import is_open, remind
from bot.coaching.situation import Situation
from bot.observing import metrics
from bot.records import Knowledge, Question, Reply, ReplyKind

logger = logging.getLogger(__name__)

LATER = "That can wait: ask me again after this, and we settle it then."
"""Follows a question asked back between two questions of a form, where an answer would be taken for the form's."""

Events = list[dict[str, Any]]


class CoachAction(Action, ABC):
    """An action that answers; subclasses give its name and `answers`."""

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> Events:
        """Answer the turn; on any failure apologise and change nothing."""
        try:
            return await self.respond(dispatcher, tracker)
        except Exception as exc:
            logger.error("%s failed for %s: %s", self.name(), tracker.sender_id, type(exc).__name__)
            logger.debug("%s", self.name(), exc_info=exc)
            metrics.ACTION_FAILURES.inc()
            dispatcher.messages.clear()
            dispatcher.utter_message(response="utter_try_again_later")
            return self.failed(tracker)

    def failed(self, tracker: Tracker) -> Events:
        """Return what is to be kept when the action failed: nothing, unless a form is to go on."""
        return []

    async def respond(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
        """Say the answers of the turn, and remember what it told of the person and what the talk is about."""
        turn = read_turn(tracker)
        if (form := form_meant(turn)) is not None:
            return [FollowupAction(form)]
        picked = self._picked(turn)
        if picked is not None:
            turn = replace(turn, questions=(picked,))
        profile = profile_after(turn)
        situation = Situation(knowledge(), profile, turn.focus, turn.trail)
        answers = self._answers_to(picked, turn, situation)
        for said in (answer.reply for answer in answers if answer.reply is not None):
            send(dispatcher, within_form(said) if turn.form else said)
        profile = next((answer.profile for answer in answers if answer.profile is not None), profile)
        starting = any(answer.start for answer in answers)
        if (
            turn.away
            and not (turn.form or starting)
            and (reminder := reminder_of(turn, situation.knowledge)) is not None
        ):
            send(dispatcher, reminder)
        if profile != turn.profile:
            await save_profile(tracker.sender_id, profile)
        focus = next((answer.focus for answer in reversed(answers) if answer.focus), None)
        start = [FollowupAction(answer.start) for answer in answers[-1:] if answer.start]
        return [*profile_events(turn.profile, profile), *focus_events(turn, focus), *start]

    def _picked(self, turn: Turn) -> Question | None:
        """Return the question of the choice that was named in its own words."""
        picked = typed_choice(turn)
        return None if picked is None else question_of(picked)

    def _answers_to(self, picked: Question | None, turn: Turn, situation: Situation) -> Sequence[Answer]:
        if picked is None:
            return self.answers(turn, situation)
        answer = answer_question_of_choice(picked, turn, situation)
        # What this very action answers it does not hand over to itself, again and again.
        return self.answers(turn, situation) if answer.start == self.name() else [answer]

    @abstractmethod
    def answers(self, turn: Turn, situation: Situation) -> Sequence[Answer]:
        """Return what to say, in order."""


def within_form(said: Reply) -> Reply:
    """Return the reply as it stands between two questions of a form: without choices, and asking nothing for now."""
    asks = said.kind is ReplyKind.ASK and said.choices
    return replace(said, text=f"{said.text} {LATER}" if asks else said.text, choices=())


def reminder_of(turn: Turn, knowledge: Knowledge) -> Reply | None:
    """Return the question how the open plan went, if there is one."""
    plan = turn.plan
    return remind(knowledge, plan) if plan is not None and is_open(plan) else None


def send(dispatcher: CollectingDispatcher, reply: Reply, **marks: Any) -> None:
    """Send a reply: its text and choices as every Rasa channel knows them, and all of it for ours; marks go along."""
    buttons = [{"title": choice.title, "payload": choice.payload} for choice in reply.choices]
    dispatcher.utter_message(text=reply.text, buttons=buttons, reply=reply.to_json(), **marks)
