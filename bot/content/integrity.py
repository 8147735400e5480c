"""Checks that the entries agree with each other: counts, shared names and questions, facts, the questionnaire."""

import re
from collections.abc import Collection, Iterator, Sequence

from bot.content.entries import Entry, Library
from bot.content.problems import Problem
from bot.records import Level

INSIGHTS = 5
"""How many insights the article has."""

NAMED_TOGETHER = (("certifications", "bodies"), ("roles",), ("functions", "kinds"))
"""Kinds of entries that a person's word is looked up in together, so that it may mean one of them only."""

_NAMES = ("name", "title", "full_name")
_NOT_A_WORD = re.compile(r"[\W_]+")
_MOST_POINTS_AN_ITEM = 2


def normalised(text: str) -> str:
    """Return a text as names and questions are compared: without case, punctuation and extra spaces."""
    return " ".join(_NOT_A_WORD.sub(" ", text.casefold()).split())


def integrity_problems(library: Library) -> Iterator[Problem]:
    """Yield the problems of entries that break no rule of the schema each, but do not go together."""
    yield from _count_problems(library)
    for kinds in NAMED_TOGETHER:
        yield from _name_problems([entry for kind in kinds for entry in library.of(kind)])
    yield from _question_problems(library.of("topics"))
    for entry in library.of("certifications"):
        yield from _fact_problems(entry)
        yield from _prerequisite_problems(entry)
    for entry in library.of("questionnaire"):
        yield from _questionnaire_problems(library, entry)


def _count_problems(library: Library) -> Iterator[Problem]:
    """Yield what is missing of the levels and insights, and a number or questionnaire told twice."""
    numbers: dict[int, Entry] = {}
    for entry in library.of("insights"):
        other = numbers.setdefault(entry.data["number"], entry)
        if other is not entry:
            yield entry.problem(f"insight {entry.data['number']} is already told, at {other.place}", "number")
    levels = [int(key) for key in library.keys("levels") if key.isdigit()]
    yield from _missing(library, "levels", levels, [int(level) for level in Level])
    yield from _missing(library, "insights", numbers, range(1, INSIGHTS + 1))
    questionnaires = list(library.entries["questionnaire"].values())
    if not questionnaires:
        yield Problem("the knowledge", None, "there is no questionnaire")
    for entry in questionnaires[1:]:
        yield entry.problem(f"there is a questionnaire already, at {questionnaires[0].place}")


def _missing(library: Library, kind: str, found: Collection[int], wanted: Sequence[int]) -> Iterator[Problem]:
    """Yield one problem that names the numbers not found, at the first entry of the kind if there is one."""
    missing = [str(number) for number in wanted if number not in found]
    unsound = any(not entry.sound for entry in library.entries[kind].values())
    if missing and not unsound:
        text = f"there must be {len(wanted)} {kind}; missing: {', '.join(missing)}"
        first = next(iter(library.of(kind)), None)
        yield first.problem(text) if first else Problem("the knowledge", None, text)


def _name_problems(entries: Sequence[Entry]) -> Iterator[Problem]:
    """Yield a problem for each name or alias that two of the entries claim."""
    claimed: dict[str, Entry] = {}
    for entry in entries:
        for name, path in _names(entry):
            other = claimed.setdefault(normalised(name), entry)
            if other is not entry:
                yield entry.problem(f"'{name}' means {other.name} already, at {other.place}", *path)


def _names(entry: Entry) -> Iterator[tuple[str, tuple[str | int, ...]]]:
    """Yield all that the entry is called, with the path of each."""
    for key in (key for key in _NAMES if key in entry.data):
        yield entry.data[key], (key,)
    for number, alias in enumerate(entry.data.get("aliases") or ()):
        yield alias, ("aliases", number)


def _question_problems(topics: Sequence[Entry]) -> Iterator[Problem]:
    """Yield a problem for each question that two topics share."""
    asked: dict[str, Entry] = {}
    for entry in topics:
        for number, question in enumerate(entry.data["questions"]):
            other = asked.setdefault(normalised(question), entry)
            if other is not entry:
                text = f"the question '{question}' belongs to {other.name} already, at {other.place}"
                yield entry.problem(text, "questions", number)


def _fact_problems(entry: Entry) -> Iterator[Problem]:
    """Yield a problem for each fact whose value, status and sources contradict each other, or that is told twice."""
    seen: set[str] = set()
    for number, fact in enumerate(entry.data.get("facts") or ()):
        field, status, value = fact["field"], fact["status"], fact["value"]
        if field in seen:
            yield entry.problem(f"the fact '{field}' is told twice", "facts", number, "field")
        seen.add(field)
        if status == "found" and value is None:
            yield entry.problem(f"the fact '{field}' is found, so it needs a value", "facts", number, "value")
        if status == "not_found" and value is not None:
            yield entry.problem(f"the fact '{field}' is not found, so its value is null", "facts", number, "value")
        if status != "not_found" and not fact["sources"]:
            yield entry.problem(f"the fact '{field}' needs a source", "facts", number, "sources")


def _prerequisite_problems(entry: Entry) -> Iterator[Problem]:
    """Yield a problem for each certification that is asked for twice."""
    seen: set[str] = set()
    for number, needed in enumerate(entry.data.get("prerequisites") or ()):
        if needed["certification"] in seen:
            yield entry.problem(f"'{needed['certification']}' is asked for twice", "prerequisites", number)
        seen.add(needed["certification"])


def _questionnaire_problems(library: Library, entry: Entry) -> Iterator[Problem]:
    """Yield the problems of the items, and of bands that do not cover each balance once."""
    seen: set[str] = set()
    for number, item in enumerate(entry.data["items"]):
        if item["id"] in seen or library.find(item["id"]):
            yield entry.problem(f"the id '{item['id']}' is already taken", "items", number, "id")
        seen.add(item["id"])
        likert = item["type"] == "likert"
        needed, unused = (("keyed",), ("a_is",)) if likert else (("a_is", "option_a", "option_b"), ("keyed",))
        for key in needed:
            if item.get(key) is None:
                yield entry.problem(f"an item of type {item['type']} needs the key '{key}'", "items", number)
        for key in unused:
            if key in item:
                yield entry.problem(f"an item of type {item['type']} has no '{key}'", "items", number, key)
    yield from _band_problems(entry, _MOST_POINTS_AN_ITEM * len(entry.data["items"]))


def _band_problems(entry: Entry, most: int) -> Iterator[Problem]:
    """Yield a problem for each balance from -most to most that no band, or more than one, covers."""
    bands = entry.data["bands"]
    for number, band in enumerate(bands):
        if band["from"] > band["to"]:
            yield entry.problem("'from' is above 'to'", "bands", number)
    covers = {
        balance: sum(band["from"] <= balance <= band["to"] for band in bands) for balance in range(-most, most + 1)
    }
    for text, wrong in (
        ("no band", [str(balance) for balance, count in covers.items() if count == 0]),
        ("more than one band", [str(balance) for balance, count in covers.items() if count > 1]),
    ):
        if wrong:
            yield entry.problem(f"{text} covers the balance {', '.join(wrong)}", "bands")
