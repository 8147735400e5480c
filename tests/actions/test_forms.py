"""What carries a form between Rasa and coaching: which question is open, what is kept, and who answers in between."""

from typing import Any

import pytest

from actions.assess_level import ValidateLevelForm
from actions.check_insights import ValidateInsightsForm
from actions.find_builder_or_grower import ValidateBuilderGrowerForm
from actions.form_results import KEPT_RESULTS
from actions.make_plan import ValidateCheckInForm, ValidatePlanForm
from actions.next_qualification import ValidateQualificationForm
from actions.people import load_memory, remembering
from bot.coaching.plan_export import plan_from_json
from bot.records import ConsentState, PlanStatus, ResultKind
from bot.store import Store
from tests.actions.form_desk import FormDesk
from tests.actions.telling import chosen

ANALYST = [{"entity": "role", "value": "pmo_analyst", "start": 0, "end": 11}]
A_WEEK = 7 * 24 * 3600.0
PLAN = ("make a plan", "skip", "skip", "skip", "Ask my boss", "skip", "in a week", "skip", "skip")


async def agree() -> None:
    await remembering(lambda unit: unit.people.set_consent("p", ConsentState.GIVEN))


async def through(desk: FormDesk, *messages: str) -> str:
    """Say the messages, and return what the last one got."""
    said = ""
    for message in messages:
        said = await desk.say(message)
    return said


async def a_plan() -> dict[str, Any]:
    """Return a plan as a conversation keeps it."""
    desk = FormDesk(ValidatePlanForm())
    await through(desk, *PLAN)
    return dict(desk.slots["plan"])


async def test_a_form_opens_with_what_it_is_and_how_to_steer_it() -> None:
    desk = FormDesk(ValidateLevelForm())

    said = await desk.say("what level am i", "assess_level")

    assert said.startswith("First your title")
    assert "**skip**" in said
    assert (desk.open, desk.slots["paused_form"]) == ("level_title", None)


async def test_an_answer_is_kept_and_the_next_question_put() -> None:
    desk = FormDesk(ValidateLevelForm())

    said = await through(desk, "what level am i", "PMO Analyst")

    assert "**2 of" in said
    assert desk.open == "level_across"
    assert desk.answer("title")


async def test_what_is_known_of_the_person_is_not_asked() -> None:
    desk = FormDesk(ValidateLevelForm(), role="pmo_analyst")

    await desk.say("what level am i", "assess_level")

    assert (desk.answer("title"), desk.open) == ("pmo_analyst", "level_across")


async def test_what_the_message_that_began_it_tells_is_not_asked() -> None:
    desk = FormDesk(ValidateLevelForm())

    await desk.say("pmo analyst here", "tell_profile", entities=ANALYST)

    assert desk.slots["role"] == "pmo_analyst"
    assert desk.open == "level_across"


async def test_going_back_and_starting_again_put_the_questions_again() -> None:
    desk = FormDesk(ValidateLevelForm())
    await through(desk, "what level am i", "PMO Analyst", "yes")
    third = desk.open

    await desk.say("back")
    assert (desk.open, desk.answer("across")) == ("level_across", None)
    await desk.say("yes")
    assert desk.open == third
    await desk.say("start again")
    assert (desk.open, desk.answer("title")) == ("level_title", None)


async def test_what_is_refused_leaves_the_question_open() -> None:
    desk = FormDesk(ValidateBuilderGrowerForm())
    await desk.say("builder or grower", "find_builder_or_grower")

    said = await desk.say("9")

    assert "from 1 to 5" in said
    assert (desk.open, desk.answer("bg1")) == ("builder_grower_bg1", None)


async def test_why_is_told_with_the_question_and_beside_an_answer() -> None:
    desk = FormDesk(ValidateLevelForm())
    await desk.say("what level am i", "assess_level")

    assert "weak evidence" in await desk.say("why do you ask?")
    assert desk.open == "level_title"
    said = await desk.say("PMO Analyst. why do you ask?")
    assert "weak evidence" in said
    assert desk.open == "level_across"


async def test_stopping_keeps_the_answers_and_going_on_puts_the_open_question_again() -> None:
    desk = FormDesk(ValidateLevelForm())
    await through(desk, "what level am i", "PMO Analyst")

    said = await desk.say("stop")
    assert "we stop the level check here" in said
    assert (desk.open, desk.slots["paused_form"]) == (None, "level_form")
    await desk.say("no", "deny")
    assert (desk.open, desk.answer("across"), desk.slots["paused_form"]) == ("level_across", None, None)


async def test_a_form_in_the_midst_of_another_offers_that_one_at_its_end() -> None:
    desk = FormDesk(ValidatePlanForm(), requested_slot="level_across")

    await through(desk, *PLAN)

    assert desk.slots["paused_form"] == "level_form"
    assert desk.choices[0] == "Go on with the level check"


async def test_who_was_away_is_welcomed_back_to_the_question() -> None:
    desk = FormDesk(ValidateLevelForm())
    await desk.say("what level am i", "assess_level")

    said = await desk.say("hello", "greet", later=A_WEEK)

    assert "back" in said
    assert desk.open == "level_title"


@pytest.mark.parametrize(
    ("intent", "action", "open_"),
    [
        ("ask_certification", "action_ask_certification", "level_title"),
        ("forget_me", "action_forget_me", None),
        ("join_team", "action_join_team", None),
    ],
)
async def test_a_question_in_between_is_handed_over(intent: str, action: str, open_: str | None) -> None:
    desk = FormDesk(ValidateLevelForm())
    await desk.say("what level am i", "assess_level")

    said = await desk.say("what does p3o stand for?", intent)

    assert said == ""
    assert desk.followups == [action]
    assert desk.open == open_
    assert desk.slots["paused_form"] == (None if open_ else "level_form")


async def test_after_a_question_in_between_the_open_one_is_put_again() -> None:
    desk = FormDesk(ValidateLevelForm())
    await desk.say("what level am i", "assess_level")
    await desk.say("what does p3o stand for?", "ask_certification")

    said = await desk.come_back()

    assert "What is your job title?" in said
    assert desk.open == "level_title"


def several(*parts: tuple[str, str]) -> list[dict[str, Any]]:
    """Return a message's sentences, each with its intent, as our own component splits them."""
    return [
        {"text": text, "intent": intent, "confidence": 0.9, "topic": None, "entities": [], "start": 0}
        for text, intent in parts
    ]


async def test_of_several_sentences_one_answers_and_the_others_are_answered() -> None:
    desk = FormDesk(ValidateInsightsForm())
    await desk.say("check me", "check_insights")
    parts = several(("4", "nlu_fallback"), ("what is the second insight?", "ask_insight"))
    parts[1]["entities"] = [{"entity": "insight", "value": "2", "start": 0, "end": 0}]

    said = await desk.say("4. what is the second insight?", questions=parts)

    assert desk.answer("rating_1") == 4
    assert desk.open == "insights_example_1"
    assert len(said.split("**2 of")) == 2
    assert "nsight two" in said or "econd insight" in said


async def test_a_question_beside_an_answer_begins_no_other_form() -> None:
    desk = FormDesk(ValidateInsightsForm())
    await desk.say("check me", "check_insights")

    await desk.say(
        "4. what level am i?", questions=several(("4", "nlu_fallback"), ("what level am i?", "assess_level"))
    )

    assert (desk.answer("rating_1"), desk.open) == (4, "insights_example_1")
    assert desk.followups == []


async def test_a_question_that_is_left_over_from_a_form_that_ended_is_not_open() -> None:
    desk = FormDesk(ValidateLevelForm(), active=False, requested_slot="level_across")

    assert (await desk.say("yes")).startswith("First your title")


async def test_a_form_that_comes_in_between_of_another_begins_with_its_own_question() -> None:
    desk = FormDesk(ValidateLevelForm(), requested_slot="plan_goal", plan_goal=None)

    said = await desk.say("what level am i", "assess_level")

    assert "What is your job title?" in said
    assert desk.slots["paused_form"] == "plan_form"


async def test_several_questions_in_between_are_handed_over_together() -> None:
    desk = FormDesk(ValidateLevelForm())
    await desk.say("what level am i", "assess_level")
    parts = several(("what is p3o?", "ask_certification"), ("what is a pmo?", "ask_topic"))

    await desk.say("what is p3o? what is a pmo?", questions=parts)

    assert desk.followups == ["action_ask_several"]


async def test_several_sentences_that_answer_only_together_are_one_answer() -> None:
    desk = FormDesk(ValidatePlanForm())
    await desk.say("make a plan", "make_plan")
    parts = several(("I want to run a PMO.", "tell_profile"), ("Soon.", "nlu_fallback"))

    await desk.say("I want to run a PMO. Soon.", questions=parts)

    assert desk.answer("goal") == "I want to run a PMO. Soon."


async def test_a_sheet_filled_in_elsewhere_answers_all_it_can_at_the_start() -> None:
    desk = FormDesk(ValidateBuilderGrowerForm())

    await desk.say("my sheet", "find_builder_or_grower", entities=chosen(sheet="BG1=4,BG2=5,bg3=9,zz=1,bg4"))

    assert (desk.answer("bg1"), desk.answer("bg2"), desk.answer("bg3")) == (4, 5, None)
    assert desk.open == "builder_grower_bg3"


async def a_finished_sheet() -> FormDesk:
    """Return the desk of a sheet that was just finished."""
    desk = FormDesk(ValidateBuilderGrowerForm())
    await desk.say("builder or grower", "find_builder_or_grower")
    await through(desk, *["agree"] * 4, *["a"] * 4)
    return desk


async def test_an_answer_is_changed_under_the_result_of_the_sheet() -> None:
    desk = await a_finished_sheet()

    said = await desk.say("change answer 5 to B", "correct_reading")

    assert "Earlier today it was 0, now -2" in said
    assert desk.slots["results"][-1]["data"]["answers"]["BG5"] == 3


@pytest.mark.parametrize("words", ["change answer 99 to B", "retake it", "change answer 5 to banana"])
async def test_what_changes_no_answer_begins_the_sheet_anew(words: str) -> None:
    desk = await a_finished_sheet()

    assert "**1 of 8.**" in await desk.say(words, "correct_reading")


async def test_an_answer_of_the_level_check_is_changed_under_its_result() -> None:
    desk = FormDesk(ValidateLevelForm())
    await desk.say("what level am i")
    await desk.say("pmo director", entities=[{"entity": "role", "value": "pmo_director", "start": 0, "end": 12}])
    await desk.say("yes")

    await desk.say("change answer 2 to partly", "correct_reading")

    assert desk.answer("direct") == "partly"


async def test_a_sheet_filled_in_elsewhere_concludes_the_open_form() -> None:
    desk = FormDesk(ValidateBuilderGrowerForm())
    await through(desk, "builder or grower", "4")
    sheet = "bg1=5,bg2=5,bg3=5,bg4=1,bg5=1,bg6=1,bg7=1,bg8=1"

    said = await desk.say("my sheet", "find_builder_or_grower", entities=chosen(sheet=sheet))

    assert desk.open is None
    assert said
    assert [result["kind"] for result in desk.slots["results"]] == ["builder_grower"]


@pytest.mark.parametrize(
    ("pressed", "open_"), [("done", None), ("moved", "check_in_due"), ("nonsense", "check_in_outcome")]
)
async def test_a_check_in_takes_how_it_went_from_the_button_that_began_it(pressed: str, open_: str | None) -> None:
    desk = FormDesk(ValidateCheckInForm(), plan=await a_plan())

    await desk.say(pressed, "report_progress", entities=chosen(value=pressed))

    assert desk.open == open_


async def test_a_check_in_takes_how_it_went_from_the_words_that_began_it_and_from_a_late_button() -> None:
    told = FormDesk(ValidateCheckInForm(), plan=await a_plan())
    await told.say("I moved it")
    assert told.open == "check_in_due"

    asked = FormDesk(ValidateCheckInForm(), plan=await a_plan())
    await asked.say("how is my plan", "report_progress")
    assert asked.open == "check_in_outcome"
    await asked.say("Moved", "report_progress", entities=chosen(value="moved"))
    assert asked.open == "check_in_due"


async def test_what_a_form_found_is_remembered_for_who_agreed() -> None:
    await agree()

    await through(FormDesk(ValidatePlanForm()), *PLAN)
    desk = FormDesk(ValidateLevelForm())
    await desk.say("pmo analyst here", "tell_profile", entities=ANALYST)
    await through(desk, *["skip"] * 6)

    memory = await load_memory("p")
    assert [plan.action for plan in memory.plans] == ["Ask my boss"]
    assert [result.kind for result in memory.results] == [ResultKind.LEVEL]
    assert memory.profile.role == "pmo_analyst"


async def test_who_was_never_asked_is_asked_at_the_end_whether_to_be_remembered() -> None:
    desk = FormDesk(ValidatePlanForm())

    assert "May I remember" in await through(desk, *PLAN)
    assert "May I remember" not in await through(FormDesk(ValidatePlanForm()), *PLAN)
    assert (await load_memory("p")).plans == ()


async def test_a_conversation_keeps_its_newest_results_and_its_plan() -> None:
    old = [{"kind": "level", "day": f"2026-01-0{day}", "data": {"level": 1}} for day in range(1, KEPT_RESULTS + 1)]
    plan = await a_plan()
    desk = FormDesk(ValidateLevelForm(), role="pmo_analyst", results=old, plan=plan)

    await through(desk, "what level am i", *["skip"] * 6)

    kept = desk.slots["results"]
    assert [result["day"] for result in kept] == [*(result["day"] for result in old[1:]), "2026-11-24"]
    assert desk.slots["plan"] == plan


async def test_a_check_in_changes_the_plan_that_is_kept() -> None:
    desk = FormDesk(ValidateCheckInForm(), plan=await a_plan())

    await desk.say("did it")

    assert desk.open is None
    assert plan_from_json(desk.slots["plan"]).status is PlanStatus.DONE


async def test_skipping_everything_still_concludes() -> None:
    desk = FormDesk(ValidateQualificationForm())

    said = await through(desk, "what next", *["skip"] * 6)

    assert desk.open is None
    assert "Your level decides most here" in said


async def test_a_store_that_is_down_leaves_the_form_at_its_question(store: Store) -> None:
    desk = FormDesk(ValidateLevelForm())
    await desk.say("what level am i", "assess_level")
    with store.engine.begin() as connection:
        connection.exec_driver_sql("ALTER TABLE people RENAME TO people_gone")

    said = await desk.say("pmo analyst", "tell_profile", entities=ANALYST)

    assert said == "utter_try_again_later"
    assert (desk.open, desk.answer("title")) == ("level_title", None)


async def test_a_form_that_cannot_begin_begins_at_its_first_question_when_it_can(store: Store) -> None:
    desk = FormDesk(ValidateLevelForm())
    with store.engine.begin() as connection:
        connection.exec_driver_sql("ALTER TABLE people RENAME TO people_gone")

    await desk.say("pmo analyst", "tell_profile", entities=ANALYST)

    assert desk.open == "level_title"


async def test_a_what_if_in_between_starts_from_the_answers_given() -> None:
    desk = FormDesk(ValidateQualificationForm(), role="pmo_analyst")
    await through(desk, "what next", "nothing yet")
    await desk.say("In the US")

    await desk.say("what if i take p3o first?", "ask_what_if")

    assert desk.followups == ["action_ask_what_if"]
    assert desk.slots["region"] == "us"
