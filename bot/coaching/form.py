"""Forms: talks in which the coach asks, a question at a time, and then concludes.

A form is a value: its questions in order, each with what it is asked for, how its answer is read from a message, and
when it is needed at all; and the function that concludes from the answers. Everything else is the same for every form
and every question, and lives once, in `bot.coaching.hearing`: skipping, going back, stopping, starting again, asking
why, correcting an earlier answer, answering more than was asked, and questions of the domain in between.

Rasa keeps the answers: each question is a slot of the form in domain.yml, `<form>_<question>`, and `requested_slot`
says which is open. So a form survives a restart of the server and a week away.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from bot.records import Choice, Knowledge, Profile, Question
from bot.records.coaching import SKIPPED, Asking, Ending, Refused, Result
from bot.records.plan import Plan

Value = Any
"""An answer as it is stored: whatever JSON can hold, but None."""


@dataclass(frozen=True)
class Talk:
    """What a question may draw on: the knowledge, the person, the answers so far, today, and earlier results."""

    knowledge: Knowledge
    profile: Profile
    answers: Mapping[str, Value]
    today: date
    earlier: tuple[Result, ...] = ()

    def answer(self, step: str) -> Value | None:
        """Return the answer to that question; None when it is open or was skipped."""
        value = self.answers.get(step)
        return None if value is None or value == SKIPPED else value


@dataclass(frozen=True)
class Heard:
    """One message as a question reads it: its words, as they were typed, and what was understood of them."""

    text: str
    question: Question


@dataclass(frozen=True)
class Moment:
    """A message while no form goes on, and what it may be about: the coach's last words, its choices, the plan."""

    heard: Heard
    talk: Talk
    said: str
    offered: tuple[Choice, ...]
    plan: Plan | None


Reading = Value | Refused | None
"""What reading gives: the answer; why it is refused; or None, when the words are no answer to this question."""


def always(talk: Talk) -> bool:
    """Need the question in every case."""
    return True


def unknown(talk: Talk) -> None:
    """Know no answer beforehand."""
    return None


def never(moment: Moment) -> bool:
    """Mean the form by no message but one that asks for it."""
    return False


@dataclass(frozen=True)
class Step:
    """One question of a form.

    `ask` puts it, `why` says in a sentence or two why it is asked, `read` reads a message. `known` gives the answer
    where the person told it before; `needed` says whether the question is put at all. With `free`, words that are
    neither a question nor a wish of their own are the answer as they stand; with `overheard`, its answer may come along
    with another's ("analyst in Leeds, no certs"). `tell` says an answer back. `nudge` helps who has no answer yet,
    before the question is passed over. `called` is what people call the answer: "change the date to Friday". With
    `said_back`, the coach says at once what it understood, for words leave room: "tomorrow, maybe".
    """

    id: str
    ask: Callable[[Talk], Asking]
    why: str
    read: Callable[[Heard, Talk], Reading]
    needed: Callable[[Talk], bool] = always
    known: Callable[[Talk], Value | None] = unknown
    free: bool = False
    overheard: bool = False
    tell: Callable[[Value, Talk], str] = field(default=lambda value, talk: str(value))
    nudge: str | None = None
    called: tuple[str, ...] = ()
    said_back: bool = False


@dataclass(frozen=True)
class Form:
    """A talk: `name` is Rasa's name of it, `title` what the coach calls it in mid-sentence ("level check").

    `opening` is said before the first question, `conclude` after the last; it must cope with skipped answers. With
    `about_person` its answers tell who the person is; in the others a title may be a goal, or somebody else's.
    `recapped_by` are the intents that ask, while it goes on, for what it has so far. `is_meant` tells of a message that
    asks for no form whether it belongs into this one all the same. `answers_of` gives the answers that a result of the
    form came from, so that one of them can still be changed; without it none can.
    """

    name: str
    title: str
    steps: tuple[Step, ...]
    opening: Callable[[Talk], str]
    conclude: Callable[[Talk], Ending]
    about_person: bool = False
    recapped_by: frozenset[str] = frozenset()
    is_meant: Callable[[Moment], bool] = never
    answers_of: Callable[[Mapping[str, Any]], Mapping[str, Value]] | None = None

    def step(self, step_id: str) -> Step | None:
        """Return the question of that id."""
        return next((step for step in self.steps if step.id == step_id), None)

    def slot(self, step: Step) -> str:
        """Return the slot of domain.yml that holds the question's answer."""
        return f"{self.name.removesuffix('_form')}_{step.id}"


def open_steps(form: Form, talk: Talk) -> tuple[Step, ...]:
    """Return the questions that are needed, not answered and not skipped, in order."""
    return tuple(step for step in form.steps if talk.answers.get(step.id) is None and step.needed(talk))


def with_known(form: Form, talk: Talk) -> dict[str, Value]:
    """Return the answers with those that are known beforehand filled in."""
    answers = dict(talk.answers)
    for step in form.steps:
        if answers.get(step.id) is None and (value := step.known(talk)) is not None:
            answers[step.id] = value
    return answers
