"""Talks in the widget: how soon the first answer is there, whether all of it stays, and how a long one feels."""

import math
import statistics
from collections import Counter
from pathlib import Path
from typing import Any

from playwright.sync_api import sync_playwright

from benchmarks.channels import Measured, serving, told
from benchmarks.messages import HELD_OUT, read_utterances, varied
from benchmarks.talking import Protocol, answers
from tests.widget.browsing import Visit, chromium
from tests.widget.host import Host

CLICKS = 60
WARM = 3
MOST_MILLISECONDS = 150.0
RELOADED, RELOADS = 20, 10
BREAKS = 50
MESSAGES = 500
MOST_TASK = 50.0
UNLIMITED = {"PMO_COACH_RATE_CONVERSATION": "100000", "PMO_COACH_RATE_ADDRESS": "100000"}
QUESTION = "Which qualification comes next for me?"

CLICK = """() => new Promise(done => {
  const root = document.querySelector('pmo-coach').shadowRoot, start = performance.now();
  const took = name => Math.max(...performance.getEntriesByType('resource').filter(entry => entry.name.endsWith(name))
    .map(entry => entry.duration));
  new MutationObserver((_, watch) => { if (root.querySelector('li.coach')) { watch.disconnect();
    requestAnimationFrame(() => setTimeout(() => { const whole = performance.now() - start;
      setTimeout(() => done([whole, took('/session'), took('/message')]), 200); })); } })
    .observe(root, { childList: true, subtree: true });
  root.querySelector('.launcher').click(); root.querySelector('.starter').click(); })"""
WATCH = """() => { window.tasks = []; new PerformanceObserver(list => tasks.push(...list.getEntries()
  .map(({ duration }) => duration))).observe({ type: 'longtask' });
  window.frames = []; let last = performance.now(); (function frame(now) { frames.push(now - last); last = now;
  requestAnimationFrame(frame); })(last); }"""


def measure_first_answer(var: Path) -> Measured:
    """Open the page of a site, click on the launcher and on a starting question at once, and wait for the answer."""
    taken, opened, answered = [], [], []
    with Host() as site, serving(var, _is_ready, PMO_COACH_ORIGINS=site.url, **UNLIMITED) as url:
        page = site.embed(url)
        with sync_playwright() as playwright:
            browser = chromium(playwright)
            for _ in range(WARM + CLICKS):
                with Visit(browser, site) as visit:
                    visit.page.goto(page)
                    visit.page.wait_for_timeout(100)  # a person needs longer to find the launcher
                    whole, session, message = visit.page.evaluate(CLICK)
                taken.append(whole), opened.append(session), answered.append(message)
            browser.close()
    taken = sorted(taken[WARM:])
    p95 = taken[math.ceil(len(taken) * 0.95) - 1]
    medians = [statistics.median(times[WARM:]) for times in (opened, answered)]
    note = (
        f"medians: {statistics.median(taken):.0f} ms in all, of which the server and the way to it took "
        f"{medians[0]:.0f} ms for the session and {medians[1]:.0f} ms for the message"
    )
    return Measured(f"{p95:.0f} ms", p95 <= MOST_MILLISECONDS, note)


def _is_ready(url: str) -> bool:
    return answers(Protocol.COACH, url, QUESTION)


def measure_reloads(var: Path) -> Measured:
    """Reload the page ten times while each of twenty messages is answered by the real coach."""
    texts = varied([utterance.text for utterance in read_utterances(HELD_OUT)], RELOADED)
    with sync_playwright() as playwright, serving(var, _is_ready, **UNLIMITED) as url:
        browser = chromium(playwright)
        with Visit(browser, None) as visit:
            visit.complain = False
            page = visit.page
            page.goto(url)
            for number, text in enumerate(texts):
                page.locator("pmo-coach textarea").fill(text)
                page.keyboard.press("Enter")
                for wait in range(RELOADS):
                    page.wait_for_timeout(wait * 4)
                    page.reload()
                page.wait_for_function(ANSWERED, arg=number + 1)
            page.wait_for_timeout(500)
            said = page.locator("pmo-coach li.person .bubble").all_text_contents()
            shown = page.locator("pmo-coach li.coach").count()
            kept = page.evaluate(HISTORY)
        browser.close()
    return _compared(texts, said, shown, kept)


ANSWERED = """count => {
  const items = [...document.querySelector('pmo-coach').shadowRoot.querySelectorAll('.messages > li')];
  return items.filter(item => item.matches('.person')).length >= count && items.at(-1).matches('.coach'); }"""
HISTORY = """async () => { const name = Object.keys(localStorage).find(key => key.endsWith(' session'));
  const { token } = JSON.parse(localStorage[name]);
  const answer = await fetch('/webhooks/web/history?after=0', { headers: { Authorization: `Bearer ${token}` } });
  return (await answer.json()).messages; }"""


def _compared(texts: list[str], said: list[str], shown: int, kept: list[dict[str, Any]]) -> Measured:
    """Compare what was typed with what the page shows, and both sides of the page with what the server has."""
    times = Counter(said)
    once, doubled = sum(times[text] == 1 for text in texts), sum(times[text] > 1 for text in texts)
    measured = told(once, doubled, len(texts) - once - doubled)
    coach = sum(message["from"] == "coach" for message in kept)
    same = (len(said), shown) == (len(kept) - coach, coach)
    return Measured(measured.text, measured.ok and same, f"{coach} messages of the coach kept, {shown} shown")


def measure_breaks(var: Path) -> Measured:
    """Break off fifty answers, before their first byte and in their midst, after a coach of paper has kept them."""
    texts = [f"message {number}" for number in range(BREAKS)]
    with sync_playwright() as playwright, Host() as host:
        browser = chromium(playwright)
        with Visit(browser, host) as visit:
            visit.complain = False
            visit.open()
            for number, text in enumerate(texts):
                host.mishaps.append(("lost", "cut")[number % 2])
                visit.say(text)
            said = visit.page.locator("pmo-coach li.person .bubble").all_text_contents()
            shown = visit.page.locator("pmo-coach li.coach").count()
        browser.close()
    return _compared(texts, said, shown, host.messages())


def measure_long_talk(var: Path) -> Measured:
    """Type and scroll in a conversation of five hundred messages, and look for what holds up the page."""
    with sync_playwright() as playwright, Host() as host:
        browser = chromium(playwright)
        with Visit(browser, host) as visit:
            visit.open().say("message 0")
            (token,) = host.conversations
            for number in range(1, MESSAGES // 2):
                host.turn(
                    token, {"text": f"message {number} with **words** and\n\n- a list\n- of two"}, f"key {number}"
                )
            visit.page.reload()
            visit.page.locator("li.coach").nth(MESSAGES // 2 - 1).wait_for(state="attached")
            visit.page.evaluate(WATCH)
            visit.page.locator("textarea").press_sequentially("what comes next for me in this career " * 3, delay=5)
            typing, frames = visit.page.evaluate("[tasks.splice(0), frames.splice(0)]")
            visit.page.locator(".log").evaluate("log => { log.scrollTop = 0; }")
            visit.page.mouse.wheel(0, 3000)
            visit.page.wait_for_timeout(300)
            scrolling = visit.page.evaluate("tasks.splice(0)")
        browser.close()
    text, scrolled = (
        f"{max(tasks):.0f} ms" if tasks else f"none over {MOST_TASK:.0f} ms" for tasks in (typing, scrolling)
    )
    note = f"while scrolling: {scrolled}; the longest frame while typing took {max(frames):.0f} ms"
    return Measured(text, not typing and not scrolling, note)
