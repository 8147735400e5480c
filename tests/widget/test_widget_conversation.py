"""When a conversation begins on the server, and what a screen reader finds in it.

With PMO_COACH_TEST_WRITE_SNAPSHOTS=1 the trees are written anew, to be reviewed.
"""

import os
from pathlib import Path

import pytest

from tests.fakes.coach_server import message
from tests.widget.browsing import Visit
from tests.widget.views import rich, show

pytestmark = pytest.mark.browser

WRITE = bool(os.environ.get("PMO_COACH_TEST_WRITE_SNAPSHOTS"))
TREES = Path(__file__).parent / "trees"
AT_END = """() => { const log = document.querySelector('pmo-coach').shadowRoot.querySelector('.log');
  return log.scrollHeight > log.clientHeight && log.scrollHeight - log.scrollTop - log.clientHeight < 3; }"""


def test_whoever_does_not_touch_the_chat_has_no_conversation(visit: Visit) -> None:
    visit.page.goto(visit.host.url)
    visit.page.mouse.move(1160, 760)
    visit.page.evaluate("document.querySelector('pmo-coach').open()")
    visit.page.wait_for_timeout(200)

    assert visit.host.conversations == {}
    assert visit.page.evaluate("Object.keys(localStorage)") == []


def test_whoever_opens_the_chat_has_one_before_the_first_message(visit: Visit) -> None:
    with visit.page.expect_response("**/session"):
        visit.open()
    visit.say("hello")

    assert len(visit.host.conversations) == 1
    assert visit.log() == ["hello", "You said: hello"]


def test_a_conversation_that_could_not_be_opened_early_is_opened_with_the_first_message(visit: Visit) -> None:
    visit.expected = ("ERR_", "Failed to load")
    visit.page.goto(visit.host.url)
    visit.session.set_offline(True)
    visit.page.locator(".launcher").click()
    visit.page.wait_for_timeout(50)
    visit.session.set_offline(False)
    visit.say("hello")

    assert visit.log() == ["hello", "You said: hello"]


def test_deleting_opens_no_new_conversation(visit: Visit) -> None:
    visit.open().say("secret")
    for button in ("More", "Delete my data", "Delete everything"):
        visit.page.get_by_role("button", name=button).click()
    visit.page.get_by_text("All of it is gone.").first.wait_for()
    visit.page.locator(".launcher").click()
    visit.page.locator(".launcher").click()
    visit.page.wait_for_timeout(100)

    assert visit.host.conversations == {}


def test_newest_message_is_in_sight(visit: Visit) -> None:
    visit.open()
    for number in range(12):
        visit.say(f"message {number}")
    visit.page.wait_for_function(AT_END)
    visit.page.reload()
    visit.page.locator("li.coach").nth(11).wait_for(state="attached")
    visit.page.wait_for_function(AT_END)


def test_an_answer_longer_than_the_screen_is_shown_from_its_question(visit: Visit) -> None:
    visit.host.reply = lambda said: [message("\n\n".join([said] * 60)), message("And a last word.")]
    visit.open()
    for number in range(3):
        visit.say(f"question {number}", answers=2)
        visit.page.wait_for_timeout(100)
        log, asked = (visit.page.locator(place).last.bounding_box() for place in (".log", ".person"))

        assert 0 <= asked["y"] - log["y"] < 40


def test_whoever_reads_further_up_is_left_there(visit: Visit) -> None:
    visit.open()
    for number in range(12):
        visit.say(f"message {number}")
    visit.page.wait_for_function(AT_END)
    visit.page.locator(".log").evaluate("log => { log.scrollTop = 0; }")
    visit.page.wait_for_timeout(50)
    (token,) = visit.host.conversations
    visit.host.turn(token, {"text": "from another tab"}, "another")
    visit.page.evaluate("dispatchEvent(new Event('online'))")
    visit.page.locator("li.coach").nth(12).wait_for(state="attached")
    visit.page.wait_for_timeout(50)

    assert visit.page.locator(".log").evaluate("log => log.scrollTop") == 0


@pytest.mark.parametrize("view", ["open", "ask", "map", "balance", "plan", "answer", "question"])
def test_screen_reader_finds_it_in_a_sensible_order(visit: Visit, view: str) -> None:
    visit.host.reply = rich
    show(visit, view)
    visit.page.wait_for_timeout(100)

    path, actual = TREES / f"{view}.txt", visit.tree()
    if WRITE:
        path.write_text(actual, encoding="utf-8")
    assert actual == path.read_text(encoding="utf-8")
