"""Which PMO functions somebody covers, from their own short words: "planning", "risk and reporting".

In a talk at large "planning" may be anything; told for a team it is a function, and the word that only one of them has
in its name says which.
"""

import re
from collections import defaultdict

from bot.records import Knowledge, Question

_WORD = re.compile(r"[a-z]{4,}")
TOO_COMMON = frozenset(
    "management support control work other team that with function delivery decision internal service capability "
    "enterprise information improvement development".split()
)


def functions_told(knowledge: Knowledge, questions: tuple[Question, ...]) -> tuple[str, ...]:
    """Return the functions that the message names, in full or by a word of their own, each once."""
    named = [value for question in questions for value in question.values("function") if value in knowledge.functions]
    own = _own_words(knowledge)
    words = [word for question in questions for word in _WORD.findall(_beside_names(question))]
    return tuple(dict.fromkeys([*named, *(own[word] for word in words if word in own)]))


def _beside_names(question: Question) -> str:
    """Return the words that no function's full name takes up: "resource planning" is not planning as well."""
    text = list(question.text.casefold())
    for mention in question.mentions:
        if mention.entity == "function":
            text[mention.start : mention.end] = " " * (mention.end - mention.start)
    return "".join(text)


def _own_words(knowledge: Knowledge) -> dict[str, str]:
    """Return the words that stand in the name of one function only, each with its function."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for function in knowledge.functions.values():
        for word in _WORD.findall(function.name.casefold()):
            found[word].add(function.id)
    return {word: ids.pop() for word, ids in found.items() if len(ids) == 1 and word not in TOO_COMMON}
