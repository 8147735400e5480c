"""The repository of people: what is remembered of each with their consent, and forgetting it all."""

import time
from collections.abc import Mapping
from dataclasses import asdict, fields
from datetime import datetime, timezone
from typing import Any

from sqlalchemy import Table, delete, func, insert, select, update
from sqlalchemy.engine import Connection

from bot.errors import StoreError
from bot.records import (
    Consent,
    ConsentState,
    Feedback,
    Level,
    Membership,
    Memory,
    Plan,
    PlanChange,
    Profile,
    Rating,
    StoredResult,
)
from bot.store.tables.conversations import choices, conversations, events, requests, turns
from bot.store.tables.people import feedback, people, plan_changes, plans, profiles, results, team_members, teams

COACH_EVENT = "bot"
SAID = ("user", COACH_EVENT)
_PLAN_COLUMNS = [column for column in plans.c if column.name != "person_id"]


class NoConsentError(StoreError):
    """The person did not say that they want to be remembered; nothing was written."""


class PeopleRepository:
    """Reads and writes what is remembered of people, on one connection.

    Without consent nothing but the state of the consent is written: every other way of remembering raises
    NoConsentError.
    """

    def __init__(self, connection: Connection) -> None:
        """Work on that connection."""
        self._connection = connection

    def consent(self, person: str) -> Consent | None:
        """Return what the person said to being remembered, or None when they were never asked."""
        row = self._connection.execute(
            select(people.c.consent, people.c.consent_time).where(people.c.id == person)
        ).first()
        return None if row is None else Consent(row.consent, _moment(row.consent_time))

    def set_consent(self, person: str, state: ConsentState) -> None:
        """Note what the person said; a refusal erases at once what was remembered, teams included."""
        now = time.time()
        values = {"consent": state, "consent_time": now, "last_seen": now}
        changed = self._connection.execute(update(people).where(people.c.id == person).values(values))
        if not changed.rowcount:
            self._connection.execute(insert(people).values(id=person, created=now, **values))
        if state is ConsentState.REFUSED:
            for table in (profiles, results, plans, team_members):
                self._connection.execute(delete(table).where(table.c.person_id == person))

    def remember_profile(self, person: str, profile: Profile) -> None:
        """Remember what the person told of themselves, in place of what was known."""
        now = self._seen(person)
        values = {"data": _profile_data(profile), "updated": now}
        changed = self._connection.execute(update(profiles).where(profiles.c.person_id == person).values(values))
        if not changed.rowcount:
            self._connection.execute(insert(profiles).values(person_id=person, **values))

    def profile(self, person: str) -> Profile:
        """Return what the person told of themselves; an empty profile when that is nothing."""
        data = self._connection.execute(select(profiles.c.data).where(profiles.c.person_id == person)).scalar()
        return profile_of(data or {})

    def add_result(self, person: str, result: StoredResult) -> None:
        """Remember a result beside the earlier ones."""
        self._seen(person)
        self._connection.execute(insert(results).values(
            person_id=person, kind=result.kind, taken=result.taken.timestamp(), data=dict(result.data)))  # fmt: skip

    def results(self, person: str) -> tuple[StoredResult, ...]:
        """Return the results, the oldest first."""
        query = select(results.c.kind, results.c.taken, results.c.data).where(results.c.person_id == person)
        found = self._connection.execute(query.order_by(results.c.taken, results.c.id))
        return tuple(StoredResult(row.kind, _moment(row.taken), row.data) for row in found)

    def save_plan(self, person: str, plan: Plan) -> None:
        """Remember a plan with its history, in place of the one with its id if there is one."""
        self._seen(person)
        values = {column.name: getattr(plan, column.name) for column in _PLAN_COLUMNS}
        self._connection.execute(delete(plans).where(plans.c.person_id == person, plans.c.id == plan.id))
        self._connection.execute(insert(plans).values(person_id=person, **{**values, "options": list(plan.options)}))
        if plan.history:
            self._connection.execute(insert(plan_changes), [
                {"person_id": person, "plan_id": plan.id, "position": position, **asdict(change)}
                for position, change in enumerate(plan.history)])  # fmt: skip

    def plans(self, person: str) -> tuple[Plan, ...]:
        """Return the plans, the oldest first."""
        found = self._connection.execute(
            select(*_PLAN_COLUMNS).where(plans.c.person_id == person).order_by(plans.c.created, plans.c.id)
        ).all()
        histories = self._histories(person)
        return tuple(
            Plan(**{**row._mapping, "options": tuple(row.options)}, history=histories.get(row.id, ())) for row in found
        )

    def _histories(self, person: str) -> Mapping[str, tuple[PlanChange, ...]]:
        changes = plan_changes.c
        found = self._connection.execute(
            select(changes.plan_id, changes.day, changes.status, changes.due)
            .where(changes.person_id == person)
            .order_by(changes.position)
        )
        histories: dict[str, tuple[PlanChange, ...]] = {}
        for row in found:
            change = PlanChange(row.day, row.status, row.due)
            histories[row.plan_id] = (*histories.get(row.plan_id, ()), change)
        return histories

    def add_feedback(self, person: str, message: int, rating: Rating, comment: str | None) -> bool:
        """Note what a person thinks of a message, in place of what they thought; False when the coach said none such.

        A rating belongs to the conversation, which is kept with or without consent.
        """
        key = (events.c.conversation_id == person, events.c.seq == message, events.c.type == COACH_EVENT)
        if self._connection.execute(select(events.c.seq).where(*key)).first() is None:
            return False
        self._connection.execute(
            delete(feedback).where(feedback.c.conversation_id == person, feedback.c.seq == message)
        )
        self._connection.execute(insert(feedback).values(
            conversation_id=person, seq=message, rating=rating, comment=comment, time=time.time()))  # fmt: skip
        return True

    def memory(self, person: str) -> Memory:
        """Return everything that is remembered of the person."""
        said = self._connection.execute(
            select(func.count()).where(events.c.conversation_id == person, events.c.type.in_(SAID))
        ).scalar_one()
        return Memory(
            person,
            consent=self.consent(person),
            profile=self.profile(person),
            results=self.results(person),
            plans=self.plans(person),
            feedback=self._feedback(person),
            teams=self._memberships(person),
            messages=said,
        )

    def _feedback(self, person: str) -> tuple[Feedback, ...]:
        found = self._connection.execute(
            select(feedback.c.seq, feedback.c.rating, feedback.c.comment, feedback.c.time)
            .where(feedback.c.conversation_id == person)
            .order_by(feedback.c.seq)
        )
        return tuple(Feedback(row.seq, row.rating, row.comment, _moment(row.time)) for row in found)

    def _memberships(self, person: str) -> tuple[Membership, ...]:
        found = self._connection.execute(
            select(teams.c.name, team_members.c.joined, team_members.c.functions)
            .join_from(team_members, teams)
            .where(team_members.c.person_id == person)
            .order_by(team_members.c.joined)
        )
        return tuple(Membership(row.name, _moment(row.joined), tuple(row.functions)) for row in found)

    def forget(self, person: str) -> None:
        """Erase everything of the person: what is remembered, the conversation, its choices and ratings."""
        self._connection.execute(delete(people).where(people.c.id == person))
        for table in (feedback, choices, requests, events, turns):
            self._connection.execute(delete(table).where(table.c.conversation_id == person))
        self._connection.execute(delete(conversations).where(conversations.c.id == person))

    def idle(self, before: float) -> list[str]:
        """Return the ids of those who were not here since that time, remembered or not."""
        active = select(conversations.c.id).where(conversations.c.updated >= before)
        seen = select(people.c.id).where(people.c.last_seen >= before)
        known = select(conversations.c.id).union(select(people.c.id)).subquery()
        query = select(known.c.id).where(known.c.id.not_in(active), known.c.id.not_in(seen)).order_by(known.c.id)
        return list(self._connection.execute(query).scalars())

    def purge(self, before: float) -> int:
        """Forget everybody who was not here since that time; return how many that were."""
        gone = self.idle(before)
        for person in gone:
            self.forget(person)
        return len(gone)

    def counts(self) -> dict[str, int]:
        """Return how many rows there are of each kind of thing that is kept of people."""
        tables: tuple[Table, ...] = (conversations, people, profiles, results, plans, feedback, teams, team_members)
        counted = {
            table.name: int(self._connection.execute(select(func.count()).select_from(table)).scalar_one())
            for table in tables
        }
        given = select(func.count()).where(people.c.consent == ConsentState.GIVEN)
        return {**counted, "consents": int(self._connection.execute(given).scalar_one())}

    def _seen(self, person: str) -> float:
        """Note that the person is here and return the time; raise NoConsentError unless they gave their consent."""
        now = time.time()
        seen = self._connection.execute(
            update(people).where(people.c.id == person, people.c.consent == ConsentState.GIVEN).values(last_seen=now)
        )
        if not seen.rowcount:
            raise NoConsentError("This person did not agree to being remembered: nothing was written.")
        return now


def _moment(seconds: float) -> datetime:
    return datetime.fromtimestamp(seconds, timezone.utc)


def _profile_data(profile: Profile) -> dict[str, Any]:
    return {name: value for name, value in asdict(profile).items() if value not in (None, ())}


def profile_of(data: Mapping[str, Any]) -> Profile:
    """Return the profile of its JSON; what a newer version may have added is left out."""
    known = {item.name: data[item.name] for item in fields(Profile) if item.name in data}
    values: dict[str, Any] = {n: tuple(value) if isinstance(value, list) else value for n, value in known.items()}
    if "level" in values:
        values["level"] = Level(values["level"])
    return Profile(**values)
