"""Follow-ups that are told by their form: what comes after it, the proper check, for me, more simply, not so.

What they lean on is what the talk is about: after P3O Practitioner comes a path, after level two a level; the proper
check of a recommendation is the qualification check, that of a level the level check.
"""

import re
from collections.abc import Callable
from dataclasses import replace

from bot.coaching.answer import Answer
from bot.coaching.answering import answer_question
from bot.coaching.assess_level import why_this_level
from bot.coaching.comparison_advice import advice
from bot.coaching.first_steps import answer_first, asks_for_step, first_step
from bot.coaching.profile import describe_profile
from bot.coaching.readiness import answer_readiness, asks_if_ready
from bot.coaching.repair import menu
from bot.coaching.situation import ABOUT_CERTIFICATIONS, Situation
from bot.coaching.wording import bullets, choice, joined, reply
from bot.records import Choice, Level, Mention, Question, ReplyKind

AFTER = re.compile(r"\bafter (?:that|this|it)\b", re.IGNORECASE)
PROPER = re.compile(
    r"\b(?:proper|full|long|longer|real|whole|detailed) (?:check|version|one|form|test|assessment|questionnaire)\b",
    re.IGNORECASE,
)
SHOES = re.compile(r"\bin my (?:shoes|place|position|seat)\b|\bif (?:you|u) were me\b", re.IGNORECASE)
FOR_ME = re.compile(
    r"^\W*(?:(?:and|so|but|ok)\W+)*(?:(?:(?:what|how) about|which(?: one)?) (?:for )?me|for me)"
    r"(?:\W+(?:then|please|pls|now))*\W*$",
    re.IGNORECASE,
)
SIMPLER = re.compile(
    r"\bsimpl\w+|\bplain(?:er)? (?:english|words|terms)\b|\bshort(?:er)?\b|\btl;?dr\b|\btoo (?:long|much text|wordy)\b|"
    r"\b(?:fewer|less) words\b|\bdumb it down\b",
    re.IGNORECASE,
)
THEM = re.compile(r"\b(?:that|this) (?:person|job|role)\b|\b(?:do|would|does) (?:they|he|she)\b", re.IGNORECASE)
WORK = ("facet", "work")
"""The entity and the value of "what do they do"."""
CHECKS = {
    **dict.fromkeys((*ABOUT_CERTIFICATIONS, "what_if"), "qualification_form"),
    **dict.fromkeys(("assess_level", "level", "role"), "level_form"),
    "insight": "insights_form",
}
"""The form that goes into what the talk is about."""
BETTER_KNOWN = "You know your work better than I do, so let us see where it went wrong. This is how I got there."
SHORT_ENOUGH = 30
"""Words from which on no further sentence is added to a short version."""
_SENTENCE = re.compile(r"(?<=[.!?])\s+")
_LISTED = re.compile(r"^- \*\*(.+?):?\*\*", re.MULTILINE)


def lean(question: Question, situation: Situation) -> Answer | None:
    """Answer a follow-up that is told by its form; None for any other, or where there is nothing to lean on."""
    if (begun := answer_first(question.text, situation)) is not None:
        return begun
    if asks_for_step(question.text):
        return answer_question(replace(question, intent="next_qualification", mentions=()), situation)
    if set(question.values("facet")) == {"level"} and not question.value("grade") and _is_of_nothing(situation):
        return answer_question(replace(question, intent="assess_level", mentions=()), situation)
    if asks_if_ready(question.text):
        return answer_readiness(question, situation) or Answer(None, start="level_form")
    leaning = next((answer for pattern, answer in LEANINGS if pattern.search(question.text)), None)
    return None if leaning is None else leaning(question, situation)


def _is_of_nothing(situation: Situation) -> bool:
    """Tell whether the talk is about nothing that has a level, so that it is asked of the person."""
    focus = situation.focus
    return (focus is None or focus.kind in ("topic", "kind", "function")) and not situation.subject_of_certifications()


def _after(question: Question, situation: Situation) -> Answer | None:
    """Tell what comes after the certification or the level that the talk is about."""
    focus = situation.focus
    if focus is None or not focus.id or question.values("facet"):
        return None
    if focus.kind in (*ABOUT_CERTIFICATIONS, "what_if"):
        first = Mention("certification", focus.id.split(",")[0], "", 0, 0)
        return answer_question(replace(question, intent="ask_what_if", mentions=(first,)), situation)
    if focus.kind in ("level", "assess_level"):
        upper = min(int(focus.id.split(",")[-1]) + 1, int(Level.FOUR))
        above = Mention("level", str(upper), "", 0, 0)
        return answer_question(replace(question, intent="ask_level", mentions=(above,)), situation)
    return None


def _proper(question: Question, situation: Situation) -> Answer:
    """Begin the check that goes into what the talk is about; without one, ask which."""
    form = CHECKS.get(situation.focus.kind) if situation.focus is not None else None
    if form is not None:
        return Answer(None, start=form)
    knowledge = situation.knowledge
    offers: list[str | Choice] = [
        choice(knowledge, "skill:check_level", "Which level am I?"),
        choice(knowledge, "skill:check_qualification", "What should I take next?"),
        "skill:builder_or_grower",
        "skill:insights",
    ]
    return Answer(reply(knowledge, "Gladly. Which check shall we do?", offers=offers, kind=ReplyKind.CLARIFY))


def _shoes(question: Question, situation: Situation) -> Answer | None:
    """Say where I would begin: with the first thing to do in what the talk is about, else with what to take next."""
    focus, knowledge = situation.focus, situation.knowledge
    topic = knowledge.topics.get(focus.id) if focus is not None and focus.kind == "topic" else None
    if topic is None:
        intent = "compare_certifications" if focus is not None and focus.kind == "comparison" else "next_qualification"
        return answer_question(replace(question, intent=intent, mentions=()), situation)
    return first_step(knowledge, topic, "I am a program and stand in no shoes, but this is where I would begin.")


def _for_me(question: Question, situation: Situation) -> Answer | None:
    """Say which of those compared is the one for the person; where none were, or it is not known, what to take next."""
    focus, knowledge = situation.focus, situation.knowledge
    ids = focus.id.split(",") if focus is not None and focus.kind == "comparison" else []
    compared = [i for i in ids if i in knowledge.certifications]
    if told := advice(situation, compared):
        sources = [source for i in compared for source in knowledge.certifications[i].sources]
        offers = [f"certification:{i}" for i in compared]
        return Answer(reply(knowledge, told, offers=offers, sources=sources), focus)
    return answer_question(replace(question, intent="next_qualification", mentions=()), situation)


def _them(question: Question, situation: Situation) -> Answer | None:
    """Tell what somebody does of whom the talk was: of that role, or at that level; nothing else is told so."""
    focus, asks_else = situation.focus, any((m.entity, m.value) != WORK for m in question.mentions)
    if focus is None or focus.kind not in ("role", "level", "assess_level") or not focus.id or asks_else:
        return None
    if focus.kind == "role":
        of = Mention("role", focus.id, "", 0, 0)
        work = (of, Mention(*WORK, "", 0, 0))
        return answer_question(replace(question, intent="ask_role", mentions=work), situation)
    of = Mention("level", focus.id.split(",")[0], "", 0, 0)
    return answer_question(replace(question, intent="ask_level", mentions=(of,)), situation)


LEANINGS: tuple[tuple[re.Pattern[str], Callable[[Question, Situation], Answer | None]], ...] = (
    (AFTER, _after), (PROPER, _proper), (SHOES, _shoes), (FOR_ME, _for_me), (THEM, _them),
)  # fmt: skip


def asks_simpler(text: str) -> bool:
    """Tell whether the words ask for the same again, shorter or in plain words."""
    return SIMPLER.search(text) is not None


def simply(situation: Situation, said: str) -> Answer:
    """Say the last answer in one or two of its sentences; of a list, what is on it."""
    first, _, rest = said.strip().partition("\n\n")
    if not first:
        return menu(situation.knowledge, "Of course. What shall I put simply?")
    offers = ["abbreviations_explained", "skill:more"]
    if first.endswith(":") and (names := _LISTED.findall(rest)):
        text = f"In short: {joined(names)}. Name one, and I say what it is."
        return Answer(reply(situation.knowledge, text, offers=offers))
    kept: list[str] = []
    for sentence in _SENTENCE.split(first):
        if kept and len(" ".join((*kept, sentence)).split()) > SHORT_ENOUGH:
            break
        kept.append(sentence)
    return Answer(reply(situation.knowledge, f"In short: {' '.join(kept)}", offers=offers))


def doubted(situation: Situation) -> Answer | None:
    """Take up "that can't be right" where the words put nothing in its place; None where there is nothing to doubt."""
    focus, knowledge = situation.focus, situation.knowledge
    if focus is not None and focus.kind == "assess_level" and focus.id:
        return why_this_level(knowledge, situation.profile, opening=BETTER_KNOWN)
    if not (lines := describe_profile(knowledge, situation.profile)):
        return None
    text = "Sorry. This is what I noted of you; which of it is wrong? Tell me what is right, and I change it."
    return Answer(reply(knowledge, text, bullets(lines), offers=["skill:check_level"], kind=ReplyKind.ASK))
