"""Measures the web widget in Chromium, with a coach made of paper behind it: `make bench-widget`."""

import gzip
import statistics
import sys
from typing import Any

from playwright.sync_api import sync_playwright
from rich.console import Console
from rich.table import Table

from bot.channels.files import WIDGET
from tests.widget.browsing import Visit, chromium
from tests.widget.host import Host

CLICKS = 30
MESSAGES = 500
WATCH = """() => { window.longest = 0; new PerformanceObserver(list => { for (const task of list.getEntries())
  window.longest = Math.max(window.longest, task.duration); }).observe({ type: 'longtask' }); }"""
CLICK = """() => new Promise(done => {
  const root = document.querySelector('pmo-coach').shadowRoot, start = performance.now();
  new MutationObserver((_, watch) => { if (root.querySelector('li.coach')) { watch.disconnect();
    requestAnimationFrame(() => setTimeout(() => done(performance.now() - start))); } })
    .observe(root, { childList: true, subtree: true });
  root.querySelector('.launcher').click(); root.querySelector('.starter').click(); })"""


def main() -> int:
    """Print what was measured and what it must be; return 1 when something is not."""
    with sync_playwright() as playwright:
        browser = chromium(playwright)
        rows = [_size(), _first_answer(browser), *_long_talk(browser)]
        browser.close()
    table = Table("what", "measured", "must be at most")
    for name, measured, most, unit in rows:
        table.add_row(name, f"{measured:.1f} {unit}", f"{most:g} {unit}")
    Console().print(table)
    return int(any(measured > most for _, measured, most, _ in rows))


Row = tuple[str, float, float, str]


def _size() -> Row:
    return "size, gz", len(gzip.compress(WIDGET.read_bytes(), mtime=0)) / 1000, 30, "kB"


def _first_answer(browser: Any) -> Row:
    taken = []
    with Host() as host:
        for _ in range(CLICKS):
            with Visit(browser, host) as visit:
                visit.page.goto(host.url)
                taken.append(visit.page.evaluate(CLICK))
    return "click on the launcher to first answer drawn, p95", statistics.quantiles(taken, n=20)[-1], 150, "ms"


def _long_talk(browser: Any) -> list[Row]:
    with Host() as host, Visit(browser, host) as visit:
        visit.open().say("message 0")
        (token,) = host.conversations
        for number in range(1, MESSAGES // 2):
            host.turn(token, {"text": f"message {number} with **words** and\n\n- a list\n- of two"}, f"key {number}")
        visit.page.reload()
        visit.page.locator("li.coach").nth(MESSAGES // 2 - 1).wait_for(state="attached")
        visit.page.evaluate(WATCH)
        visit.page.locator("textarea").press_sequentially("what comes next for me in this career " * 3, delay=5)
        typing = visit.page.evaluate("longest")
        visit.page.locator(".log").evaluate("log => { log.scrollTop = 0; }")
        visit.page.mouse.wheel(0, 3000)
        visit.page.wait_for_timeout(300)
        scrolling = visit.page.evaluate("longest")
    what = f"longest task over 50 ms in a talk of {MESSAGES} messages, "
    return [(what + "typing", typing, 50, "ms"), (what + "scrolling", scrolling, 50, "ms")]


if __name__ == "__main__":
    sys.exit(main())
