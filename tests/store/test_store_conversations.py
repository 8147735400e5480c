"""Conversations in both databases: turns follow one another, older states go, a choice keeps its first title."""

import pytest
from sqlalchemy import func, select

from bot.store import Store
from bot.store.conversations import KEPT_STATES, ConflictError
from bot.store.tables.conversations import turns

EVENTS = [(1.0, "user", '{"text": "hi"}'), (2.0, "bot", '{"text": "hello"}')]


def add(store: Store, *, expected_seq: int, state: str = "{}", offered: dict[str, str] | None = None) -> None:
    with store.unit_of_work() as work:
        work.conversations.add_turn(
            "c", EVENTS, expected_seq=expected_seq, state=state, offered=offered or {}, now=3.0
        )  # fmt: skip


def test_a_turn_of_a_conversation_that_nobody_opened_opens_it(store: Store) -> None:
    add(store, expected_seq=0)

    with store.unit_of_work(read_only=True) as work:
        assert work.conversations.last_seq("c") == 2
        window = work.conversations.window("c", most_turns=None)
    assert window is not None
    assert [(event.seq, event.type) for event in window.events] == [(1, "user"), (2, "bot")]


def test_last_seq_tells_unknown_from_silent(store: Store) -> None:
    with store.unit_of_work() as work:
        work.conversations.open("c", now=1.0)
        assert work.conversations.last_seq("c") == 0
        assert work.conversations.last_seq("nobody") is None
        assert work.conversations.window("nobody", most_turns=1) is None


def test_turns_are_numbered_and_keep_the_state_before_them(store: Store) -> None:
    for number in range(3):
        add(store, expected_seq=2 * number, state=f'{{"n": {number}}}')

    with store.unit_of_work(read_only=True) as work:
        window = work.conversations.window("c", most_turns=2)
    assert window is not None
    assert (window.state, window.last_turn, window.last_seq) == ('{"n": 1}', 3, 6)
    assert [event.seq for event in window.events] == [3, 4, 5, 6]


@pytest.mark.parametrize("expected_seq", [0, 1, 4])
def test_a_turn_that_does_not_come_next_is_refused_and_changes_nothing(store: Store, expected_seq: int) -> None:
    add(store, expected_seq=0)

    with pytest.raises(ConflictError):
        add(store, expected_seq=expected_seq, offered={"/why": "Why?"})

    with store.unit_of_work(read_only=True) as work:
        assert work.conversations.last_seq("c") == 2
        assert work.conversations.offered("c", "/why") is None


def test_states_of_older_turns_are_dropped(store: Store) -> None:
    for number in range(KEPT_STATES + 3):
        add(store, expected_seq=2 * number)

    with store.engine.connect() as connection:
        first, count = connection.execute(select(func.min(turns.c.turn), func.count())).one()
    assert (first, count) == (4, KEPT_STATES)


def test_a_choice_keeps_the_title_under_which_it_was_offered_first(store: Store) -> None:
    add(store, expected_seq=0, offered={"/why": "Why?", "/more": "More"})
    add(store, expected_seq=2, offered={"/why": "Why so?", "/level": "My level"})

    with store.unit_of_work(read_only=True) as work:
        titles = [work.conversations.offered("c", payload) for payload in ("/why", "/more", "/level", "/restart")]
    assert titles == ["Why?", "More", "My level", None]
