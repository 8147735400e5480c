"""What the message that begins a plan brings along: "a plan for P3O", "put that in a plan", "change the action to"."""

import re
from collections.abc import Mapping

from bot.coaching.reading import LONGEST
from bot.coaching.situation import ABOUT_CERTIFICATIONS
from bot.records import Focus, Knowledge, Question

ABOUT = (*ABOUT_CERTIFICATIONS, "what_if")
_THAT = re.compile(r"\b(?:that|it|this|them)\b", re.IGNORECASE)
_ACTION = re.compile(
    r"\b(?:chang\w+|switch\w*|swap\w*|updat\w+|set|mak\w+)\s+(?:the|my)\s+(?:action|step|task)\s+(?:to|into)\s+(?P<action>\w.+)",
    re.IGNORECASE,
)


def brought_to_plan(question: Question, knowledge: Knowledge, focus: Focus | None) -> Mapping[str, str]:
    """Return the goal that the message names, or points to in what the talk is about; and a new action."""
    brought = {}
    if (goal := _goal(question, knowledge, focus)) is not None:
        brought["goal"] = goal
    if match := _ACTION.search(question.text):
        action = match["action"].strip(" .!")[:LONGEST]
        brought["action"] = action[:1].upper() + action[1:]
    return brought


def _goal(question: Question, knowledge: Knowledge, focus: Focus | None) -> str | None:
    insight = question.value("insight")
    if insight is not None and insight.isdecimal() and int(insight) in knowledge.insights:
        return knowledge.insights[int(insight)].name
    named = question.value("certification")
    pointed = focus is not None and focus.kind in ABOUT and _THAT.search(question.text) is not None
    certification = named or (focus.id.split(",")[0] if pointed and focus is not None else None)
    found = knowledge.certifications.get(certification or "")
    return f"Take {found.name}" if found is not None else None
