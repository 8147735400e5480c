"""The table of what Slack sent: remembered so that nothing is answered twice, kept so that nothing is lost.

`request` is what was asked, as JSON, until it is answered; then it goes, and the bare id stays for a while.
`held_until` says until when the server that works on it has it to itself.
"""

from sqlalchemy import Column, Float, Index, String, Table, Text

from bot.store.tables.metadata import metadata

slack_events = Table(
    "slack_events",
    metadata,
    Column("id", String(255), primary_key=True),
    Column("received", Float, nullable=False),
    Column("held_until", Float, nullable=True),
    Column("request", Text, nullable=True),
    Index("ix_slack_events_received", "received"),
)
