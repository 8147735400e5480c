"""What was just done is asked for again in many words; a plain "do it" asks for nothing again."""

import pytest

from bot.coaching.correcting import changes_numbered
from bot.coaching.forms import wants_again


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("retake it", True),
        ("can i redo the sheet pls", True),
        ("ok let me do it again", True),
        ("take the test once more", True),
        ("do it", False),
        ("can i retake the exam", False),
        ("try again", False),
    ],
)
def test_another_time_is_asked_for(text: str, expected: bool) -> None:
    assert wants_again(text) is expected


@pytest.mark.parametrize(
    ("text", "expected"), [("change answer 5 to B", True), ("change my job", False), ("answer 5 was B", False)]
)
def test_an_answer_is_changed_by_its_number(text: str, expected: bool) -> None:
    assert changes_numbered(text) is expected
