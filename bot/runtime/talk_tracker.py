"""Rasa's tracker, without replaying the same talk again and again.

To decide on an action, each policy replays the whole tracker to see the states that it went through, two or three times
for each action. Here what was seen is kept, and a replay goes on from where the last one ended. What comes out is the
same: where an event takes back what was before it, or a form hides its own repetitions, Rasa replays everything.
"""

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import TypeVar

from rasa.shared.core.events import (
    ActionExecuted,
    BotUttered,
    DefinePrevUserUtteredFeaturization,
    Event,
    SessionStarted,
    SlotSet,
    UserUttered,
)
from rasa.shared.core.slots import Slot
from rasa.shared.core.trackers import DialogueStateTracker

PLAIN = (ActionExecuted, BotUttered, DefinePrevUserUtteredFeaturization, SlotSet, UserUttered)
"""Events that leave those before them as they are."""

Copied = TypeVar("Copied")


class TalkTracker(DialogueStateTracker):
    """A tracker that remembers which states it went through."""

    _seen: "_Seen | None" = None

    def init_copy(self) -> "TalkTracker":
        """Return a tracker with the same slots, at their beginning."""
        new = TalkTracker(self.sender_id, None, self._max_event_history, is_rule_tracker=self.is_rule_tracker)
        new.slots = {name: _at_its_beginning(slot) for name, slot in self.slots.items()}
        return new

    def generate_all_prior_trackers(self) -> Iterator[tuple[DialogueStateTracker, bool]]:  # type: ignore[override]
        """Yield the tracker as it was before each action, and as it is, and whether stories are not to see the turn.

        Of what is yielded all is as it was but the list of events.
        """
        if self._seen is None:
            self._seen = _Seen(self.init_copy())
        if self._seen.go_on(self.events):
            yield from self._seen.states
            yield self._seen.replayed, False
        else:
            yield from super().generate_all_prior_trackers()


class _Seen:
    """How far a tracker was replayed, and what it was before each action on the way."""

    def __init__(self, beginning: TalkTracker) -> None:
        self.states: list[tuple[DialogueStateTracker, bool]] = []
        self.replayed = beginning
        self._count = 0
        self._is_plain = True

    def go_on(self, events: Sequence[Event]) -> bool:
        """Replay the events that are new; return False where one of them all is not plain."""
        for event in islice(events, self._count, None):
            self._count += 1
            if isinstance(event, SessionStarted):
                # What was before is another session; slots of it are told again after it.
                self.states, self.replayed = [], self.replayed.init_copy()
            elif isinstance(event, PLAIN):
                self._replay(event)
            else:
                self._is_plain = False
        return self._is_plain

    def _replay(self, event: Event) -> None:
        if isinstance(event, ActionExecuted):
            self.states.append((_copy(self.replayed), event.hide_rule_turn))
        elif isinstance(event, SlotSet) and event.key in self.replayed.slots:
            # What was seen before has the slots as they were.
            changing = _copy(self.replayed.slots[event.key])
            self.replayed.slots = {**self.replayed.slots, event.key: changing}
        event.apply_to(self.replayed)


def _copy(thing: Copied) -> Copied:
    """Return a copy, as `copy.copy` does in five times the time."""
    new: Copied = object.__new__(type(thing))
    new.__dict__.update(thing.__dict__)
    return new


def _at_its_beginning(slot: Slot) -> Slot:
    new = _copy(slot)
    new.reset()
    return new
