"""Forms and servers that come and go: the next server goes on where the last one was, whatever step that was at."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.coach import Clock, Coach, Talk
from tests.conftest import make_var, served
from tests.conversations.walking import STARTS, answer, question_in, start, walk


@pytest.fixture(scope="module")
def var(tmp_path_factory: pytest.TempPathFactory, encoder: Path, model: Path) -> Path:
    """A var folder that several servers share, one after the other or at once."""
    return make_var(tmp_path_factory.mktemp("restart"), encoder)


@pytest.fixture(scope="module")
def servers(var: Path) -> Iterator[tuple[Coach, Coach]]:
    """Two servers on one database: each has to read what the other stored, as one does that was just started."""
    with served(var) as one, served(var) as other:
        yield one, other


@pytest.mark.parametrize("form", STARTS)
def test_another_server_puts_the_same_question_at_every_step(servers: tuple[Coach, Coach], form: str):
    one, other = servers
    talk = one.talk()
    for messages in walk(talk, form):
        expected = question_in(messages)
        talk.coach = other if talk.coach is one else one

        again = talk.say("where were we?")

        assert question_in(again) == expected
        talk.coach = other if talk.coach is one else one  # which has not seen the question that it hears answered
        messages[:] = again


@pytest.mark.parametrize("form", STARTS)
def test_a_form_answered_on_two_servers_ends_as_on_one(servers: tuple[Coach, Coach], form: str):
    one, other = servers
    alone, moving = one.talk(), one.talk()
    for _ in walk(alone, form):
        pass
    for _ in walk(moving, form):
        moving.coach = other if moving.coach is one else one

    assert words_of_the_end(moving) == words_of_the_end(alone)


def words_of_the_end(talk: Talk) -> list[str]:
    """Return what the coach said to the last answer."""
    history = talk.history()
    last = max(place for place, message in enumerate(history) if message["from"] == "person")
    return [message["text"] for message in history[last + 1 :]]


def test_a_killed_server_loses_no_answer_of_any_form(tmp_path: Path, encoder: Path, model: Path):
    """Each form is at another step when the process dies between two answers; a new one goes on with all of them."""
    var = make_var(tmp_path, encoder)
    talks: dict[str, tuple[Talk, str | None, str]] = {}
    first = served(var)
    with first as coach:
        for steps, form in enumerate(STARTS):
            talk = coach.talk()
            messages = start(talk, form)
            for _ in range(min(steps, 1 if form == "check_in_form" else steps)):
                messages = answer(talk, messages)
            talks[form] = talk, question_in(messages), told_by(talk)
        first.process.kill()
        first.process.wait()

    with served(var) as coach:
        for talk, expected, told in talks.values():
            talk.coach = coach
            assert expected is not None
            assert told_by(talk) == told
            assert question_in(talk.say("where were we?")) == expected
            assert question_in(answer(talk, talk.say("where were we?"))) != expected


def told_by(talk: Talk) -> str:
    """Return the texts of the whole conversation, as it is stored."""
    return "\n".join(message["text"] for message in talk.history())


@pytest.mark.parametrize("form", STARTS)
def test_a_form_is_still_there_after_a_week_at_every_step(coach_in_time: tuple[Coach, Clock], form: str):
    coach, clock = coach_in_time
    talk = coach.talk()
    for messages in walk(talk, form):
        expected = question_in(messages)
        clock.turn_on(days=7)

        again = talk.say("hello")

        assert again[0]["text"].startswith("Welcome back. We are in the middle of your")
        assert question_in(again) == expected
        messages[:] = again
