"""Talks in Slack: direct messages, mentions, threads, /pmo, buttons, thumbs, App Home, prompts, the sheet."""

import asyncio
import threading

import pytest

from bot.channels.slack_answering import FORGOTTEN, MOVED, NOT_MOVED, NOT_OFFERED
from bot.channels.slack_home import HomeFacts, HomeStep
from bot.channels.slack_working import STATUS
from bot.records import Choice, Figure, Reply, ReplyKind
from bot.records.memory import Rating
from tests.channels.slack_place import Place
from tests.fakes.slack import BOT_USER, TEAM
from tests.fakes.slack_rules import words_of

OFFER = Reply(
    "A PMO supports.", choices=(Choice("Tell me more", "/ask_more"), Choice("Which level am I?", "/assess_level"))
)
ME = f"<@{BOT_USER}>"


def test_direct_message_is_answered_once_in_the_persons_conversation(place: Place):
    place.slack.say("U1", "what is a PMO?")

    (answer,) = place.slack.wait_for_answers("U1", 1)
    assert (answer["text"], answer.get("thread_ts")) == ("You said: what is a PMO?", None)
    assert place.heard(f"slack:{TEAM}:U1") == ["what is a PMO?"]
    assert place.slack.wrong == []


def test_people_have_conversations_of_their_own(place: Place):
    place.slack.say("U1", "one")
    place.slack.say("U2", "two")

    assert place.slack.wait_for_answers("U2", 1)[0]["text"] == "You said: two"
    assert place.slack.wait_for_answers("U1", 1)[0]["text"] == "You said: one"
    assert set(place.conversations.messages) == {f"slack:{TEAM}:U1", f"slack:{TEAM}:U2"}


def test_direct_message_in_a_thread_is_answered_in_the_thread(place: Place):
    first = place.slack.say("U1", "hello")
    place.slack.say("U1", "and here", thread=first)

    assert place.slack.wait_for_answers("U1", 2)[1]["thread_ts"] == first


def test_mention_is_answered_in_a_thread_that_is_then_followed(place: Place):
    place.slack.invite("C1", "U1", "U2")
    first = place.slack.say("U1", f"{ME} what is a PMO?", "C1")
    place.slack.wait(lambda: place.slack.posts("C1", thread=first))

    place.slack.say("U2", "and a portfolio office?", "C1", thread=first)
    place.slack.wait(lambda: len(place.slack.posts("C1", thread=first)) == 2)

    assert len(place.slack.posts("C1")) == 2
    assert place.heard(f"slack:{TEAM}:C1:{first}") == ["what is a PMO?", "and a portfolio office?"]


def test_people_talking_with_each_other_are_left_alone(place: Place):
    place.slack.invite("C1", "U1", "U2")
    mine = place.slack.say("U1", f"{ME} what is a PMO?", "C1")
    place.slack.wait(lambda: place.slack.posts("C1"))

    other = place.slack.say("U1", "lunch?", "C1")
    place.slack.say("U2", "yes!", "C1", thread=other)
    place.slack.say("U2", "<@U1> do you agree?", "C1", thread=mine)
    place.slack.say("U1", "last", "C1", thread=mine)
    place.slack.wait(lambda: len(place.slack.posts("C1")) == 2)

    assert place.heard() == ["what is a PMO?", "last"]


def test_follow_up_that_overtakes_the_mention_is_answered_too(place: Place):
    place.slack.invite("C1", "U1")
    first = place.slack.say("U1", f"{ME} what is a PMO?", "C1", deliver=False)
    place.slack.say("U1", "and a portfolio office?", "C1", thread=first)
    place.slack.wait_until_quiet()
    mention = next(message for message in place.slack.messages["C1"] if message["ts"] == first)
    place.slack.deliver(*place.slack.events_of(mention))

    place.slack.wait(lambda: len(place.slack.posts("C1", thread=first)) == 2)
    assert sorted(place.heard()) == ["and a portfolio office?", "what is a PMO?"]


def test_private_channel_is_like_a_public_one(place: Place):
    place.slack.invite("G1", "U1")
    first = place.slack.say("U1", f"{ME} what is a PMO?", "G1")

    place.slack.wait(lambda: place.slack.posts("G1", thread=first))


def test_personal_question_in_a_channel_is_answered_in_direct_messages_alone(place: Place):
    place.slack.invite("C1", "U1", "U2")
    place.rasa.replies["which level am I?"] = [Reply("You stand on level two.")]
    first = place.slack.say("U1", f"{ME} which level am I?", "C1")

    (note,) = place.slack.wait(lambda: place.slack.posts("C1", thread=first))
    assert note["text"] == MOVED
    assert place.slack.wait_for_answers("U1", 1)[0]["text"] == "You stand on level two."
    assert place.heard(f"slack:{TEAM}:U1") == ["which level am I?"]
    # The thread's conversation, which everybody in the channel shares, heard nothing of it.
    assert place.conversations.messages[f"slack:{TEAM}:C1:{first}"] == []


def test_no_member_is_told_of_another(place: Place):
    place.slack.invite("C1", "U1", "U2")
    place.slack.say("U1", "I am an analyst")
    place.slack.wait_for_answers("U1", 1)
    first = place.slack.say("U1", f"{ME} what is a PMO?", "C1")
    place.slack.say("U1", "which level am I?", "C1", thread=first)
    place.slack.say("U2", "which level am I?", "C1", thread=first)
    place.slack.wait_for_answers("U1", 2)
    place.slack.wait_for_answers("U2", 1)

    assert place.heard(f"slack:{TEAM}:U2") == ["which level am I?"]
    assert place.heard(f"slack:{TEAM}:C1:{first}") == ["what is a PMO?"]
    place.slack.wait(lambda: len(place.slack.posts("C1")) == 3)
    assert [post["text"] for post in place.slack.posts("C1")][1:] == [MOVED, MOVED]


@pytest.mark.parametrize("reply", [Reply("How long have you been there?", ReplyKind.ASK),
                                   Reply("Your plan:", figure=Figure("plan", {"steps": []}))])  # fmt: skip
def test_reply_that_shows_a_person_does_not_reach_a_channel(place: Place, reply):
    place.slack.invite("C1", "U1")
    place.rasa.replies["analyst"] = [reply]
    place.slack.say("U1", f"{ME} analyst", "C1")

    assert place.slack.wait_for_answers("U1", 1)[0]["text"] == reply.text
    (note,) = place.slack.wait(lambda: place.slack.posts("C1"))
    assert note["text"] == MOVED


def test_person_who_cannot_be_written_to_is_told_where_to_ask(place: Place):
    place.slack.invite("C1", "U1")
    place.slack.members["D1"] = {"U1"}
    place.slack.say("U1", f"{ME} which level am I?", "C1")

    (note,) = place.slack.wait(lambda: place.slack.posts("C1"))
    assert NOT_MOVED.replace("*", "") in note["text"].replace("*", "")


def test_button_sends_its_payload_and_names_the_choice(place: Place):
    place.rasa.replies["what is a PMO?"] = [OFFER]
    place.slack.say("U1", "what is a PMO?")
    (answer,) = place.slack.wait_for_answers("U1", 1)

    place.slack.click("U1", answer, "Tell me more")

    place.slack.wait_for_answers("U1", 2)
    place.slack.wait(lambda: place.slack.answers("U1")[0].get("edited"))
    (updated, told) = place.slack.answers("U1")
    assert told["text"] == "You said: Tell me more"
    assert place.rasa.heard[-1].parse_data["intent"]["name"] == "ask_more"
    assert "You chose: *Tell me more*" in words_of(updated["blocks"])
    assert not any(block["type"] == "actions" for block in updated["blocks"])


def test_double_click_is_one_choice(place: Place):
    place.rasa.replies["what is a PMO?"] = [OFFER]
    place.slack.say("U1", "what is a PMO?")
    (answer,) = place.slack.wait_for_answers("U1", 1)
    answer = dict(answer)

    for _ in range(3):
        place.slack.click("U1", answer, "Tell me more")
    place.slack.say("U1", "done")

    assert [each["text"] for each in place.slack.wait_for_answers("U1", 3)][1:] == [
        "You said: Tell me more", "You said: done"]  # fmt: skip


def test_personal_button_in_a_channel_goes_on_with_whoever_presses_it(place: Place):
    place.slack.invite("C1", "U1", "U2")
    place.rasa.replies["what is a PMO?"] = [OFFER]
    place.slack.say("U1", f"{ME} what is a PMO?", "C1")
    (answer,) = place.slack.wait(lambda: place.slack.posts("C1"))

    place.slack.click("U2", answer, "Which level")

    assert place.slack.wait_for_answers("U2", 1)[0]["text"] == "You said: Which level am I?"
    assert any(block["type"] == "actions" for block in place.slack.posts("C1")[0]["blocks"])


def test_choice_that_was_never_offered_is_refused(place: Place):
    place.rasa.replies["what is a PMO?"] = [OFFER]
    place.slack.say("U1", "what is a PMO?")
    (answer,) = place.slack.wait_for_answers("U1", 1)

    place.slack.act("U1", answer, {"type": "button", "action_id": "choice:0", "value": "/restart", "block_id": "b1"})

    assert place.slack.wait_for_answers("U1", 2)[1]["text"] == NOT_OFFERED
    assert place.heard() == ["what is a PMO?"]


def test_command_is_answered_for_its_person_alone(place: Place):
    place.rasa.replies["what is a PMO?"] = [OFFER]
    address = place.slack.command("U1", "what is a PMO?")
    (hidden,) = place.slack.wait(lambda: place.slack.hidden[address])
    place.slack.click("U1", hidden, "Tell me more", address=address)
    place.slack.wait(lambda: len(place.slack.hidden[address]) == 2)

    assert [each["response_type"] for each in place.slack.hidden[address]] == ["ephemeral"] * 2
    assert place.slack.hidden[address][1]["text"] == "You said: Tell me more"
    assert place.slack.messages["C1"] == []
    assert place.heard(f"slack:{TEAM}:U1") == ["what is a PMO?", "Tell me more"]


def test_command_whose_address_has_expired_is_answered_directly(place: Place):
    place.slack.expire_responses()
    place.rasa.before = lambda message: asyncio.sleep(0)
    address = place.slack._response_url()
    place.slack.expire_responses()
    place.slack.deliver({"command": "/pmo", "text": "hi", "team_id": TEAM, "channel_id": "C1", "user_id": "U1",
                         "response_url": address, "trigger_id": "t"}, kind="slash_commands")  # fmt: skip

    assert place.slack.wait_for_answers("U1", 1)[0]["text"] == "You said: hi"


@pytest.mark.parametrize("said", ["", ME])
def test_nothing_said_is_a_question_what_the_coach_can_do(place: Place, said):
    place.slack.say("U1", said)

    assert place.slack.wait_for_answers("U1", 1)[0]["text"] == "You said: What can you do?"


def test_thumbs_are_kept(place: Place):
    place.slack.say("U1", "what is a PMO?")
    (answer,) = place.slack.wait_for_answers("U1", 1)

    place.slack.rate("U1", answer, up=False)

    stored = place.conversations.messages[f"slack:{TEAM}:U1"][-1].id
    place.slack.wait(lambda: place.conversations.ratings)
    assert place.conversations.ratings == {(f"slack:{TEAM}:U1", stored): (Rating.DOWN, None)}


@pytest.mark.parametrize("value", ["up", "up:x", "sideways:3", "up:" + "9" * 40])
def test_thumb_that_is_none_of_ours_changes_nothing(place: Place, value):
    place.slack.say("U1", "what is a PMO?")
    (answer,) = place.slack.wait_for_answers("U1", 1)
    thumb = {"type": "feedback_buttons", "action_id": "feedback", "block_id": "b1", "value": value}
    place.slack.act("U1", answer, thumb)
    place.slack.say("U1", "done")
    place.slack.wait_for_answers("U1", 2)

    assert place.conversations.ratings == {}


def test_home_shows_what_is_known_and_its_buttons_go_on(place: Place):
    place.people.facts[f"slack:{TEAM}:U1"] = HomeFacts("Level two", "P3O Practitioner", (HomeStep("Book it", "May"),))
    place.slack.open_home("U1")
    place.slack.open_home("U2")
    place.slack.wait(lambda: len(place.slack.homes) == 2)
    shown = words_of(place.slack.homes["U1"]["blocks"])
    assert all(words in shown for words in ("Level two", "P3O Practitioner", "Book it (May)"))
    assert "We have not talked yet." in words_of(place.slack.homes["U2"]["blocks"])

    button = next(
        e for b in place.slack.homes["U1"]["blocks"] for e in b.get("elements", ()) if e.get("value") == "/make_plan"
    )
    place.slack.act("U1", None, {**button, "block_id": "x"})

    assert place.slack.wait_for_answers("U1", 1)[0]["text"] == "You said: Make a plan"


def test_home_is_shown_when_the_store_fails(place: Place):
    place.people.broken = True
    place.slack.open_home("U1")

    place.slack.wait(lambda: place.slack.homes)


def test_deleting_ones_data_erases_the_conversation_and_says_so(place: Place):
    place.slack.say("U1", "I am an analyst")
    place.slack.wait_for_answers("U1", 1)
    place.slack.open_home("U1")
    place.slack.wait(lambda: place.slack.homes)

    place.slack.act("U1", None, {"type": "button", "action_id": "erase", "value": "erase", "block_id": "x"})

    assert place.slack.wait_for_answers("U1", 2)[1]["text"] == FORGOTTEN
    assert f"slack:{TEAM}:U1" not in place.conversations.messages
    place.slack.wait(lambda: all(each is None for each in place.log.known.values()))
    place.slack.say("U1", "hello again")
    assert place.slack.wait_for_answers("U1", 3)[2]["text"] == "You said: hello again"


def test_messages_tab_gets_suggested_prompts(place: Place):
    place.slack.open_home("U1", tab="messages")

    prompts = place.slack.wait(lambda: place.slack.prompts.get("D1"))
    assert "thread_ts" not in prompts
    assert prompts["prompts"][0]["title"] == "Which level am I?"


def test_sheet_is_opened_filled_in_and_handed_over(place: Place):
    place.slack.open_home("U1")
    home = place.slack.wait(lambda: place.slack.homes.get("U1"))
    button = next(e for b in home["blocks"] for e in b.get("elements", ()) if e.get("action_id") == "sheet")
    place.slack.act("U1", None, {**button, "block_id": "x"})
    (view,) = place.slack.wait(lambda: place.slack.opened)

    place.slack.submit("U1", view, {"BG1": "4", "BG5": "2"})

    place.slack.wait_for_answers("U1", 1)
    (message,) = place.rasa.heard
    assert message.parse_data["intent"]["name"] == "find_builder_or_grower"
    assert [(e["entity"], e["value"]) for e in message.parse_data["entities"]] == [("sheet", "BG1=4,BG5=2")]


def test_sheet_that_slack_does_not_open_is_told(place: Place):
    place.slack.open_home("U1")
    home = place.slack.wait(lambda: place.slack.homes.get("U1"))
    button = next(e for b in home["blocks"] for e in b.get("elements", ()) if e.get("action_id") == "sheet")
    place.slack.fail_next("views.open", 500)
    place.slack.act("U1", None, {**button, "block_id": "x"})

    assert "could not open" in place.slack.wait_for_answers("U1", 1)[0]["text"]


def test_status_is_shown_while_an_answer_takes_long_and_then_goes(place: Place):
    async def wait(message):
        await asyncio.sleep(0.8)

    place.rasa.before = wait
    ts = place.slack.say("U1", "a long one")
    place.slack.wait_for_answers("U1", 1)

    place.slack.wait(lambda: len(place.slack.statuses) == 2)
    assert place.slack.statuses == [(ts, STATUS), (ts, "")]


def test_acknowledgement_does_not_wait_for_the_answer(place: Place):
    release = threading.Event()

    async def wait(message):
        while not release.is_set():
            await asyncio.sleep(0.01)

    place.rasa.before = wait
    place.slack.say("U1", "a long one")
    place.slack.wait_until_quiet()

    assert place.slack.answers("U1") == []
    release.set()
    place.slack.wait_for_answers("U1", 1)


def test_messages_of_a_person_are_answered_in_their_order(place: Place):
    for number in range(20):
        place.slack.say("U1", f"message {number}")

    answers = place.slack.wait_for_answers("U1", 20)
    assert [each["text"] for each in answers] == [f"You said: message {number}" for number in range(20)]
