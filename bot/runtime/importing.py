"""Takes over conversations that Rasa's own `SQLTrackerStore` kept.

A conversation comes whole or not at all: it is stored in one transaction, and one with a row that cannot be read is
refused. One that is here already is left as it is, so that the import can be run again.
"""

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timezone

from rasa.shared.core.constants import ACTION_SESSION_START_NAME
from rasa.shared.core.events import ActionExecuted, Event, SlotSet, UserUttered
from rasa.shared.core.slots import AnySlot
from rasa.shared.core.trackers import DialogueStateTracker

from bot.runtime.bot_messages import offered
from bot.runtime.tracker_store import event_of, rows_of, state_of
from bot.store import Store
from bot.store.conversations import KEPT_STATES, NO_STATE
from bot.store.rasa_events import RasaEvents, RasaRow, RasaSender
from bot.store.tables.conversations import ID_LENGTH

Told = Callable[[int, int], None]
"""Is told how many conversations are done, and of how many."""


class BrokenRowError(ValueError):
    """A row that cannot be taken over; the message says why, and nothing of what is in it."""

    def __init__(self, row: int, reason: str) -> None:
        """Name the row by its id."""
        super().__init__(f"row {row}: {reason}")


@dataclass
class Imported:
    """What came of an import."""

    conversations: int = 0
    events: int = 0
    known: int = 0
    """How many conversations were here already."""
    last_seen: list[float] = field(default_factory=list)
    """When each of those that came was last talked to, in seconds since the epoch."""
    refused: list[str] = field(default_factory=list)
    """Why a conversation did not come, one line each."""


def import_conversations(source: RasaEvents, store: Store, told: Told) -> Imported:
    """Take over every conversation of the source that is not here yet."""
    done, senders = Imported(), source.senders()
    for number, sender in enumerate(senders):
        told(number, len(senders))
        try:
            conversation = _conversation(sender)
            events = [_event(row) for row in source.rows(conversation)]
        except BrokenRowError as exc:
            done.refused.append(str(exc))
            continue
        _import(conversation, events, store, done)
    return done


def _conversation(sender: RasaSender) -> str:
    if not sender.id or len(sender.id) > ID_LENGTH or "\0" in sender.id:
        reason = f"its sender_id is empty, longer than {ID_LENGTH} characters, or no text in UTF-8"
        raise BrokenRowError(sender.first_row, reason)
    return sender.id


def _event(row: RasaRow) -> Event:
    if row.data is None:
        raise BrokenRowError(row.id, "its data is no text in UTF-8")
    try:
        data = json.loads(row.data)
    except (ValueError, RecursionError) as exc:
        raise BrokenRowError(row.id, "its data is not JSON") from exc
    if not isinstance(data, dict) or not isinstance(data.get("event"), str):
        raise BrokenRowError(row.id, "its data is no event")
    try:
        event = event_of(data)
        _check(event)
    except Exception as exc:
        raise BrokenRowError(row.id, f"its event cannot be read ({type(exc).__name__})") from exc
    return event


def _check(event: Event) -> None:
    """Raise whatever the store, the history or a choice of it would stumble over later."""
    json.dumps(event.as_dict()).encode()
    datetime.fromtimestamp(float(event.timestamp), timezone.utc)
    if not all(isinstance(words, str) for choice in offered([event]) for words in choice):
        raise TypeError("a choice that is no text")


def _import(conversation: str, events: Sequence[Event], store: Store, done: Imported) -> None:
    turns = list(_turns(events))
    states = _states(conversation, events, turns)
    with store.unit_of_work() as work:
        if work.conversations.exists(conversation):
            done.known += 1
            return
        work.conversations.open(conversation, now=events[0].timestamp)
        seq = 0
        for turn, state in zip(turns, states, strict=True):
            work.conversations.add_turn(
                conversation,
                rows_of(turn),
                expected_seq=seq,
                state=state,
                offered=dict(offered(turn)),
                now=turn[-1].timestamp,
            )
            seq += len(turn)
    done.conversations += 1
    done.events += len(events)
    done.last_seen.append(events[-1].timestamp)


def _turns(events: Sequence[Event]) -> Iterator[list[Event]]:
    """Yield the turns: each is what the person said and all that followed, a session's start before it included."""
    turn: list[Event] = []
    said = False
    for event in events:
        is_start = isinstance(event, ActionExecuted) and event.action_name == ACTION_SESSION_START_NAME
        if said and (is_start or isinstance(event, UserUttered)):
            yield turn
            turn, said = [], False
        turn.append(event)
        said = said or isinstance(event, UserUttered)
    yield turn


def _states(conversation: str, events: Sequence[Event], turns: Sequence[Sequence[Event]]) -> list[str]:
    """Return the state before each turn, as far as states are kept."""
    names = {event.key for event in events if isinstance(event, SlotSet)}
    tracker = DialogueStateTracker(conversation, [AnySlot(name, mappings=[{}]) for name in sorted(names)])
    states: list[str] = []
    for number, turn in enumerate(turns):
        is_kept = number and number >= len(turns) - KEPT_STATES
        states.append(state_of(tracker) if is_kept else NO_STATE)
        for event in turn:
            tracker.update(event)
    return states
