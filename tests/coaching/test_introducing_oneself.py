"""Who opens with a title and years tells of themselves; what "my team" holds is theirs."""

import pytest

from bot.coaching.oneself import is_of_others, own, own_experience
from bot.coaching.profile import update_profile
from bot.records import Profile
from tests.coaching.asking import a_question


@pytest.mark.parametrize(
    ("text", "title", "years"),
    [
        ("Head of PMO, 18 yrs. convince me", "Head of PMO", "18 yrs"),
        ("hi head of pmo 18 yrs", "head of pmo", "18 yrs"),
    ],
)
def test_who_opens_with_title_and_years_tells_of_themselves(text, title, years):
    question = a_question(
        text, (title, "role", "head_of_pmo"), (years, "experience_months", "216"), intent="ask_topic"
    )  # fmt: skip

    assert own(question, "role") is not None
    assert own_experience(question) is not None


@pytest.mark.parametrize("text", ["head of pmo or pmo lead", "is a head of pmo, 18 yrs, too old", "head of pmo, a job"])
def test_a_title_that_opens_nothing_is_asked_about(text):
    question = a_question(text, ("head of pmo", "role", "head_of_pmo"), intent="ask_topic")

    assert own(question, "role") is None


@pytest.mark.parametrize(
    ("text", "others"),
    [
        ("my team of 6 all have prince2", True),
        ("they have prince2", True),
        ("my boss says i have prince2", False),
        ("i have prince2", False),
    ],
)
def test_what_others_hold_is_theirs(text, others):
    question = a_question(text, ("prince2", "certification", "prince2", {"held": True}))

    assert is_of_others(text, question.mentions[0]) is others
    assert update_profile(Profile(), question).held == (() if others else ("prince2",))
