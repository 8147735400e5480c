"""What became of a message in a form: the one place that reads every answer, wish and interruption.

The order matters. A button says what it answers. Then come wishes ("back", "why do you ask?"), corrections of an
earlier answer, questions of the domain, the answer itself, and what else the message told. What is none of these is
answered as it would be outside of the form, which then goes on.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import Enum

from bot.coaching.correcting import corrected
from bot.coaching.form import Form, Heard, Reading, Step, Talk, Value, with_known
from bot.coaching.form_words import SURE, Wish, is_asking, is_changing, is_correcting, is_unsure, wish_in, wish_meant
from bot.coaching.reading import words_of
from bot.records import Profile
from bot.records.coaching import SKIPPED, Refused

ANSWERING_INTENTS = frozenset({"answer_question", "tell_profile", "affirm", "deny", "acknowledge", "choose_option",
                               "nlu_fallback", "correct_reading", "ask_several", "follow_up", "something_else",
                               "out_of_scope_noise"})  # fmt: skip
"""Intents that an answer may be taken for; any other says that the message is something of its own."""
FIRST_OF_ALL = frozenset({
    "out_of_scope_crisis", "out_of_scope_distress", "out_of_scope_abuse", "out_of_scope_injection",
    "out_of_scope_cheating", "forget_me", "ask_what_you_know", "export_data", "do_not_save",
})  # fmt: skip
"""Intents that come before any answer, even where a question takes any words."""
LIKE_PLANS = frozenset({
    "out_of_scope_cheating", "out_of_scope_career", "out_of_scope_namesake", "out_of_scope_others_data",
})  # fmt: skip
"""Intents that words of one's own resemble which are harmless: "book the exam on Monday", "get certified by summer"."""
LEANING, DOUBTING = "follow_up", "correct_reading"
PLAINLY_STOPPING = ("stop", "quit", "exit")
SMALL_TALK = frozenset({"greet", "thank", "complain", "ask_capabilities", "ask_identity"})
BEGINNING_OTHERS = frozenset({
    "make_plan", "next_qualification", "find_builder_or_grower", "check_insights", "assess_level", "ask_plan",
})  # fmt: skip
"""Intents that ask the coach for another talk."""
QUITE_SURE, VERY_SURE = 0.75, 0.9
FEW_WORDS = 5
"""Words of a wish for another talk that is heard in the middle of words of one's own."""
_SENTENCE = re.compile(r"[.!?;]+\s+")
_CLAUSE = re.compile(r"[,;.]|\band\b|\bbut\b", re.IGNORECASE)
WORDS_WITH_MORE = 3
"""Words from which on a message may answer more than was asked."""


class Move(Enum):
    """What a message did to a form."""

    FILLED = "filled"
    CORRECTED = "corrected"
    SKIPPED = "skipped"
    BACK = "back"
    STOPPED = "stopped"
    AGAIN = "again"
    WHY = "why"
    REPEATED = "repeated"
    REFUSED = "refused"
    INTERRUPTED = "interrupted"
    UNCLEAR = "unclear"
    NUDGED = "nudged"
    RECAPPED = "recapped"
    COUNTED = "counted"
    ADVISED = "advised"
    DOUBTED = "doubted"


@dataclass(frozen=True)
class Outcome:
    """What a message did to a form: the answers after it, the question that it touched, and why it was refused.

    `aside` is what the same message asked besides its answer: why the question was put.
    """

    move: Move
    answers: Mapping[str, Value]
    step: Step
    refusal: str | None = None
    aside: str | None = None


def hear(
    form: Form, talk: Talk, step: Step, heard: Heard, *, was: Profile | None = None, nudged: bool = False
) -> Outcome:
    """Return what the message does to the form, whose open question is `step`.

    `talk` has the person with all that the message tells, `was` is what was known before it; `nudged` means that the
    question's nudge was said just before.
    """
    retold = {} if was is None else _retold(form, talk, step, was)
    if retold and is_changing(heard.text):
        return Outcome(Move.CORRECTED, {**talk.answers, **retold}, _first(form, retold))
    outcome = _heard(form, talk, step, heard)
    if nudged and outcome.move is Move.NUDGED:
        outcome = Outcome(Move.SKIPPED, {**talk.answers, step.id: SKIPPED}, step)
    if not retold or outcome.move not in (Move.FILLED, Move.UNCLEAR):
        return outcome
    if outcome.move is Move.UNCLEAR:
        return Outcome(Move.CORRECTED, {**talk.answers, **retold}, _first(form, retold))
    return replace(outcome, answers={**outcome.answers, **retold})


def _retold(form: Form, talk: Talk, step: Step, was: Profile) -> dict[str, Value]:
    """Return the answers that the message changes by telling something else of the person than before."""
    before = replace(talk, profile=was)
    return {
        each.id: value
        for each in form.steps
        if each is not step
        and talk.answers.get(each.id) is not None
        and (value := each.known(talk)) is not None
        and value not in (talk.answers[each.id], each.known(before))
    }


def _first(form: Form, answers: Mapping[str, Value]) -> Step:
    return next(step for step in form.steps if step.id in answers)


def _heard(form: Form, talk: Talk, step: Step, heard: Heard) -> Outcome:
    if heard.question.value("step") is not None:
        return _pressed(form, talk, step, heard)
    value = step.read(heard, talk)
    if (wish := wish_in(heard.text)) is not None and not _is_option(step, heard, talk, wish, value):
        return _steered(form, talk, step, wish)
    if value is None and (wish := wish_meant(heard.question)) is not None:
        return _steered(form, talk, step, wish)
    # "No, rather agree" answers the open question; "I meant agree" an earlier one.
    earlier = not is_unsure(heard.text) and (value is None or step.free or is_correcting(heard.text))
    if earlier and (change := corrected(form, talk, step, heard)) is not None:
        return _taken(talk, change[0], change[1], Move.CORRECTED)
    if _is_question(heard) or _comes_first(heard, step) or _asks_leaning(heard, value) or _asks_for_recap(form, heard):
        return _interrupted(form, talk, step, heard)
    if step.free and is_unsure(heard.text):
        return _without_answer(talk, step)
    if value is not None and not (step.free and _is_aside(heard)) and not _begins_another(form, step, heard, talk):
        filled = _with_overheard(form, talk, heard, _taken(talk, step, value, Move.FILLED))
        return replace(filled, aside=step.why if _asks_why_besides(heard.text) else None)
    return _not_read(form, talk, step, heard)


def _begins_another(form: Form, step: Step, heard: Heard, talk: Talk) -> bool:
    """Tell whether the message asks for something else of the coach, though it begins like an answer: "ok, can we".

    "End of next month" does not, whatever it sounds like: without its first word it is an answer still.
    """
    asked = heard.question.intent in BEGINNING_OTHERS and heard.question.confidence >= SURE
    words = len(heard.text.split())
    if step.free:  # what somebody does may sound like it: only few words, and those for sure
        own = not form.recapped_by or heard.question.intent in form.recapped_by
        return asked and own and words <= FEW_WORDS and heard.question.confidence >= VERY_SURE
    if not asked or words <= WORDS_WITH_MORE:
        return False
    _, _, rest = heard.text.strip().partition(" ")
    return step.read(replace(heard, text=rest), talk) is None


def _interrupted(form: Form, talk: Talk, step: Step, heard: Heard) -> Outcome:
    """Leave the message to whoever answers it, unless it asks for what the form itself has."""
    recaps = heard.question.intent in form.recapped_by
    return Outcome(Move.RECAPPED if recaps else Move.INTERRUPTED, talk.answers, step)


def _without_answer(talk: Talk, step: Step) -> Outcome:
    """Help who does not know an answer, and pass the question over where there is no help, or it was given."""
    if step.nudge is not None:
        return Outcome(Move.NUDGED, talk.answers, step)
    return Outcome(Move.SKIPPED, {**talk.answers, step.id: SKIPPED}, step)


def _asks_why_besides(text: str) -> bool:
    """Tell whether the words ask why after their answer: "sort of. why does that matter?"."""
    return any(wish_in(part) is Wish.WHY for part in _SENTENCE.split(text.strip())[1:] if part)


def _with_overheard(form: Form, talk: Talk, heard: Heard, outcome: Outcome) -> Outcome:
    """Return the outcome with the answers of later questions that the same message gave."""
    if outcome.move is not Move.FILLED:
        return outcome
    return replace(outcome, answers={**_overheard(form, talk, heard, outcome.step), **outcome.answers})


def _overheard(form: Form, talk: Talk, heard: Heard, step: Step) -> dict[str, Value]:
    """Return the answers to other open questions that the message gives, a clause each."""
    if len(heard.text.split()) < WORDS_WITH_MORE:
        return {}
    open_ones = [s for s in form.steps if s.overheard and s is not step and talk.answers.get(s.id) is None]
    return {
        other.id: value
        for clause in _CLAUSE.split(heard.text)
        for other in open_ones
        if (value := other.read(replace(heard, text=clause.strip()), talk)) is not None
        and not isinstance(value, Refused)
    }


def _is_option(step: Step, heard: Heard, talk: Talk, wish: Wish, value: Reading) -> bool:
    """Tell whether words that could be a wish are an answer here: offered as one, or "I'm done" to "how did it go?"."""
    said = words_of(heard.text)
    taken = value is not None and not isinstance(value, Refused) and not step.free
    stops_plainly = said in PLAINLY_STOPPING
    return any(words_of(title) == said for title, _ in step.ask(talk).options) or (
        taken and wish is Wish.STOP and not stops_plainly
    )


def _not_read(form: Form, talk: Talk, step: Step, heard: Heard) -> Outcome:
    gained = {i: v for i, v in with_known(form, talk).items() if talk.answers.get(i) is None}
    gained |= {} if _is_something_else(heard, QUITE_SURE) else _overheard(form, talk, heard, step)
    if gained:
        return Outcome(Move.FILLED, {**talk.answers, **gained}, step)
    if is_unsure(heard.text):
        return _without_answer(talk, step)
    if _is_something_else(heard, 0.0):
        return _interrupted(form, talk, step, heard)
    if heard.question.intent == DOUBTING or (is_correcting(heard.text) and talk.answers):
        return Outcome(Move.DOUBTED, talk.answers, step)
    return Outcome(Move.UNCLEAR, talk.answers, step)


def _pressed(form: Form, talk: Talk, step: Step, heard: Heard) -> Outcome:
    """Take the answer of a button: of the open question, or, pressed late, of one answered before."""
    slot, value = heard.question.value("step"), heard.question.value("value") or ""
    target = next((each for each in form.steps if form.slot(each) == slot), None)
    if target is None:
        return Outcome(Move.UNCLEAR, talk.answers, step)
    reading = target.read(replace(heard, text=value), talk)
    late = target is not step and talk.answers.get(target.id) is not None
    return _taken(talk, target, reading, Move.CORRECTED if late else Move.FILLED)


def _taken(talk: Talk, step: Step, value: Reading, move: Move) -> Outcome:
    if value is None:
        return Outcome(Move.UNCLEAR, talk.answers, step)
    if isinstance(value, Refused):
        # What was put right cannot stand, though what was put in its place cannot be taken either.
        kept = {i: v for i, v in talk.answers.items() if move is not Move.CORRECTED or i != step.id}
        return Outcome(Move.REFUSED, kept, step, value.text)
    return Outcome(move, {**talk.answers, step.id: value}, step)


def _steered(form: Form, talk: Talk, step: Step, wish: Wish) -> Outcome:
    if wish is Wish.SKIP_ALL:
        left = {each.id: SKIPPED for each in form.steps if talk.answers.get(each.id) is None}
        return Outcome(Move.SKIPPED, {**talk.answers, **left}, step)
    if wish is Wish.SKIP:
        return Outcome(Move.SKIPPED, {**talk.answers, step.id: SKIPPED}, step)
    if wish is Wish.AGAIN:
        return Outcome(Move.AGAIN, {}, step)
    if wish is Wish.BACK:
        before = [s for s in form.steps[: form.steps.index(step)] if talk.answers.get(s.id) is not None]
        if not before:
            return Outcome(Move.BACK, talk.answers, step)
        return Outcome(Move.BACK, {i: v for i, v in talk.answers.items() if i != before[-1].id}, before[-1])
    moves = {
        Wish.STOP: Move.STOPPED, Wish.WHY: Move.WHY, Wish.GO_ON: Move.REPEATED, Wish.HELP: Move.REPEATED,
        Wish.RECAP: Move.RECAPPED, Wish.PROGRESS: Move.COUNTED, Wish.ADVICE: Move.ADVISED,
    }  # fmt: skip
    return Outcome(moves[wish], talk.answers, step)


def _is_question(heard: Heard) -> bool:
    """Tell whether the message asks something of its own, which was understood."""
    return is_asking(heard.text) and _is_something_else(heard, 0.0)


def _asks_leaning(heard: Heard, value: Reading) -> bool:
    """Tell whether the message asks something of what was told in between: "and the exam?", and is no answer."""
    leaning = heard.question.intent == LEANING and is_asking(heard.text)
    return leaning and (value is None or bool(heard.question.values("facet")))


def _comes_first(heard: Heard, step: Step) -> bool:
    sure = VERY_SURE if step.free and heard.question.intent in LIKE_PLANS else SURE
    return heard.question.intent in FIRST_OF_ALL and heard.question.confidence >= sure


def _asks_for_recap(form: Form, heard: Heard) -> bool:
    """Tell whether a few words surely ask for what the form itself has: "show me my plan", while it is made."""
    few = len(heard.text.split()) <= FEW_WORDS
    return few and heard.question.intent in form.recapped_by and heard.question.confidence >= VERY_SURE


def _is_aside(heard: Heard) -> bool:
    """Tell whether words that are no question are surely none of the answer either: a greeting, or out of scope.

    "Ask my manager about the budget" sounds like a question of the domain, and is what somebody will do.
    """
    intent = heard.question.intent
    sure = VERY_SURE if intent in LIKE_PLANS else QUITE_SURE
    return heard.question.confidence >= sure and (intent in SMALL_TALK or intent.startswith("out_of_scope_"))


def _is_something_else(heard: Heard, confidence: float) -> bool:
    question = heard.question
    return question.intent not in ANSWERING_INTENTS and question.confidence >= confidence
