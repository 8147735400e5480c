"""What Slack sent: its id, so that it is answered once, and what was asked until it is answered.

Revision ID: 0004
Revises: 0003
"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the table."""
    op.create_table(
        "slack_events",
        sa.Column("id", sa.String(255), nullable=False),
        sa.Column("received", sa.Float(), nullable=False),
        sa.Column("held_until", sa.Float(), nullable=True),
        sa.Column("request", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_slack_events"),
    )
    op.create_index("ix_slack_events_received", "slack_events", ["received"])


def downgrade() -> None:
    """Drop the table."""
    op.drop_table("slack_events")
