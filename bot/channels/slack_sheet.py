"""The builder or grower sheet as a dialog: all eight questions at once, for those who prefer a form to a talk."""

import json
import re
from collections.abc import Mapping
from typing import Any

from bot.channels.slack_limits import LABEL_TEXT, OPTION_TEXT
from bot.channels.slack_text import plain_text
from bot.records import Questionnaire, QuestionnaireItem

CALLBACK = "builder_or_grower_sheet"
ANSWER = "answer"
_VALUE = re.compile("[1-5]")
_ID = re.compile(r"[A-Za-z0-9_]{1,40}")


def sheet_view(questionnaire: Questionnaire) -> dict[str, Any]:
    """Return the dialog; every question may be left open."""
    return {
        "type": "modal",
        "callback_id": CALLBACK,
        "title": plain_text("Builder or grower"),
        "submit": plain_text("Show my reading"),
        "close": plain_text("Cancel"),
        "blocks": [
            {"type": "section", "text": plain_text(_intro(questionnaire))},
            *(_question(item, questionnaire.scales[item.type]) for item in questionnaire.items),
        ],
    }


def _intro(questionnaire: Questionnaire) -> str:
    return (
        f"{len(questionnaire.items)} questions. There are no right answers, and you may leave any of them open; "
        "I need six before I offer a reading. It is a conversation starter, not a test."
    )


def _question(item: QuestionnaireItem, scale: tuple[str, ...]) -> dict[str, Any]:
    options = [
        {"text": plain_text(words[:OPTION_TEXT]), "value": str(value)} for value, words in enumerate(scale, start=1)
    ]
    return {
        "type": "input",
        "block_id": item.id,
        "optional": True,
        "label": plain_text(_label(item)[:LABEL_TEXT]),
        "element": {"type": "radio_buttons", "action_id": ANSWER, "options": options},
    }


def _label(item: QuestionnaireItem) -> str:
    sides = [f"{letter}: {words}" for letter, words in (("A", item.option_a), ("B", item.option_b)) if words]
    return "\n".join([item.text, *sides])


def read_sheet(view: Mapping[str, Any]) -> str:
    """Return the payload with the answers of a submitted dialog, those left open left out."""
    state = (view.get("state") or {}).get("values") or {}
    answers = []
    for question, elements in state.items():
        chosen = ((elements.get(ANSWER) or {}).get("selected_option") or {}).get("value")
        if chosen and _VALUE.fullmatch(str(chosen)) and _ID.fullmatch(str(question)):
            answers.append(f"{question}={chosen}")
    return f"/find_builder_or_grower{json.dumps({'sheet': ','.join(answers)})}"
