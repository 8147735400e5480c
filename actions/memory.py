"""What is remembered: told, agreed to, refused, exported and erased."""

from abc import ABC, abstractmethod
from dataclasses import replace

from rasa_sdk.events import AllSlotsReset
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.interfaces import Tracker

from actions.base import CoachAction, Events, send
from actions.choosing import meant, refuses
from actions.library import knowledge
from actions.people import load_memory, remembering
from actions.turn import Turn, read_turn
from bot.coaching.answer import Answer
from bot.coaching.memory import (
    FORGET,
    ask_forget,
    consent_given,
    consent_refused,
    export_here,
    forgotten,
    offer_export,
    tell_memory,
)
from bot.coaching.situation import Situation
from bot.records import ConsentState, Memory, Question, Reply
from bot.runtime.settings import read_settings
from bot.store import UnitOfWork

WITHOUT_FILES = "slack:"
"""How the names of people begin whose channel takes no files from us: our app there does not ask for that scope."""


class PersonAction(CoachAction, ABC):
    """An action that needs what is remembered of the person; subclasses give its name and `reply_to`."""

    def answers(self, turn: Turn, situation: Situation) -> list[Answer]:
        """Return nothing: what is said depends on the store."""
        return []

    async def respond(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
        """Say the reply; nothing else of the talk changes."""
        turn = read_turn(tracker)
        send(dispatcher, await self.reply_to(meant(turn), turn, tracker.sender_id))
        return []

    @abstractmethod
    async def reply_to(self, question: Question, turn: Turn, person: str) -> Reply:
        """Do what the question asks for, and return what to say."""


class ShowProfile(PersonAction):
    """Answers `ask_what_you_know`."""

    def name(self) -> str:
        """Return the action's name."""
        return "action_show_profile"

    async def reply_to(self, question: Question, turn: Turn, person: str) -> Reply:
        """Tell everything that is remembered, and what this conversation knows beyond it."""
        memory = _with_talk(await load_memory(person), turn)
        return tell_memory(memory, knowledge(), days=read_settings().retention_days)


class GiveConsent(PersonAction):
    """Answers `give_consent`."""

    def name(self) -> str:
        """Return the action's name."""
        return "action_give_consent"

    async def reply_to(self, question: Question, turn: Turn, person: str) -> Reply:
        """Remember the person from now on, with what they have told already; a yes with a no in it is a no."""
        if refuses(turn.question.text):
            await remembering(lambda unit: unit.people.set_consent(person, ConsentState.REFUSED))
            return consent_refused()

        def agree(unit: UnitOfWork) -> None:
            unit.people.set_consent(person, ConsentState.GIVEN)
            unit.people.remember_profile(person, turn.profile)
            for result in turn.results:
                unit.people.add_result(person, result)
            if turn.plan is not None:
                unit.people.save_plan(person, turn.plan)

        await remembering(agree)
        return consent_given()


class DoNotSave(PersonAction):
    """Answers `do_not_save`."""

    def name(self) -> str:
        """Return the action's name."""
        return "action_do_not_save"

    async def reply_to(self, question: Question, turn: Turn, person: str) -> Reply:
        """Erase what was remembered, and remember nothing from now on."""
        await remembering(lambda unit: unit.people.set_consent(person, ConsentState.REFUSED))
        return consent_refused()


class ExportData(PersonAction):
    """Answers `export_data`."""

    def name(self) -> str:
        """Return the action's name."""
        return "action_export_data"

    async def reply_to(self, question: Question, turn: Turn, person: str) -> Reply:
        """Say which files there are, and show the plans; where there are no files, write them out."""
        memory = _with_talk(await load_memory(person), turn)
        return export_here(memory, knowledge()) if person.startswith(WITHOUT_FILES) else offer_export(memory)


class ForgetMe(CoachAction):
    """Answers `forget_me`: asks once, and on a yes says farewell.

    The erasing itself is the tracker store's, when it finds the farewell among the turn's messages: Rasa saves the
    turn after its actions, and what was erased before would be written again.
    """

    def name(self) -> str:
        """Return the action's name."""
        return "action_forget_me"

    def answers(self, turn: Turn, situation: Situation) -> list[Answer]:
        """Return nothing: asking and farewell are sent each in their own way."""
        return []

    async def respond(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
        """Ask, unless this is the yes to it."""
        turn = read_turn(tracker)
        if not _is_sure(meant(turn), tracker):
            send(dispatcher, ask_forget())
            return []
        reply = forgotten()
        dispatcher.utter_message(text=reply.text, reply=reply.to_json(), farewell=True)
        return [AllSlotsReset()]


def _is_sure(question: Question, tracker: Tracker) -> bool:
    """Tell whether the person confirmed: by the choice, or in a form, where a plain yes is the form's, in its words."""
    if question.value("sure") == "yes":
        return True
    asked = any(
        button.get("payload") == FORGET.payload
        for event in tracker.events
        if event.get("event") == "bot"
        for button in (event.get("data") or {}).get("buttons") or ()
    )
    return asked and question.text.casefold().lstrip().startswith("yes")


def _with_talk(memory: Memory, turn: Turn) -> Memory:
    """Return the memory with what this conversation knows beyond it."""
    plan = turn.plan
    return replace(
        memory,
        profile=turn.profile,
        results=memory.results or turn.results,
        plans=memory.plans or ((plan,) if plan else ()),
    )
