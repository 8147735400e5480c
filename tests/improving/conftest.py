"""Databases as the tests of the store have them, and a lexicon of a few words."""

import pytest

from bot.cli_improving import Tools
from bot.improving.masking import Lexicon, mask
from tests.improving.factories import COMMON, KNOWN
from tests.store.conftest import migrated, sqlite_store, store, url

__all__ = ["migrated", "sqlite_store", "store", "url"]


@pytest.fixture
def lexicon() -> Lexicon:
    return Lexicon(frozenset(KNOWN.split()), frozenset(COMMON.split()))


@pytest.fixture
def tools(lexicon: Lexicon) -> Tools:
    """Tools that need no encoder: texts are alike when their first words are."""

    def group(texts):
        groups = {}
        for place, text in enumerate(texts):
            groups.setdefault(text.split()[0], []).append(place)
        return list(groups.values())

    return Tools(lambda text: mask(text, lexicon), group, {"pmo_pay": "What PMO jobs <pay>"})
