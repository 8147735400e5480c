"""The page at / of the real coach."""

from typing import Any

import pytest

from tests.coach import Coach
from tests.widget.browsing import Visit

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 768, 1440])
def test_page_has_no_axe_violation_and_fits(browser: Any, coach: Any, axe: str, width: int, scheme: str) -> None:
    with Visit(browser, coach, color_scheme=scheme, viewport={"width": width, "height": 900}) as visit:
        visit.page.goto(coach.url)
        visit.page.locator("pmo-coach .starter").first.wait_for()

        assert visit.violations(axe, "document") == []
        assert visit.page.evaluate("document.documentElement.scrollWidth <= innerWidth")


STEPS = 9
"""Steps from the starting question to a qualification, by the first choice each time, and some more."""


def _is_recommendation(visit: Visit) -> bool:
    """Tell whether a qualification is named with its reasons and its sources."""
    answer = visit.page.locator("pmo-coach li.coach", has_text="as your next step")
    return answer.locator(".sources li").count() > 0


def _focused(visit: Visit) -> str:
    return str(visit.page.evaluate("document.querySelector('pmo-coach').shadowRoot.activeElement?.textContent ?? ''"))


def _reach(visit: Visit, words: str, key: str) -> None:
    for _ in range(30):
        if _focused(visit) == words:
            return
        visit.page.keyboard.press(key)
    raise AssertionError(f"{key} does not lead to {words}")


def test_clicks_alone_lead_to_a_next_qualification_with_reasons(browser: Any, coach: Coach) -> None:
    with Visit(browser, coach) as visit:
        visit.page.goto(coach.url)
        visit.page.get_by_role("button", name="Which qualification comes next for me?").click()
        for number in range(STEPS):
            visit.page.locator("li.coach").nth(number).wait_for()
            if _is_recommendation(visit):
                break
            visit.page.locator("button.choice").first.click()
        assert _is_recommendation(visit)

        before = visit.page.locator("pmo-coach .messages > li").all_text_contents()
        visit.page.reload()
        visit.page.locator("pmo-coach .messages > li").nth(len(before) - 1).wait_for(state="attached")
        assert visit.page.locator("pmo-coach .messages > li").all_text_contents() == before


def test_keyboard_alone_leads_to_a_next_qualification_with_reasons(browser: Any, coach: Coach) -> None:
    with Visit(browser, coach) as visit:
        visit.page.goto(coach.url)
        visit.page.locator("pmo-coach .starter").first.wait_for()
        _reach(visit, "Which qualification comes next for me?", "Tab")
        visit.page.keyboard.press("Enter")
        for number in range(STEPS):
            visit.page.locator("li.coach").nth(number).wait_for()
            if _is_recommendation(visit):
                break
            _reach(visit, visit.page.locator("button.choice").first.inner_text(), "Shift+Tab")
            visit.page.keyboard.press("Enter")
        assert _is_recommendation(visit)
