"""What every action has in common: read the turn, answer, remember; and answer whatever goes wrong.

A raised exception is silence in Rasa: it is logged and the person reads nothing. So `run` is the one place that
catches everything, drops half-made messages and sends the apology of domain.yml with a next step.
"""

import logging
from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from rasa_sdk.events import FollowupAction
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.interfaces import Action, Tracker
from rasa_sdk.types import DomainDict

from actions.library import knowledge
from actions.people import save_profile
from actions.turn import Turn, focus_events, profile_events, read_turn
from bot.coaching.answer import Answer
from bot.coaching.check_in_form import CHECK_IN_FORM
from bot.coaching.check_in_reading import tells_of_moving, tells_progress
from bot.coaching.form import Heard
from bot.coaching.form_words import Wish, wish_in
from bot.coaching.forms import FORMS, STARTS, goes_on_with
from bot.coaching.level_form import LEVEL_FORM
from bot.coaching.level_settling import settled_by
from bot.coaching.plan_export import plan_from_json
from bot.coaching.plan_talk import REPORT, is_open, progress_choices, remind
from bot.coaching.profile import update_profile
from bot.coaching.situation import Situation
from bot.observing import metrics
from bot.records import Knowledge, Profile, Question, Reply
from bot.records.plan import Plan

logger = logging.getLogger(__name__)

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
            send(dispatcher, replace(said, choices=()) if turn.form else said)
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
        from actions.choosing import question_of, typed_choice  # it needs this module

        picked = typed_choice(turn)
        return None if picked is None else question_of(picked)

    def _answers_to(self, picked: Question | None, turn: Turn, situation: Situation) -> Sequence[Answer]:
        from actions.choosing import answer_question_of_choice  # it needs this module

        if picked is None:
            return self.answers(turn, situation)
        answer = answer_question_of_choice(picked, turn, situation)
        # What this very action answers it does not hand over to itself, again and again.
        return self.answers(turn, situation) if answer.start == self.name() else [answer]

    @abstractmethod
    def answers(self, turn: Turn, situation: Situation) -> Sequence[Answer]:
        """Return what to say, in order."""


def form_meant(turn: Turn) -> str | None:
    """Return the form that the words go on with: one that was stopped, or the check-in that was just asked for."""
    if turn.form:
        return None
    offered = {choice.payload for choice in turn.offered}
    if wish_in(turn.question.text) is Wish.GO_ON and STARTS.get(turn.paused or "") in offered:
        return turn.paused
    if turn.paused and goes_on_with(FORMS[turn.paused], turn.question.text):
        return turn.paused
    if settled_level(turn):
        return LEVEL_FORM.name
    plan = plan_of(turn)
    if plan is not None and is_open(plan) and tells_of_moving(heard_of(turn), turn.day):
        return CHECK_IN_FORM.name
    asked = REPORT.payload not in offered and {choice.payload for choice in progress_choices()} <= offered
    return CHECK_IN_FORM.name if asked and tells_progress(heard_of(turn), turn.day) else None


def settled_level(turn: Turn) -> Mapping[str, str]:
    """Return the answer to the question that settles a doubtful title, where the coach just asked it."""
    words = turn.question.text.casefold().strip(" .!")
    if any(words == choice.title.casefold() for choice in turn.offered):
        return {}
    return settled_by(heard_of(turn), turn.profile, knowledge(), said=turn.said, today=turn.day)


def heard_of(turn: Turn) -> Heard:
    """Return the whole message as a form's question reads it."""
    whole = " ".join(question.text for question in turn.questions)
    return Heard(whole, replace(turn.question, text=whole))


def reminder_of(turn: Turn, knowledge: Knowledge) -> Reply | None:
    """Return the question how the open plan went, if there is one."""
    plan = plan_of(turn)
    return remind(knowledge, plan) if plan is not None and is_open(plan) else None


def plan_of(turn: Turn) -> Plan | None:
    """Return the plan that the conversation keeps."""
    return None if turn.plan is None else plan_from_json(turn.plan)


def profile_after(turn: Turn) -> Profile:
    """Return the profile with everything that the message says of the person."""
    profile = turn.profile
    for question in (*([turn.whole] if turn.whole else []), *turn.questions):
        profile = update_profile(profile, question, awaited=turn.is_asked, about_next=turn.is_about_next)
    return profile


def send(dispatcher: CollectingDispatcher, reply: Reply, **marks: Any) -> None:
    """Send a reply: its text and choices as every Rasa channel knows them, and all of it for ours; marks go along."""
    buttons = [{"title": choice.title, "payload": choice.payload} for choice in reply.choices]
    dispatcher.utter_message(text=reply.text, buttons=buttons, reply=reply.to_json(), **marks)
