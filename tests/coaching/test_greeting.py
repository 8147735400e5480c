"""A hello is answered by what there is to come back to: a plan, a form that was stopped, or nothing yet."""

import pytest

from bot.coaching.forms import FORMS, STARTS, form_of, go_on_with
from bot.coaching.greeting import BACK, HELLO, HELLO_AGAIN, greet, greet_in_form
from bot.records import Profile, ReplyKind
from tests.coaching.checks import KNOWLEDGE

PAUSED = FORMS["level_form"]


@pytest.mark.parametrize(
    ("profile", "away", "said"),
    [(Profile(), False, HELLO), (Profile(), True, HELLO_AGAIN), (Profile(role="pmo_lead"), False, HELLO_AGAIN)],
    ids=["new", "back", "known"],
)
def test_hello_introduces_the_coach_to_who_is_new(profile: Profile, away: bool, said: str) -> None:
    answer = greet(KNOWLEDGE, profile, away=away, paused=None, reminded=False)

    assert answer.reply is not None
    assert (answer.reply.text, answer.start) == (said, None)
    assert answer.reply.choices


@pytest.mark.parametrize(("away", "opening"), [(True, BACK), (False, "Hello again.")])
def test_hello_offers_to_go_on_with_what_was_stopped(away: bool, opening: str) -> None:
    answer = greet(KNOWLEDGE, Profile(), away=away, paused=PAUSED, reminded=False)

    assert answer.reply is not None
    assert answer.reply.text.startswith(opening)
    assert PAUSED.title in answer.reply.text
    assert answer.reply.choices[0] == go_on_with(PAUSED)
    assert answer.reply.choices[0].payload == STARTS["level_form"]


def test_hello_to_who_has_a_plan_open_begins_the_check_in() -> None:
    answer = greet(KNOWLEDGE, Profile(), away=True, paused=PAUSED, reminded=True)

    assert answer.start == "check_in_form"


def test_hello_in_a_form_offers_nothing_else() -> None:
    answer = greet_in_form(KNOWLEDGE)

    assert answer.reply is not None
    assert (answer.reply.kind, answer.reply.choices) == (ReplyKind.SMALLTALK, ())


@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)
def test_a_slot_belongs_to_the_form_that_asks_for_it(form) -> None:
    assert [form_of(form.slot(step)) for step in form.steps] == [form] * len(form.steps)


@pytest.mark.parametrize("slot", [None, "region"])
def test_a_slot_of_no_question_belongs_to_no_form(slot: str | None) -> None:
    assert form_of(slot) is None
