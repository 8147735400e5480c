"""The repository of teams: made with a code, joined and left by people, read without names.

The code itself is never stored, only its SHA-256 sum, so that nobody comes across one. A code is short: who has the
database and means to can find it by trying, and could read the members' rows as well.
"""

import hashlib
import secrets
import time
from collections.abc import Sequence
from datetime import datetime, timezone

from sqlalchemy import delete, insert, select, update
from sqlalchemy.engine import Connection

from bot.records import ConsentState, Level, Member, Team
from bot.store.people import profile_of
from bot.store.tables.people import people, profiles, team_members, teams

LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ"
"""Without I and O, which are read as digits."""
DIGITS = "23456789"
HALF = 4


class TeamRepository:
    """Reads and writes teams on one connection."""

    def __init__(self, connection: Connection) -> None:
        """Work on that connection."""
        self._connection = connection

    def create(self, name: str) -> str:
        """Make a team and return the code to join it; this is the only time that the code is known."""
        code = "".join(secrets.choice(LETTERS) for _ in range(HALF))
        code += "-" + "".join(secrets.choice(DIGITS) for _ in range(HALF))
        self._connection.execute(insert(teams).values(code_hash=_hash(code), name=name, created=time.time()))
        return code

    def get(self, code: str) -> Team | None:
        """Return the team of that code."""
        row = self._connection.execute(select(teams).where(teams.c.code_hash == _hash(code))).first()
        return None if row is None else Team(row.name, datetime.fromtimestamp(row.created, timezone.utc))

    def join(self, code: str, person: str) -> None:
        """Make the person, who is remembered, a member; nothing happens when they are one."""
        key = {"team": _hash(code), "person_id": person}
        found = select(team_members.c.team).where(
            team_members.c.team == key["team"], team_members.c.person_id == person
        )
        if self._connection.execute(found).first() is None:
            self._connection.execute(insert(team_members).values(**key, joined=time.time(), functions=[]))

    def leave(self, person: str) -> int:
        """Take the person out of every team; return out of how many."""
        return int(self._connection.execute(delete(team_members).where(team_members.c.person_id == person)).rowcount)

    def cover(self, person: str, functions: Sequence[str]) -> bool:
        """Note the functions that the person covers, for their teams; False when they are in none."""
        mine = update(team_members).where(team_members.c.person_id == person)
        return bool(self._connection.execute(mine.values(functions=list(functions))).rowcount)

    def members(self, code: str) -> tuple[Member, ...]:
        """Return what the members share, in no order that says who they are; those who agreed alone."""
        found = self._connection.execute(
            select(profiles.c.data, team_members.c.functions)
            .select_from(team_members)
            .join(people, people.c.id == team_members.c.person_id)
            .outerjoin(profiles, profiles.c.person_id == team_members.c.person_id)
            .where(team_members.c.team == _hash(code), people.c.consent == ConsentState.GIVEN)
        )
        members = [Member(profile_of(row.data or {}), tuple(row.functions)) for row in found]
        return tuple(sorted(members, key=lambda member: (member.profile.level or Level.ONE, repr(member))))


def _hash(code: str) -> str:
    return hashlib.sha256(code.strip().upper().encode()).hexdigest()
