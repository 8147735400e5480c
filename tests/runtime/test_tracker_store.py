"""The tracker store: what was said is there, once, in order; reads are bounded; failures are loud."""

import asyncio
import sqlite3
import time
from contextlib import closing
from pathlib import Path

import pytest
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, ActiveLoop, BotUttered, SlotSet, UserUttered
from sqlalchemy import text

from bot.errors import StoreError, UnwritableError
from bot.runtime.conversations import StoredConversations
from bot.runtime.tracker_store import LEAST_PATIENCE, READ_TURNS, ConversationTrackerStore
from bot.store import Store, open_store, writing
from bot.store.conversations import ConflictError

DOMAIN = Domain.from_yaml(
    """
    version: "3.1"
    intents: [greet]
    slots:
      focus: {type: any, influence_conversation: false, mappings: [{type: custom}]}
      role: {type: any, influence_conversation: false, mappings: [{type: custom}]}
    forms: {a_form: {required_slots: [role]}}
    actions: [action_x]
    """
)


@pytest.fixture
def store(tmp_path: Path) -> Store:
    store = open_store(f"sqlite:///{tmp_path / 'coach.db'}")
    store.migrate()
    return store


@pytest.fixture
def trackers(store: Store) -> ConversationTrackerStore:
    trackers = ConversationTrackerStore(DOMAIN, store)
    yield trackers
    trackers.close()


async def say(trackers: ConversationTrackerStore, conversation: str, words: str, *more) -> None:
    tracker = await trackers.get_or_create_tracker(conversation)
    tracker.update(UserUttered(words, {"name": "greet", "confidence": 1.0}))
    for event in more:
        tracker.update(event, DOMAIN)
    tracker.update(BotUttered(f"you said {words}"))
    tracker.update(ActionExecuted("action_listen"))
    await trackers.save(tracker)


async def test_retrieve_returns_none_before_anything_was_said(trackers):
    assert await trackers.retrieve("nobody") is None


async def test_a_turn_is_read_back_as_it_was(trackers):
    await say(trackers, "c", "hello", SlotSet("role", "pmo_analyst"))

    tracker = await trackers.retrieve("c")

    assert tracker.latest_message.text == "hello"
    assert tracker.get_slot("role") == "pmo_analyst"
    assert tracker.latest_action_name == "action_listen"


async def test_reads_are_bounded_and_slots_and_form_survive(trackers):
    await say(trackers, "c", "first", SlotSet("role", "pmo_lead"), ActiveLoop("a_form"))
    for number in range(30):
        await say(trackers, "c", f"message {number}")

    tracker = await trackers.retrieve("c")

    said = [event.text for event in tracker.events if isinstance(event, UserUttered)]
    assert said == [f"message {number}" for number in range(30 - READ_TURNS, 30)]
    assert tracker.get_slot("role") == "pmo_lead"
    assert tracker.active_loop_name == "a_form"


async def test_the_full_tracker_has_everything_once_in_order(trackers):
    for number in range(25):
        await say(trackers, "c", str(number))

    tracker = await trackers.retrieve_full_tracker("c")

    assert [e.text for e in tracker.events if isinstance(e, UserUttered)] == [str(number) for number in range(25)]


async def test_saving_twice_stores_once(trackers):
    await say(trackers, "c", "hello")
    tracker = await trackers.retrieve("c")
    await trackers.save(tracker)
    assert len(await StoredConversations(trackers).history("c")) == 2


async def test_of_two_writers_the_slower_is_refused_and_nothing_is_lost(trackers):
    await say(trackers, "c", "hello")
    one, other = await trackers.retrieve("c"), await trackers.retrieve("c")
    one.update(UserUttered("one"))
    other.update(UserUttered("other"))

    await trackers.save(one)
    with pytest.raises(ConflictError):
        await trackers.save(other)

    history = await StoredConversations(trackers).history("c")
    assert [message.body["text"] for message in history if message.sender == "person"] == ["hello", "one"]


async def test_a_store_that_is_down_is_an_error_and_not_a_blank_conversation(trackers, store):
    await say(trackers, "c", "hello")
    with store.engine.begin() as connection:
        connection.execute(text("ALTER TABLE conversations RENAME TO gone"))

    with pytest.raises(StoreError):
        await trackers.retrieve("c")
    with pytest.raises(StoreError):
        await say(trackers, "c", "again")

    with store.engine.begin() as connection:
        connection.execute(text("ALTER TABLE gone RENAME TO conversations"))
    assert (await trackers.retrieve("c")).latest_message.text == "hello"


async def test_check_fails_where_nothing_can_be_stored_though_all_can_be_read(trackers, store, monkeypatch):
    conversations = StoredConversations(trackers)
    await conversations.check()
    monkeypatch.setattr(writing, "MOMENT", 0.0)
    path = str(store.engine.url.database)

    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        monkeypatch.setattr(writing, "PATIENCE", 0.01)
        with pytest.raises(UnwritableError):
            await conversations.check()
        assert not await conversations.exists("c")
        other.execute("ROLLBACK")

    await conversations.check()


async def test_history_gives_both_sides_after_an_id(trackers):
    conversations = StoredConversations(trackers)
    await conversations.open("c")
    assert await conversations.history("c") == []
    await say(trackers, "c", "hello")
    last = (await conversations.begin("c")).last_id
    await say(trackers, "c", "more")

    history = await conversations.history("c", after=last)

    assert [(m.sender, m.body["text"]) for m in history] == [("person", "more"), ("coach", "you said more")]
    assert [m.id for m in history] == sorted(m.id for m in history)


async def test_a_reply_is_kept_with_all_it_had(trackers):
    reply = {
        "kind": "answer",
        "text": "P3O",
        "choices": [{"title": "Why?", "payload": "/ask_why"}],
        "sources": [{"id": "ARTICLE", "title": "t", "url": None, "year": 2018}],
        "figure": {"kind": "table", "data": {"columns": ["a"], "rows": [["b"]]}},
    }
    await say(trackers, "c", "hello", BotUttered("P3O", metadata={"reply": reply}))
    conversations = StoredConversations(trackers)

    history = await conversations.history("c")

    assert history[1].body == reply
    assert await conversations.offered("c", "/ask_why") == "Why?"
    assert await conversations.offered("c", "/restart") is None
    assert await conversations.offered("other", "/ask_why") is None


async def test_erase_leaves_no_row_and_no_byte(trackers, store, tmp_path):
    conversations = StoredConversations(trackers)
    await say(trackers, "c", "my very private words")
    await say(trackers, "other", "stays")

    await conversations.erase("c")

    assert not await conversations.exists("c")
    assert not trackers.recent.turns("c")
    assert await trackers.retrieve("c") is None
    assert (await trackers.retrieve("other")).latest_message.text == "stays"
    trackers.close()
    store.close()
    assert all(b"very private" not in file.read_bytes() for file in tmp_path.iterdir())


@pytest.mark.parametrize("turns", [1, READ_TURNS, READ_TURNS + 2])
async def test_what_is_remembered_makes_the_tracker_that_the_database_makes(trackers, store, turns):
    await say(trackers, "c", "first", SlotSet("role", "pmo_lead"), ActiveLoop("a_form"))
    for number in range(1, turns):
        await say(trackers, "c", f"message {number}")
    afresh = ConversationTrackerStore(DOMAIN, store)

    remembered, read = await trackers.retrieve("c"), await afresh.retrieve("c")
    afresh.close()

    assert trackers.recent.turns("c")
    assert [type(event) for event in remembered.events] == [type(event) for event in read.events]
    # What stands for the state before them is made now, with the time of now.
    said = 3 * min(turns, READ_TURNS)
    assert [e.as_dict() for e in remembered.events][-said:] == [e.as_dict() for e in read.events][-said:]
    assert remembered.current_slot_values() == read.current_slot_values()
    assert remembered.active_loop_name == read.active_loop_name == "a_form"


async def test_a_turn_that_another_server_stored_is_seen(trackers, store):
    await say(trackers, "c", "here")
    elsewhere = ConversationTrackerStore(DOMAIN, store)
    await say(elsewhere, "c", "there")
    elsewhere.close()

    assert (await trackers.retrieve("c")).latest_message.text == "there"


async def test_what_is_read_ahead_serves_its_own_conversation_once(trackers, store):
    await say(trackers, "c", "one")
    await say(trackers, "other", "two")
    await trackers.begin("c")
    elsewhere = ConversationTrackerStore(DOMAIN, store)
    await asyncio.create_task(say(elsewhere, "c", "meanwhile"))
    elsewhere.close()

    assert (await trackers.retrieve("c")).latest_message.text == "one"
    assert (await trackers.retrieve("c")).latest_message.text == "meanwhile"
    await trackers.begin("c")
    assert (await trackers.retrieve("other")).latest_message.text == "two"


async def test_begin_is_none_for_a_conversation_nobody_opened(trackers):
    await StoredConversations(trackers).open("c")

    assert await trackers.begin("nobody") is None
    assert (await trackers.begin("c")).last_seq == 0
    assert await trackers.retrieve("c") is None


async def test_a_key_is_stored_with_its_turn(trackers, store):
    conversations = StoredConversations(trackers)
    await say(trackers, "c", "before")
    assert (await conversations.begin("c", key="k")).answered is None
    await say(trackers, "c", "hello")
    await say(trackers, "c", "after")
    await say(trackers, "other", "hello")

    elsewhere = ConversationTrackerStore(DOMAIN, store)
    standing = await StoredConversations(elsewhere).begin("c", key="k")
    elsewhere.close()

    assert [(message.sender, message.body["text"]) for message in standing.answered] == [
        ("person", "hello"),
        ("coach", "you said hello"),
    ]
    for conversation, key in (("c", "other"), ("c", ""), ("other", "k")):
        assert (await conversations.begin(conversation, key=key)).answered is None


async def test_a_key_is_not_stored_without_its_turn(trackers, store):
    conversations = StoredConversations(trackers)
    await say(trackers, "c", "hello")
    late = await trackers.retrieve("c")
    await say(trackers, "c", "more")
    await trackers.begin("c", "k")
    late.update(UserUttered("late"))
    with pytest.raises(ConflictError):
        await trackers.save(late)

    assert (await conversations.begin("c", key="k")).answered is None


async def test_what_found_no_answer_may_be_answered_under_its_key(trackers):
    conversations = StoredConversations(trackers)
    await conversations.open("c")
    await conversations.begin("c", key="k")
    tracker = await trackers.get_or_create_tracker("c")
    tracker.update(UserUttered("hello"))
    await trackers.save(tracker)
    assert [message.sender for message in (await conversations.begin("c", key="k")).answered] == ["person"]

    await say(trackers, "c", "hello")

    answered = (await conversations.begin("c", key="k")).answered
    assert [message.sender for message in answered] == ["person", "coach"]


async def test_the_history_knows_what_another_server_stored(trackers, store):
    await say(trackers, "c", "here")
    elsewhere = ConversationTrackerStore(DOMAIN, store)
    await say(elsewhere, "c", "there")
    elsewhere.close()

    told = await StoredConversations(trackers).history("c")

    assert [message.body["text"] for message in told if message.sender == "person"] == ["here", "there"]


async def test_many_people_at_once_are_kept_apart(trackers):
    await asyncio.gather(*(say(trackers, f"c{n % 10}", str(n)) for n in range(10)))
    for n in range(10):
        assert (await trackers.retrieve(f"c{n}")).latest_message.text == str(n)


async def test_who_waited_for_the_thread_waits_less_for_a_lock(trackers, monkeypatch):
    granted, unit_of_work = [], trackers._store.unit_of_work

    def noted(*, read_only, patience):
        granted.append(patience)
        return unit_of_work(read_only=read_only, patience=patience)

    monkeypatch.setattr(trackers._store, "unit_of_work", noted)

    await asyncio.gather(*(trackers.call(lambda repository: time.sleep(0.05)) for _ in range(3)))

    assert granted[0] > granted[1] > granted[2] > LEAST_PATIENCE
