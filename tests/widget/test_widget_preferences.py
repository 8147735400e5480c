"""What a person has set in their system is kept: forced colours, less motion, another text size."""

from typing import Any

import pytest

from tests.widget.browsing import Visit
from tests.widget.host import Host
from tests.widget.views import FIGURES, rich, show

pytestmark = pytest.mark.browser

STYLE = "(element, name) => getComputedStyle(element)[name]"
ANIMATED = """() => [...document.querySelector('pmo-coach').shadowRoot.querySelectorAll('*')]
  .filter(element => element.getAnimations().some(({ playState }) => playState === 'running')).length"""
SYSTEM = """name => { const probe = document.createElement('i'); probe.style.color = name; document.body.append(probe);
  const colour = getComputedStyle(probe).color; probe.remove(); return colour; }"""


def _think(visit: Visit) -> None:
    visit.host.delay = 2.0
    visit.open()
    visit.page.locator("textarea").fill("slow")
    visit.page.keyboard.press("Enter")
    visit.page.locator(".typing.on").wait_for()


@pytest.mark.parametrize(("motion", "moving"), [("reduce", 0), ("no-preference", 3)])
def test_nothing_moves_for_those_who_want_less_motion(browser: Any, host: Host, motion: str, moving: int) -> None:
    with Visit(browser, host, reduced_motion=motion) as visit:
        _think(visit)

        assert visit.page.evaluate(ANIMATED) == moving


def test_nothing_moves_while_nobody_writes(visit: Visit) -> None:
    visit.open().say("hello")

    visit.page.wait_for_function(f"({ANIMATED})() === 0")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("place", [".launcher", ".send", ".person .bubble", ".choice", ".composer", ".panel"])
def test_forced_colours_keep_the_edges(browser: Any, scheme: str, place: str) -> None:
    with Host(rich) as host, Visit(browser, host, forced_colors="active", color_scheme=scheme) as visit:
        show(visit, "ask")
        element = visit.page.locator(place).first

        assert element.evaluate(STYLE, "borderTopStyle") == "solid"
        assert float(element.evaluate(STYLE, "borderTopWidth").removesuffix("px")) >= 1
        assert element.evaluate(STYLE, "borderTopColor") != element.evaluate(STYLE, "backgroundColor")


@pytest.mark.parametrize("figure", FIGURES)
def test_forced_colours_keep_the_figures_readable(browser: Any, figure: str) -> None:
    with Host(rich) as host, Visit(browser, host, forced_colors="active") as visit:
        show(visit, figure)
        canvas, text = visit.page.evaluate(SYSTEM, "Canvas"), visit.page.evaluate(SYSTEM, "CanvasText")
        fills = visit.page.locator(".drawing text:not(.pill):not(.lit .number)").evaluate_all(
            "elements => elements.map(element => getComputedStyle(element).fill)"
        )

        assert fills
        assert set(fills) == {text}
        for mark in visit.page.locator(".drawing .bar, .drawing .marker rect, .sign circle").all():
            assert {mark.evaluate(STYLE, "fill"), mark.evaluate(STYLE, "stroke")} - {canvas, "none"}


def test_forced_colours_show_the_focus(browser: Any, host: Host) -> None:
    with Visit(browser, host, forced_colors="active") as visit:
        visit.page.goto(host.url)
        visit.page.keyboard.press("Tab")

        assert visit.page.locator(".launcher").evaluate(STYLE, "outlineStyle") == "solid"


def test_zoom_of_four_hundred_percent_reflows(browser: Any) -> None:
    """1280 pixels at 400 % are 320: what is there stays there, and nothing needs to be scrolled sideways."""
    with Host(rich) as host, Visit(browser, host, viewport={"width": 320, "height": 256}) as visit:
        show(visit, "table")

        assert visit.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        assert visit.page.locator(".composer textarea").is_visible()
        assert visit.page.locator(".log").bounding_box()["height"] > 80
