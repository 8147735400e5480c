"""What is saved is nothing that Rasa needs: its modules copy for their logs only, and its domain stays what it was."""

import ast
import inspect
from collections.abc import Iterator
from types import ModuleType

import pytest
import rasa.shared.utils.common as rasa_common
from rasa.core.actions import action
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import Event, SlotSet, deserialise_events
from rasa.utils.endpoints import EndpointConfig

from bot.runtime.savings import COPYING, _fills_slots_itself, save_work
from bot.runtime.settings import project_root
from bot.runtime.talk_tracker import TalkTracker


def uses_of_copy(tree: ast.AST) -> Iterator[ast.Name]:
    return (node for node in ast.walk(tree) if isinstance(node, ast.Name) and node.id == "copy")


def log_lines(tree: ast.AST) -> Iterator[ast.Call]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "structlogger.debug":
            yield node


@pytest.mark.parametrize("module", COPYING, ids=lambda module: module.__name__)
def test_rasa_copies_for_its_log_lines_only(module: ModuleType) -> None:
    tree = ast.parse(inspect.getsource(module))
    logged = {id(use) for line in log_lines(tree) for use in uses_of_copy(line)}

    assert logged
    assert all(id(use) in logged for use in uses_of_copy(tree))


@pytest.mark.parametrize(
    ("domain", "empty"), [(Domain.empty(), True), (Domain.from_dict({"intents": ["greet"]}), False)],
    ids=["empty", "not empty"],
)  # fmt: skip
def test_a_domain_says_whether_it_is_empty(domain: Domain, empty: bool) -> None:
    save_work(domain)

    assert domain.is_empty() is empty


def test_events_are_read_as_before() -> None:
    save_work(Domain.empty())
    save_work(Domain.empty())

    assert deserialise_events([{"event": "slot", "name": "level", "value": "2"}]) == [SlotSet("level", "2")]
    assert SlotSet in rasa_common.all_subclasses(Event)


@pytest.mark.parametrize("file", ["domain.yml", None], ids=["ours", "with a slot that stories see"])
def test_states_have_the_slots_that_they_had(file: str | None) -> None:
    seen = {"slots": {"region": {"type": "text", "influence_conversation": True, "mappings": [{"type": "custom"}]}}}
    domain = Domain.load(str(project_root() / file)) if file else Domain.from_dict(seen)
    tracker = TalkTracker("c", domain.slots)
    for slot in domain.slots:
        tracker.update(SlotSet(slot.name, "3"))
    before = domain.get_active_state(tracker)

    save_work(domain)

    assert domain.get_active_state(tracker) == before
    assert ("slots" in before) is (file is None)


def test_rasas_own_actions_are_made_once_for_each_endpoint() -> None:
    save_work(Domain.empty())
    one, other = EndpointConfig("http://127.0.0.1:1"), EndpointConfig("http://127.0.0.1:2")

    first, again, elsewhere = (action.default_actions(endpoint) for endpoint in (one, one, other))

    assert first is again
    assert elsewhere is not first
    assert [made.name() for made in elsewhere] == [made.name() for made in first]


def test_slots_of_our_domain_are_set_by_actions_alone() -> None:
    assert not _fills_slots_itself(Domain.load(str(project_root() / "domain.yml")))


@pytest.mark.parametrize(
    "domain",
    [
        {
            "entities": ["role"],
            "slots": {"role": {"type": "any", "mappings": [{"type": "from_entity", "entity": "role"}]}},
        },
        {"slots": {"role": {"type": "any", "mappings": [{"type": "custom", "action": "action_x"}]}}},
        {"actions": ["action_validate_slot_mappings"]},
    ],
    ids=["from an entity", "by an action at each message", "validated"],
)
def test_slots_that_rasa_fills_itself_are_still_filled(domain: dict[str, object]) -> None:
    assert _fills_slots_itself(Domain.from_dict(domain))
