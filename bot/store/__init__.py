"""The store: what the coach knows, in SQLite or PostgreSQL. The only SQL of the project is in here.

    store = open_store("sqlite:///var/coach.sqlite")
    store.migrate()
    seed(store, [KNOWLEDGE_FOLDER])
    with store.unit_of_work() as work:
        knowledge = work.knowledge.load()

Repositories take and give records; rows and connections stay inside.
"""

from bot.store.engine import PATIENCE
from bot.store.seeding import seed
from bot.store.store import Store, UnitOfWork, open_store

__all__ = ["PATIENCE", "Store", "UnitOfWork", "open_store", "seed"]
