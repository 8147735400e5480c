"""What actions remember of people, in the store and off the event loop.

Whoever did not agree to being remembered is not: saving does nothing then. The conversation's own slots are Rasa's,
and stay as they are.
"""

import asyncio
import contextlib
from collections.abc import Callable
from functools import lru_cache
from typing import TypeVar

from bot.coaching.memory import ask_consent
from bot.records import ConsentState, Memory, Plan, Profile, Reply, StoredResult
from bot.runtime.settings import read_settings
from bot.store import Store, UnitOfWork, open_store
from bot.store.people import NoConsentError

Result = TypeVar("Result")


@lru_cache(maxsize=1)
def people_store() -> Store:
    """Return the store, opened once a process."""
    return open_store(read_settings().database)


async def remembering(work: Callable[[UnitOfWork], Result], *, read_only: bool = False) -> Result:
    """Run work on the store in one transaction, on a thread; raise StoreError when it fails."""

    def in_transaction() -> Result:
        with people_store().unit_of_work(read_only=read_only) as unit:
            return work(unit)

    return await asyncio.to_thread(in_transaction)


async def load_memory(person: str) -> Memory:
    """Return everything that is remembered of the person."""
    return await remembering(lambda unit: unit.people.memory(person), read_only=True)


async def save_profile(person: str, profile: Profile) -> None:
    """Remember what the person told of themselves, if they agreed to it."""
    with contextlib.suppress(NoConsentError):
        await remembering(lambda unit: unit.people.remember_profile(person, profile))


async def save_result(person: str, result: StoredResult) -> None:
    """Remember a result, if the person agreed to it."""
    with contextlib.suppress(NoConsentError):
        await remembering(lambda unit: unit.people.add_result(person, result))


async def save_plan(person: str, plan: Plan) -> None:
    """Remember a plan, or how it changed, if the person agreed to it."""
    with contextlib.suppress(NoConsentError):
        await remembering(lambda unit: unit.people.save_plan(person, plan))


async def consent_question(person: str) -> Reply | None:
    """Return the question whether to remember, for who was never asked; it is put once, so they count as asked."""

    def ask(unit: UnitOfWork) -> Reply | None:
        if unit.people.consent(person) is not None:
            return None
        unit.people.set_consent(person, ConsentState.ASKED)
        return ask_consent()

    return await remembering(ask)
