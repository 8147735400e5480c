"""The table of reviewed messages: the sum of each masked text, and nothing else of it or of whoever wrote it."""

from sqlalchemy import Column, String, Table

from bot.store.tables.metadata import metadata

SUM_LENGTH = 64

reviewed_messages = Table("reviewed_messages", metadata, Column("sum", String(SUM_LENGTH), primary_key=True))
