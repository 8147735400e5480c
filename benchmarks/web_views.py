"""What every view of the widget keeps: accessible, no request elsewhere, nothing that a strict policy forbids."""

import gzip
from functools import cache
from pathlib import Path
from typing import NamedTuple

from playwright.sync_api import sync_playwright

from benchmarks.channels import Measured
from benchmarks.records import BenchmarkError
from bot.channels.files import WIDGET
from bot.runtime.settings import project_root
from tests.widget.browsing import Visit, chromium
from tests.widget.host import Host
from tests.widget.views import SCHEMES, VIEWS, WIDTHS, rich, show

MOST_BYTES = 30_000
AXE = "bot/widget/node_modules/axe-core/axe.min.js"


class Found(NamedTuple):
    """What was wrong in the views, and how many there were."""

    views: int
    violations: list[str]
    foreign: list[str]
    problems: list[str]


@cache
def look() -> Found:
    """Look at every view once, light and dark, narrow and wide."""
    axe = project_root() / AXE
    if not axe.is_file():
        raise BenchmarkError("axe-core is not installed: `make widget` installs it")
    found = Found(len(SCHEMES) * len(WIDTHS) * len(VIEWS), [], [], [])
    with sync_playwright() as playwright, Host(rich) as host:
        browser = chromium(playwright)
        for scheme in SCHEMES:
            for width in WIDTHS:
                for view in VIEWS:
                    visit = Visit(browser, host, color_scheme=scheme, viewport={"width": width, "height": 700})
                    visit.complain = False
                    with visit:
                        show(visit, view)
                        found.violations.extend(visit.violations(axe.read_text(encoding="utf-8")))
                    found.foreign.extend(visit.foreign)
                    found.problems.extend(visit.problems)
        browser.close()
    return found


def measure_accessibility(var: Path) -> Measured:
    """Count what axe-core finds."""
    return _count(look().violations)


def measure_origin(var: Path) -> Measured:
    """Count the requests that leave loopback."""
    return _count(look().foreign)


def measure_policy(var: Path) -> Measured:
    """Count what the browser's console complains of: violations of the policy, and any error beside."""
    return _count(look().problems)


def measure_size(var: Path) -> Measured:
    """Weigh the one file that a page loads, as the server sends it."""
    size = len(gzip.compress(WIDGET.read_bytes(), mtime=0))
    return Measured(f"{size / 1000:.1f} kB", size <= MOST_BYTES)


def _count(found: list[str]) -> Measured:
    return Measured(f"{len(found)} in {look().views} views", not found, note="; ".join(found[:3]))
