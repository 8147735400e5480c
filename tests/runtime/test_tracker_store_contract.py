"""What Rasa says a tracker store does, asked of ours and of Rasa's own.

From the docstrings of `rasa.core.tracker_store.TrackerStore` and Rasa's page on tracker stores: `save` keeps the
events, `retrieve` gives the latest session, `retrieve_full_tracker` all of them, `keys` every conversation, and what
is read is what was saved. Where Rasa's own store fails, the test says how.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import nullcontext
from copy import deepcopy

import pytest
from rasa.core.tracker_store import TrackerStore
from rasa.shared.core.events import (
    ActiveLoop,
    AllSlotsReset,
    Event,
    Restarted,
    SlotSet,
    UserUttered,
)
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.shared.utils.common import all_subclasses

from bot.errors import ConflictError, StoreError
from bot.runtime.tracker_store import ConversationTrackerStore
from bot.store import open_store
from tests.runtime.servers import a_schema
from tests.runtime.stock_store import DOMAIN, EVENTS, a_beginning, a_tracker, a_turn, stock_store

# What Rasa's own store does with this SQLAlchemy is not ours to mend.
pytestmark = [
    pytest.mark.filterwarnings("ignore::sqlalchemy.exc.SADeprecationWarning"),
    pytest.mark.filterwarnings("ignore::sqlalchemy.exc.RemovedIn20Warning"),
]
OURS = [
    pytest.param("sqlite", id="ours-sqlite"),
    pytest.param("postgres", id="ours-postgres", marks=pytest.mark.postgres),
]


def stock_fails(reason: str) -> list[object]:
    """Return all stores, Rasa's own as one that is known to fail for that reason."""
    return [*OURS, pytest.param("stock", id="stock", marks=pytest.mark.xfail(strict=True, reason=reason))]


ALL = [*OURS, pytest.param("stock", id="stock")]


@pytest.fixture
async def store(request: pytest.FixtureRequest, tmp_path) -> AsyncIterator[TrackerStore]:
    """The store that the test's parameter names."""
    kind = request.param
    if kind == "stock":
        stock = stock_store(tmp_path)
        yield stock
        stock.engine.dispose()
        return
    with a_schema() if kind == "postgres" else nullcontext(f"sqlite:///{tmp_path / 'coach.db'}") as url:
        database = open_store(url)
        database.migrate()
        ours = ConversationTrackerStore(DOMAIN, database)
        yield ours
        ours.close()
        database.close()


def values(events: "list[Event]") -> list[dict]:
    return [event.as_dict() for event in events]


def texts(tracker: DialogueStateTracker) -> list[str]:
    return [event.text for event in tracker.events if isinstance(event, UserUttered)]


async def save(store: TrackerStore, sender: str, *turns: list[Event]) -> None:
    """Save turn by turn, as Rasa's processor does: read, add, save."""
    for turn in turns:
        tracker = await store.get_or_create_tracker(sender, append_action_listen=False)
        for event in turn:
            tracker.update(event, DOMAIN)
        await store.save(tracker)


def test_every_event_of_rasa_is_tried() -> None:
    # What `rasa test` adds to them, where it was imported, is never stored.
    ours = [kind for kind in all_subclasses(Event) if kind.__module__ == Event.__module__]
    known = {kind.type_name for kind in ours if not kind.__abstractmethods__}
    # The older names of `active_loop` and `loop_interrupted`.
    assert known - set(EVENTS) <= {"form", "form_validation"}


@pytest.mark.parametrize("store", ALL, indirect=True)
@pytest.mark.parametrize("kind", sorted(EVENTS))
async def test_an_event_is_read_back_as_it_was_saved(store: TrackerStore, kind: str) -> None:
    event = deepcopy(EVENTS[kind])
    await save(store, "c", [*a_turn("first"), event])

    tracker = await store.retrieve_full_tracker("c")

    last = list(tracker.events)[-1]
    assert (type(last), last.as_dict()) == (type(event), event.as_dict())


@pytest.mark.parametrize("store", ALL, indirect=True)
async def test_nothing_is_known_of_who_said_nothing(store: TrackerStore) -> None:
    assert await store.retrieve("nobody") is None
    assert await store.retrieve_full_tracker("nobody") is None
    assert not await store.exists("nobody")
    assert list(await store.keys()) == []


@pytest.mark.parametrize("store", ALL, indirect=True)
async def test_a_new_tracker_is_made_and_listens(store: TrackerStore) -> None:
    tracker = await store.get_or_create_tracker("c")

    assert (tracker.sender_id, tracker.latest_action_name) == ("c", "action_listen")
    assert await store.retrieve("c") is None or await store.exists("c")


@pytest.mark.parametrize("store", ALL, indirect=True)
async def test_keys_are_those_of_all_conversations(store: TrackerStore) -> None:
    for sender in ("a", "b", "ü:1 %"):
        await save(store, sender, a_turn("hello"), a_turn("again"))

    assert sorted(await store.keys()) == ["a", "b", "ü:1 %"]
    assert await store.exists("b")


@pytest.mark.parametrize("store", ALL, indirect=True)
async def test_conversations_are_kept_apart(store: TrackerStore) -> None:
    await save(store, "a", a_turn("mine", SlotSet("role", "lead")))
    await save(store, "A", a_turn("yours"))

    assert texts(await store.retrieve("A")) == ["yours"]
    assert (await store.retrieve("A")).get_slot("role") is None
    assert (await store.retrieve("a")).get_slot("role") == "lead"


@pytest.mark.parametrize("store", ALL, indirect=True)
async def test_slots_and_form_are_as_they_were_left(store: TrackerStore) -> None:
    await save(store, "c", a_turn("1", SlotSet("role", "lead"), SlotSet("focus", 1), ActiveLoop("a_form")))
    await save(store, "c", a_turn("2", SlotSet("focus", None)))

    tracker = await store.retrieve("c")

    assert tracker.current_slot_values()["role"] == "lead"
    assert tracker.get_slot("focus") is None
    assert tracker.active_loop_name == "a_form"


@pytest.mark.parametrize("store", ALL, indirect=True)
@pytest.mark.parametrize("ends", [AllSlotsReset(), Restarted()], ids=["reset", "restart"])
async def test_what_was_reset_stays_reset_after_many_turns(store: TrackerStore, ends: Event) -> None:
    await save(store, "c", a_turn("1", SlotSet("role", "lead"), deepcopy(ends)), *[a_turn(str(n)) for n in range(8)])

    assert (await store.retrieve("c")).get_slot("role") is None


@pytest.mark.parametrize("store", ALL, indirect=True)
async def test_the_last_turn_is_there_in_order(store: TrackerStore) -> None:
    turns = [a_turn(str(number)) for number in range(6)]
    await save(store, "c", *turns)

    tracker = await store.retrieve("c")

    assert values(list(tracker.events))[-3:] == values(turns[-1])
    assert tracker.latest_message.text == "5"
    assert tracker.latest_message.intent["name"] == "greet"
    assert tracker.latest_action_name == "action_listen"


@pytest.mark.parametrize("store", ALL, indirect=True)
async def test_the_full_tracker_has_every_session(store: TrackerStore) -> None:
    turns = [[*a_beginning(), *a_turn("first")], [*a_beginning(), *a_turn("second")], a_turn("third")]
    await save(store, "c", *turns)

    tracker = await store.retrieve_full_tracker("c")

    assert values(list(tracker.events)) == values([event for turn in turns for event in turn])


@pytest.mark.parametrize("store", ALL, indirect=True)
async def test_a_new_session_begins_without_slots(store: TrackerStore) -> None:
    await save(store, "c", [*a_beginning(), *a_turn("1", SlotSet("role", "lead"))])
    await save(store, "c", [*a_beginning(), *a_turn("2", SlotSet("focus", "kept"))])

    tracker = await store.retrieve("c")

    assert tracker.get_slot("role") is None
    assert tracker.get_slot("focus") == "kept"


@pytest.mark.parametrize("store", ALL, indirect=True)
async def test_saving_again_saves_nothing_more(store: TrackerStore) -> None:
    await save(store, "c", a_turn("hello"))
    tracker = await store.retrieve("c")
    await store.save(tracker)
    await store.save(tracker)

    assert texts(await store.retrieve_full_tracker("c")) == ["hello"]


@pytest.mark.parametrize("store", ALL, indirect=True)
async def test_a_tracker_may_be_saved_part_by_part(store: TrackerStore) -> None:
    tracker = await store.get_or_create_tracker("c", append_action_listen=False)
    for event in a_turn("hello"):
        tracker.update(event, DOMAIN)
        await store.save(tracker)

    full = await store.retrieve_full_tracker("c")

    assert [event.type_name for event in full.events] == ["user", "bot", "action"]


@pytest.mark.parametrize("store", ALL, indirect=True)
async def test_a_tracker_that_another_made_is_kept_whole(store: TrackerStore) -> None:
    given = a_tracker("c", *a_beginning(), *a_turn("one"), *a_turn("two", SlotSet("role", "lead")))

    await store.save(given)

    full = await store.retrieve_full_tracker("c")
    assert values(list(full.events)) == values(list(given.events))
    assert full.current_slot_values() == given.current_slot_values()


@pytest.mark.parametrize("store", ALL, indirect=True)
async def test_people_who_write_at_once_lose_nothing(store: TrackerStore) -> None:
    await asyncio.gather(*(save(store, f"c{n}", a_turn("one"), a_turn("two")) for n in range(12)))

    for number in range(12):
        assert texts(await store.retrieve_full_tracker(f"c{number}")) == ["one", "two"]


@pytest.mark.parametrize(
    "store", stock_fails("counts its events and appends the rest: of two writers one loses its message"), indirect=True
)
async def test_of_two_writers_none_loses_a_message_unnoticed(store: TrackerStore) -> None:
    await save(store, "c", a_turn("hello"))
    one, other = await store.retrieve("c"), await store.retrieve("c")
    for tracker, text in ((one, "one"), (other, "other")):
        for event in a_turn(text):
            tracker.update(event, DOMAIN)
    await store.save(one)
    try:
        await store.save(other)
    except ConflictError:
        await save(store, "c", a_turn("other"))

    assert texts(await store.retrieve_full_tracker("c")) == ["hello", "one", "other"]


@pytest.mark.parametrize("store", stock_fails("reads and replays the whole session at each message"), indirect=True)
async def test_what_is_read_for_a_message_does_not_grow(store: TrackerStore) -> None:
    await save(store, "c", *[a_turn(str(number)) for number in range(8)])
    before = len((await store.retrieve("c")).events)
    await save(store, "c", *[a_turn(str(number)) for number in range(8)])

    assert len((await store.retrieve("c")).events) == before


@pytest.mark.parametrize(
    "store", stock_fails("gives a blank tracker when rows cannot be read as a session"), indirect=True
)
async def test_clocks_that_go_back_lose_no_turn(store: TrackerStore) -> None:
    late = a_beginning()
    for event in late:
        event.timestamp = 2_000_000_000.0
    early = a_turn("after the clock went back")
    for event in early:
        event.timestamp = 1_000_000_000.0
    await save(store, "c", late, early)

    tracker = await store.retrieve("c")

    assert texts(tracker) == ["after the clock went back"]


@pytest.mark.parametrize("store", OURS, indirect=True)
async def test_a_database_that_fails_is_an_error_and_no_new_conversation(store: ConversationTrackerStore) -> None:
    await save(store, "c", a_turn("hello"))
    with store._store.engine.begin() as connection:
        connection.exec_driver_sql("ALTER TABLE conversation_events RENAME TO gone")
    store.recent.forget("c")

    with pytest.raises(StoreError):
        await store.get_or_create_tracker("c")
    with pytest.raises(StoreError):
        await save(store, "d", a_turn("hello"))

    with store._store.engine.begin() as connection:
        connection.exec_driver_sql("ALTER TABLE gone RENAME TO conversation_events")
    assert texts(await store.retrieve("c")) == ["hello"]
    assert await store.retrieve("d") is None
