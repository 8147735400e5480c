"""Conversations of a database that Rasa's own store wrote: taken over whole, once, and never by halves."""

import asyncio
import sqlite3
from copy import deepcopy
from pathlib import Path

import pytest
from rasa.shared.core.events import ActiveLoop, AllSlotsReset, BotUttered, SlotSet, UserUtteranceReverted, UserUttered

from bot.cli_conversations import import_all
from bot.errors import StoreError
from bot.runtime.conversations import StoredConversations
from bot.runtime.tracker_store import READ_TURNS, ConversationTrackerStore
from bot.store import Store, open_store
from bot.store.conversations import KEPT_STATES
from tests.runtime.servers import a_schema
from tests.runtime.stock_store import DOMAIN, EVENTS, a_beginning, a_tracker, a_turn, buttons, stock_store

pytestmark = [
    pytest.mark.filterwarnings("ignore::sqlalchemy.exc.SADeprecationWarning"),
    pytest.mark.filterwarnings("ignore::sqlalchemy.exc.RemovedIn20Warning"),
]

DAYS = 180


@pytest.fixture
def store(tmp_path: Path) -> Store:
    store = open_store(f"sqlite:///{tmp_path / 'coach.db'}")
    store.migrate()
    return store


class Rasa:
    """A database that Rasa's own store writes."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / "rasa.db"
        self.url = f"sqlite:///{self.path}"
        self.trackers = stock_store(folder)

    def keep(self, sender: str, *events) -> None:
        """Have Rasa keep a conversation."""
        asyncio.run(self.trackers.save(a_tracker(sender, *map(deepcopy, events))))

    def full(self, sender: str) -> list[dict]:
        """Return the events that Rasa reads of it."""
        return [event.as_dict() for event in asyncio.run(self.trackers.retrieve_full_tracker(sender)).events]

    def execute(self, statement: str, *values: object) -> None:
        """Break something."""
        with sqlite3.connect(self.path) as connection:
            connection.execute(statement, values)
        connection.close()


@pytest.fixture
def rasa(tmp_path: Path) -> Rasa:
    return Rasa(tmp_path)


def run(rasa: Rasa, store: Store) -> int:
    return import_all(rasa.url, lambda: store, DAYS)


def ours(store: Store, sender: str):
    """Return what our store reads: the tracker for a message, the full one, the history."""

    async def read():
        trackers = ConversationTrackerStore(DOMAIN, store)
        found = await trackers.retrieve(sender), await trackers.retrieve_full_tracker(sender)
        history = await StoredConversations(trackers).history(sender)
        trackers.close()
        return *found, history

    return asyncio.run(read())


def test_every_event_comes_as_rasa_wrote_it(rasa: Rasa, store: Store, capsys) -> None:
    events = [*a_beginning(), *a_turn("one", *EVENTS.values()), *a_turn("two"), *a_beginning(), *a_turn("three")]
    rasa.keep("+49 ü", *events)
    rasa.keep("other", *a_turn("elsewhere"))

    assert run(rasa, store) == 0

    _, full, history = ours(store, "+49 ü")
    assert [event.as_dict() for event in full.events] == rasa.full("+49 ü")
    assert [message.body["text"] for message in history if message.sender == "person"][-2:] == ["two", "three"]
    assert capsys.readouterr().out == (
        f"Imported 2 conversations with {len(events) + 3} events; 0 were here already, 0 were refused.\n"
    )


def test_slots_and_form_are_as_rasa_left_them(rasa: Rasa, store: Store) -> None:
    long = [event for number in range(KEPT_STATES + 4) for event in a_turn(str(number))]
    rasa.keep(
        "c", *a_beginning(), *a_turn("begin", SlotSet("role", "gone"), AllSlotsReset(), SlotSet("focus", [1])),
        *a_turn("misread", UserUtteranceReverted()), *a_turn("form", ActiveLoop("a_form")), *long,
    )  # fmt: skip
    run(rasa, store)

    tracker, *_ = ours(store, "c")

    stock = asyncio.run(rasa.trackers.retrieve("c"))
    assert tracker.current_slot_values() == stock.current_slot_values()
    assert tracker.active_loop_name == stock.active_loop_name == "a_form"
    assert len([event for event in tracker.events if isinstance(event, UserUttered)]) == READ_TURNS


def test_a_button_that_opens_a_page_is_no_choice(rasa: Rasa, store: Store) -> None:
    page = {"title": "Our page", "type": "web_url", "url": "https://example.org"}
    choice = {"title": "Why?", "payload": "/why"}
    rasa.keep("c", *a_turn("one", BotUttered("Which?", {"buttons": [page, choice]})))

    assert run(rasa, store) == 0

    _, _, history = ours(store, "c")
    assert [message.body["choices"] for message in history if message.body["text"] == "Which?"] == [[choice]]


def test_an_imported_conversation_goes_on(rasa: Rasa, store: Store) -> None:
    rasa.keep("c", *a_turn("one", SlotSet("role", "lead"), buttons(("Why?", "/why"))))
    run(rasa, store)

    async def go_on() -> tuple[str | None, list[str]]:
        trackers = ConversationTrackerStore(DOMAIN, store)
        tracker = await trackers.retrieve("c")
        for event in a_turn("two"):
            tracker.update(event, DOMAIN)
        await trackers.save(tracker)
        conversations = StoredConversations(trackers)
        title = await conversations.offered("c", "/why")
        said = [message.body["text"] for message in await conversations.history("c") if message.sender == "person"]
        trackers.close()
        return title, said

    assert asyncio.run(go_on()) == ("Why?", ["one", "two"])


def test_a_second_import_changes_nothing(rasa: Rasa, store: Store, capsys) -> None:
    rasa.keep("c", *a_turn("one"))
    run(rasa, store)
    rasa.keep("new", *a_turn("two"))
    capsys.readouterr()

    assert run(rasa, store) == 0

    assert "Imported 1 conversations with 3 events; 1 were here already" in capsys.readouterr().out
    _, full, _ = ours(store, "c")
    assert [event.as_dict() for event in full.events] == rasa.full("c")


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        ("{broken", "its data is not JSON"),
        (None, "its data is no text in UTF-8"),
        (b'{"event": "action"}', "its data is no text in UTF-8"),
        ("[" * 5000, "its data is not JSON"),
        ('{"event": "bot", "text": "x", "timestamp": NaN}', "its event cannot be read (ValueError)"),
        ('{"event": "bot", "text": "x", "timestamp": 1e300}', "its event cannot be read (OverflowError)"),
        ("[]", "its data is no event"),
        ('{"event": 3}', "its data is no event"),
        ('{"event": "of another kind", "timestamp": 1}', "its event cannot be read (StoreError)"),
        ('{"event": "slot", "name": "role", "value": 1, "timestamp": "noon"}', "its event cannot be read (ValueError)"),
        (
            '{"event": "bot", "data": {"buttons": [{"title": 1, "payload": "/x"}]}}',
            "its event cannot be read (TypeError)",
        ),
        ('{"event": "bot", "metadata": {"reply": {}}}', "its event cannot be read (KeyError)"),
    ],
)
def test_a_conversation_with_a_broken_row_is_refused_whole(rasa: Rasa, store: Store, capsys, data, reason) -> None:
    rasa.keep("broken", *a_turn("secret words"), *a_turn("more"))
    rasa.keep("whole", *a_turn("fine"))
    rasa.execute("UPDATE events SET data = ? WHERE id = 5", data)

    assert run(rasa, store) == 1

    told = capsys.readouterr()
    assert told.err == f"pmo-coach: refused the conversation of row 5: {reason}\n"
    assert "Imported 1 conversations with 3 events; 0 were here already, 1 were refused." in told.out
    assert ours(store, "broken") == (None, None, [])
    assert ours(store, "whole")[1] is not None
    # Mended, it comes with the next import.
    rasa.execute("DELETE FROM events WHERE id = 5")
    assert run(rasa, store) == 0
    assert ours(store, "broken")[1] is not None


def test_text_in_another_encoding_costs_its_conversation_alone(rasa: Rasa, store: Store, capsys) -> None:
    rasa.keep("latin", *a_turn("secret words"))
    rasa.keep("whole", *a_turn("fine"))
    rasa.execute("UPDATE events SET data = CAST(x'7b22e922' AS TEXT) WHERE id = 2")

    assert run(rasa, store) == 1

    told = capsys.readouterr()
    assert told.err == "pmo-coach: refused the conversation of row 2: its data is no text in UTF-8\n"
    assert "Imported 1 conversations with 3 events; 0 were here already, 1 were refused." in told.out
    assert ours(store, "whole")[1] is not None


@pytest.mark.parametrize(
    "sender", ["''", f"'{'x' * 300}'", "CAST(x'63e9' AS TEXT)", "x'63e9'", "CAST(x'630064' AS TEXT)"],
    ids=["empty", "long", "other encoding", "no text", "nul"],
)  # fmt: skip
def test_a_sender_that_can_be_no_key_is_refused_alone(rasa: Rasa, store: Store, capsys, sender: str) -> None:
    rasa.keep("c", *a_turn("one"))
    rasa.keep("whole", *a_turn("fine"))
    rasa.execute(f"UPDATE events SET sender_id = {sender} WHERE sender_id = 'c'")

    assert run(rasa, store) == 1

    told = capsys.readouterr()
    assert "row 1: its sender_id is empty, longer than 255 characters, or no text in UTF-8" in told.err
    assert "Imported 1 conversations with 3 events; 0 were here already, 1 were refused." in told.out


def test_a_conversation_is_stored_in_one_transaction(rasa: Rasa, store: Store) -> None:
    rasa.keep("c", *a_turn("one"), *a_turn("two"))
    with store.engine.begin() as connection:
        connection.exec_driver_sql(
            "CREATE TRIGGER full BEFORE INSERT ON conversation_events WHEN new.seq = 5 "
            "BEGIN SELECT RAISE(ABORT, 'disk full'); END"
        )

    with pytest.raises(StoreError):
        run(rasa, store)

    assert ours(store, "c") == (None, None, [])


def test_who_will_soon_be_forgotten_is_told(rasa: Rasa, store: Store, capsys) -> None:
    events = a_turn("long ago")
    for event in events:
        event.timestamp = 1_000_000_000.0
    rasa.keep("c", *events)

    run(rasa, store)

    assert "1 of them were last used more than 180 days ago" in capsys.readouterr().out


def test_progress_is_told_when_it_takes_long(rasa: Rasa, store: Store, capsys, monkeypatch) -> None:
    monkeypatch.setattr("bot.cli_conversations.QUIET_SECONDS", 0.0)
    for sender in "abc":
        rasa.keep(sender, *a_turn("one"))

    run(rasa, store)

    assert "pmo-coach: 2 of 3 conversations ...\n" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("sqlite:////no/such/rasa.db", "There is no database"),
        ("nonsense", "cannot be opened"),
        ("postgresql://u:hidden@127.0.0.1:1/x", "cannot be reached"),
    ],
)
def test_a_database_that_is_not_there_is_told(store: Store, url: str, words: str) -> None:
    with pytest.raises(StoreError, match=words) as raised:
        import_all(url, lambda: store, DAYS)

    assert "hidden" not in str(raised.value)


def test_a_database_that_is_none_of_rasas_is_left_alone(store: Store, tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="has no table of Rasa's events"):
        import_all(f"sqlite:///{tmp_path / 'coach.db'}", lambda: store, DAYS)


def test_the_source_is_not_written_to(rasa: Rasa, store: Store) -> None:
    rasa.keep("c", *a_turn("one"))
    rasa.trackers.engine.dispose()
    before = rasa.path.read_bytes()

    run(rasa, store)

    assert rasa.path.read_bytes() == before


@pytest.mark.postgres
def test_postgres_takes_what_rasa_kept(rasa: Rasa, tmp_path: Path) -> None:
    rasa.keep("c", *a_beginning(), *a_turn("nul \0 and half a sign \ud83d", *EVENTS.values()))
    with a_schema() as url:
        store = open_store(url)
        store.migrate()
        assert run(rasa, store) == 0
        _, full, _ = ours(store, "c")
        assert [event.as_dict() for event in full.events] == rasa.full("c")
        store.close()
