"""Tables of what is remembered of people, of the ratings of messages, and of teams.

Everything but ratings hangs on a row of `people`, which has the person's word on being remembered: erase it, and all
of it is erased. A rating hangs on the message that it rates. A person's id is that of their conversation; there need
not be one any more. Times are seconds since the epoch.
"""

from typing import Any

import sqlalchemy as sa

from bot.records import ConsentState, PlanStatus, Rating, ResultKind
from bot.store.tables.conversations import ID_LENGTH
from bot.store.tables.metadata import metadata, optional, required, vocabulary

HASH_LENGTH = 64
PLAN_ID_LENGTH = 64
_OF_TEN = "{0} BETWEEN 0 AND 10"


def _person(**options: Any) -> sa.Column[Any]:
    key = sa.ForeignKey("people.id", ondelete="CASCADE")
    return sa.Column("person_id", key, nullable=False, **options)


def _of_ten(name: str) -> tuple[Any, ...]:
    return (optional(name, sa.Integer), sa.CheckConstraint(_OF_TEN.format(name), name=name))


people = sa.Table(
    "people",
    metadata,
    sa.Column("id", sa.String(ID_LENGTH), primary_key=True),
    required("consent", vocabulary(ConsentState, "consent")),
    required("consent_time", sa.Float),
    required("created", sa.Float),
    required("last_seen", sa.Float),
)

profiles = sa.Table(
    "profiles",
    metadata,
    _person(primary_key=True),
    required("data", sa.JSON),
    required("updated", sa.Float),
)

results = sa.Table(
    "results",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    _person(index=True),
    required("kind", vocabulary(ResultKind, "kind")),
    required("taken", sa.Float),
    required("data", sa.JSON),
)

plans = sa.Table(
    "plans",
    metadata,
    _person(primary_key=True),
    sa.Column("id", sa.String(PLAN_ID_LENGTH), primary_key=True),
    optional("goal"),
    optional("reality"),
    required("options", sa.JSON),
    required("action"),
    optional("when"),
    optional("due", sa.Date),
    *_of_ten("realistic"),
    *_of_ten("committed"),
    required("status", vocabulary(PlanStatus, "status")),
    required("created", sa.Date),
)

plan_changes = sa.Table(
    "plan_changes",
    metadata,
    sa.Column("person_id", sa.String(ID_LENGTH), primary_key=True),
    sa.Column("plan_id", sa.String(PLAN_ID_LENGTH), primary_key=True),
    sa.Column("position", sa.Integer, primary_key=True, autoincrement=False),
    required("day", sa.Date),
    required("status", vocabulary(PlanStatus, "status")),
    optional("due", sa.Date),
    sa.ForeignKeyConstraint(["person_id", "plan_id"], ["plans.person_id", "plans.id"], ondelete="CASCADE"),
)

feedback = sa.Table(
    "feedback",
    metadata,
    sa.Column("conversation_id", sa.String(ID_LENGTH), primary_key=True),
    sa.Column("seq", sa.Integer, primary_key=True, autoincrement=False),
    required("rating", vocabulary(Rating, "rating")),
    optional("comment"),
    required("time", sa.Float),
    sa.ForeignKeyConstraint(
        ["conversation_id", "seq"],
        ["conversation_events.conversation_id", "conversation_events.seq"],
        ondelete="CASCADE",
    ),
)

teams = sa.Table(
    "teams",
    metadata,
    sa.Column("code_hash", sa.String(HASH_LENGTH), primary_key=True),
    required("name"),
    required("created", sa.Float),
)

team_members = sa.Table(
    "team_members",
    metadata,
    sa.Column("team", sa.ForeignKey("teams.code_hash", ondelete="CASCADE"), primary_key=True),
    _person(primary_key=True, index=True),
    required("joined", sa.Float),
    required("functions", sa.JSON),
)
