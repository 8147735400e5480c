"""False premises: what a question takes for granted and is not so, put right before it is answered.

A count that is wrong ("the seven insights"), a level that there is not, the wrong end of the ladder, and names of
certifications that nobody gives. What is right comes from the content, so that no answer repeats what it does not have.
"""

import re
from collections.abc import Iterator
from dataclasses import replace

from rapidfuzz import fuzz
from rapidfuzz.process import extract

from bot.coaching.answer import Answer
from bot.coaching.reading import NUMBER_WORDS
from bot.coaching.wording import joined, reply
from bot.records import Choice, Knowledge, Level, Question, ReplyKind

UNKNOWN = (
    "I know of no certification called **{name}**, so I won't guess at it. The nearest names I know: {near}. "
    "If {name} is new, ask whoever offers it who awards it, and look it up there."
)
NEAR, MOST_NEAR = 60, 3
"""How alike a name must be to one that is known (of 100) to be taken for a name at all, and how many are shown."""
_NUMBERS = {**{word: n for n, word in enumerate(NUMBER_WORDS)}, **{str(n): n for n in range(21)}}
_NUMBER = "|".join(sorted(_NUMBERS, key=len, reverse=True))
_COUNT = re.compile(
    rf"(?P<all>\b(?:all|only|just|there (?:are|r)|there's|theres|has|article'?s|lindsay'?s)\s+(?:of )?(?:the |your )?)?"
    rf"\b(?P<number>{_NUMBER})\s+(?:career |pmo |key |main |big )*(?P<noun>level|insight)s\b"
    r"(?!\s+(?:above|below|up|down|higher|lower|apart|ahead|to go))",
    re.IGNORECASE,
)
_END = re.compile(
    rf"\blevel\s+(?P<level>{_NUMBER})\s*(?:is|as|'s|must be|being)\s+(?:the |an? )?(?:very )?"
    r"(?:(?P<top>highest|top|last|final)|(?P<bottom>lowest|bottom|first|entry|starting|beginners?))\b",
    re.IGNORECASE,
)
_ADDED = re.compile(
    r"-(?!(?:certified|qualified|holders?|exams?|courses?|trained|accredited|approved|style|based|like|type|level|"
    r"related|ready|cert\w*)\b)[^\W_]+",
    re.IGNORECASE,
)
_CODE = re.compile(r"\b(?=[^\W\d_])(?:[^\W_]+\d[^\W_]*|[A-Z]{2,}(?:-[A-Z0-9]+)+)\b")
"""What looks like the name of a certificate: letters with a number in them, or capitals with hyphens."""


def put_right(answer: Answer, question: Question, knowledge: Knowledge) -> Answer:
    """Return the answer with what the question has wrong put right before it."""
    wrong = next(_wrong(question, knowledge), None)
    if wrong is None:
        return answer
    if answer.reply is None:  # a form would begin, and take no notice of it
        return Answer(reply(knowledge, wrong, offers=["skill:assess_level", "four_levels_overview"]))
    return replace(answer, reply=replace(answer.reply, text=f"{wrong}\n\n{answer.reply.text}"))


def answer_unknown_name(question: Question, knowledge: Knowledge) -> Answer | None:
    """Say that there is no certification of that name, with the nearest there are; None where none is made up."""
    if question.intent != "ask_certification" or (name := _unknown_name(question, knowledge)) is None:
        return None
    names = _names(knowledge)
    found = extract(name.lower(), list(names), scorer=fuzz.ratio, score_cutoff=NEAR, limit=None)
    near = list(dict.fromkeys(names[words] for words, _, _ in found))[:MOST_NEAR]
    if not near:
        return None
    shown = joined([knowledge.certifications[i].name for i in near])
    offers: list[str | Choice] = [f"certification:{i}" for i in near]
    said = UNKNOWN.format(name=name, near=shown)
    return Answer(reply(knowledge, said, offers=offers, kind=ReplyKind.CLARIFY))


def _wrong(question: Question, knowledge: Knowledge) -> Iterator[str]:
    """Yield what the question has wrong, as it is right."""
    text = question.text.replace("’", "'")
    if question.values("ladder"):
        return
    if (end := _END.search(text)) and _NUMBERS[end["level"].lower()] != (max(Level) if end["top"] else min(Level)):
        yield _ladder(knowledge)
    beyond = [n for n in question.values("level") if int(n) not in list(Level)]
    if beyond and question.intent != "ask_level":
        yield f"There is no level {_word(int(beyond[0]))} here. {_ladder(knowledge)}"
    for counted in _COUNT.finditer(text):
        noun, said = counted["noun"].lower(), _NUMBERS[counted["number"].lower()]
        there_are = {"level": len(knowledge.levels), "insight": len(knowledge.insights)}[noun]
        if _is_about(question, noun) and (said > there_are or (counted["all"] and said < there_are)):
            yield f"There are {_word(there_are)} {noun}s, not {_word(said)}."


def _is_about(question: Question, noun: str) -> bool:
    return noun in question.intent or noun in (question.topic or "")


def _ladder(knowledge: Knowledge) -> str:
    ends = f"{min(Level).word} is where people begin, {max(Level).word} is the highest"
    return f"A PMO career has {_word(len(knowledge.levels))} levels: {ends}."


def _word(number: int) -> str:
    return NUMBER_WORDS[number] if number < len(NUMBER_WORDS) else str(number)


def _unknown_name(question: Question, knowledge: Knowledge) -> str | None:
    """Return the name in the question that is made of a known one and more, or looks like one and is none."""
    for mention in question.mentions:
        at = question.text.find(mention.text) if mention.entity == "certification" else -1
        if at >= 0 and (added := _ADDED.match(question.text, at + len(mention.text))):
            return f"{mention.text}{added[0]}"
    if question.values("certification"):
        return None
    known = {word for name in _names(knowledge) for word in name.split()}
    codes = (match[0] for match in _CODE.finditer(question.text))
    return next((code for code in codes if len(code) > 2 and code.lower() not in known), None)


def _names(knowledge: Knowledge) -> dict[str, str]:
    """Return the certifications by each of their names, in lower case."""
    return {
        name.lower(): certification.id
        for certification in knowledge.certifications.values()
        for name in (certification.name, *certification.aliases)
    }
