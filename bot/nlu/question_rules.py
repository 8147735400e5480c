"""The rules that settle what one question asks, each with its reason, in the order in which they are tried.

The model is right about most of what people write and is surest where it has seen the like. A few things are plain
from the words and from what they name, whatever it is surest of: those rules are in `PLAIN`. Where it is not sure
enough, `UNSURE` has what can still be told, and at last that nothing can. Of each table the first rule that has an
intent for the question decides; where none of `PLAIN` has one and the model is sure, its reading stands.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from bot.nlu import question_signs as signs
from bot.nlu.importer import TOPIC_INTENT
from bot.nlu.plain_words import FOLLOW_UP, said_of_talk
from bot.nlu.question_signs import FALLBACK, TELLING, Heard

CHANGE_OF_CAREER, WHO_DECIDES = "career_change_into_pmo", "pmo_and_decisions"


def as_sure(heard: Heard) -> float:
    """Return the model's confidence: the rule adds nothing to it."""
    return heard.sure


def sure_enough(heard: Heard) -> float:
    """Return a confidence that is accepted: the rule is sure, whatever the model is."""
    return max(heard.sure, heard.accept)


def just_enough(heard: Heard) -> float:
    """Return the least that is accepted: the rule is a guess."""
    return heard.accept


@dataclass(frozen=True)
class Rule:
    """Reads a question as `intent` where it returns one; `why` the model's reading is not enough there."""

    name: str
    why: str
    intent: Callable[[Heard], str | None]
    topic: str | None = None
    confidence: Callable[[Heard], float] = sure_enough


def where(condition: Callable[[Heard], bool], intent: str) -> Callable[[Heard], str | None]:
    """Return that intent for questions of which the condition holds."""
    return lambda heard: intent if condition(heard) else None


PLAIN: tuple[Rule, ...] = (
    Rule(
        "a project to kill",
        "Boards kill projects; the model hears harm.",
        where(signs.would_end_work, TOPIC_INTENT),
        topic=WHO_DECIDES,
    ),
    Rule(
        "a crisis first",
        "Of two readings that are nearly alike, the one is taken whose neglect could cost a life.",
        where(signs.may_be_crisis, signs.CRISIS),
    ),
    Rule(
        "care before advice",
        "Advice on a career would hurt somebody who may be in distress.",
        signs.care_before_advice,
        confidence=as_sure,
    ),
    Rule(
        "a short title alone",
        "Who writes a title and nothing else says what they are; as a name it would be a question.",
        where(signs.short_title_alone, TELLING),
    ),
    Rule(
        "a bare name",
        '"p3o?" has no word for the model to go by.',
        lambda heard: signs.bare_name(heard.part, heard.entities),
    ),
    Rule(
        "what is asked of a named thing",
        "A topic on exams resembles the question about one exam, whose name the model does not weigh.",
        where(signs.facet_of_named, "ask_certification"),
    ),
    Rule(
        "what is asked of a role",
        '"What certificates do analysts need" resembles questions about other careers, but names a role of ours.',
        where(signs.facet_of_role, "ask_role"),
    ),
    Rule(
        "said of the talk",
        '"n after that?" resembles a hundred other sentences, and has a form of its own.',
        lambda heard: said_of_talk(heard.text, heard.entities),
    ),
    Rule(
        "told, and what next",
        "The story before a question is longer than the question.",
        where(signs.tells_then_asks_what_next, "next_qualification"),
    ),
    Rule(
        "what next at the end",
        "The name before it makes the model read a question about what is named.",
        where(signs.ends_asking_for_next, "next_qualification"),
    ),
    Rule(
        "a question that names nothing",
        '"Is it too early for me?" can only be asked of what the talk is about.',
        where(signs.leans, FOLLOW_UP),
    ),
    Rule(
        "a question among what is told",
        '"How long with two evenings a week" has numbers, and so sounds like an answer.',
        where(signs.asks_part_of_talk, FOLLOW_UP),
    ),
    Rule(
        "a way in",
        "The trade that somebody comes from is named at length, and the PMO that they want into is not.",
        where(signs.asks_a_way_in, TOPIC_INTENT),
        topic=CHANGE_OF_CAREER,
    ),
    Rule(
        "am I ready",
        "The story before it is longer, and the job that is meant is named in the story.",
        signs.asks_if_ready,
    ),
    Rule(
        "held against what the talk is about",
        '"Is that better than PRINCE2" names one certification and means two.',
        where(signs.compares_with_talk, "compare_certifications"),
    ),
    Rule(
        "one or the other",
        "The model reads one certification and two alike.",
        where(signs.chooses_between, "compare_certifications"),
        confidence=as_sure,
    ),
    Rule(
        "put right",
        '"I said two years" tells what was told before, and wants it heard this time.',
        where(signs.puts_right, "correct_reading"),
    ),
    Rule(
        "why not another",
        '"Why not P3O" resembles a question about P3O.',
        where(signs.asks_why_not, "ask_why"),
    ),
    Rule(
        "what that makes me",
        "A title and years are read as told, whatever is asked after them.",
        where(signs.asks_own_level, "assess_level"),
    ),
)
"""What is plain from the words, whatever the model is surest of."""

UNSURE: tuple[Rule, ...] = (
    Rule(
        "something of the person's",
        "Who speaks of themselves, asks nothing and names a title or years wants it remembered.",
        where(signs.about_person, TELLING),
        confidence=just_enough,
    ),
    Rule(
        "something of one certification",
        "A facet of one certification is a question that can be answered.",
        where(signs.one_certification_asked_of, "ask_certification"),
        confidence=just_enough,
    ),
    Rule(
        "not sure",
        "It is better to ask than to answer another question.",
        lambda heard: FALLBACK,
        confidence=as_sure,
    ),
)
"""What can be told where the model is not sure enough."""


def settle(heard: Heard) -> dict[str, Any]:
    """Return the question as the first rule that knows it reads it, or as the model does, where that is sure."""
    for rule in (*PLAIN, *(() if heard.is_sure else UNSURE)):
        if intent := rule.intent(heard):
            confidence = rule.confidence(heard)
            return {**heard.question, "intent": intent, "topic": rule.topic, "confidence": confidence}
    return dict(heard.question)
