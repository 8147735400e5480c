"""Actions that need the store: what they say and keep, run as the action server runs them."""

from datetime import date, datetime, timezone

import pytest
from rasa_sdk.interfaces import Tracker

from actions import library, people
from actions.assess_level import ValidateLevelForm
from actions.base import CoachAction
from actions.memory import DoNotSave, ExportData, ForgetMe, GiveConsent, ShowProfile
from actions.people import consent_question, load_memory, save_plan, save_profile, save_result
from actions.repair import Repair
from actions.team import CoverFunctions, JoinTeam, LeaveTeam
from actions.tell_profile import TellProfile
from actions.turn import read_turn
from bot.coaching.answering import Situation
from bot.coaching.plan_export import plan_to_json
from bot.records import ConsentState, Plan, PlanStatus, Profile, ResultKind, StoredResult
from bot.store import Store
from tests.actions.telling import bot, run, tracker
from tests.store.test_store_people import a_plan

NOON = datetime(2026, 3, 3, 12, tzinfo=timezone.utc)
RESULT = StoredResult(ResultKind.LEVEL, NOON, {"level": 2})


@pytest.mark.parametrize("action", [ShowProfile(), ForgetMe(), ValidateLevelForm()])
def test_actions_of_the_store_answer_nothing_without_it(action: CoachAction) -> None:
    turn = read_turn(tracker())
    assert action.answers(turn, Situation(library.knowledge(), turn.profile)) == []


async def agree() -> None:
    await people.remembering(lambda unit: unit.people.set_consent("p", ConsentState.GIVEN))


async def test_saving_does_nothing_without_consent_and_nothing_for_nobody() -> None:
    for save in (save_profile("p", Profile(goal="g")), save_result("p", RESULT), save_plan("p", a_plan())):
        await save

    memory = await load_memory("p")
    assert (memory.profile, memory.results, memory.plans, memory.consent) == (Profile(), (), (), None)


async def test_saving_remembers_with_consent() -> None:
    await agree()

    await save_profile("p", Profile(goal="g"))
    await save_result("p", RESULT)
    await save_plan("p", a_plan())

    memory = await load_memory("p")
    assert (memory.profile.goal, memory.results, memory.plans) == ("g", (RESULT,), (a_plan(),))


async def test_consent_is_asked_once() -> None:
    assert (await consent_question("p")).choices[0].payload == "/give_consent"
    assert await consent_question("p") is None
    await agree()
    assert await consent_question("p") is None


async def test_what_is_told_later_is_remembered_with_the_turn(store: Store) -> None:
    await agree()

    await run(TellProfile(), tracker("in the uk", "tell_profile", entities=[{"entity": "region", "value": "uk"}]))

    assert (await load_memory("p")).profile.region == "uk"


@pytest.mark.parametrize("action", [ShowProfile, GiveConsent, DoNotSave, ExportData, LeaveTeam])
async def test_store_that_is_down_is_apologised_for(action: type[CoachAction], store: Store) -> None:
    with store.engine.begin() as connection:
        for table in ("people", "team_members"):
            connection.exec_driver_sql(f"ALTER TABLE {table} RENAME TO {table}_gone")

    said, events = await run(action(), tracker("x"))

    assert [message["response"] for message in said] == ["utter_try_again_later"]
    assert events == []


async def test_giving_consent_keeps_what_was_told_and_refusing_erases_it() -> None:
    slots = {"role": "pmo_analyst", "held": ["prince2"]}

    await run(GiveConsent(), tracker("Yes, remember me", "give_consent", slots=slots))
    assert (await load_memory("p")).profile == Profile(role="pmo_analyst", held=("prince2",))
    said, _ = await run(DoNotSave(), tracker("dont save", "do_not_save", slots=slots))

    assert "erased" in said[0]["text"]
    assert (await load_memory("p")).profile == Profile()


async def test_giving_consent_keeps_what_the_conversation_found() -> None:
    results = [{"kind": "level", "data": {"level": 2}}]

    await run(GiveConsent(), tracker("yes", slots={"results": results, "plan": plan_to_json(a_plan())}))

    memory = await load_memory("p")
    assert [result.data for result in memory.results] == [{"level": 2}]
    assert memory.plans == (a_plan(),)


async def test_telling_shows_the_conversations_profile_too() -> None:
    said, _ = await run(ShowProfile(), tracker("what do you know", slots={"role": "pmo_analyst"}))

    assert "PMO Analyst" in said[0]["text"]


async def test_export_shows_plans() -> None:
    await agree()
    await save_plan("p", Plan("x", None, None, (), "ask Sam", None, date(2026, 12, 4), None, None, PlanStatus.OPEN,
                              date(2026, 11, 1)))  # fmt: skip

    said, _ = await run(ExportData(), tracker("export", "export_data"))

    assert "ask Sam, by 4 December 2026" in said[0]["text"]


ASKED = bot(("Yes, forget me", '/forget_me{"sure": "yes"}'), ("No, keep it", "/deny"))
SURE = [{"entity": "sure", "value": "yes"}]


@pytest.mark.parametrize(
    "told",
    [
        tracker("Yes, forget me", "forget_me", entities=SURE, before=[ASKED]),
        tracker("yes forget me", "forget_me", before=[ASKED]),
        tracker("yes", "affirm", before=[ASKED]),
        tracker("YES!! forget everything", "forget_me", before=[ASKED, bot(("Manager", "/x"))], form="level_form"),
    ],
    ids=["button", "its words", "yes", "in a form"],
)
async def test_a_yes_to_being_forgotten_is_a_farewell(told: Tracker) -> None:
    said, events = await run(ForgetMe(), told)

    assert [message["farewell"] for message in said] == [True]
    assert [event["event"] for event in events] == ["reset_slots"]


@pytest.mark.parametrize(
    "told",
    [
        tracker("forget me", "forget_me"),
        tracker("yes forget me", "forget_me"),
        tracker("forget me", "forget_me", before=[ASKED]),
        tracker("forget me", "forget_me", entities=[{"entity": "sure", "value": "no"}]),
        tracker("yes", "affirm", before=[bot(("Something else", "/something_else"))]),
    ],
    ids=["first", "yes without being asked", "asked again", "not sure", "yes to something else"],
)
async def test_without_a_yes_it_is_asked(told: Tracker) -> None:
    said, events = await run(ForgetMe(), told)

    assert "cannot be undone" in said[0]["text"]
    assert "farewell" not in said[0]
    assert events == []


CONSENT = bot(("Yes, remember me", "/give_consent"), ("No, don't", "/do_not_save"))


@pytest.mark.parametrize(
    ("told", "follow_up"),
    [
        (tracker("yes", "affirm", before=[CONSENT]), "action_give_consent"),
        (tracker("no", "deny", before=[CONSENT]), "action_do_not_save"),
        (tracker("no, dont", "nlu_fallback", before=[CONSENT]), "action_do_not_save"),
        (tracker("yes", "affirm", before=[ASKED]), "action_forget_me"),
    ],
    ids=["yes", "no", "its words", "forget"],
)
async def test_a_typed_yes_or_no_reaches_the_action_of_the_choice(told: Tracker, follow_up: str) -> None:
    said, events = await run(Repair(), told)

    assert said == []
    assert [event["name"] for event in events] == [follow_up]


async def test_a_no_to_being_remembered_is_one_in_its_own_action() -> None:
    await agree()

    await run(DoNotSave(), tracker("no", "deny", before=[CONSENT]))

    assert (await load_memory("p")).consent.state is ConsentState.REFUSED


async def test_joining_asks_first_and_a_yes_agrees_to_both(store: Store) -> None:
    with store.unit_of_work() as work:
        code = work.teams.create("North")

    said, _ = await run(JoinTeam(), tracker(f"join team {code.lower()}", "join_team"))
    assert "lets me remember" in said[0]["text"]
    assert (await load_memory("p")).teams == ()

    entities = [{"entity": "code", "value": code}, *SURE]
    said, _ = await run(JoinTeam(), tracker("Yes, join", "join_team", entities=entities, slots={"role": "pmo_analyst"}))
    assert "You are in" in said[0]["text"]
    memory = await load_memory("p")
    assert (memory.teams[0].team, memory.profile.role, memory.remembered) == ("North", "pmo_analyst", True)

    said, _ = await run(JoinTeam(), tracker(f"join team {code}", "join_team"))
    assert "lets me remember" not in said[0]["text"]
    functions = [{"entity": "function", "value": value} for value in ("planning", "planning", "nonsense")]
    said, _ = await run(CoverFunctions(), tracker("i cover planning", "cover_functions", entities=functions))
    assert "Noted" in said[0]["text"]
    assert (await load_memory("p")).teams[0].functions == ("planning",)
    said, _ = await run(LeaveTeam(), tracker("leave", "leave_team"))
    assert "left" in said[0]["text"]


@pytest.mark.parametrize(
    ("action", "told", "words"),
    [
        (JoinTeam(), tracker("join a team", "join_team"), "Which team"),
        (JoinTeam(), tracker("join team ZZZZ-9999", "join_team"), "know no team"),
        (
            JoinTeam(),
            tracker("x", "join_team", entities=[{"entity": "code", "value": "\x00'; DROP"}, *SURE]),
            "no team",
        ),
        (LeaveTeam(), tracker("leave", "leave_team"), "in no team"),
        (CoverFunctions(), tracker("i cover", "cover_functions"), "Name them"),
        (
            CoverFunctions(),
            tracker("i cover planning", "cover_functions", entities=[{"entity": "function", "value": "planning"}]),
            "in no team yet",
        ),
    ],
    ids=["no code", "unknown code", "hostile code", "no team to leave", "no function", "no team to tell"],
)
async def test_what_cannot_be_done_is_said(action: CoachAction, told: Tracker, words: str) -> None:
    said, _ = await run(action, told)

    assert words in said[0]["text"]


async def test_a_yes_with_a_no_in_it_remembers_nothing() -> None:
    said, _ = await run(GiveConsent(), tracker("yes, remember me, no dont", slots={"role": "pmo_analyst"}))

    assert said
    memory = await load_memory("p")
    assert (memory.consent.state, memory.profile) == (ConsentState.REFUSED, Profile())
