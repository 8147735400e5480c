"""Teams: joined by a code that nobody can read out of the database, left, read without names."""

import re

from bot.records import ConsentState, Member, Profile
from bot.store import Store
from tests.store.test_store_people import agree, rows_with


def test_code_is_easy_to_type_and_not_stored(store: Store) -> None:
    with store.unit_of_work() as work:
        codes = [work.teams.create(f"Team {number}") for number in range(20)]

    assert all(re.fullmatch(r"[A-HJ-NP-Z]{4}-[2-9]{4}", code) for code in codes)
    assert len(set(codes)) == 20
    assert not any(rows_with(store, code) for code in codes)
    with store.unit_of_work(read_only=True) as work:
        assert work.teams.get(f" {codes[3].lower()} ").name == "Team 3"
        assert work.teams.get("ZZZZ-9999") is None


def test_members_share_profile_and_functions_without_a_name(store: Store) -> None:
    agree(store, "ann", "bob")
    with store.unit_of_work() as work:
        code = work.teams.create("Team")
        for person in ("ann", "bob", "ann"):
            work.teams.join(code, person)
        work.people.remember_profile("ann", Profile(role="pmo_analyst", held=("prince2",)))
        assert work.teams.cover("ann", ["planning"])
        assert not work.teams.cover("nobody", ["planning"])
        members = work.teams.members(code)

    assert members.count(Member(Profile(role="pmo_analyst", held=("prince2",)), ("planning",))) == 1
    assert members.count(Member(Profile())) == 1
    assert len(members) == 2


def test_who_leaves_refuses_or_is_forgotten_counts_no_more(store: Store) -> None:
    agree(store, "ann", "bob", "cat", "dan")
    with store.unit_of_work() as work:
        code, other = work.teams.create("Team"), work.teams.create("Other")
        for person in ("ann", "bob", "cat", "dan"):
            work.teams.join(code, person)
        work.teams.join(other, "ann")
        assert work.teams.leave("ann") == 2
        assert work.teams.leave("ann") == 0
        work.people.set_consent("bob", ConsentState.REFUSED)
        work.people.forget("cat")
        assert len(work.teams.members(code)) == 1
        assert work.people.memory("dan").teams[0].team == "Team"
