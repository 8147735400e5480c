"""What somebody is and what that makes them, said in one breath, asks for a level, whatever the model is surest of."""

import pytest
from rasa.shared.nlu.constants import ENTITIES, INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message

from bot.nlu.intent_classifier import READINGS
from bot.nlu.interpreter import Interpreter


def read(text: str, *, title: str | None) -> str:
    """Return the intent of a text whose likeliest label, not a sure one, is that of telling."""
    entities = []
    if title:
        start = text.index(title)
        end = start + len(title)
        entities = [{"entity": "role", "value": "project_coordinator", "start": start, "end": end}]
    reading = {"labels": [("tell_profile", 0.4), ("assess_level", 0.2)], "confidence": 0.4, "nearness": 0.5}
    message = Message({TEXT: text, ENTITIES: entities, READINGS: [reading]})
    Interpreter(Interpreter.get_default_config()).process([message])
    return str(message.get(INTENT)["name"])


@pytest.mark.parametrize(
    ("text", "title", "intent"),
    [
        ("im a project cordinator, 2 yrs. wat am i", "project cordinator", "assess_level"),
        ("pmo coordinator here, what level does that make me", "coordinator", "assess_level"),
        ("project coordinator, what level am I?", "project coordinator", "assess_level"),
        ("im a project coordinator, 2 yrs", "project coordinator", "tell_profile"),
        ("what am i to do with all this", None, "tell_profile"),
    ],
)
def test_a_title_and_what_am_i_asks_for_a_level(text: str, title: str | None, intent: str) -> None:
    assert read(text, title=title) == intent
