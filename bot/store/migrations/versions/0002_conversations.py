"""Conversations: their turns, events and offered choices.

Revision ID: 0002
Revises: 0001
"""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the tables of conversations."""
    op.create_table(
        "conversations",
        sa.Column("id", sa.String(255), nullable=False),
        sa.Column("opened", sa.Float(), nullable=False),
        sa.Column("updated", sa.Float(), nullable=False),
        sa.Column("last_turn", sa.Integer(), nullable=False),
        sa.Column("last_seq", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_conversations"),
    )
    _create("conversation_turns", sa.Column("turn", sa.Integer(), autoincrement=False, nullable=False),
            sa.Column("first_seq", sa.Integer(), nullable=False), sa.Column("state", sa.Text(), nullable=False),
            key="turn")  # fmt: skip
    _create("conversation_events", sa.Column("seq", sa.Integer(), autoincrement=False, nullable=False),
            sa.Column("time", sa.Float(), nullable=False), sa.Column("type", sa.String(64), nullable=False),
            sa.Column("data", sa.Text(), nullable=False), key="seq")  # fmt: skip
    _create("conversation_choices", sa.Column("payload", sa.String(1024), nullable=False),
            sa.Column("title", sa.Text(), nullable=False), key="payload")  # fmt: skip


def _create(name: str, *columns: "sa.Column[Any]", key: str) -> None:
    op.create_table(
        name,
        sa.Column("conversation_id", sa.String(255), nullable=False),
        *columns,
        sa.ForeignKeyConstraint(
            ["conversation_id"], ["conversations.id"], name=f"fk_{name}_conversation_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("conversation_id", key, name=f"pk_{name}"),
    )


def downgrade() -> None:
    """Drop the tables of conversations."""
    for name in ("conversation_choices", "conversation_events", "conversation_turns", "conversations"):
        op.drop_table(name)
