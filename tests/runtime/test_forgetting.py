"""Forgetting in the middle of a turn, from outside, and after a time: everything goes, at once or not at all."""

import asyncio
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from rasa.shared.core.events import ActionExecuted, ActiveLoop, BotUttered, SlotSet, UserUttered
from sqlalchemy import text

from bot.errors import StoreError
from bot.records import ConsentState, Profile, Rating
from bot.runtime.conversations import StoredConversations
from bot.runtime.retention import purge_daily
from bot.runtime.settings import project_root
from bot.runtime.tracker_store import ConversationTrackerStore
from bot.store import Store, open_store
from bot.store.conversations import ConflictError
from tests.runtime.test_tracker_store import DOMAIN, say
from tests.store.test_store_people import MARK, remember_everything, rows_with

FAREWELL = BotUttered("Done.", metadata={"farewell": True, "reply": {
    "kind": "smalltalk", "text": "Done.", "choices": [], "sources": [], "figure": None}})  # fmt: skip


@pytest.fixture
def store(tmp_path: Path) -> Store:
    store = open_store(f"sqlite:///{tmp_path / 'coach.db'}")
    store.migrate()
    return store


@pytest.fixture
def trackers(store: Store) -> Iterator[ConversationTrackerStore]:
    trackers = ConversationTrackerStore(DOMAIN, store)
    yield trackers
    trackers.close()


async def ask_to_be_forgotten(trackers: ConversationTrackerStore, conversation: str) -> None:
    """Save a turn in which the person says the mark and the coach says farewell, among other things."""
    tracker = await trackers.get_or_create_tracker(conversation)
    tracker.update(UserUttered(f"forget me, {MARK}", {"name": "greet", "confidence": 1.0}))
    tracker.update(FAREWELL)
    tracker.update(BotUttered(f"And now the question again, {MARK}?"))
    tracker.update(SlotSet("focus", MARK))
    tracker.update(ActionExecuted("action_listen"))
    await trackers.save(tracker)


def bytes_of(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in folder.iterdir())


async def test_a_farewell_is_all_that_stays(trackers, store, tmp_path):
    conversations = StoredConversations(trackers)
    remember_everything(store, "c", MARK)
    for number in range(5):
        await say(trackers, "c", f"{MARK} {number}", SlotSet("role", MARK), ActiveLoop("a_form"))
    last = (await conversations.begin("c")).last_id

    await ask_to_be_forgotten(trackers, "c")

    assert rows_with(store, MARK) == []
    assert MARK.encode() not in bytes_of(tmp_path)
    for after in (0, last):
        (message,) = await conversations.history("c", after=after)
        assert (message.sender, message.body["text"]) == ("coach", "Done.")
        assert message.id > last
    assert await conversations.exists("c")


async def test_the_talk_goes_on_from_nothing(trackers, store):
    remember_everything(store, "c", MARK)
    await say(trackers, "c", MARK, SlotSet("role", MARK), ActiveLoop("a_form"))
    await ask_to_be_forgotten(trackers, "c")

    tracker = await trackers.retrieve("c")
    assert (tracker.get_slot("role"), tracker.active_loop_name) == (None, None)
    assert tracker.latest_action_name == "action_listen"
    assert MARK not in json.dumps([event.as_dict() for event in tracker.events])
    for number in range(6):
        await say(trackers, "c", f"again {number}")

    assert (await trackers.retrieve("c")).latest_message.text == "again 5"
    history = await StoredConversations(trackers).history("c")
    assert [message.body["text"] for message in history][:3] == ["Done.", "again 0", "you said again 0"]
    with store.unit_of_work(read_only=True) as work:
        assert work.people.consent("c") is None


async def test_the_first_thing_said_may_be_to_be_forgotten(trackers):
    await ask_to_be_forgotten(trackers, "new")

    assert [m.body["text"] for m in await StoredConversations(trackers).history("new")] == ["Done."]


async def test_a_turn_under_way_elsewhere_cannot_write_after_it(trackers, store):
    await say(trackers, "c", "hello")
    other = await trackers.retrieve("c")
    other.update(UserUttered(MARK))

    await ask_to_be_forgotten(trackers, "c")

    with pytest.raises(ConflictError):
        await trackers.save(other)
    assert rows_with(store, MARK) == []


async def test_a_tracker_saved_again_after_the_farewell_changes_nothing(trackers, store):
    tracker = await trackers.get_or_create_tracker("c")
    tracker.update(UserUttered(MARK))
    tracker.update(FAREWELL)
    await trackers.save(tracker)

    await trackers.save(tracker)

    assert rows_with(store, MARK) == []
    assert len(await StoredConversations(trackers).history("c")) == 1


async def test_nothing_is_half_forgotten_when_the_database_fails(trackers, store):
    remember_everything(store, "c", MARK)
    before = rows_with(store, MARK)
    with store.engine.begin() as connection:
        connection.execute(text("ALTER TABLE conversation_choices RENAME TO gone"))

    with pytest.raises(StoreError):
        await ask_to_be_forgotten(trackers, "c")
    with pytest.raises(StoreError):
        await trackers.forget("c")

    with store.engine.begin() as connection:
        connection.execute(text("ALTER TABLE gone RENAME TO conversation_choices"))
    assert rows_with(store, MARK) == before


KILLED = """
import os, signal, sys
from bot.store import open_store
from sqlalchemy import event
store = open_store(sys.argv[1])
seen = []
@event.listens_for(store.engine, "after_cursor_execute")
def kill(connection, cursor, statement, *rest):
    seen.append(statement)
    if statement.startswith("DELETE") and sum(s.startswith("DELETE") for s in seen) == int(sys.argv[2]):
        os.kill(os.getpid(), signal.SIGKILL)
with store.unit_of_work() as work:
    work.people.forget("c")
"""


@pytest.mark.parametrize("deletes", [1, 3, 5])
def test_nothing_is_half_forgotten_when_the_process_is_killed(store, tmp_path, deletes):
    remember_everything(store, "c", MARK)
    before = rows_with(store, MARK)

    url = f"sqlite:///{tmp_path / 'coach.db'}"
    environment = {**os.environ, "PYTHONPATH": str(project_root())}
    done = subprocess.run([sys.executable, "-c", KILLED, url, str(deletes)], check=False, env=environment)

    assert done.returncode == -signal.SIGKILL
    assert rows_with(store, MARK) == before


async def test_erasing_from_outside_leaves_nothing_at_all(trackers, store, tmp_path):
    conversations = StoredConversations(trackers)
    remember_everything(store, "c", MARK)
    await say(trackers, "c", MARK)

    await conversations.erase("c")

    assert not await conversations.exists("c")
    assert await trackers.retrieve("c") is None
    assert await conversations.history("c") == []
    assert MARK.encode() not in bytes_of(tmp_path)


async def test_ratings_and_exports_reach_the_store(trackers, store):
    conversations = StoredConversations(trackers)
    remember_everything(store, "c", MARK)

    assert await conversations.rate("c", 2, Rating.UP, "fine")
    assert not await conversations.rate("c", 1, Rating.UP, None)
    exported = json.loads(await conversations.export("c", "json"))

    assert exported["profile"]["goal"] == MARK
    assert exported["feedback"] == [
        {"message": 2, "rating": "up", "comment": "fine", "time": exported["feedback"][0]["time"]}
    ]
    assert exported["plans"][0]["due"] == "2026-12-04"
    assert "person" not in exported
    assert MARK in (await conversations.export("c", "md")).decode()
    assert (await conversations.export("c", "ics")).startswith(b"BEGIN:VCALENDAR\r\n")


@pytest.mark.parametrize("format", ["json", "md", "ics"])
async def test_an_empty_export_is_valid(trackers, format):
    await StoredConversations(trackers).open("c")

    assert await StoredConversations(trackers).export("c", format)


async def test_the_server_forgets_the_absent_by_itself(trackers, store, tmp_path):
    remember_everything(store, "absent", MARK)
    with store.unit_of_work() as work:
        work.people.set_consent("here", ConsentState.GIVEN)
        work.people.remember_profile("here", Profile(goal="stay"))
    long_ago = time.time() - 181 * 86400
    with store.engine.begin() as connection:
        connection.execute(text(f"UPDATE people SET last_seen = {long_ago} WHERE id = 'absent'"))
        connection.execute(text(f"UPDATE conversations SET updated = {long_ago}"))

    purging = asyncio.create_task(purge_daily(trackers, 180, every=0.01))
    await asyncio.sleep(0.3)
    purging.cancel()

    assert rows_with(store, MARK) == []
    assert MARK.encode() not in bytes_of(tmp_path)
    assert "people" in rows_with(store, "here")


async def test_purging_goes_on_after_a_failure(trackers, store):
    remember_everything(store, "absent", MARK)
    with store.engine.begin() as connection:
        connection.execute(text("UPDATE people SET last_seen = 1"))
        connection.execute(text("UPDATE conversations SET updated = 1"))
        connection.execute(text("ALTER TABLE conversation_choices RENAME TO gone"))
    purging = asyncio.create_task(purge_daily(trackers, 180, every=0.01))
    await asyncio.sleep(0.1)
    assert not purging.done()
    with store.engine.begin() as connection:
        connection.execute(text("ALTER TABLE gone RENAME TO conversation_choices"))
    await asyncio.sleep(0.3)
    purging.cancel()

    assert rows_with(store, MARK) == []
