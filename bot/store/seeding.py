"""Brings the knowledge in the database up to date with the content."""

from collections.abc import Sequence
from pathlib import Path

from bot.content import content_digest, read_knowledge
from bot.store.engine import BUSY_SECONDS
from bot.store.store import Store


def seed(store: Store, folders: Sequence[Path]) -> bool:
    """Put the knowledge of the folders into the store; return False where it was there already.

    The content is read and checked before the database is written: raises ContentError with every problem, and
    nothing has changed. Servers that seed at once wait for each other, and the later ones find the work done.
    """
    # Taken before the files are read: should one change in between, the next start sees another digest.
    digest = content_digest(folders)
    with store.unit_of_work(read_only=True) as work:
        if work.knowledge.digest() == digest:
            return False
    knowledge = read_knowledge(folders)
    with store.unit_of_work(patience=BUSY_SECONDS) as work:
        work.knowledge.lock()
        if work.knowledge.digest() == digest:
            return False
        work.knowledge.replace(knowledge, digest)
    return True
