"""The talk's tracker shows policies the states that Rasa's own shows them, whatever happened, whenever it is asked."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import (
    ActionExecuted,
    ActionExecutionRejected,
    ActionReverted,
    ActiveLoop,
    AllSlotsReset,
    BotUttered,
    DefinePrevUserUtteredFeaturization,
    Event,
    FollowupAction,
    LoopInterrupted,
    Restarted,
    SessionStarted,
    SlotSet,
    UserUtteranceReverted,
    UserUttered,
)
from rasa.shared.core.trackers import DialogueStateTracker

from bot.runtime.talk_tracker import TalkTracker

DOMAIN = Domain.from_yaml(
    """
    version: "3.1"
    intents: [greet, ask_role]
    entities: [role]
    slots:
      level: {type: categorical, values: [one, two], mappings: [{type: custom}]}
      known: {type: bool, initial_value: false, mappings: [{type: custom}]}
      focus: {type: any, influence_conversation: false, mappings: [{type: custom}]}
    forms: {a_form: {required_slots: [level]}, another_form: {required_slots: [level]}}
    actions: [action_x, action_y]
    """
)

USUAL = st.one_of(
    st.builds(
        lambda intent, entities: UserUttered("words", {"name": intent, "confidence": 1.0}, entities),
        st.sampled_from(["greet", "ask_role"]), st.sampled_from([[], [{"entity": "role", "value": "x"}]]),
    ),
    st.builds(ActionExecuted, st.sampled_from(["action_listen", "action_x", "a_form", "another_form"]),
              hide_rule_turn=st.booleans()),
    st.builds(SlotSet, st.just("level"), st.sampled_from(["one", "two", None])),
    st.builds(SlotSet, st.just("known"), st.booleans()),
    st.builds(SlotSet, st.just("focus"), st.text(max_size=3)),
    st.builds(BotUttered, st.text(max_size=3)),
    st.builds(DefinePrevUserUtteredFeaturization, st.booleans()),
)  # fmt: skip
RARE = st.one_of(
    st.builds(ActiveLoop, st.sampled_from(["a_form", "another_form", None])), st.builds(LoopInterrupted, st.booleans()),
    st.builds(ActionExecutionRejected, st.sampled_from(["a_form", "another_form"])), st.builds(AllSlotsReset),
    st.builds(SessionStarted), st.builds(ActionReverted),
    st.builds(Restarted), st.builds(UserUtteranceReverted), st.builds(FollowupAction, st.just("action_x")),
)  # fmt: skip


def both() -> tuple[DialogueStateTracker, TalkTracker]:
    return DialogueStateTracker("c", DOMAIN.slots), TalkTracker("c", DOMAIN.slots)


def states_of(tracker: DialogueStateTracker) -> list[Any]:
    rules = tracker.past_states(DOMAIN)
    hidden = {"rule_only_slots": ["known"], "rule_only_loops": ["a_form"]}
    return [
        rules,
        tracker.past_states(DOMAIN, omit_unset_slots=True),
        tracker.past_states(DOMAIN, ignore_rule_only_turns=True, rule_only_data=hidden),
    ]


def standing(tracker: DialogueStateTracker) -> dict[str, Any]:
    standing = {name: value for name, value in vars(tracker).items() if name != "_seen"}
    return {**standing, "slots": tracker.current_slot_values(), "loop": tracker.active_loop}


@settings(max_examples=300, deadline=None)
@given(st.lists(st.one_of(USUAL, USUAL, RARE), max_size=30), st.integers(1, 6))
def test_states_are_those_of_rasas_tracker(events: list[Event], every: int) -> None:
    usual, quick = both()
    for count, event in enumerate(events):
        usual.update(event)
        quick.update(event)
        if count % every == 0:
            assert states_of(quick) == states_of(usual)
    assert states_of(quick) == states_of(usual)
    assert quick.applied_events() == usual.applied_events()


@settings(max_examples=300, deadline=None)
@given(st.lists(st.one_of(USUAL, RARE), max_size=12), st.booleans())
def test_a_copy_stands_where_rasas_copy_stands(events: list[Event], followed: bool) -> None:
    usual, quick = both()
    for tracker in (usual, quick):
        tracker.model_id = "model"
        for event in events:
            tracker.update(event)
        if followed:
            tracker.clear_followup_action()

    assert standing(quick.copy()) == standing(usual.copy())


def test_states_that_a_policy_changes_are_whole_the_next_time() -> None:
    usual, quick = both()
    for event in (ActionExecuted("action_listen"), UserUttered("hi", {"name": "greet"}), ActionExecuted("action_x")):
        usual.update(event)
        quick.update(event)

    for state in quick.past_states(DOMAIN):
        state.clear()
    for state in quick.past_states(DOMAIN):
        state.get("user", {}).clear()

    assert states_of(quick) == states_of(usual)


@pytest.mark.parametrize("copied", [lambda tracker: tracker.copy(), lambda tracker: tracker.init_copy()])
def test_a_copy_goes_its_own_way(copied: Any) -> None:
    quick = both()[1]
    quick.update(SlotSet("level", "one"))
    states_of(quick)

    other = copied(quick)
    other.update(SlotSet("level", "two"))
    other.update(ActionExecuted("action_x"))

    assert isinstance(other, TalkTracker)
    assert quick.get_slot("level") == "one"
    assert len(quick.past_states(DOMAIN)) == 1
    assert len(other.past_states(DOMAIN)) == 2


def test_init_copy_begins_with_the_slots_initial_values() -> None:
    quick = both()[1]
    quick.update(SlotSet("known", True))

    assert quick.init_copy().get_slot("known") is False
    assert quick.get_slot("known") is True
