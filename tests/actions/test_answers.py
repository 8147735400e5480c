"""What actions answer outside of forms: from the talk so far, from the choices offered, and with a way on."""

from datetime import date, timedelta
from typing import Any

import pytest

from actions.answer_question import AnswerQuestion
from actions.ask_awarding_body import AskAwardingBody
from actions.ask_certification import AskCertification
from actions.ask_function import AskFunction
from actions.ask_insight import AskInsight
from actions.ask_level import AskLevel
from actions.ask_pmo_kind import AskPmoKind
from actions.ask_role import AskRole
from actions.ask_several import AskSeveral
from actions.ask_topic import AskTopic
from actions.assess_level import AssessLevel, ValidateLevelForm
from actions.base import LATER, CoachAction
from actions.check_insights import CheckInsights
from actions.compare_certifications import CompareCertifications
from actions.find_builder_or_grower import FindBuilderOrGrower
from actions.follow_up import AskMore, AskSource, AskWhy, ChooseOption, FollowUp, GoBack, TakeOffer
from actions.greet import Greet
from actions.make_plan import AskPlan, MakePlan, ReportProgress
from actions.next_qualification import AskWhatIf, NextQualification
from actions.repair import Repair, ShowMenu
from actions.tell_profile import TellProfile
from bot.coaching.greeting import HELLO, HELLO_AGAIN
from bot.coaching.plan_export import plan_to_json
from bot.coaching.plan_talk import progress_choices
from bot.records import Plan, PlanStatus
from tests.actions.telling import bot, chosen, run, tracker

ANALYST = {"role": "pmo_analyst", "level": 2}
P3O = {"focus": {"kind": "certification", "id": "p3o_foundation", "facets": [], "offered": []}}
NEXT = {"focus": {"kind": "next_qualification", "id": "p3o_foundation", "facets": [], "offered": []}}
ASKED_TITLE = {"focus": {"kind": "next_qualification", "id": "", "facets": [], "offered": []}}
OFFER = bot(("What is a PMO?", '/ask_topic{"topic": "four_levels_overview"}'), ("Why?", "/ask_why"))
TODAY = date(1970, 1, 1)
PLAN = plan_to_json(
    Plan("x", None, None, (), "ask Sam", None, TODAY + timedelta(days=7), None, None, PlanStatus.OPEN, TODAY)
)
DONE = {**PLAN, "status": "done"}
PROGRESS = bot(*((choice.title, choice.payload) for choice in progress_choices()))


async def said(action: CoachAction, text: str, intent: str = "x", **told: Any) -> str:
    """Return what the action says, in one text."""
    messages, _ = await run(action, tracker(text, intent, **told))
    return "\n".join(message.get("text") or message.get("response") or "" for message in messages)


async def started(action: CoachAction, text: str, intent: str = "x", **told: Any) -> list[str]:
    """Return which forms or actions come next."""
    _, events = await run(action, tracker(text, intent, **told))
    return [event["name"] for event in events if event["event"] == "followup"]


def finished(form: str) -> dict[str, Any]:
    """Return the coach's message that concludes that form."""
    return {**bot(), "metadata": {"finished": form}}


@pytest.mark.parametrize(
    ("words", "form", "starts"),
    [
        ("retake it", "builder_grower_form", ["builder_grower_form"]),
        ("change answer 5 to B", "builder_grower_form", ["builder_grower_form"]),
        ("change answer 5 to B", "plan_form", []),
        ("retake it", "forgotten_form", []),
    ],
)
async def test_what_was_just_finished_is_taken_again(words: str, form: str, starts: list[str]) -> None:
    assert await started(FollowUp(), words, "correct_reading", before=[finished(form)]) == starts


async def test_what_was_finished_long_ago_is_not_taken_again() -> None:
    assert await started(FollowUp(), "retake it", before=[finished("level_form"), *[bot()] * 4]) == []


async def test_a_level_that_cannot_be_right_is_looked_at_again() -> None:
    placed = {**ANALYST, "focus": {"kind": "assess_level", "id": "2", "facets": [], "offered": []}}

    assert "where it went wrong" in await said(FollowUp(), "that cant be right", "correct_reading", slots=placed)


async def test_a_doubt_of_nothing_in_particular_shows_what_was_noted() -> None:
    assert "which of it is wrong?" in await said(FollowUp(), "you got that wrong", "correct_reading", slots=ANALYST)
    assert "which of it is wrong?" not in await said(FollowUp(), "you got that wrong", "correct_reading")


async def test_the_last_answer_is_told_more_simply() -> None:
    before = {**bot(), "text": "First. Second.\n\nThird."}

    assert await said(AskMore(), "more simple please", "ask_more", before=[before]) == "In short: First. Second."


async def test_the_last_answer_is_told_in_fewer_words_as_a_follow_up_too() -> None:
    before = [{"event": "bot", "text": "A PMO helps. It serves projects.\n\nMuch more.", "data": {}, "timestamp": 1.0}]

    text = await said(FollowUp(), "can you make it shorter", "follow_up", before=before)

    assert text.startswith("In short: A PMO helps.")


@pytest.mark.parametrize(
    ("action", "found", "words"),
    [
        (AskAwardingBody(), {"body": "body_apm"}, "APM"),
        (AskCertification(), {"certification": "p3o_foundation"}, "P3O"),
        (AskFunction(), {"function": "governance"}, "overnance"),
        (AskInsight(), {"insight": "2"}, "nsight"),
        (AskLevel(), {"level": "3"}, "evel"),
        (AskPmoKind(), {"kind": "project_office"}, "roject"),
        (AskRole(), {"role": "pmo_lead"}, "PMO Lead"),
        (AskTopic(), {"topic": "four_levels_overview"}, "evel"),
        (CompareCertifications(), {"certifications": "msp,mop"}, "MSP"),
        (AskWhatIf(), {"certification": "p3o_foundation"}, "P3O"),
    ],
    ids=lambda value: type(value).__name__ if isinstance(value, CoachAction) else None,
)
async def test_a_question_is_answered_whatever_intent_it_came_with(
    action: CoachAction, found: dict[str, str], words: str
) -> None:
    assert words in await said(action, "", "nlu_fallback", entities=chosen(**found), slots=ANALYST)


@pytest.mark.parametrize(
    ("action", "form"),
    [
        (AssessLevel(), "level_form"),
        (NextQualification(), "qualification_form"),
        (CheckInsights(), "insights_form"),
        (FindBuilderOrGrower(), "builder_grower_form"),
        (MakePlan(), "plan_form"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
async def test_a_skill_begins_its_form(action: CoachAction, form: str) -> None:
    assert await started(action, "") == [form]


async def test_a_title_where_the_coach_asked_for_one_answers_that() -> None:
    role = [{"entity": "role", "value": "pmo_lead", "start": 0, "end": 8}]

    answered = await said(AskRole(), "pmo lead", "ask_role", entities=role, slots=ASKED_TITLE)
    told = await said(AskRole(), "pmo lead", "ask_role", entities=role)

    assert answered != told


async def test_an_answer_to_no_question_is_told_so() -> None:
    assert "no question open" in await said(AnswerQuestion(), "/answer_question")


async def test_several_questions_are_answered_in_order_and_lean_on_each_other() -> None:
    questions = [
        {"text": "what is p3o", "intent": "ask_certification", "confidence": 0.9, "start": 0,
         "entities": [{"entity": "certification", "value": "p3o_foundation", "start": 8, "end": 11}]},
        {"text": "and its exam", "intent": "follow_up", "confidence": 0.9, "start": 12,
         "entities": [{"entity": "facet", "value": "exam", "start": 20, "end": 24}]},
        {"text": "hm", "intent": "follow_up", "confidence": 0.9, "start": 25, "entities": []},
    ]  # fmt: skip
    told = tracker("what is p3o and its exam hm", "ask_several")
    told.latest_message["questions"] = questions

    messages, events = await run(AskSeveral(), told)

    assert len(messages) == 3
    assert "exam" in messages[1]["text"]
    assert messages[2]["reply"]["kind"] == "fallback"
    assert [event["value"]["id"] for event in events if event.get("name") == "focus"] == ["p3o_foundation"]


@pytest.mark.parametrize(
    ("action", "told", "words"),
    [
        (FollowUp(), tracker("the exam", entities=chosen(facet="exam"), slots=P3O), "exam"),
        (FollowUp(), tracker("why?", before=[OFFER], slots=P3O), "The article"),
        (FollowUp(), tracker("the first", entities=chosen(ordinal="1"), before=[OFFER], slots=P3O), "level"),
        (FollowUp(), tracker("hm"), "not sure what that refers to"),
        (FollowUp(), tracker("hm", slots=P3O), "did not catch that"),
        (AskWhy(), tracker("why", slots={**ANALYST, **NEXT}), "level two"),
        (AskMore(), tracker("more"), "not sure what that refers to"),
        (AskMore(), tracker("more", slots=P3O), "P3O"),
        (AskMore(), tracker("more", slots={"focus": {"kind": "topic", "id": "gone"}}), "all I know"),
        (ChooseOption(), tracker("the first", entities=chosen(ordinal="1"), before=[OFFER]), "level"),
        (ChooseOption(), tracker("the ninth", entities=chosen(ordinal="9"), before=[OFFER]), "no such choice"),
        (TakeOffer(), tracker("yes", "affirm", before=[OFFER]), "level"),
        (TakeOffer(), tracker("yes", "affirm"), "What shall we look at?"),
        (GoBack(), tracker("back"), "at the beginning"),
        (GoBack(), tracker("back", slots={"trail": [P3O["focus"]]}), "P3O Foundation"),
        (GoBack(), tracker("back", slots={"trail": [{"kind": "topic", "id": "four_levels_overview"}]}), "level"),
        (GoBack(), tracker("back", slots={"trail": [{"kind": "comparison", "id": "msp,mop"}]}), "MSP"),
        (ShowMenu(), tracker("menu"), "What would you like to look at?"),
        (AskSource(), tracker("says who"), "no source"),
    ],
)
async def test_what_leans_on_the_talk_is_answered_from_it(action: CoachAction, told: Any, words: str) -> None:
    messages, _ = await run(action, told)

    assert words in messages[-1]["text"]


async def test_a_correction_of_what_one_is_is_noted() -> None:
    role = [{"entity": "role", "value": "pmo_lead", "start": 9, "end": 17}]
    told = tracker("no, I'm a pmo lead", "correct_reading", entities=role, slots={"role": "pmo_analyst"})

    _, events = await run(FollowUp(), told)

    assert [event["value"] for event in events if event.get("name") == "role"] == ["pmo_lead"]


async def test_sources_are_those_of_the_last_answer_that_had_some() -> None:
    messages, _ = await run(AskCertification(), tracker("p3o", entities=chosen(certification="p3o_foundation")))
    answer = {"event": "bot", "text": "", "metadata": {"reply": messages[0]["reply"]}, "timestamp": 1.0}

    told = await said(AskSource(), "says who", before=[answer, bot()])

    assert messages[0]["reply"]["sources"][0]["title"] in told


@pytest.mark.parametrize(
    ("payload", "words"),
    [
        ('/ask_certification{"certification": "p3o_foundation"}', "P3O"),
        ("/ask_why", "The article"),
        ("/ask_more", "The article"),
        ("/ask_capabilities", "Here is what I can help with."),
    ],
)
async def test_a_choice_in_its_own_words_is_answered_as_if_it_was_pressed(payload: str, words: str) -> None:
    assert words in await said(Repair(), "that one pls", before=[bot(("That one, pls", payload))], slots=P3O)


@pytest.mark.parametrize("intent", ["make_plan", "export_data", "forget_me"])
async def test_a_choice_in_its_own_words_reaches_the_action_that_needs_the_store(intent: str) -> None:
    begun = await started(Repair(), "that one", before=[bot(("That one", f"/{intent}"))])

    assert begun == [f"action_{intent}"]


async def test_an_action_does_not_hand_its_own_question_over_to_itself() -> None:
    offered = bot(("Make a plan", "/make_plan"))

    assert await started(MakePlan(), "make a plan", before=[offered]) == ["plan_form"]


@pytest.mark.parametrize(
    ("told", "words"),
    [
        (tracker("no", "deny"), "No problem."),
        (tracker("no", "deny", before=[OFFER]), "No problem."),
        (tracker("yes", "affirm", before=[OFFER]), "level"),
        (tracker("yes", "affirm"), "did not catch that"),
        (tracker("the exam", entities=chosen(facet="exam"), slots=P3O), "exam"),
        (tracker("one two three four five six the exam", entities=chosen(facet="exam"), slots=P3O), "did not catch"),
        (tracker("the exam", entities=chosen(facet="exam"),
                 slots={"focus": {"kind": "comparison", "id": "msp,mop"}}), "did not catch"),
        (tracker("hm", before=[{"event": "bot", "text": "?", "timestamp": 1.0,
                                "metadata": {"reply": {"kind": "fallback", "choices": [], "sources": []}}}]),
         "still don't follow"),
    ],
    ids=["no", "no to an offer", "yes", "yes to nothing", "leans on the talk", "too long to", "asks back", "again"],
)  # fmt: skip
async def test_what_was_not_understood_is_repaired(told: Any, words: str) -> None:
    messages, _ = await run(Repair(), told)

    assert words in messages[-1]["text"]


async def test_a_no_between_the_questions_of_a_form_goes_on_with_it() -> None:
    paused = {"paused_form": "level_form"}

    assert await started(Repair(), "no", "deny", slots=paused, before=[OFFER]) == ["level_form"]
    offered = bot(("Go on with it", '/assess_level{"form": "yes"}'))
    assert await started(Repair(), "no", "deny", slots=paused, before=[offered]) == []


async def test_go_on_goes_on_with_the_form_that_was_stopped() -> None:
    offered = bot(("Go on with it", '/assess_level{"form": "yes"}'))
    paused = {"paused_form": "level_form"}

    assert await started(Repair(), "go on", slots=paused, before=[offered]) == ["level_form"]
    assert await started(Repair(), "go on", slots=paused, form="plan_form") == []


async def test_how_it_went_after_being_asked_begins_the_check_in() -> None:
    assert await started(Repair(), "i dropped it", slots={"plan": PLAN}, before=[PROGRESS]) == ["check_in_form"]


@pytest.mark.parametrize(
    ("told", "words"),
    [
        (tracker("hi"), HELLO),
        (tracker("hi", slots={"role": "pmo_lead"}), HELLO_AGAIN),
        (tracker("hi", slots={"paused_form": "level_form"}), "level check is still here"),
        (tracker("hi", form="level_form"), "Hello."),
    ],
    ids=["new", "known", "form stopped", "in a form"],
)
async def test_hello_is_answered_by_what_there_is_to_come_back_to(told: Any, words: str) -> None:
    messages, _ = await run(Greet(), told)

    assert words in messages[0]["text"]


def away(text: str, **told: Any) -> Any:
    """Return what somebody says who comes back after a day."""
    back = tracker(text, **told)
    back.events = [
        {"event": "user", "text": "bye", "timestamp": 1.0},
        {"event": "user", "text": text, "timestamp": 90000.0},
    ]
    return back


async def test_hello_after_a_while_begins_the_check_in_of_an_open_plan() -> None:
    messages, events = await run(Greet(), away("hi", slots={"plan": PLAN}))

    assert "Good to see you again" in messages[0]["text"]
    assert [event["name"] for event in events if event["event"] == "followup"] == ["check_in_form"]


async def test_hello_after_a_while_in_a_form_is_the_forms_to_answer() -> None:
    messages, _ = await run(Greet(), away("hi", form="level_form"))

    assert messages == []


@pytest.mark.parametrize(("plan", "reminded"), [(PLAN, True), (DONE, False), (None, False)])
async def test_who_comes_back_with_a_question_is_reminded_of_an_open_plan(plan: Any, reminded: bool) -> None:
    messages, _ = await run(ShowMenu(), away("menu", slots={"plan": plan}))

    assert ("ask Sam" in messages[-1]["text"]) is reminded


@pytest.mark.parametrize(
    ("action", "plan", "words"),
    [
        (MakePlan(), PLAN, "You have a plan open"),
        (AskPlan(), PLAN, "in 7 days"),
        (AskPlan(), None, "no plan with me yet"),
        (ReportProgress(), DONE, "It is done."),
        (ReportProgress(), None, "no plan with me yet"),
    ],
)
async def test_plans_are_told_as_they_stand(action: CoachAction, plan: Any, words: str) -> None:
    assert words in await said(action, "", slots={"plan": plan})


async def test_an_open_plan_is_replaced_only_by_who_asks_for_another() -> None:
    assert await started(MakePlan(), "", slots={"plan": PLAN}, entities=chosen(form="yes")) == ["plan_form"]
    assert await started(ReportProgress(), "", slots={"plan": PLAN}) == ["check_in_form"]


async def test_an_answer_within_a_form_offers_no_choices_of_its_own() -> None:
    messages, _ = await run(AskLevel(), tracker("level 3", entities=chosen(level="3"), form="plan_form"))

    assert messages[0]["buttons"] == []


async def test_a_question_asked_back_within_a_form_is_put_off_and_not_left_hanging() -> None:
    said = tracker("what if I do MSP instead", "ask_what_if", entities=chosen(certification="msp"), form="plan_form")
    messages, _ = await run(AskWhatIf(), said)

    assert messages[0]["buttons"] == []
    assert messages[0]["text"].endswith(LATER)


@pytest.mark.parametrize("action", [ValidateLevelForm(), TellProfile()], ids=["a form", "an answer"])
async def test_a_message_that_was_not_read_changes_nothing(action: CoachAction) -> None:
    _, events = await run(action, tracker("", "nlu_fallback"))

    assert not [event for event in events if event.get("name") in ("role", "level", "held")]


async def test_go_on_with_a_form_by_its_name_goes_on_with_it_whatever_is_offered() -> None:
    paused = {"paused_form": "level_form"}

    assert await started(Repair(), "go on with the level check", slots=paused, before=[OFFER]) == ["level_form"]
    assert await started(Repair(), "go on with the plan", slots=paused, before=[OFFER]) == []


async def test_the_answer_to_the_question_that_settles_a_title_begins_the_level_check() -> None:
    slots = {"role": "project_coordinator"}
    asked = {"event": "bot", "text": await said(AssessLevel(), "", slots=slots), "timestamp": 1.0}
    offer = {**asked, "data": {"buttons": [{"title": "Several at once", "payload": "/ask_why"}]}}

    assert await started(Repair(), "several at once", "nlu_fallback", slots=slots, before=[asked]) == ["level_form"]
    assert await started(Repair(), "several at once", "nlu_fallback", slots=slots, before=[offer]) == []


@pytest.mark.parametrize(("words", "taken"), [("the first one", ["action_forget_me"]), ("no wait, one is wrong", [])])
async def test_a_number_commits_to_nothing_where_more_is_said(words: str, taken: list[str]) -> None:
    offered = bot(("Yes, forget me", '/forget_me{"sure": "yes"}'))

    assert await started(ChooseOption(), words, entities=chosen(ordinal="1"), before=[offered]) == taken


async def test_who_moves_an_open_plan_unasked_begins_the_check_in() -> None:
    assert await started(Repair(), "I moved it to next friday", slots={"plan": PLAN}) == ["check_in_form"]
    assert await started(Repair(), "I moved it to next friday", slots={"plan": DONE}) == []
