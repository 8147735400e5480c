"""People: their word on being remembered, profile, results and plans; ratings of messages; teams.

Revision ID: 0003
Revises: 0002
"""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

STATUSES = ("open", "done", "moved", "dropped")


def upgrade() -> None:
    """Create the tables of people and of teams."""
    op.create_table(
        "people",
        sa.Column("id", sa.String(255), nullable=False),
        _word("consent", ("asked", "given", "refused")),
        *(sa.Column(name, sa.Float(), nullable=False) for name in ("consent_time", "created", "last_seen")),
        sa.PrimaryKeyConstraint("id", name="pk_people"),
    )
    _create_of_person("profiles", _json("data"), _float("updated"), key=("person_id",))
    _create_of_person(
        "results", sa.Column("id", sa.Integer(), nullable=False),
        _word("kind", ("level", "builder_grower", "insights", "qualification")), _float("taken"), _json("data"),
        key=("id",),
    )  # fmt: skip
    op.create_index("ix_results_person_id", "results", ["person_id"])
    _create_plans()
    _create_feedback()
    _create_teams()


def _create_plans() -> None:
    _create_of_person(
        "plans",
        sa.Column("id", sa.String(64), nullable=False),
        sa.Column("goal", sa.Text()),
        sa.Column("reality", sa.Text()),
        _json("options"),
        sa.Column("action", sa.Text(), nullable=False),
        sa.Column("when", sa.Text()),
        sa.Column("due", sa.Date()),
        *_of_ten("realistic"),
        *_of_ten("committed"),
        _word("status", STATUSES),
        sa.Column("created", sa.Date(), nullable=False),
        key=("person_id", "id"),
    )
    op.create_table(
        "plan_changes",
        sa.Column("person_id", sa.String(255), nullable=False),
        sa.Column("plan_id", sa.String(64), nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        _word("status", STATUSES),
        sa.Column("due", sa.Date()),
        sa.ForeignKeyConstraint(["person_id", "plan_id"], ["plans.person_id", "plans.id"],
                                name="fk_plan_changes_person_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("person_id", "plan_id", "position", name="pk_plan_changes"),
    )  # fmt: skip


def _create_feedback() -> None:
    op.create_table(
        "feedback",
        sa.Column("conversation_id", sa.String(255), nullable=False),
        sa.Column("seq", sa.Integer(), autoincrement=False, nullable=False),
        _word("rating", ("up", "down")),
        sa.Column("comment", sa.Text()),
        _float("time"),
        sa.ForeignKeyConstraint(["conversation_id", "seq"],
                                ["conversation_events.conversation_id", "conversation_events.seq"],
                                name="fk_feedback_conversation_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("conversation_id", "seq", name="pk_feedback"),
    )  # fmt: skip


def _create_teams() -> None:
    op.create_table(
        "teams",
        sa.Column("code_hash", sa.String(64), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        _float("created"),
        sa.PrimaryKeyConstraint("code_hash", name="pk_teams"),
    )
    _create_of_person(
        "team_members",
        sa.Column("team", sa.String(64), nullable=False),
        _float("joined"),
        _json("functions"),
        sa.ForeignKeyConstraint(["team"], ["teams.code_hash"], name="fk_team_members_team", ondelete="CASCADE"),
        key=("team", "person_id"),
    )
    op.create_index("ix_team_members_person_id", "team_members", ["person_id"])


def _create_of_person(name: str, *columns: Any, key: tuple[str, ...]) -> None:
    op.create_table(
        name,
        sa.Column("person_id", sa.String(255), nullable=False),
        *columns,
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=f"fk_{name}_person_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint(*key, name=f"pk_{name}"),
    )


def _word(name: str, words: tuple[str, ...]) -> "sa.Column[Any]":
    kind = sa.Enum(*words, name=name, native_enum=False, create_constraint=True, length=40)
    return sa.Column(name, kind, nullable=False)


def _json(name: str) -> "sa.Column[Any]":
    return sa.Column(name, sa.JSON(), nullable=False)


def _float(name: str) -> "sa.Column[Any]":
    return sa.Column(name, sa.Float(), nullable=False)


def _of_ten(name: str) -> tuple[Any, ...]:
    return (sa.Column(name, sa.Integer()), sa.CheckConstraint(f"{name} BETWEEN 0 AND 10", name=name))


def downgrade() -> None:
    """Drop the tables of people and of teams."""
    for name in ("team_members", "teams", "feedback", "plan_changes", "plans", "results", "profiles", "people"):
        op.drop_table(name)
