"""The knowledge that actions draw on: read from the store once a process, by our server before the first message."""

from functools import lru_cache

from bot.records import Knowledge
from bot.runtime.settings import read_settings
from bot.store import open_store


@lru_cache(maxsize=1)
def knowledge() -> Knowledge:
    """Return the knowledge, read once a process; raise StoreError, and try again next time, when it cannot be read."""
    store = open_store(read_settings().database)
    try:
        with store.unit_of_work(read_only=True) as work:
            return work.knowledge.load()
    finally:
        store.close()
