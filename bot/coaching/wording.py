"""Building blocks of every reply: paragraphs, lists, choices and sources.

Choices are written as references to what they show: `setting_up_a_pmo` (a topic), `level:3`,
`certification:p3o_foundation`, `certification:p3o_foundation#exam` (one facet of it), `role:`, `kind:`, `function:`,
`body:`, `insight:2`, or `skill:next_qualification`. The payload of a choice is the intent that asks for it.
"""

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from bot.records import Choice, Knowledge, Level, Reply, ReplyKind, SourceLink

MAX_TITLE = 40
_LISTED = re.compile(r"\s*(?:[-|]|\d+\.)\s*")
_STOPS = (".", "?", "!", ":", "”", "*", ")")
NUMBER_WORDS = {"1": "one", "2": "two", "3": "three", "4": "four", "5": "five"}
SKILL_TITLES = {
    "next_qualification": "What should I take next?",
    "assess_level": "Which level am I?",
    "builder_or_grower": "Builder or grower?",
    "insights": "Check the five insights",
    "plan": "Make a plan",
    "check_level": "Check it with a few questions",
    "check_qualification": "Look at it more closely",
    "capabilities": "What can you do?",
    "something_else": "Something else",
    "more": "Tell me more",
    "why": "Why?",
    "menu": "Show me the menu",
}
SKILL_INTENTS = {
    "next_qualification": "next_qualification",
    "assess_level": "assess_level",
    "builder_or_grower": "find_builder_or_grower",
    "insights": "check_insights",
    "plan": "make_plan",
    "capabilities": "ask_capabilities",
    "something_else": "something_else",
    "more": "ask_more",
    "why": "ask_why",
    "menu": "ask_capabilities",
}
SKILL_PAYLOADS = {
    "check_level": '/assess_level{"form": "yes"}',
    "check_qualification": '/next_qualification{"form": "yes"}',
}
FACET_TITLES = {
    "exam": "What is the exam like?",
    "prerequisites": "What comes first?",
    "audience": "Who is it for?",
    "validity_renewal": "Does it expire?",
    "status": "Is it still offered?",
    "study_time": "How long does it take?",
    "owner": "Who runs it?",
    "content": "What does it cover?",
    "roles": "Jobs at this level",
    "certifications": "Which certificates?",
    "asks": "What does it ask of me?",
    "level": "Which level is it?",
}
REFERENCE_INTENTS = {
    "topic": "ask_topic",
    "certification": "ask_certification",
    "level": "ask_level",
    "role": "ask_role",
    "kind": "ask_pmo_kind",
    "function": "ask_function",
    "body": "ask_awarding_body",
    "insight": "ask_insight",
}


def paragraphs(text: str) -> str:
    """Return content prose as Markdown: each line a paragraph, list and table lines kept together.

    A line that stops in mid-sentence goes on in the next one.
    """
    blocks: list[list[str]] = []
    for line in filter(str.strip, text.strip().splitlines()):
        listed = _LISTED.match(line) is not None
        if blocks and listed and _LISTED.match(blocks[-1][0]):
            blocks[-1].append(line.rstrip())
        elif blocks and not listed and _goes_on(blocks[-1], line):
            blocks[-1][-1] += f" {line.strip()}"
        else:
            blocks.append([line.rstrip() if listed else line.strip()])
    return "\n\n".join("\n".join(block) for block in blocks)


def _goes_on(block: list[str], line: str) -> bool:
    """Tell whether a line goes on with the block: indented in a list, or after a line that is no sentence yet."""
    if _LISTED.match(block[0]):
        return line.startswith(" ") and block[0].startswith("-")
    return not block[-1].endswith(_STOPS)


def compose(*parts: str | None) -> str:
    """Join the parts that say something as paragraphs."""
    return "\n\n".join(paragraphs(part) for part in parts if part and part.strip())


def fitting(most: int, versions: Sequence[Sequence[str | None]]) -> Sequence[str | None]:
    """Return the first version of a text's parts that has at most so many words; the last, where none has."""
    return next((parts for parts in versions if len(compose(*parts).split()) <= most), versions[-1])


def bullets(lines: Iterable[str]) -> str:
    """Return a Markdown list."""
    return "\n".join(f"- {line}" for line in lines)


def joined(names: Sequence[str], *, word: str = "and") -> str:
    """Return names as people list them: "a, b and c"."""
    if len(names) < 2:
        return "".join(names)
    return f"{', '.join(names[:-1])} {word} {names[-1]}"


def sentence(text: str) -> str:
    """Return the text with a capital first letter and a full stop at its end."""
    text = text.strip()
    return text[:1].upper() + text[1:] + ("" if text.endswith((".", "?", "!")) else ".")


def source_links(knowledge: Knowledge, ids: Iterable[str]) -> tuple[SourceLink, ...]:
    """Return the sources as links, each once, in the order given."""
    return tuple(
        SourceLink(id=source.id, title=source.title, url=source.url, year=source.year)
        for source_id in dict.fromkeys(ids)
        if (source := knowledge.sources.get(source_id)) is not None
    )


def payload(intent: str, **entities: str | int) -> str:
    """Return the payload that means this intent with these entities, as Rasa writes it."""
    return f"/{intent}{json.dumps({k: str(v) for k, v in entities.items()})}" if entities else f"/{intent}"


def choice(knowledge: Knowledge, reference: str, title: str | None = None) -> Choice:
    """Return the choice that a reference means; its title is the entry's own unless one is given."""
    kind, _, rest = reference.rpartition(":") if ":" in reference else ("topic", "", reference)
    if kind == "skill":
        return Choice(title or SKILL_TITLES[rest], SKILL_PAYLOADS.get(rest) or payload(SKILL_INTENTS[rest]))
    entry, _, facet = rest.partition("#")
    entities = {kind: entry, **({"facet": facet} if facet else {})}
    return Choice(_short(title or FACET_TITLES.get(facet) or name_of(knowledge, kind, entry)),
                  payload(REFERENCE_INTENTS[kind], **entities))  # fmt: skip


def choices(knowledge: Knowledge, references: Iterable[str | Choice]) -> tuple[Choice, ...]:
    """Return the choices for references, leaving ready ones as they are, none twice."""
    made = [item if isinstance(item, Choice) else choice(knowledge, item) for item in references]
    return tuple({item.payload: item for item in made}.values())


def offered(knowledge: Knowledge, references: Iterable[str | Choice]) -> list[str | Choice]:
    """Return the references that lead somewhere in this knowledge, for content that may lack an entry."""
    return [item for item in references if isinstance(item, Choice) or _leads_somewhere(knowledge, item)]


def _leads_somewhere(knowledge: Knowledge, reference: str) -> bool:
    kind, _, rest = reference.rpartition(":") if ":" in reference else ("topic", "", reference)
    try:
        return kind == "skill" or bool(name_of(knowledge, kind, rest.partition("#")[0]))
    except KeyError:
        return False


def name_of(knowledge: Knowledge, kind: str, entry: str) -> str:
    """Return what the coach calls an entry."""
    if kind == "level":
        return f"Level {Level(int(entry)).word}"
    if kind == "insight":
        return f"Insight {NUMBER_WORDS.get(entry, entry)}"
    tables: dict[str, tuple[Mapping[str, Any], str]] = {
        "topic": (knowledge.topics, "title"),
        "certification": (knowledge.certifications, "name"),
        "role": (knowledge.roles, "title"),
        "kind": (knowledge.kinds, "name"),
        "function": (knowledge.functions, "name"),
        "body": (knowledge.bodies, "name"),
    }
    entries, name = tables[kind]
    return str(getattr(entries[entry], name))


def reply(
    knowledge: Knowledge,
    *parts: str | None,
    offers: Iterable[str | Choice] = (),
    sources: Iterable[str] = (),
    kind: ReplyKind = ReplyKind.ANSWER,
) -> Reply:
    """Return a reply of paragraphs, with what to offer next and what it rests on."""
    return Reply(
        text=compose(*parts), kind=kind, choices=choices(knowledge, offers), sources=source_links(knowledge, sources)
    )


def _short(title: str) -> str:
    return title if len(title) <= MAX_TITLE else f"{title[: MAX_TITLE - 1].rstrip()}…"
