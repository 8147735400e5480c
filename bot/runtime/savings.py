"""Work that Rasa does at every message and need not: a tenth of what a message costs.

Nothing that it decides, says or stores depends on any of it. Each saving says what it leaves out; a test holds against
Rasa's source that there is no more to it.
"""

import logging
from collections.abc import Sequence
from functools import lru_cache
from types import ModuleType, SimpleNamespace
from typing import Any

import rasa.shared.utils.common as rasa_common
from rasa.core import processor
from rasa.core.actions import action, forms
from rasa.core.channels.channel import OutputChannel
from rasa.core.policies import memoization, rule_policy
from rasa.shared.core.constants import (
    ACTION_VALIDATE_SLOT_MAPPINGS,
    DEFAULT_SLOT_NAMES,
    MAPPING_TYPE,
    SlotMappingType,
)
from rasa.shared.core.domain import Domain, SubState
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.utils.endpoints import EndpointConfig

from bot.runtime.talk_tracker import TalkTracker, remember_active_states

COPYING: Sequence[ModuleType] = (processor, memoization, rule_policy)
"""Modules that copy things for their log lines, and for nothing else."""


def save_work(domain: Domain) -> None:
    """Leave out what need not be done, in this process, for conversations of this domain."""
    for module in COPYING:
        # The lines are those of level debug, which the lean runtime drops; the copies would be made all the same.
        module.copy = SimpleNamespace(deepcopy=_as_it_is)  # type: ignore[attr-defined]
    # Forms make a tracker two or three times for each message; this one is made in less time.
    forms.DialogueStateTracker = TalkTracker  # type: ignore[attr-defined]
    remember_active_states(domain)
    _leave_out_slots_without_influence(domain)
    _keep_default_actions()
    # Asked for at each message, it makes an empty domain and compares the two.
    is_empty = domain.is_empty()
    domain.is_empty = lambda: is_empty  # type: ignore[method-assign]
    # Asked for at each event that an action returns, it goes through all classes of events and theirs.
    if not hasattr(rasa_common.all_subclasses, "cache_info"):
        rasa_common.all_subclasses = lru_cache(maxsize=None)(rasa_common.all_subclasses)


def save_work_of_messages(messages: processor.MessageProcessor) -> None:
    """Leave out what comes to nothing with our domain, at each message that this processor takes."""
    if not _fills_slots_itself(messages.domain):
        messages.run_action_extract_slots = _nothing_extracted  # type: ignore[method-assign]
    if not processor.logger.isEnabledFor(logging.DEBUG):
        # It puts all slots into a line of level debug.
        messages._log_slots = _not_logged  # type: ignore[method-assign]


def _leave_out_slots_without_influence(domain: Domain) -> None:
    """Let a state's slots be looked for among those alone that may be in it: of sixty, none or a few."""
    make, influential = Domain._get_slots_sub_state, [slot.name for slot in domain.slots if slot.influence_conversation]

    def slots_sub_state(tracker: DialogueStateTracker, omit_unset_slots: bool = False) -> SubState:
        slots = {name: tracker.slots[name] for name in influential if name in tracker.slots}
        return make(SimpleNamespace(slots=slots), omit_unset_slots)  # type: ignore[arg-type]

    domain._get_slots_sub_state = slots_sub_state  # type: ignore[method-assign]


def _keep_default_actions() -> None:
    """Make Rasa's own dozen actions once, not for each action that is looked for: they have no state."""
    make = action.default_actions
    if hasattr(make, "kept"):
        return
    kept: list[tuple[EndpointConfig | None, list[action.Action]]] = []

    def default_actions(action_endpoint: EndpointConfig | None = None) -> list[action.Action]:
        for endpoint, actions in kept:
            if endpoint is action_endpoint:
                return actions
        kept[:] = [(action_endpoint, make(action_endpoint))]
        return kept[0][1]

    default_actions.kept = kept  # type: ignore[attr-defined]
    action.default_actions = default_actions


def _fills_slots_itself(domain: Domain) -> bool:
    """Tell whether Rasa may fill a slot from a message: not if all are left to actions, which set them by events."""
    ours = [slot for slot in domain.slots if slot.name not in DEFAULT_SLOT_NAMES]
    custom = {MAPPING_TYPE: str(SlotMappingType.CUSTOM)}
    return ACTION_VALIDATE_SLOT_MAPPINGS in domain.user_actions or any(
        {**mapping, MAPPING_TYPE: str(mapping[MAPPING_TYPE])} != custom for slot in ours for mapping in slot.mappings
    )


async def _nothing_extracted(output_channel: OutputChannel, tracker: DialogueStateTracker) -> DialogueStateTracker:
    return tracker


def _not_logged(tracker: DialogueStateTracker) -> None:
    return None


def _as_it_is(thing: Any) -> Any:
    return thing
