"""Reviewed messages: the sum of each text that was dealt with, so that it does not come again.

Revision ID: 0005
Revises: 0004
"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the table."""
    op.create_table(
        "reviewed_messages",
        sa.Column("sum", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("sum", name="pk_reviewed_messages"),
    )


def downgrade() -> None:
    """Drop the table."""
    op.drop_table("reviewed_messages")
