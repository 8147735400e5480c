"""Repairs: what the coach says when it did not understand, or understood two things.

Unsure between readings, it asks which, naming them; unsure of all, it asks once to rephrase, with two examples of
what works, and the second time shows a menu. It never asks to rephrase more than once in a row.
"""

from collections.abc import Sequence

from bot.coaching.answer import Answer
from bot.coaching.wording import REFERENCE_INTENTS, choice, name_of, payload, reply
from bot.records import Choice, Knowledge, Mention, Question, ReplyKind

LIKELY = 0.12
"""A reading below this probability is no guess worth naming."""
READINGS = 2
INTENT_TITLES = {
    "next_qualification": "What to take next",
    "assess_level": "Which level I am at",
    "ask_level": "The four levels",
    "ask_role": "PMO roles",
    "ask_pmo_kind": "Kinds of PMO",
    "ask_function": "What a PMO does",
    "ask_insight": "The five insights",
    "ask_certification": "A certification",
    "ask_awarding_body": "An awarding body",
    "find_builder_or_grower": "Builder or grower",
    "ask_capabilities": "What you can do for me",
    "compare_certifications": "Certifications compared",
    "tell_profile": "I was telling you about me",
}
NAMED = {intent: kind for kind, intent in REFERENCE_INTENTS.items()}
MENU = (
    "skill:next_qualification",
    "skill:assess_level",
    "four_levels_overview",
    "kinds_of_pmo",
    "five_insights_overview",
    "builder_or_grower_meaning",
)


def repair(
    knowledge: Knowledge, question: Question, readings: Sequence[tuple[str, str | None, float]], *, failures: int
) -> Answer:
    """Ask which reading was meant, or to rephrase; `failures` counts the misunderstandings just before this one.

    A reading is an intent, the topic it means if any, and its probability.
    """
    guesses = _guesses(knowledge, question, readings)
    if failures == 0 and guesses:
        asked = "Did you mean one of these?" if len(guesses) > 1 else "Did you mean this?"
        offers: list[str | Choice] = [*guesses, "skill:something_else"]
        return Answer(reply(knowledge, f"I am not sure I understood. {asked}", offers=offers, kind=ReplyKind.CLARIFY))
    if failures == 0:
        return Answer(
            reply(
                knowledge,
                "I did not catch that. Could you say it in other words?",
                "For instance: “I'm a PMO analyst, what should I study next?” or “does PPSO still exist?”",
                offers=["skill:menu"],
                kind=ReplyKind.FALLBACK,
            )
        )
    return menu(knowledge, "I still don't follow, sorry. Here is what I can help with.", kind=ReplyKind.FALLBACK)


def no_problem(knowledge: Knowledge, *, short: bool = False) -> Answer:
    """Take a no for what it is; `short` where a question of a form follows."""
    more = None if short else "Ask me anything else about your PMO career whenever you like."
    return Answer(reply(knowledge, f"No problem. {more or ''}".strip(), kind=ReplyKind.SMALLTALK))


def menu(knowledge: Knowledge, opening: str, *, kind: ReplyKind = ReplyKind.CLARIFY) -> Answer:
    """Show what the coach can help with."""
    return Answer(reply(knowledge, opening, offers=MENU, kind=kind))


def _guesses(
    knowledge: Knowledge, question: Question, readings: Sequence[tuple[str, str | None, float]]
) -> list[Choice]:
    guesses: dict[str, Choice] = {}
    for intent, topic, probability in readings:
        if probability < LIKELY or intent.startswith("out_of_scope"):
            continue
        guess = _guess(knowledge, question, intent, topic)
        if guess is not None:
            guesses.setdefault(guess.payload, guess)
    return list(guesses.values())[:READINGS]


def _guess(knowledge: Knowledge, question: Question, intent: str, topic: str | None) -> Choice | None:
    if topic is not None:
        return choice(knowledge, topic) if topic in knowledge.topics else None
    kind = NAMED.get(intent)
    mention: Mention | None = next((m for m in question.mentions if m.entity == kind), None)
    if kind is not None and mention is not None and _is_known(knowledge, kind, mention.value):
        return choice(knowledge, f"{kind}:{mention.value}", name_of(knowledge, kind, mention.value))
    if intent in INTENT_TITLES:
        return Choice(INTENT_TITLES[intent], payload(intent))
    return None


def _is_known(knowledge: Knowledge, kind: str, entry: str) -> bool:
    try:
        return bool(name_of(knowledge, kind, entry))
    except (KeyError, ValueError):
        return False


def nothing_asked(knowledge: Knowledge) -> Answer:
    """Say that no question of the coach is open: the words answer one that is closed, or none."""
    return Answer(
        reply(
            knowledge,
            "I have no question open for that answer. We can take one of these up, or you ask me something.",
            offers=[
                "skill:assess_level",
                "skill:builder_or_grower",
                "skill:insights",
                "skill:next_qualification",
                "skill:plan",
            ],
            kind=ReplyKind.CLARIFY,
        )
    )
