"""A choice that is named by its number tells what its button would have told, and agrees to nothing by chance."""

import pytest

from actions.choosing import commits, is_plain_choice
from bot.coaching.memory import FORGET, KEEP, REMEMBER
from tests.coach import Coach


def test_the_work_that_was_chosen_by_its_place_is_known_from_then_on(coach: Coach):
    talk = coach.talk()
    talk.say("i have P3O Foundation. which certificate next")
    assert "fits best" in talk.say("the second")[-1]["text"]

    then = talk.say("what if I took MSP Foundation first")[-1]["text"]

    assert "once I know where you stand" not in then
    assert "the path would be" in then or "your path" in then


@pytest.mark.parametrize("text", ["1", "the first one", "one please", "yes, the first", "option 2"])
def test_a_number_alone_is_a_choice(text: str):
    assert is_plain_choice(text)


@pytest.mark.parametrize(
    "text",
    ["no wait one is wrong its three", "one more question", "not the first", "2 of my team", "no one", "#" * 5_000],
)
def test_a_number_in_a_sentence_is_no_choice(text: str):
    assert not is_plain_choice(text)


def test_being_remembered_and_forgotten_is_agreed_to_and_staying_is_not():
    assert commits(REMEMBER)
    assert commits(FORGET)
    assert not commits(KEEP)


@pytest.mark.parametrize("text", ["no wait one is wrong its three", "one of those was wrong"])
def test_a_number_in_a_sentence_agrees_to_no_memory(coach: Coach, text: str):
    talk = coach.talk()
    for words in ("whats my level", "head of pmo", "one", "yes"):
        asked = talk.say(words)
    assert "May I remember" in asked[-1]["text"]

    talk.say(text)

    assert "You agreed to being remembered" not in talk.say("what do you know about me")[-1]["text"]


@pytest.mark.parametrize("text", ["dont remember me", "no, please don't", "i'd rather you didn't remember me", "never"])
def test_a_yes_with_a_no_in_it_agrees_to_no_memory(coach: Coach, text: str):
    talk = coach.talk()
    for words in ("whats my level", "head of pmo", "one", "yes", text):
        talk.say(words)

    assert "You agreed to being remembered" not in talk.say("what do you know about me")[-1]["text"]


@pytest.mark.parametrize("text", ["yes", "yes please", "sure, no problem", "the first one"])
def test_a_plain_yes_agrees(coach: Coach, text: str):
    talk = coach.talk()
    for words in ("whats my level", "head of pmo", "one", "yes", text):
        talk.say(words)

    assert "You agreed to being remembered" in talk.say("what do you know about me")[-1]["text"]
