"""The views of the widget: everything that a person may have before them, each by its name."""

from tests.fakes.coach_server import Json, choice, message, source
from tests.fakes.showcase import BALANCE, BETWEEN, CAREER, ODD, PLAN, TABLE
from tests.widget.browsing import Visit

ASK = message("Which title is nearest to yours?", kind="ask", choices=[choice("PMO Analyst"), choice("PMO Manager")])
RICH: dict[str, list[Json]] = {
    "table": [TABLE], "map": [CAREER], "between": [BETWEEN], "balance": [BALANCE], "plan": [PLAN], "odd": [ODD],
    "ask": [ASK],
}  # fmt: skip
FIGURES = ("map", "between", "balance", "plan")
VIEWS = ("closed", "open", *RICH, "menu", "question", "answer")
SCHEMES = ("light", "dark")
WIDTHS = (320, 1200)


def rich(said: str) -> list[Json]:
    """Answer by the word."""
    return RICH.get(said, [message(f"You said: {said}", sources=[source("A paper", "https://example.org/", 2024)])])


def show(visit: Visit, view: str) -> None:
    """Go to the page, and act as a person does who wants to see that."""
    page = visit.page
    if view == "closed":
        page.goto(visit.host.url)
        page.locator("pmo-coach .launcher").wait_for()
        return
    visit.open()
    if view in RICH or view == "answer":
        visit.say(view)
    if view in FIGURES:
        page.get_by_role("button", name="Show as a table").click()
    if view == "answer":
        page.locator("summary").click()
        page.get_by_role("button", name="Not helpful").click()
        page.locator(".comment").wait_for()
    if view in ("menu", "question"):
        page.get_by_role("button", name="More").click()
    if view == "question":
        page.get_by_role("button", name="Delete my data").click()
