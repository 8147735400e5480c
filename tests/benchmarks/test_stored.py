"""Copies of a conversation lie in the tables as if each had been held."""

from pathlib import Path

from benchmarks.stored import copied_id, multiply
from bot.store import open_store

URL = "sqlite:///{}"


def test_copies_are_whole_conversations(tmp_path: Path) -> None:
    url = URL.format(tmp_path / "coach.db")
    store = open_store(url)
    store.migrate()
    with store.unit_of_work() as work:
        added = [(1.0, "user", '{"event": "user"}'), (2.0, "bot", '{"event": "bot"}')]
        work.conversations.add_turn("template", added, expected_seq=0, state="{}", offered={"/a": "A"}, now=3.0)

    multiply(url, "template", 1000, lambda text: None)

    with store.unit_of_work(read_only=True) as work:
        assert work.conversations.count() == 1001
        window = work.conversations.window(copied_id(999, 1000), most_turns=3)
        assert work.conversations.offered(copied_id(7, 1000), "/a") == "A"
    store.close()
    assert window is not None
    assert [event.type for event in window.events] == ["user", "bot"]
    assert (window.last_seq, window.last_turn) == (2, 1)


def test_ids_of_copies_are_spread_in_order() -> None:
    ids = [copied_id(number, 1000) for number in range(1000)]

    assert ids == sorted(set(ids))
    assert ids[-1] > "web-0fe"
