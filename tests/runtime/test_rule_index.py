"""The index of rules changes no decision of RulePolicy, neither with our own rules nor with other kinds of them."""

import copy
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from rasa.core.policies.rule_policy import RulePolicy
from rasa.engine.graph import ExecutionContext, GraphSchema
from rasa.engine.storage.local_model_storage import LocalModelStorage
from rasa.engine.storage.resource import Resource
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, ActionExecutionRejected, ActiveLoop, Event, SlotSet, UserUttered
from rasa.shared.core.generator import TrainingDataGenerator
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.shared.core.training_data.story_reader.yaml_story_reader import YAMLStoryReader
from rasa.shared.core.training_data.structures import StoryGraph

from bot.runtime.rule_index import RuleIndex
from bot.runtime.settings import project_root

EVERY_KIND = """
version: "3.1"
intents: [greet, bye, stop]
slots:
  known: {type: bool, mappings: [{type: custom}]}
forms: {a_form: {required_slots: [known]}}
actions: [action_x, action_y]
responses: {utter_quoted: [{text: quoted}]}
rules:
  - rule: greets at the beginning
    conversation_start: true
    steps: [{intent: greet}, {action: action_x}]
  - rule: says bye to whom it knows
    condition: [{slot_was_set: [known: true]}]
    steps: [{intent: bye}, {action: action_y}]
  - rule: begins the form
    steps: [{intent: stop}, {action: a_form}, {active_loop: a_form}]
  - rule: ends the form
    condition: [{active_loop: a_form}]
    steps: [{action: a_form}, {active_loop: null}, {action: action_y}]
  - rule: leaves the form and comes back
    condition: [{active_loop: a_form}]
    steps: [{intent: bye}, {action: action_x}, {active_loop: null}]
"""
QUOTING = """
  - rule: answers words
    steps: [{user: "the very words"}, {action: utter_quoted}]
"""


def a_policy(folder: Path, domain: Domain, steps: Any) -> RulePolicy:
    """Return a policy trained on those steps."""
    storage = LocalModelStorage.create(folder)
    config = {"core_fallback_action_name": domain.action_names_or_texts[-1], "check_for_contradictions": False}
    policy = RulePolicy(
        {**RulePolicy.get_default_config(), **config},
        storage, Resource("rules"), ExecutionContext(GraphSchema({})),
    )  # fmt: skip
    trackers = TrainingDataGenerator(StoryGraph(steps), domain, use_story_concatenation=False).generate()
    policy.train(trackers, domain)
    return policy


def read(path: Path, text: str) -> tuple[Domain, Any]:
    path.write_text(text, encoding="utf-8")
    return Domain.from_yaml(text.partition("rules:")[0]), YAMLStoryReader().read_from_file(path)


def every_kind(folder: Path) -> tuple[RulePolicy, Domain]:
    domain, steps = read(folder / "rules.yml", EVERY_KIND)
    return a_policy(folder, domain, steps), domain


def quoting(folder: Path) -> tuple[RulePolicy, Domain]:
    domain, steps = read(folder / "rules.yml", EVERY_KIND + QUOTING)
    return a_policy(folder, domain, steps), domain


def our_own(folder: Path) -> tuple[RulePolicy, Domain]:
    domain = Domain.load(project_root() / "domain.yml")
    files = sorted((project_root() / "data" / "rules").glob("*.yml"))
    return a_policy(folder, domain, [step for file in files for step in YAMLStoryReader().read_from_file(file)]), domain


@pytest.fixture(scope="module", params=[every_kind, quoting, our_own], ids=lambda make: make.__name__)
def trained(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[RulePolicy, Domain]:
    make: Callable[[Path], tuple[RulePolicy, Domain]] = request.param
    return make(tmp_path_factory.mktemp("policy"))


def talks(domain: Domain) -> st.SearchStrategy[list[Event]]:
    """Return talks that keep to no rule, but come near to them."""
    loops = list(domain.form_names)
    events = [
        st.builds(
            lambda intent, text: UserUttered(text, {"name": intent, "confidence": 1.0}),
            st.sampled_from(list(domain.intents)), st.sampled_from(["the very words", "others", ""]),
        ),
        st.builds(ActionExecuted, st.sampled_from(domain.action_names_or_texts)),
        st.just(ActionExecuted("action_listen")),
        st.builds(SlotSet, st.sampled_from([slot.name for slot in domain.slots]), st.sampled_from([True, None])),
    ]  # fmt: skip
    if loops:
        events += [
            st.builds(ActiveLoop, st.sampled_from([*loops, None])),
            st.builds(ActionExecutionRejected, st.sampled_from(loops)),
        ]
    return st.lists(st.one_of(events), max_size=8)


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_predictions_are_those_of_rasa(trained: tuple[RulePolicy, Domain], data: st.DataObject) -> None:
    policy, domain = trained
    events = data.draw(talks(domain))
    intent = data.draw(st.sampled_from(list(domain.intents)))
    events += [ActionExecuted("action_listen"), UserUttered("the very words", {"name": intent, "confidence": 1.0})]
    tracker = DialogueStateTracker.from_events("c", events, slots=domain.slots, domain=domain)

    for _ in range(2):
        expected, source = policy._predict(tracker, domain)
        actual, actual_source = with_index(policy)._predict(tracker, domain)
        assert actual == expected
        assert actual_source == source or not source
        tracker.update(ActionExecuted(best(policy, tracker, domain)))


def with_index(policy: RulePolicy) -> RulePolicy:
    """Return the policy over again, with an index of its rules."""
    other = copy.copy(policy)
    RuleIndex(other).install()
    return other


def test_a_rule_for_the_beginning_applies_at_the_beginning_only(tmp_path: Path) -> None:
    policy, domain = every_kind(tmp_path)
    policy = with_index(policy)
    said = UserUttered("hi", {"name": "greet", "confidence": 1.0})
    begin = [ActionExecuted("action_listen"), said]
    tracker = DialogueStateTracker.from_events("c", begin, slots=domain.slots, domain=domain)
    assert best(policy, tracker, domain) == "action_x"

    later = [*begin, ActionExecuted("action_x"), *begin]
    tracker = DialogueStateTracker.from_events("c", later, slots=domain.slots, domain=domain)
    assert best(policy, tracker, domain) != "action_x"


def best(policy: RulePolicy, tracker: DialogueStateTracker, domain: Domain) -> str:
    probabilities = policy.predict_action_probabilities(tracker, domain).probabilities
    return str(domain.action_names_or_texts[probabilities.index(max(probabilities))])
