"""People are remembered as they said, with their consent alone, and forgotten without a trace."""

import json
import sqlite3
import threading
import time
from collections.abc import Callable
from datetime import date, datetime, timezone
from pathlib import Path

import pytest
from alembic import command
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from bot.errors import StoreError
from bot.records import (
    ConsentState,
    Level,
    Plan,
    PlanChange,
    PlanStatus,
    Profile,
    Rating,
    ResultKind,
    StoredResult,
)
from bot.store import Store, UnitOfWork, open_store
from bot.store.migrate import alembic_config
from bot.store.people import NoConsentError
from bot.store.tables import metadata
from tests.store.strategies import optional_texts, phrases, texts

MARK = "zebra-crossing-4711"
NOON = datetime(2026, 3, 3, 12, tzinfo=timezone.utc)

ratings_of_ten = st.none() | st.integers(0, 10)
days = st.dates(date(2000, 1, 1), date(2100, 1, 1))
changes = st.builds(PlanChange, days, st.sampled_from(PlanStatus), st.none() | days)
plans = st.builds(
    Plan,
    id=st.text("abc123-", min_size=1, max_size=20),
    goal=optional_texts,
    reality=optional_texts,
    options=phrases,
    action=texts,
    when=optional_texts,
    due=st.none() | days,
    realistic=ratings_of_ten,
    committed=ratings_of_ten,
    status=st.sampled_from(PlanStatus),
    created=days,
    history=st.lists(changes, max_size=3).map(tuple),
)
profiles = st.builds(
    Profile,
    role=optional_texts,
    level=st.none() | st.sampled_from(Level),
    held=phrases,
    not_held=phrases,
    wanted=phrases,
    region=optional_texts,
    goal=optional_texts,
    preference=optional_texts,
    experience_months=st.none() | st.integers(0, 600),
)


def a_plan(id: str = "p1", **told) -> Plan:
    given = {
        "goal": None, "reality": None, "options": (), "action": "ask Sam", "when": None, "due": date(2026, 12, 4),
        "realistic": 7, "committed": 8, "status": PlanStatus.OPEN, "created": date(2026, 11, 24), **told,
    }  # fmt: skip
    return Plan(id=id, **given)


def agree(store: Store, *people: str) -> None:
    with store.unit_of_work() as work:
        for person in people:
            work.people.set_consent(person, ConsentState.GIVEN)


def say(store: Store, conversation: str, words: str, *, now: float | None = None) -> None:
    """Store a turn in which both sides say those words."""
    with store.unit_of_work() as work:
        work.conversations.add_turn(
            conversation,
            [
                (1.0, kind, json.dumps({"event": kind, "text": words, "parse_data": {}, "data": {}}))
                for kind in ("user", "bot")
            ],
            expected_seq=work.conversations.last_seq(conversation) or 0,
            state=json.dumps({"slots": {"goal": words}}),
            offered={f"/x{words}": words},
            now=time.time() if now is None else now,
        )


def remember_everything(store: Store, person: str, mark: str) -> None:
    """Put the mark wherever a text of the person is kept."""
    agree(store, person)
    say(store, person, mark)
    with store.unit_of_work() as work:
        work.people.remember_profile(person, Profile(goal=mark, held=(mark,)))
        work.people.add_result(person, StoredResult(ResultKind.LEVEL, NOON, {"answers": [mark]}))
        change = PlanChange(date(2026, 12, 1), PlanStatus.MOVED, None)
        work.people.save_plan(
            person, a_plan(f"{mark}-id", goal=mark, reality=mark, options=(mark,), action=mark, when=mark,
                           history=(change,)))  # fmt: skip
        assert work.people.add_feedback(person, 2, Rating.DOWN, mark)
        code = work.teams.create("A team")
        work.teams.join(code, person)
        work.teams.cover(person, [mark])


def rows_with(store: Store, mark: str) -> list[str]:
    """Return the tables that have the mark in any column of any row."""
    with store.engine.connect() as connection:
        return [
            table.name
            for table in metadata.sorted_tables
            if any(mark in str(value) for row in connection.execute(select(table)) for value in row)
        ]


def break_off_after(store: Store, write: Callable[[UnitOfWork], None]) -> None:
    """Write, and fail before the transaction ends."""

    def fail() -> None:
        with store.unit_of_work() as work:
            write(work)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()


def test_consent_is_unknown_until_asked(store: Store) -> None:
    with store.unit_of_work() as work:
        assert work.people.consent("p") is None
        for state in (ConsentState.ASKED, ConsentState.GIVEN, ConsentState.REFUSED, ConsentState.GIVEN):
            work.people.set_consent("p", state)
            found = work.people.consent("p")
            assert (found.state, found.given) == (state, state is ConsentState.GIVEN)
            assert found.time.tzinfo is timezone.utc


@pytest.mark.parametrize("state", [None, ConsentState.ASKED, ConsentState.REFUSED])
def test_nothing_is_written_of_a_person_who_did_not_agree(store: Store, state: ConsentState | None) -> None:
    with store.unit_of_work() as work:
        if state:
            work.people.set_consent("p", state)
    result = StoredResult(ResultKind.LEVEL, NOON)
    for write in (
        lambda work: work.people.remember_profile("p", Profile(goal="g")),
        lambda work: work.people.add_result("p", result),
        lambda work: work.people.save_plan("p", a_plan()),
    ):
        with pytest.raises(NoConsentError), store.unit_of_work() as work:
            write(work)
    with store.unit_of_work(read_only=True) as work:
        memory = work.people.memory("p")
    assert (memory.profile, memory.results, memory.plans, memory.remembered) == (Profile(), (), (), False)


def test_refusal_erases_what_was_remembered_and_keeps_the_conversation(store: Store) -> None:
    remember_everything(store, "p", MARK)

    with store.unit_of_work() as work:
        work.people.set_consent("p", ConsentState.REFUSED)
        memory = work.people.memory("p")

    assert (memory.profile, memory.results, memory.plans, memory.teams) == (Profile(), (), (), ())
    assert memory.messages == 2
    assert {"profiles", "results", "plans", "plan_changes", "team_members"}.isdisjoint(rows_with(store, MARK))


@given(profile=profiles)
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_profile_comes_back_as_it_was(sqlite_store: Store, profile: Profile) -> None:
    agree(sqlite_store, "p")
    with sqlite_store.unit_of_work() as work:
        work.people.remember_profile("p", profile)
        assert work.people.profile("p") == profile


@given(plan=plans)
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_plan_comes_back_as_it_was(sqlite_store: Store, plan: Plan) -> None:
    agree(sqlite_store, "p")
    with sqlite_store.unit_of_work() as work:
        work.people.save_plan("p", plan)
        work.people.save_plan("p", plan)
        assert [each for each in work.people.plans("p") if each.id == plan.id] == [plan]


def test_profile_of_a_newer_version_is_read_as_far_as_known(store: Store) -> None:
    agree(store, "p")
    with store.unit_of_work() as work:
        work.people.remember_profile("p", Profile(goal="lead"))
    with store.engine.begin() as connection:
        connection.exec_driver_sql("""UPDATE profiles SET data = '{"goal": "lead", "star_sign": "cancer"}'""")
    with store.unit_of_work(read_only=True) as work:
        assert work.people.profile("p") == Profile(goal="lead")


def test_results_are_kept_side_by_side_oldest_first(store: Store) -> None:
    agree(store, "p")
    later = NOON.replace(month=9)
    given = [
        StoredResult(ResultKind.LEVEL, later, {"level": 3}),
        StoredResult(ResultKind.LEVEL, NOON, {"level": 2}),
        StoredResult(ResultKind.INSIGHTS, NOON, {}),
    ]
    with store.unit_of_work() as work:
        for result in given:
            work.people.add_result("p", result)
        assert work.people.results("p") == tuple(sorted(given, key=lambda result: result.taken))
        assert work.people.results("other") == ()


@pytest.mark.parametrize("told", [{"realistic": 11}, {"committed": -1}])
def test_schema_refuses_a_rating_out_of_scale(store: Store, told: dict[str, int]) -> None:
    agree(store, "p")
    with pytest.raises(StoreError) as refused, store.unit_of_work() as work:
        work.people.save_plan("p", a_plan(**told))
    assert isinstance(refused.value.__cause__, IntegrityError)


def test_feedback_is_for_messages_of_the_coach_and_the_last_word_counts(store: Store) -> None:
    say(store, "p", "hello")
    say(store, "other", "hello")
    with store.unit_of_work() as work:
        assert not work.people.add_feedback("p", 1, Rating.UP, None)
        assert not work.people.add_feedback("p", 3, Rating.UP, None)
        assert work.people.add_feedback("p", 2, Rating.UP, "good")
        assert work.people.add_feedback("p", 2, Rating.DOWN, None)
        (found,) = work.people.memory("p").feedback
        assert (found.message, found.rating, found.comment) == (2, Rating.DOWN, None)
        assert work.people.memory("other").feedback == ()


def test_memory_has_everything(store: Store) -> None:
    remember_everything(store, "p", MARK)

    with store.unit_of_work(read_only=True) as work:
        memory = work.people.memory("p")

    assert memory.remembered
    assert memory.profile_known
    assert memory.profile.goal == MARK
    assert [result.data for result in memory.results] == [{"answers": [MARK]}]
    assert memory.plans[0].history[0].status is PlanStatus.MOVED
    assert memory.feedback[0].comment == MARK
    assert (memory.teams[0].team, memory.teams[0].functions) == ("A team", (MARK,))
    assert memory.messages == 2


def test_forgotten_person_is_in_no_table_and_others_stay(store: Store) -> None:
    remember_everything(store, "p", MARK)
    remember_everything(store, "other", "somebody else")
    marked = set(rows_with(store, MARK))
    assert marked >= {
        "profiles", "results", "plans", "plan_changes", "feedback", "team_members", "conversation_events",
        "conversation_turns", "conversation_choices",
    }  # fmt: skip

    with store.unit_of_work() as work:
        work.people.forget("p")

    assert rows_with(store, MARK) == []
    with store.unit_of_work(read_only=True) as work:
        assert work.people.memory("other").messages == 2
        assert work.people.memory("other").plans
        assert not work.conversations.exists("p")


def test_forgotten_person_is_in_no_byte_of_the_files_while_the_database_is_open(tmp_path: Path) -> None:
    store = open_store(f"sqlite:///{tmp_path / 'coach.db'}")
    store.migrate()
    for number in range(20):
        remember_everything(store, f"p{number}", MARK * 40)
    files = {path: path.read_bytes() for path in tmp_path.iterdir()}
    assert any(MARK.encode() in data for data in files.values())

    with store.unit_of_work() as work:
        for number in range(20):
            work.people.forget(f"p{number}")
    assert store.overwrite_erased()

    assert {path.name for path in tmp_path.iterdir()} == {"coach.db", "coach.db-wal", "coach.db-shm"}
    assert all(MARK.encode() not in path.read_bytes() for path in tmp_path.iterdir())
    store.close()


def test_log_in_use_is_not_emptied_and_is_at_the_next_time(tmp_path: Path) -> None:
    store = open_store(f"sqlite:///{tmp_path / 'coach.db'}")
    store.migrate()
    remember_everything(store, "p", MARK)
    reader = sqlite3.connect(tmp_path / "coach.db", isolation_level=None)
    reader.execute("BEGIN")
    reader.execute("SELECT count(*) FROM people").fetchone()
    with store.unit_of_work() as work:
        work.people.forget("p")

    assert not store.overwrite_erased()
    reader.execute("COMMIT")
    assert store.overwrite_erased()

    assert all(MARK.encode() not in path.read_bytes() for path in tmp_path.iterdir())
    reader.close()


def test_forgetting_is_undone_as_a_whole_when_it_breaks_off(store: Store) -> None:
    remember_everything(store, "p", MARK)
    before = rows_with(store, MARK)

    break_off_after(store, lambda work: work.people.forget("p"))

    assert rows_with(store, MARK) == before


def test_purge_forgets_who_was_not_here_and_nobody_else(store: Store) -> None:
    long_ago = time.time() - 200 * 86400
    say(store, "absent", "bye", now=long_ago)
    say(store, "talks without consent", "hi")
    say(store, "remembered and quiet", "hm", now=long_ago)
    agree(store, "remembered and quiet", "never spoke")
    with store.engine.begin() as connection:
        connection.exec_driver_sql(f"UPDATE people SET last_seen = {long_ago} WHERE id = 'never spoke'")

    with store.unit_of_work() as work:
        assert work.people.idle(time.time() - 180 * 86400) == ["absent", "never spoke"]
        assert work.people.purge(time.time() - 180 * 86400) == 2
        assert work.people.purge(time.time() - 180 * 86400) == 0
        assert sorted(work.conversations.ids()) == ["remembered and quiet", "talks without consent"]
        assert work.people.consent("never spoke") is None


def test_counts_tell_numbers(store: Store) -> None:
    remember_everything(store, "p", MARK)
    with store.unit_of_work() as work:
        work.people.set_consent("q", ConsentState.ASKED)
        counts = work.people.counts()
    assert (counts["conversations"], counts["people"], counts["consents"], counts["plans"]) == (1, 2, 1, 1)


def test_two_browsers_of_one_person_lose_nothing(store: Store) -> None:
    agree(store, "p")
    failed = []

    def write(browser: int) -> None:
        try:
            for number in range(10):
                with store.unit_of_work() as work:
                    work.people.save_plan("p", a_plan(f"{browser}-{number}"))
                    work.people.add_result("p", StoredResult(ResultKind.LEVEL, NOON, {"browser": browser}))
        except StoreError as exc:
            failed.append(exc)

    threads = [threading.Thread(target=write, args=(browser,)) for browser in (1, 2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert failed == []
    with store.unit_of_work(read_only=True) as work:
        assert (len(work.people.plans("p")), len(work.people.results("p"))) == (20, 20)


def test_what_was_saved_before_a_crash_stays(store: Store) -> None:
    agree(store, "p")
    with store.unit_of_work() as work:
        work.people.save_plan("p", a_plan("first"))
    break_off_after(store, lambda work: work.people.save_plan("p", a_plan("second")))
    with store.unit_of_work(read_only=True) as work:
        assert [plan.id for plan in work.people.plans("p")] == ["first"]


def test_conversations_of_the_version_before_are_there_after_the_upgrade(url: str) -> None:
    store = open_store(url)
    with store.engine.begin() as connection:
        command.upgrade(alembic_config(connection), "0002")
    say_in_old_tables = (
        "INSERT INTO conversations (id, opened, updated, last_turn, last_seq) VALUES ('c', 1, 1, 1, 1)",
        "INSERT INTO conversation_turns VALUES ('c', 1, 1, '{}')",
        "INSERT INTO conversation_events VALUES ('c', 1, 1, 'bot', '{}')",
    )
    with store.engine.begin() as connection:
        for statement in say_in_old_tables:
            connection.exec_driver_sql(statement)

    store.migrate()

    with store.unit_of_work() as work:
        assert work.conversations.last_seq("c") == 1
        assert work.people.add_feedback("c", 1, Rating.UP, None)
        work.people.forget("c")
        assert not work.conversations.exists("c")
    store.close()
