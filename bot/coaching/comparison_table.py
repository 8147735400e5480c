"""The table of a comparison: five short rows that say most about a certification."""

from collections.abc import Sequence
from typing import Any

from bot.coaching.certification_entry import names_before
from bot.coaching.certification_facts import known_facts, sources_of, successors_of, value_of
from bot.coaching.certification_identity import body_name
from bot.coaching.phrases import clipped, running, short_name
from bot.coaching.wording import joined
from bot.records import Certification, CertificationStatus, Knowledge, PrerequisiteKind

UNKNOWN = "not known to me"
CHARACTERS = {
    "practice": "hands-on",
    "framework": "a framework",
    "leadership": "about leading",
    "method": "a method",
    "competence": "measured against a job",
}
STATUSES = {
    CertificationStatus.RENAMED: "name has changed",
    CertificationStatus.UNCLEAR: "unclear if it runs",
    CertificationStatus.NOT_A_CERTIFICATE: "no certificate",
}


def comparison_table(knowledge: Knowledge, compared: Sequence[Certification]) -> dict[str, Any]:
    """Return the columns and rows: level, for whom, character, what comes first, who runs it and whether it runs."""
    rows = {
        "Level": [joined([level.word for level in c.levels]) or "none" for c in compared],
        "For whom": [_audience(c) for c in compared],
        "Character": [CHARACTERS[c.style] for c in compared],
        "Comes first": [_first(knowledge, c) for c in compared],
        "Run by": [_run_by(knowledge, c) for c in compared],
    }
    return {"columns": ["", *(c.name for c in compared)], "rows": [[name, *cells] for name, cells in rows.items()]}


def markdown_table(table: dict[str, Any]) -> str:
    """Return a table as Markdown."""
    columns = table["columns"]
    lines = [columns, ["---"] * len(columns), *table["rows"]]
    return "\n".join(f"| {' | '.join(cell.replace('|', '/') for cell in line)} |" for line in lines)


def sources_compared(compared: Sequence[Certification]) -> tuple[str, ...]:
    """Return what the table rests on."""
    facts = [known_facts(c, ("audience", "prerequisites", "owner_now", "awarding_body")) for c in compared]
    own = [source for c in compared for source in c.sources[:2]]
    return (*own, *(source for group in facts for source in sources_of(group)))


def _audience(certification: Certification) -> str:
    value = value_of(certification, "audience")
    return clipped(running(value)) if value else UNKNOWN


def _first(knowledge: Knowledge, certification: Certification) -> str:
    required = names_before(knowledge, certification, PrerequisiteKind.REQUIRED)
    advised = names_before(knowledge, certification, PrerequisiteKind.ADVISED)
    value = (value_of(certification, "prerequisites") or "").lower()
    if required or advised:
        return joined(required) or f"{joined(advised)}, advised"
    if value.startswith("none"):
        return "nothing" if value == "none" else "nothing that I found"
    if value.startswith("foundation: none"):
        return "nothing for Foundation"
    return "entry rules, ask me" if value or certification.requirement else UNKNOWN


def _run_by(knowledge: Knowledge, certification: Certification) -> str:
    after = successors_of(knowledge, certification)
    if after:
        return f"replaced by {joined([successor.name for successor in after])}"
    if certification.status is CertificationStatus.NOT_FOUND:
        return "nobody that I found"
    name = short_name(body_name(knowledge, certification))
    status = STATUSES.get(certification.status)
    return f"{name}; {status}" if status else name
