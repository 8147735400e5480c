"""Nothing is lost and nothing doubled: by reloads, by answers that break off, by a connection that goes."""

import pytest

from tests.widget.browsing import Visit

pytestmark = [pytest.mark.browser, pytest.mark.timeout(600)]


def _expected(count: int) -> list[str]:
    return [text for number in range(count) for text in (f"message {number}", f"You said: message {number}")]


def test_fifty_answers_that_break_off_are_all_there_once(visit: Visit) -> None:
    visit.expected = ("ERR_", "Failed to load")
    visit.open()
    for number in range(50):
        visit.host.mishaps.append(("lost", "cut")[number % 2])
        visit.say(f"message {number}")

    assert visit.log() == _expected(50)
    assert [each["text"] for each in visit.host.messages()] == _expected(50)


@pytest.mark.slow
def test_two_hundred_reloads_in_mid_answer_lose_and_double_nothing(visit: Visit) -> None:
    visit.expected = ("ERR_", "Failed to load")
    visit.host.delay = 0.02
    visit.open()
    for number in range(20):
        visit.page.locator("pmo-coach textarea").fill(f"message {number}")
        visit.page.keyboard.press("Enter")
        for wait in range(10):
            visit.page.wait_for_timeout(wait * 5)
            visit.page.reload()
        visit.page.locator("pmo-coach li.coach").nth(number).wait_for()

    assert visit.log() == _expected(20)
    assert [each["text"] for each in visit.host.messages()] == _expected(20)


def test_what_is_typed_without_a_connection_goes_when_it_is_back(visit: Visit) -> None:
    visit.expected = ("ERR_", "Failed to load")
    visit.open().say("message 0")
    visit.session.set_offline(True)
    visit.page.locator("pmo-coach textarea").fill("message 1")
    visit.page.keyboard.press("Enter")
    visit.page.get_by_text("No connection.").first.wait_for()
    visit.session.set_offline(False)
    visit.page.get_by_role("button", name="Try again").click(timeout=40_000)
    visit.page.locator("pmo-coach li.coach").nth(1).wait_for()

    assert visit.log() == _expected(2)


def test_a_draft_outlives_a_reload(visit: Visit) -> None:
    visit.open()
    visit.page.locator("pmo-coach textarea").fill("half a thought")
    visit.page.reload()
    assert visit.page.locator("pmo-coach textarea").input_value() == "half a thought"
