"""Two members of a workspace: whatever Ann does, Ben's words are shown to Ben alone.

The brain is of paper and forgets nothing: each answer repeats all that was said in its conversation. So a message
that gets into another's conversation shows at once. Ben speaks of himself, which is for no channel to see.
"""

import copy
import json
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from rasa.core.channels.channel import UserMessage

from bot.channels.slack_home import HomeFacts, HomeStep
from bot.records import Choice, Reply
from tests.channels.conftest import several_apps
from tests.channels.slack_place import Place
from tests.fakes.slack import BOT_USER, TEAM

__all__ = ["several_apps"]

ANN, BEN, CHANNEL = "UANN", "UBEN", "C1"
MARK = "Quetzalcoatlus"
PAYLOAD = f'/tell_profile{{"goal": "{MARK}"}}'
SAID = ("what do you know about me", "what did he say", "which level am I", "what is a PMO", "forget me", f"<@{BEN}>")
KINDS = ("say", "mention", "join", "command", "press", "rate", "home")


class Workspace(Place):
    """A workspace in which Ben has talked; `told` is what he was answered, with its buttons unpressed."""

    told: Any = None


@pytest.fixture(scope="module")
def place() -> Iterator[Workspace]:
    with Workspace() as place:
        place.rasa.before = remember(place)
        place.slack.invite(CHANNEL, ANN, BEN)
        place.people.facts[f"slack:{TEAM}:{BEN}"] = HomeFacts("Level two", "PMP", (HomeStep(MARK, "May"),))
        place.slack.say(BEN, f"I dream of {MARK}")
        place.told = copy.deepcopy(place.slack.wait_for_answers(BEN, 1)[0])
        yield place


def remember(place: Place) -> Any:
    """Return what makes the brain answer with all that the conversation has heard, and offer what Ben told."""

    async def answer(message: UserMessage) -> None:
        heard = [*place.heard(message.sender_id), message.text]
        offered = (Choice("My dream", PAYLOAD),) if MARK in "".join(heard) else (Choice("More", "/ask_more"),)
        place.rasa.replies[message.text] = [Reply(f"You said: {'; '.join(heard)}", choices=offered)]

    return answer


def do(place: Workspace, kind: str, number: int) -> None:
    """Have Ann do something."""
    slack, text, told = place.slack, SAID[number % len(SAID)], place.told
    if kind == "say":
        slack.say(ANN, text)
    elif kind == "mention":
        slack.say(ANN, f"<@{BOT_USER}> {text}", CHANNEL)
    elif kind == "join":
        thread = slack.say(BEN, f"<@{BOT_USER}> what is my {MARK} worth", CHANNEL)
        slack.say(ANN, text, CHANNEL, thread=thread)
    elif kind == "command":
        slack.command(ANN, text, CHANNEL)
    elif kind == "press":
        slack.click(ANN, told, "My dream")
    elif kind == "rate":
        slack.rate(ANN, told, up=bool(number % 2))
    else:
        slack.open_home(ANN)


def seen_by_ann(place: Place) -> str:
    """Return all that Ann can see of the coach: her own messages, the channel, hidden answers to her, her home."""
    slack = place.slack
    own = [slack.answers(ANN), slack.posts(CHANNEL), dict(slack.hidden), slack.homes.get(ANN), slack.prompts]
    return json.dumps(own, default=str)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(taken=st.lists(st.tuples(st.sampled_from(KINDS), st.integers(0, 20)), min_size=1, max_size=6))
def test_nothing_of_another_member_is_shown_whatever_is_done(place: Workspace, taken: list[tuple[str, int]]) -> None:
    for kind, number in taken:
        do(place, kind, number)
    place.slack.wait_until_quiet()

    assert MARK not in seen_by_ann(place)
    assert not any(MARK in text for text in place.heard(f"slack:{TEAM}:{ANN}"))
    assert not any(conversation == f"slack:{TEAM}:{BEN}" for conversation, _ in place.conversations.ratings)


def test_ben_sees_what_is_his(place: Place) -> None:
    place.slack.open_home(BEN)
    place.slack.wait(lambda: BEN in place.slack.homes)

    assert MARK in json.dumps(place.slack.answers(BEN))
    assert MARK in json.dumps(place.slack.homes[BEN])
