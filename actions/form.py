"""Forms: the one action that carries every form between Rasa and `bot.coaching`.

Rasa keeps a form active, calls `validate_<form>` with every message and stores the slots; what a message means is
decided by `bot.coaching.hearing`. A message that is no answer is handed to the action that answers it outside of the
form; Rasa then comes back here, and the open question is put again.
"""

from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from rasa_sdk.events import FollowupAction, SlotSet
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.interfaces import Tracker

from actions.answering import answered
from actions.base import CoachAction, Events, send
from actions.form_results import as_json, changed_afterwards, earlier_results, results_kept
from actions.interruptions import action_for
from actions.library import knowledge
from actions.people import consent_question, save_plan, save_profile, save_result
from actions.turn import (
    PAUSED,
    Turn,
    day_of,
    focus_events,
    last_time,
    profile_events,
    read_turn,
    stored_result,
)
from bot.coaching.answer import Answer
from bot.coaching.form import Form, Heard, Step, Talk, open_steps, with_known
from bot.coaching.form_wording import opened, put, returned, said_of, stopped, welcomed_back
from bot.coaching.forms import FORMS, STARTS, form_of, go_on_with
from bot.coaching.hearing import Move, Outcome, hear
from bot.coaching.plan_export import plan_from_json
from bot.coaching.profile import SLOTS_OF_PROFILE, profile_from_slots, update_profile
from bot.coaching.situation import Situation
from bot.coaching.wording import compose
from bot.records import Profile, Question, Reply
from bot.records.reply import MAX_CHOICES

REQUESTED = "requested_slot"
ASKING_THEMSELVES = ("forget_me", "join_team")
"""Intents whose action asks yes or no: the form pauses, so that the answer is theirs."""


class CoachForm(CoachAction, ABC):
    """Validates the messages of a form, which subclasses name."""

    @property
    @abstractmethod
    def form(self) -> Form:
        """The form; abstract, so that the SDK does not register this class itself."""

    def name(self) -> str:
        """Return the action's name, after Rasa's custom."""
        return f"validate_{self.form.name}"

    def answers(self, turn: Turn, situation: Situation) -> list[Answer]:
        """Return nothing: a form speaks for itself."""
        return []

    def failed(self, tracker: Tracker) -> Events:
        """Keep the form and its open question as they are."""
        slot = tracker.slots.get(REQUESTED) or self.form.slot(self.form.steps[0])
        return [SlotSet(slot, tracker.slots.get(slot)), SlotSet(REQUESTED, slot)]

    async def respond(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
        """Read the message and say what comes next."""
        return self._news(tracker, await self._answered(dispatcher, tracker))

    def _news(self, tracker: Tracker, events: Events) -> Events:
        """Leave out events that set a slot of the form to what it holds.

        One stays: a form that sets no slot has refused the message, as Rasa sees it.
        """
        slots = {self.form.slot(step) for step in self.form.steps}
        setting = [event for event in events if event.get("name") in slots]
        idle = [event for event in setting if event["value"] == tracker.slots.get(event["name"])]
        left_out = set(map(id, idle[1:] if len(idle) == len(setting) else idle))
        return [event for event in events if id(event) not in left_out]

    async def _answered(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
        turn, step = read_turn(tracker), self._open_step(tracker)
        talk = self._talk(tracker, turn.profile)
        if step is None:
            aside = self._set_aside(tracker, turn)
            resumed = turn.paused == self.form.name
            between = form_of(tracker.slots.get(REQUESTED))
            turn = replace(turn, paused=aside, form=between.name if between else None)
            begun = self._begin(dispatcher, turn, talk, resumed=resumed)
            return [SlotSet(PAUSED, aside), *await self._keep(tracker, dispatcher, begun)]
        if _was_answered(tracker):
            send(dispatcher, put(self.form, talk, step, before=returned(self.form)))
            return self._ask(step, talk.answers)
        if turn.away:
            send(dispatcher, welcomed_back(self.form))
        return await self._keep(tracker, dispatcher, self._hear(dispatcher, turn, talk, step))

    def _set_aside(self, tracker: Tracker, turn: Turn) -> str | None:
        """Return the form that this one comes in between of, to be offered at the end."""
        interrupted = form_of(tracker.slots.get(REQUESTED))
        name = interrupted.name if interrupted else turn.paused
        return None if name == self.form.name else name

    async def _keep(self, tracker: Tracker, dispatcher: CollectingDispatcher, events: Events) -> Events:
        """Remember what the events tell and found, for who agreed to it; who was never asked is asked at the end."""
        person, slots = tracker.sender_id, {event["name"]: event["value"] for event in events if "value" in event}
        if any(name in slots for name in SLOTS_OF_PROFILE):
            await save_profile(person, profile_from_slots({**tracker.slots, **slots}))
        if "results" in slots:
            await save_result(person, stored_result(slots["results"][-1], last_time(tracker)))
        if "plan" in slots:
            await save_plan(person, plan_from_json(slots["plan"]))
        if {"results", "plan"} & slots.keys() and (question := await consent_question(person)) is not None:
            send(dispatcher, question)
        return events

    def _open_step(self, tracker: Tracker) -> Step | None:
        requested = tracker.slots.get(REQUESTED)
        if (tracker.active_loop or {}).get("name") != self.form.name:
            return None
        return next((step for step in self.form.steps if self.form.slot(step) == requested), None)

    def _talk(self, tracker: Tracker, profile: Profile) -> Talk:
        answers = {step.id: tracker.slots.get(self.form.slot(step)) for step in self.form.steps}
        return Talk(
            knowledge=knowledge(),
            profile=profile,
            answers={step: value for step, value in answers.items() if value is not None},
            today=day_of(tracker),
            earlier=earlier_results(tracker),
        )

    def _begin(self, dispatcher: CollectingDispatcher, turn: Turn, talk: Talk, *, resumed: bool) -> Events:
        """Open the form, with what is known filled in; where nothing is left to ask, conclude at once.

        The message that goes on with a form answers nothing in it: its "no" was to something else.
        """
        profile = _told(turn, awaited=False)
        words = opened(self.form, talk)
        talk = replace(talk, profile=profile)
        if not resumed and (changed := changed_afterwards(self.form, turn, talk)) is not None:
            words = said_of(changed, self.form, talk) or words
            return self._go_on(dispatcher, turn, replace(talk, answers=dict(changed.answers)), before=words)
        brought = {} if resumed else self.prefilled(turn, talk, begins=True)
        words = compose(words, self.noted(brought), self._waits(turn))
        talk = replace(talk, answers={**with_known(self.form, talk), **brought})
        return self._go_on(dispatcher, turn, talk, before=words, hint=True)

    def prefilled(self, turn: Turn, talk: Talk, *, begins: bool) -> Mapping[str, Any]:
        """Return answers that the message brought with it, all at once; `begins` tells whether it began the form."""
        return {}

    def noted(self, brought: Mapping[str, Any]) -> str | None:
        """Return what is said of answers that the first message brought, if anything."""
        return None

    def told_so_far(self, talk: Talk) -> Profile:
        """Return the person with what the answers so far tell, for whatever answers in between."""
        return talk.profile

    def _waits(self, turn: Turn) -> str | None:
        """Say that the form which this one comes in between of is not lost."""
        between = FORMS.get(turn.form or "")
        own = between is None or between.name == self.form.name
        return None if own or between is None else f"Your {between.title} waits, and I offer it at the end."

    def _hear(self, dispatcher: CollectingDispatcher, turn: Turn, talk: Talk, step: Step) -> Events:
        told = replace(talk, profile=_told(turn, awaited=self.form.about_person))
        if brought := self.prefilled(
            turn, talk, begins=False
        ):  # the sheet was filled in elsewhere while its questions stood here
            answers = with_known(self.form, replace(told, answers={**talk.answers, **brought}))
            return self._go_on(dispatcher, turn, replace(told, answers=answers), before=None)
        outcome, asides = _outcome(self.form, told, step, turn)
        if outcome.move is Move.INTERRUPTED:
            return self._hand_over(turn, talk, step)
        if outcome.move is Move.STOPPED:
            send(dispatcher, stopped(self.form, talk, STARTS[self.form.name]))
            return [*self._filled(talk.answers), *self._pause()]
        for question in asides:
            _send_aside(dispatcher, answered(question, turn, Situation(told.knowledge, told.profile, turn.focus)))
        return self._after(dispatcher, turn, told, outcome, step)

    def _hand_over(self, turn: Turn, talk: Talk, step: Step) -> Events:
        """Let another action answer; the form goes on after it, but for what asks a question of its own."""
        intent = turn.question.intent
        answering = FollowupAction("action_ask_several" if len(turn.questions) > 1 else action_for(intent))
        if intent in ASKING_THEMSELVES:
            return [*self._filled(talk.answers), *self._pause(), answering]
        told = profile_events(turn.profile, self.told_so_far(talk))
        return [*told, *self._ask(step, talk.answers), answering]

    def _after(self, dispatcher: CollectingDispatcher, turn: Turn, talk: Talk, outcome: Outcome, step: Step) -> Events:
        said = said_of(outcome, self.form, talk, again=turn.unread)
        if outcome.aside is not None:
            send(dispatcher, Reply(outcome.aside))
        answers = dict(outcome.answers)
        if outcome.move in (Move.FILLED, Move.CORRECTED, Move.SKIPPED):
            answers = with_known(self.form, replace(talk, answers=answers))
            return self._go_on(dispatcher, turn, replace(talk, answers=answers), before=said)
        at = {Move.BACK: outcome.step, Move.AGAIN: self.form.steps[0]}.get(outcome.move, step)
        at = outcome.step if outcome.move is Move.REFUSED and answers.get(outcome.step.id) is None else at
        talk = replace(talk, answers=answers)
        send(dispatcher, put(self.form, talk, at, before=said))
        return [*profile_events(turn.profile, talk.profile), *self._ask(at, answers)]

    def _go_on(
        self, dispatcher: CollectingDispatcher, turn: Turn, talk: Talk, *, before: str | None, hint: bool = False
    ) -> Events:
        """Put the next question, or conclude when none is left."""
        left = open_steps(self.form, talk)
        if left:
            send(dispatcher, put(self.form, talk, left[0], before=before, hint=hint))
            return [*profile_events(turn.profile, talk.profile), *self._ask(left[0], talk.answers)]
        return self._conclude(dispatcher, turn, talk)

    def _conclude(self, dispatcher: CollectingDispatcher, turn: Turn, talk: Talk) -> Events:
        ending = self.form.conclude(talk)
        *before, last = ending.replies
        for reply in before:
            send(dispatcher, reply)
        aside = FORMS.get(turn.paused or "")
        paused = [] if aside is None else [go_on_with(aside)]
        offers = dict.fromkeys((*paused, *last.choices, *ending.offers))
        send(dispatcher, replace(last, choices=tuple(offers)[:MAX_CHOICES]), finished=self.form.name)
        profile = ending.profile or talk.profile
        return [
            *profile_events(turn.profile, profile),
            *focus_events(turn, ending.focus),
            *self._filled({}),
            *results_kept(ending, talk),
            SlotSet(REQUESTED, None),
        ]

    def _ask(self, step: Step, answers: Mapping[str, Any]) -> Events:
        return [*self._filled(answers), SlotSet(REQUESTED, self.form.slot(step))]

    def _pause(self) -> Events:
        return [SlotSet(REQUESTED, None), SlotSet(PAUSED, self.form.name)]

    def _filled(self, answers: Mapping[str, Any]) -> Events:
        """Return the events that make the form's slots hold just these answers."""
        return [SlotSet(self.form.slot(step), as_json(answers.get(step.id))) for step in self.form.steps]


def _outcome(form: Form, talk: Talk, step: Step, turn: Turn) -> tuple[Outcome, tuple[Question, ...]]:
    """Return what the message does; of several sentences, one may answer the form and others ask something."""
    nudged = step.nudge is not None and turn.said.startswith(step.nudge)
    if len(turn.questions) > 1:
        outcomes = [
            hear(form, talk, step, Heard(question.text, question), was=turn.profile) for question in turn.questions
        ]
        moves = [outcome.move for outcome in outcomes]
        if Move.INTERRUPTED in moves and Move.FILLED in moves and not step.free:
            asked = tuple(q for q, move in zip(turn.questions, moves, strict=True) if move is Move.INTERRUPTED)
            return outcomes[moves.index(Move.FILLED)], asked
        if all(move is Move.INTERRUPTED for move in moves):
            return outcomes[0], ()
    return hear(form, talk, step, turn.heard, was=turn.profile, nudged=nudged), ()


def _send_aside(dispatcher: CollectingDispatcher, answer: Answer) -> None:
    if answer.reply is not None:
        send(dispatcher, replace(answer.reply, choices=()))


def _told(turn: Turn, *, awaited: bool) -> Profile:
    profile = turn.profile
    for question in turn.questions:
        profile = update_profile(profile, question, awaited=awaited)
    return profile


def _was_answered(tracker: Tracker) -> bool:
    """Tell whether another action has answered the latest message, so that the form only goes on."""
    kinds = (event.get("event") for event in reversed(tracker.events))
    return next((kind for kind in kinds if kind in ("user", "followup")), None) == "followup"
