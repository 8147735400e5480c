"""The built widget in a real Chromium, under the strict policy."""

from typing import Any

import pytest

from tests.fakes.coach_server import choice, message, source
from tests.widget.browsing import Visit
from tests.widget.host import Host
from tests.widget.views import SCHEMES, VIEWS, WIDTHS, rich, show

pytestmark = pytest.mark.browser

PROBES = [
    "<img src=x onerror='window.hit=1'>",
    "[click](javascript:window.hit=1)",
    "<script>window.hit=1</script>",
    "<svg onload='window.hit=1'>",
]


def test_keyboard_alone_opens_asks_chooses_and_closes(visit: Visit) -> None:
    visit.host.reply = rich
    page = visit.page
    page.goto(visit.host.url)
    page.locator("pmo-coach .launcher").focus()
    page.keyboard.press("Enter")
    assert visit.page.evaluate("document.querySelector('pmo-coach').shadowRoot.activeElement.tagName") == "TEXTAREA"
    page.keyboard.type("ask")
    page.keyboard.press("Enter")
    page.locator("button.choice").first.wait_for()
    for _ in range(12):
        page.keyboard.press("Shift+Tab")
        if page.evaluate("document.querySelector('pmo-coach').shadowRoot.activeElement?.textContent") == "PMO Analyst":
            break
    page.keyboard.press("Enter")
    page.locator("li.coach").nth(1).wait_for()
    assert (
        page.locator(".chosen").inner_text() == "chosen: PMO Analyst"
        or "PMO Analyst" in page.locator(".chosen").inner_text()
    )
    page.keyboard.press("Escape")
    assert visit.page.evaluate("document.querySelector('pmo-coach').shadowRoot.activeElement.className") == "launcher"
    assert page.locator(".panel").is_hidden()


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("width", WIDTHS)
def test_no_axe_violation(browser: Any, axe: str, view: str, scheme: str, width: int) -> None:
    with (
        Host(rich) as host,
        Visit(browser, host, color_scheme=scheme, viewport={"width": width, "height": 700}) as visit,
    ):
        show(visit, view)

        assert visit.violations(axe) == []
        assert visit.page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize("probe", PROBES)
def test_markup_is_inert_wherever_it_comes_from(visit: Visit, probe: str) -> None:
    table = {"kind": "table", "data": {"columns": [probe], "rows": [[probe]]}}
    visit.host.reply = lambda said: [
        message(probe, choices=[choice(probe, "/x")], sources=[source(probe, "javascript:window.hit=1")], figure=table)
    ]
    visit.open().say(probe)
    visit.page.reload()
    visit.page.locator("li.coach").wait_for()
    visit.page.wait_for_timeout(100)

    assert visit.page.evaluate("window.hit") is None
    assert visit.harmful() == 0


@pytest.mark.parametrize("path", ["/hostile", "/frame", "/de"])
def test_works_on_any_page(visit: Visit, path: str) -> None:
    visit.page.goto(visit.host.url + path)
    place = visit.page.frame_locator("iframe") if path == "/frame" else visit.page
    place.locator("pmo-coach .launcher").click()
    place.locator("pmo-coach textarea").fill("hello")
    place.locator("pmo-coach .send").click()
    place.locator("li.coach").wait_for()
    assert place.locator("pmo-coach .send").bounding_box()["width"] >= 24
    assert place.locator("pmo-coach .panel").bounding_box()["width"] > 300


def test_one_live_region_says_finished_messages_in_plain_text(visit: Visit) -> None:
    visit.host.reply = rich
    visit.open().say("map")
    live = visit.page.locator("[aria-live=polite]")
    assert live.count() == 1
    assert "You stand on level two" in live.inner_text()
    assert "You are here: Level 2" in live.inner_text()


def test_an_expired_token_loses_nothing_that_was_typed(visit: Visit) -> None:
    visit.expected = ("401",)
    visit.open().say("first")
    visit.host.refused.update(visit.host.conversations)
    visit.say("second")
    assert visit.log() == ["first", "You said: first", "second", "You said: second"]


def test_deleting_asks_first_and_then_erases(visit: Visit) -> None:
    visit.open().say("secret")
    for button in ("More", "Delete my data", "Keep it", "More", "Delete my data", "Delete everything"):
        visit.page.get_by_role("button", name=button).click()
    visit.page.get_by_text("All of it is gone.").first.wait_for()
    assert visit.host.conversations == {}
    assert visit.log() == []


def test_restart_export_and_rating(visit: Visit) -> None:
    visit.open().say("one")
    visit.page.get_by_role("button", name="Helpful", exact=True).click()
    visit.page.locator(".note", has_text="Thank you, noted.").wait_for()
    visit.page.get_by_role("button", name="More").click()
    with visit.page.expect_download() as download:
        visit.page.get_by_role("button", name="Calendar").click()
    assert download.value.suggested_filename == "pmo-coach-plan.ics"
    visit.page.get_by_role("button", name="More").click()
    visit.page.get_by_role("button", name="Start again").click()
    visit.say("two")
    assert visit.log() == ["two", "You said: two"]
    assert visit.host.rated == [{"message": 4, "rating": "up"}]


def test_messages_that_come_while_it_is_closed_are_counted(visit: Visit) -> None:
    visit.host.delay = 0.3
    visit.open()
    visit.page.locator("textarea").fill("slow")
    visit.page.keyboard.press("Enter")
    visit.page.keyboard.press("Escape")
    visit.page.locator(".badge").wait_for()
    assert visit.page.locator(".launcher").get_attribute("aria-label") == "Open the chat with PMO Coach, 1 new"


def test_focus_stays_inside_while_it_fills_a_phone(browser: Any, host: Host) -> None:
    with Visit(browser, host, viewport={"width": 390, "height": 700}) as visit:
        visit.open()
        assert visit.page.locator(".panel").get_attribute("aria-modal") == "true"
        for _ in range(12):
            visit.page.keyboard.press("Tab")
            assert visit.page.evaluate(
                "document.querySelector('pmo-coach').shadowRoot.activeElement?.closest('.panel') !== null"
            )
