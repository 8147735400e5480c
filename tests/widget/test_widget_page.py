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


def test_clicks_alone_lead_to_an_answer_with_sources(browser: Any, coach: Coach) -> None:
    with Visit(browser, coach) as visit:
        visit.page.goto(coach.url)
        visit.page.get_by_role("button", name="Which qualification comes next for me?").click()
        for number in range(8):
            visit.page.locator("li.coach").nth(number).wait_for()
            if visit.page.locator(".sources").count():
                break
            visit.page.locator("button.choice").first.click()
        assert visit.page.locator(".sources").count() > 0
        before = visit.page.locator("pmo-coach .messages > li").all_text_contents()
        visit.page.reload()
        visit.page.locator("pmo-coach .messages > li").nth(len(before) - 1).wait_for(state="attached")
        assert visit.page.locator("pmo-coach .messages > li").all_text_contents() == before
