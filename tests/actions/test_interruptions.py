"""A form hands a message over to the very action that the rules give its intent."""

from pathlib import Path

import pytest
import yaml

from actions.interruptions import action_for
from bot.coaching.hearing import ANSWERING_INTENTS

RULES = Path(__file__).parents[2] / "data" / "rules"


def _rules() -> dict[str, str]:
    """Return the action of every rule that answers one intent."""
    found = {}
    for file in RULES.glob("*.yml"):
        for rule in yaml.safe_load(file.read_text(encoding="utf-8"))["rules"]:
            first, *rest = rule["steps"]
            if "intent" in first and "action" in rest[0]:
                found[first["intent"]] = rest[0]["action"]
    return found


@pytest.mark.parametrize(("intent", "action"), sorted(_rules().items()))
def test_an_intent_is_answered_in_a_form_as_outside_of_it(intent: str, action: str):
    if intent not in ANSWERING_INTENTS - {"follow_up", "ask_several", "something_else"}:
        assert action_for(intent) == action
