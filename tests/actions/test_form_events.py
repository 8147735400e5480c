"""A form's events tell what is new, and one thing at least, for Rasa to see that the form took the message."""

from typing import Any

import pytest
from rasa_sdk.events import SlotSet
from rasa_sdk.interfaces import Tracker

from actions.find_builder_or_grower import ValidateBuilderGrowerForm

FORM = ValidateBuilderGrowerForm()
FIRST, SECOND = (FORM.form.slot(step) for step in FORM.form.steps[:2])


def tracker(**slots: Any) -> Tracker:
    return Tracker("c", slots, {}, [], False, None, {}, "action_listen")


@pytest.mark.parametrize(
    ("events", "news"),
    [
        ([SlotSet(FIRST, 1), SlotSet(SECOND, None), SlotSet("requested_slot", SECOND)],
         [SlotSet(FIRST, 1), SlotSet("requested_slot", SECOND)]),
        ([SlotSet(FIRST, None), SlotSet(SECOND, None), SlotSet("requested_slot", FIRST)],
         [SlotSet(FIRST, None), SlotSet("requested_slot", FIRST)]),
        ([SlotSet("region", None), SlotSet("region", None)], [SlotSet("region", None), SlotSet("region", None)]),
        ([], []),
    ],
    ids=["one answer", "no answer", "another's slot", "nothing"],
)  # fmt: skip
def test_an_event_that_changes_nothing_is_left_out(events: list[Any], news: list[Any]) -> None:
    assert FORM._news(tracker(), events) == news
