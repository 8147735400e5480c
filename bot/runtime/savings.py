"""Work that Rasa does at every message and need not: a tenth of what a message costs.

Nothing that it decides, says or stores depends on any of it. Each saving says what it leaves out; a test holds against
Rasa's source that there is no more to it.
"""

from collections.abc import Sequence
from functools import lru_cache
from types import ModuleType, SimpleNamespace
from typing import Any

import rasa.shared.utils.common as rasa_common
from rasa.core import processor
from rasa.core.policies import memoization, rule_policy
from rasa.shared.core.domain import Domain

COPYING: Sequence[ModuleType] = (processor, memoization, rule_policy)
"""Modules that copy things for their log lines, and for nothing else."""


def save_work(domain: Domain) -> None:
    """Leave out what need not be done, in this process, for conversations of this domain."""
    for module in COPYING:
        # The lines are those of level debug, which the lean runtime drops; the copies would be made all the same.
        module.copy = SimpleNamespace(deepcopy=_as_it_is)  # type: ignore[attr-defined]
    # Asked for at each message, it makes an empty domain and compares the two.
    is_empty = domain.is_empty()
    domain.is_empty = lambda: is_empty  # type: ignore[method-assign]
    # Asked for at each event that an action returns, it goes through all classes of events and theirs.
    if not hasattr(rasa_common.all_subclasses, "cache_info"):
        rasa_common.all_subclasses = lru_cache(maxsize=None)(rasa_common.all_subclasses)


def _as_it_is(thing: Any) -> Any:
    return thing
