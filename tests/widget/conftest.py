"""A real Chromium, and a page in it that reports what a policy or a script complains of."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.widget.browsing import Visit, chromium
from tests.widget.host import Host

playwright = pytest.importorskip("playwright.sync_api")


@pytest.fixture(scope="session")
def browser() -> Iterator[object]:
    """Chromium, started once."""
    with playwright.sync_playwright() as running:
        started = chromium(running)
        yield started
        started.close()


@pytest.fixture
def host() -> Iterator[Host]:
    """A web site of its own that has the widget, with a coach made of paper."""
    with Host() as running:
        yield running


@pytest.fixture
def visit(browser: object, host: Host) -> Iterator[Visit]:
    """A visit to the site; at its end nothing was complained of and nothing was asked of other machines."""
    with Visit(browser, host) as made:
        yield made


@pytest.fixture(scope="session")
def axe() -> str:
    """The source of axe-core; `npm ci` in bot/widget brings it."""
    path = Path(__file__).parents[2] / "bot/widget/node_modules/axe-core/axe.min.js"
    if not path.is_file():
        pytest.skip("axe-core is not installed: `make widget` installs it")
    return path.read_text(encoding="utf-8")
