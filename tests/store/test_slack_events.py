"""What Slack sent, in the database: claimed once, taken over when its server is gone, forgotten in time."""

from concurrent.futures import ThreadPoolExecutor

from bot.store import Store


def claim(store: Store, event: str, *, now: float = 0.0, request: str | None = "{}", held_until: float = 45.0) -> bool:
    with store.unit_of_work() as work:
        return work.slack_events.claim(event, now=now, request=request, held_until=held_until)


def take_over(store: Store, *, now: float, everything: bool = False) -> list[str]:
    with store.unit_of_work() as work:
        found = work.slack_events.take_over(now=now, held_until=now + 45, everything=everything)
    return [event.id for event in found]


def test_event_is_new_once(store: Store) -> None:
    assert [claim(store, "e1"), claim(store, "e1"), claim(store, "e2")] == [True, False, True]


def test_event_that_comes_to_two_servers_at_once_is_new_to_one(store: Store) -> None:
    with ThreadPoolExecutor(8) as threads:
        assert sum(threads.map(lambda _: claim(store, "e1"), range(8))) == 1


def test_unanswered_event_is_taken_over_when_nobody_holds_it(store: Store) -> None:
    claim(store, "e2", now=2.0)
    claim(store, "e1", now=1.0)

    assert take_over(store, now=10.0) == []
    assert take_over(store, now=50.0) == ["e1", "e2"]
    assert take_over(store, now=51.0) == []


def test_lone_server_starts_with_everything(store: Store) -> None:
    claim(store, "e1")

    assert take_over(store, now=1.0, everything=True) == ["e1"]


def test_held_event_is_left_to_who_holds_it(store: Store) -> None:
    claim(store, "e1")
    with store.unit_of_work() as work:
        work.slack_events.hold(["e1"], held_until=100.0)

    assert take_over(store, now=50.0) == []
    assert take_over(store, now=100.0) == ["e1"]


def test_answered_event_is_remembered_without_what_was_asked(store: Store) -> None:
    claim(store, "e1", request='{"text": "my career"}')
    with store.unit_of_work() as work:
        work.slack_events.finish("e1")

    assert take_over(store, now=100.0, everything=True) == []
    assert not claim(store, "e1")
    with store.engine.connect() as connection:
        assert connection.exec_driver_sql("SELECT request FROM slack_events").scalar() is None


def test_event_without_an_answer_is_only_remembered(store: Store) -> None:
    claim(store, "e1", request=None)

    assert take_over(store, now=100.0, everything=True) == []
    assert not claim(store, "e1")


def test_answered_events_are_forgotten_and_open_ones_kept(store: Store) -> None:
    claim(store, "old", now=1.0, request=None)
    claim(store, "open", now=1.0)
    claim(store, "young", now=9.0, request=None)
    with store.unit_of_work() as work:
        work.slack_events.forget(before=5.0)

    assert [claim(store, "old"), claim(store, "open"), claim(store, "young")] == [True, False, False]
