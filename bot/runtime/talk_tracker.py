"""Rasa's tracker, without replaying the same talk again and again.

To decide on an action, each policy replays the whole tracker to see the states that it went through, two or three times
for each action. Here what was seen is kept, and a replay goes on from where the last one ended. What comes out is the
same, also where an event takes back what was before it, or a form hides its own repetitions: a test compares.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from itertools import islice
from typing import Any, TypeVar, cast

from rasa.shared.core.constants import ACTION_LISTEN_NAME, ACTION_SESSION_START_NAME
from rasa.shared.core.domain import Domain, State
from rasa.shared.core.events import (
    ActionExecuted,
    ActionReverted,
    ActiveLoop,
    AllSlotsReset,
    BotUttered,
    DefinePrevUserUtteredFeaturization,
    Event,
    FollowupAction,
    Restarted,
    SessionStarted,
    SlotSet,
    UserUtteranceReverted,
    UserUttered,
)
from rasa.shared.core.slots import Slot
from rasa.shared.core.trackers import DialogueStateTracker

TURN = (ActionExecuted, UserUttered, DefinePrevUserUtteredFeaturization)
"""Events that a form takes back when it repeats itself; what was filled and said meanwhile stays."""

REVERTING = (ActionReverted, UserUtteranceReverted)
"""Events that take back what was before them."""

Copied = TypeVar("Copied")


class TalkTracker(DialogueStateTracker):
    """A tracker that remembers which states it went through."""

    _seen: "_Seen | None" = None
    active_states: dict[bool, State] | None = None
    """What `Domain.get_active_state` gave, with and without unset slots, of a tracker that stays as it is."""

    def __init__(self, sender_id: str, slots: Iterable[Slot] | None, *args: Any, **kwargs: Any) -> None:
        """Begin with the slots at their beginning.

        A slot is shared, with the domain and with other trackers, until it is set: of sixty slots a talk sets a few.
        """
        super().__init__(sender_id, None, *args, **kwargs)
        if slots is not None:
            self.slots = {slot.name: _at_its_beginning(slot) for slot in slots}

    def _set_slot(self, key: str, value: Any) -> None:
        if key in self.slots:
            self.slots[key] = _copy(self.slots[key])
        super()._set_slot(key, value)

    def _reset_slots(self) -> None:
        for name, slot in list(self.slots.items()):
            self.slots[name] = _at_its_beginning(slot)

    def copy(self) -> "TalkTracker":
        """Return a tracker that stands where this one stands, as Rasa makes it by replaying all events."""
        if any(type(event) in REVERTING for event in self.events):
            return cast(TalkTracker, super().copy())
        new = _copy(self)
        new.events, new._seen, new.model_id, new.assistant_id = self.events.copy(), None, None, None
        new.slots = dict(self.slots)
        if new.active_loop is not None:
            new.active_loop = _copy(new.active_loop)
        # Policies clear it without an event when they have heeded it.
        new.followup_action = _followup_after(self.events)
        return new

    def init_copy(self) -> "TalkTracker":
        """Return a tracker with the same slots, at their beginning."""
        slots = self.slots.values()
        return TalkTracker(self.sender_id, slots, self._max_event_history, is_rule_tracker=self.is_rule_tracker)

    def generate_all_prior_trackers(self) -> Iterator[tuple[DialogueStateTracker, bool]]:  # type: ignore[override]
        """Yield the tracker as it was before each action, and as it is, and whether stories are not to see the turn.

        Of what is yielded, all that states are made of is as it was.
        """
        yield from self._replayed().states()

    def applied_events(self) -> list[Event]:
        """Return the events that count, without those that were taken back."""
        return list(self._replayed().applied)

    def _replayed(self) -> "_Seen":
        if self._seen is None:
            self._seen = _Seen(self.init_copy())
        self._seen.go_on(self.events)
        return self._seen


class _Seen:
    """The events that count so far, and what the tracker was before the first and after each of them."""

    def __init__(self, beginning: TalkTracker) -> None:
        beginning.active_states = {}
        self.applied: list[Event] = []
        self._trackers = [beginning]
        self._loops: set[str] = set()
        self._count = 0

    def states(self) -> Iterator[tuple[DialogueStateTracker, bool]]:
        """Yield the tracker before each action, and at the end."""
        for event, before in zip(self.applied, self._trackers, strict=False):
            if type(event) is ActionExecuted:
                yield before, event.hide_rule_turn
        yield self._trackers[-1], False

    def go_on(self, events: Sequence[Event]) -> None:
        """Replay the events that are new."""
        new = list(islice(events, self._count, None))
        loops = {event.name for event in new if type(event) is ActiveLoop and event.name}
        if not loops <= self._loops:
            # An action is a form's from the beginning, also before the form was first active.
            self._loops |= loops
            self._cut(0)
            new = list(events)
        self._count = len(events)
        for event in new:
            self._replay(event)

    def _replay(self, event: Event) -> None:
        """Do with the event what `DialogueStateTracker.applied_events` does."""
        kind = type(event)
        if kind is SessionStarted or kind is Restarted:
            self._cut(0)
        elif kind is ActionReverted:
            self._cut_before_last(ActionExecuted)
        elif kind is UserUtteranceReverted:
            self._cut_before_last(UserUttered)
            self._cut_before_last(ActionExecuted)
        elif isinstance(event, ActionExecuted) and self._is_repetition(event.action_name):
            self._take_back_turn(event.action_name)
        else:
            self._apply(event)

    def _is_repetition(self, action: str | None) -> bool:
        beginning = self._trackers[0]
        return action in self._loops and not beginning._first_loop_execution_or_unhappy_path(action, self.applied)

    def _take_back_turn(self, loop: str | None) -> None:
        after = self._last(lambda event: isinstance(event, ActionExecuted) and event.action_name == loop) + 1
        staying = [event for event in self.applied[after:] if not isinstance(event, TURN)]
        self._cut(after)
        for event in staying:
            self._apply(event)

    def _cut_before_last(self, kind: type[Event]) -> None:
        self._cut(max(self._last(lambda event: isinstance(event, kind)), 0))

    def _last(self, is_it: Callable[[Event], bool]) -> int:
        """Return the place of the last such event, -1 for none."""
        places = range(len(self.applied) - 1, -1, -1)
        return next((place for place in places if is_it(self.applied[place])), -1)

    def _cut(self, count: int) -> None:
        """Leave so many events."""
        del self.applied[count:], self._trackers[count + 1 :]

    def _apply(self, event: Event) -> None:
        self.applied.append(event)
        self._trackers.append(self._after(event) if self._matters(event) else self._trackers[-1])

    def _matters(self, event: Event) -> bool:
        """Tell whether the event may change a state: most slots are nothing to policies, and words of ours neither."""
        if type(event) is SlotSet:
            slot = self._trackers[0].slots.get(event.key)
            return slot is not None and slot.influence_conversation
        return type(event) is not BotUttered

    def _after(self, event: Event) -> TalkTracker:
        new = _copy(self._trackers[-1])
        new.active_states = {}
        # What was seen before keeps the slots and the loop that it had; events change these in place.
        if new.active_loop is not None:
            new.active_loop = _copy(new.active_loop)
        if isinstance(event, SlotSet | AllSlotsReset):
            new.slots = dict(new.slots)
        event.apply_to(new)
        return new


def remember_active_states(domain: Domain) -> None:
    """Let the domain make the state of a tracker that stays as it is once, not for each policy and action."""
    make = partial(Domain.get_active_state, domain)

    def get_active_state(tracker: DialogueStateTracker, omit_unset_slots: bool = False) -> State:
        known = tracker.active_states if isinstance(tracker, TalkTracker) else None
        if known is None:
            return make(tracker, omit_unset_slots)
        if omit_unset_slots not in known:
            known[omit_unset_slots] = make(tracker, omit_unset_slots)
        # Policies change what they are given.
        return {part: dict(values) for part, values in known[omit_unset_slots].items()}

    domain.get_active_state = get_active_state  # type: ignore[method-assign]


def _followup_after(events: Sequence[Event]) -> str | None:
    """Return the action that was asked to follow and has not run since."""
    for event in reversed(events):
        if isinstance(event, FollowupAction):
            return str(event.action_name)
        if isinstance(event, Restarted):
            return ACTION_SESSION_START_NAME
        if isinstance(event, UserUttered | ActionExecuted):
            return None
        if isinstance(event, SessionStarted):
            break
    return ACTION_LISTEN_NAME


def _copy(thing: Copied) -> Copied:
    """Return a copy, as `copy.copy` does in five times the time."""
    new: Copied = object.__new__(type(thing))
    new.__dict__.update(thing.__dict__)
    return new


def _at_its_beginning(slot: Slot) -> Slot:
    """Return the slot as it is before anything happened: the very same, if nothing has."""
    if slot.value == slot.initial_value and not slot.has_been_set:
        return slot
    new = _copy(slot)
    new.reset()
    return new
