"""Answering a choice from within a turn: its payload read as the question that it stands for."""

import json
import re
from dataclasses import replace

from rapidfuzz import fuzz

from actions.answering import answered
from actions.turn import Turn, profile_after
from bot.coaching.answer import Answer
from bot.coaching.answering import ANSWERS
from bot.coaching.follow_up import all_told, answer_more, answer_why, chosen
from bot.coaching.memory import DO_NOT_REMEMBER
from bot.coaching.repair import menu
from bot.coaching.situation import Situation
from bot.records import Choice, Mention, Question

OF_MEMORY = {
    "ask_what_you_know": "action_show_profile",
    **{
        intent: f"action_{intent}"
        for intent in (
            "forget_me",
            "give_consent",
            "do_not_save",
            "export_data",
            "join_team",
            "leave_team",
            "cover_functions",
            "make_plan",
            "ask_plan",
            "report_progress",
        )
    },
}
"""Intents that an action of their own answers, because it needs the store."""
COMMITTING = frozenset({"give_consent", "forget_me", "join_team"})
"""What is not to be agreed to by a number that merely occurs in a sentence."""
_PLAIN_CHOICE = re.compile(
    r"\W*(?:(?:yes|ok|okay|please|i'?d take|take|choose|pick|option|number|the)\b\W*)*"
    r"(?:\d|one|two|first|second|1st|2nd|last)(?:\W+(?:one|option|please|thanks?))*\W*",
    re.IGNORECASE,
)
_REFUSING = re.compile(r"\b(?:no(?! problem| worries)|not|never|don'?t|stop|without|rather you)\b", re.IGNORECASE)
NEARLY = 92
"""How alike, of 100, a typed text and a choice's title must be."""


def question_of(choice: Choice) -> Question:
    """Return the question that a choice's payload means."""
    intent, _, entities = choice.payload.removeprefix("/").partition("{")
    values = json.loads(f"{{{entities}") if entities else {}
    mentions = tuple(Mention(entity, str(value), "", 0, 0) for entity, value in values.items())
    return Question(choice.title, intent, 1.0, values.get("topic"), mentions)


def typed_choice(turn: Turn) -> Choice | None:
    """Return the offered choice whose title the person typed, nearly to the letter; None for a button pressed."""
    words = turn.question.text.casefold().strip(" .!?")
    if not any(choice.title == turn.question.text for choice in turn.offered) or turn.readings:
        for choice in turn.offered:
            if words and fuzz.ratio(words, choice.title.casefold().strip(" .!?")) >= NEARLY:
                return choice
    return None


def answer_choice(choice: Choice, turn: Turn, situation: Situation) -> Answer:
    """Answer the choice as if its button had been pressed."""
    return answer_question_of_choice(question_of(choice), turn, situation)


def answer_question_of_choice(question: Question, turn: Turn, situation: Situation) -> Answer:
    """Answer what a choice stands for."""
    if question.intent in ANSWERS:
        profile = profile_after(replace(turn, questions=(question,)))
        return replace(answered(question, turn, replace(situation, profile=profile)), profile=profile)
    if question.intent == "ask_why":
        return answer_why(situation)
    if question.intent == "ask_more":
        return answer_more(situation) or all_told(situation.knowledge)
    if question.intent in OF_MEMORY:
        return Answer(None, start=OF_MEMORY[question.intent])
    return menu(situation.knowledge, "Here is what I can help with.")


def commits(choice: Choice) -> bool:
    """Tell whether the choice agrees to something: to being remembered, forgotten, or counted in a team."""
    return question_of(choice).intent in COMMITTING


def is_plain_choice(text: str) -> bool:
    """Tell whether the words say nothing but which choice: "the first one", and not "no wait, one is wrong"."""
    return _PLAIN_CHOICE.fullmatch(text) is not None


def named_choice(turn: Turn) -> Choice | None:
    """Return the offered choice that the message names; one that commits only where nothing else is said."""
    picked = chosen(turn.question, turn.offered)
    if picked is not None and commits(picked) and turn.question.value("ordinal") is not None:
        return picked if is_plain_choice(turn.question.text) else None
    return picked


def refuses(text: str) -> bool:
    """Tell whether words that sound like a yes to being remembered have a no in them: "don't remember me"."""
    return _REFUSING.search(text.replace("’", "'")) is not None


def meant(turn: Turn) -> Question:
    """Return the question that the message stands for, where it is a choice in words, or a yes or a no to one."""
    picked = typed_choice(turn)
    if picked is None and turn.question.intent == "affirm" and turn.offered:
        picked = turn.offered[0]
    if picked is None and turn.question.intent == "deny":
        picked = refusal(turn)
    return turn.question if picked is None else question_of(picked)


def refusal(turn: Turn) -> Choice | None:
    """Return the offered choice that a no means, where a no is more than nothing."""
    return next((choice for choice in turn.offered if choice == DO_NOT_REMEMBER), None)
