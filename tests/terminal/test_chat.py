"""What a chat does with each line, and how it goes on after whatever goes wrong."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.terminal.chat import greet, show_history, welcome
from bot.terminal.errors import NoServerError, TerminalError
from bot.terminal.exits import ExitCode
from bot.terminal.messages import CoachMessage, PersonMessage
from bot.terminal.notices import Notices
from bot.terminal.plain import PlainRenderer
from tests.fakes.coach_server import Answer, CoachServer, choice, message, source
from tests.terminal.talk import FakeLocal, Talk

CHOICES = Answer([message("Which?", choices=[choice("Alpha", "/a"), choice("Beta", "/b")])])


def test_free_text_is_sent_as_text(paper: CoachServer, tmp_path: Path) -> None:
    talk = Talk(paper, tmp_path, "what is a PMO?", "  2 \n").run()

    assert paper.said() == [{"text": "what is a PMO?"}, {"text": "2"}]
    assert talk.shown == ["You said: what is a PMO?", "You said: 2"]


@pytest.mark.parametrize("typed", ["2", "2.", " 2) ", "Beta", "beta"])
def test_a_number_or_a_title_sends_the_payload(paper: CoachServer, tmp_path: Path, typed: str) -> None:
    paper.answers.append(CHOICES)

    Talk(paper, tmp_path, "hello", typed).run()

    assert paper.said()[1] == {"payload": "/b"}


@pytest.mark.parametrize("typed", ["0", "3", "12", "1 or 2", "Betas", "\u0662"])
def test_what_picks_no_choice_is_text(paper: CoachServer, tmp_path: Path, typed: str) -> None:
    paper.answers.append(CHOICES)

    Talk(paper, tmp_path, "hello", typed).run()

    assert paper.said()[1] == {"text": typed}


def test_choices_of_two_messages_are_numbered_on_and_hold_until_the_next_answer(
    paper: CoachServer, tmp_path: Path
) -> None:
    paper.answers.append(
        Answer([message("a", choices=[choice("Alpha", "/a")]), message("b", choices=[choice("Beta", "/b")])])
    )

    talk = Talk(paper, tmp_path, "hello", "2", "2").run()

    assert [line for line in talk.shown if ") " in line] == ["1) Alpha", "2) Beta"]
    assert paper.said()[1:] == [{"payload": "/b"}, {"text": "2"}]


def test_a_text_that_is_too_long_is_not_sent_and_can_be_edited(paper: CoachServer, tmp_path: Path) -> None:
    talk = Talk(paper, tmp_path, "a" * 1001, "b" * 1000).run()

    assert paper.said() == [{"text": "b" * 1000}]
    assert "at most 1,000 characters; this one has 1,001" in talk.told[0]
    assert talk.reader.prefills[1] == "a" * 1001


@pytest.mark.parametrize(
    ("status", "prefill"), [(409, ""), (422, ""), (500, ""), (413, "hello"), (429, "hello"), (503, "hello")]
)
def test_a_refusal_is_shown_and_the_chat_goes_on(paper: CoachServer, tmp_path: Path, status: int, prefill: str) -> None:
    paper.answers.append(Answer(status=status, error="Not so.", headers={"Retry-After": "3"}))

    talk = Talk(paper, tmp_path, "hello", "again").run()

    assert talk.told == ["Not so. Try again in 3 seconds."]
    assert talk.shown == ["You said: again"]
    assert talk.reader.prefills[1] == prefill


def test_an_expired_conversation_becomes_a_new_one(paper: CoachServer, tmp_path: Path) -> None:
    talk = Talk(paper, tmp_path, lambda: paper.expired.add("conversation-1") or "hello").run()

    assert talk.told == ["The conversation had expired, so this is a new one."]
    assert talk.shown == ["You said: hello"]
    assert talk.conversation.session.conversation == "conversation-2"


def test_a_choice_of_an_expired_conversation_is_sent_by_its_words(paper: CoachServer, tmp_path: Path) -> None:
    paper.answers.append(CHOICES)

    Talk(paper, tmp_path, "hello", lambda: paper.expired.add("conversation-1") or "2").run()

    assert paper.said()[1:] == [{"payload": "/b"}, {"text": "Beta"}]


def test_a_command_in_an_expired_conversation_is_not_repeated(paper: CoachServer, tmp_path: Path) -> None:
    paper.expired.add("conversation-1")

    talk = Talk(paper, tmp_path, "/forget", agrees=True).run()

    assert talk.reader.questions == ["Erase your profile, answers, plans and this conversation? [y/N] "]
    assert talk.told == ["The conversation had expired, so this is a new one."]


@pytest.mark.parametrize(
    "answer", [Answer(raw=b'{"type": "message", "text": "half'), Answer(hang_up=True), Answer(delay=0.6)]
)
def test_a_broken_answer_leaves_the_text_for_another_try(paper: CoachServer, tmp_path: Path, answer: Answer) -> None:
    paper.answers.append(answer)

    talk = Talk(paper, tmp_path, "hello", "again", timeout=0.4).run()

    assert len(talk.told) == 1
    assert talk.reader.prefills == ["", "hello", ""]
    assert talk.shown == ["You said: again"]


def test_what_arrived_before_the_break_stays(paper: CoachServer, tmp_path: Path) -> None:
    line = json.dumps(message("half", choices=[choice("Go on", "/on")])).encode() + b"\n"
    paper.answers.append(Answer(raw=line + b'{"type": "error", "code": "x", "text": "It broke."}\n'))

    talk = Talk(paper, tmp_path, "hello", "1").run()

    assert talk.shown == ["half", "1) Go on", "You said: /on"]
    assert talk.told == ["It broke."]


def test_a_server_of_somebody_else_that_is_gone_is_not_started(paper: CoachServer, tmp_path: Path) -> None:
    talk = Talk(paper, tmp_path, lambda: paper.stop() or "hello").run()

    assert talk.told == [f"No PMO Coach can be reached at {paper.url}."]
    assert talk.reader.prefills == ["", "hello"]


@pytest.fixture
def second(tmp_path: Path) -> Iterator[list[CoachServer]]:
    """The servers that were started on the address of one that is gone."""
    servers: list[CoachServer] = []
    yield servers
    for server in servers:
        server.stop()


def start_again(paper: CoachServer, servers: list[CoachServer]) -> None:
    server = CoachServer(port=paper.port)
    server.histories = paper.histories
    servers.append(server.__enter__())


@pytest.mark.parametrize("interactive", [True, False])
def test_a_local_server_that_is_gone_is_started_again_and_hears_the_text(
    paper: CoachServer, tmp_path: Path, second: list[CoachServer], interactive: bool
) -> None:
    local = FakeLocal(lambda: start_again(paper, second))

    talk = Talk(paper, tmp_path, lambda: paper.stop() or "hello", local=local, interactive=interactive).run()

    assert talk.told == ["The coach has stopped. It is being started again."]
    assert talk.shown == ["You said: hello"]
    assert local.starts == 1


def test_a_local_server_that_does_not_start_is_tried_once_and_the_text_kept(paper: CoachServer, tmp_path: Path) -> None:
    local = FakeLocal(lambda: None, NoServerError("It does not start."))

    talk = Talk(paper, tmp_path, lambda: paper.stop() or "hello", local=local).run()

    assert talk.told == ["The coach has stopped. It is being started again.", "It does not start."]
    assert (talk.reader.prefills, local.starts) == (["", "hello"], 1)


def test_a_pipe_ends_when_the_server_is_gone(paper: CoachServer, tmp_path: Path) -> None:
    with pytest.raises(NoServerError):
        Talk(paper, tmp_path, lambda: paper.stop() or "hello", interactive=False).run()


def test_ctrl_c_while_waiting_cancels(paper: CoachServer, tmp_path: Path) -> None:
    talk = Talk(paper, tmp_path, "hello", "again")
    say, interrupts = talk.conversation.say, [KeyboardInterrupt()]

    def say_or_interrupt(typed: str) -> bool:
        if interrupts:
            raise interrupts.pop()
        return say(typed)

    talk.conversation.say = say_or_interrupt  # type: ignore[method-assign]
    talk.run()

    assert talk.told == ["Cancelled."]
    assert talk.shown == ["You said: again"]


def test_a_bad_line_of_a_pipe_is_reported_and_the_next_one_answered(paper: CoachServer, tmp_path: Path) -> None:
    talk = Talk(paper, tmp_path, TerminalError("Too long."), "hello", interactive=False).run()

    assert (talk.told, talk.shown, talk.code) == (["Too long."], ["You said: hello"], ExitCode.ERROR)


@pytest.mark.parametrize(
    ("lines", "code"),
    [
        pytest.param(["one", "two"], ExitCode.ANSWERED, id="all answered"),
        pytest.param(["what", "two"], ExitCode.ANSWERED, id="not understood is answered"),
        pytest.param(["a" * 2_000, "two"], ExitCode.ERROR, id="too long"),
        pytest.param(["/hlep", "two"], ExitCode.ERROR, id="no command"),
        pytest.param(["/export pdf", "two"], ExitCode.ERROR, id="command that fails"),
        pytest.param(["/help", "/forget", "two"], ExitCode.ANSWERED, id="commands that work"),
        pytest.param(["busy", "two"], ExitCode.ERROR, id="refused"),
        pytest.param(["slow", "busy", "two"], ExitCode.TIMED_OUT, id="the first counts"),
    ],
)
def test_exit_code_of_a_pipe_is_that_of_its_first_line_that_failed(
    paper: CoachServer, tmp_path: Path, lines: list[str], code: ExitCode
) -> None:
    answers = {
        "what": Answer([message("what?", kind="fallback")], understood=False),
        "busy": Answer(status=429, error="Busy."),
        "slow": Answer(delay=0.6),
    }
    paper.answers += [answers[line] for line in lines if line in answers]

    talk = Talk(paper, tmp_path, *lines, interactive=False, timeout=0.3).run()

    assert talk.code is code
    assert talk.shown[-1] == "You said: two"


def test_what_failed_at_a_prompt_was_seen_by_a_person_and_is_no_exit_code(paper: CoachServer, tmp_path: Path) -> None:
    assert Talk(paper, tmp_path, "/hlep", "a" * 2_000, "two").run().code is ExitCode.ANSWERED


def test_json_gives_one_object_for_each_line(paper: CoachServer, tmp_path: Path) -> None:
    paper.answers += [
        Answer([message("ü\u202e[red]", sources=[source("S", "u", 2018, "s")])]),
        Answer([message("what?", kind="fallback")], understood=False),
        Answer(status=429, error="Busy."),
        Answer(raw=json.dumps(message("half")).encode() + b"\n"),
    ]
    bad = TerminalError("Too long.")

    talk = Talk(paper, tmp_path, "a", "b", "c", "d", bad, "/help", "e", json=True, interactive=False).run()

    actual = [json.loads(line) for line in talk.out.getvalue().splitlines()]
    assert actual[0] == {
        "v": 1,
        "conversation": "conversation-1",
        "understood": True,
        "messages": [
            {
                "kind": "answer",
                "text": "ü[red]",
                "choices": [],
                "sources": [{"id": "s", "title": "S", "url": "u", "year": 2018}],
                "figure": None,
            }
        ],
    }
    assert [turn["understood"] for turn in actual] == [True, False, False, False, False, True]
    assert [len(turn["messages"]) for turn in actual] == [1, 1, 0, 1, 0, 1]
    assert talk.out.getvalue().isascii()


def test_sources_are_numbers_in_a_conversation_and_in_full_in_a_pipe(paper: CoachServer, tmp_path: Path) -> None:
    one, two = source("One", "http://one", 2018), source("Two")
    answers = [Answer([message("a", sources=[one])]), Answer([message("b", sources=[two, one])])]
    paper.answers += answers * 2

    talk = Talk(paper, tmp_path, "a", "b", "/sources").run()
    piped = Talk(paper, tmp_path, "a", "b", interactive=False).run()

    assert talk.shown == [
        "a", "Sources: [1] (/sources)", "b", "Sources: [2] [1] (/sources)",
        "Sources: [1] One (2018) http://one", "         [2] Two",
    ]  # fmt: skip
    assert piped.shown == [
        "a", "Sources: One (2018) http://one", "b", "Sources: Two", "         One (2018) http://one",
    ]  # fmt: skip


def test_welcome_says_nothing_to_the_server_and_its_examples_can_be_picked(paper: CoachServer, tmp_path: Path) -> None:
    talk = Talk(paper, tmp_path, "2")
    talk.conversation.begin()
    welcome(talk.conversation, PlainRenderer(talk.err), Notices(talk.err))

    assert len(paper.requests) == 1
    assert "Conversation saved; /forget erases it. /help lists the commands." in talk.told

    talk.chat.run()

    assert paper.said() == [{"text": "I hold P3O Foundation. What comes next?"}]


def test_show_history_shows_the_last_messages_of_both_sides(paper: CoachServer, tmp_path: Path) -> None:
    talk = Talk(paper, tmp_path)
    messages = [
        item for number in range(9) for item in (PersonMessage(f"[b]{number}"), CoachMessage(f"answer {number}"))
    ]

    show_history(messages, talk.conversation.presenter)

    assert talk.shown == ["> [b]6", "answer 6", "> [b]7", "answer 7", "> [b]8", "answer 8"]


def test_the_choices_of_a_continued_conversation_can_be_picked(paper: CoachServer, tmp_path: Path) -> None:
    paper.answers.append(CHOICES)
    talk = Talk(paper, tmp_path, "hello", lambda: talk.conversation.history() and "2")
    talk.run()

    assert paper.said()[1] == {"payload": "/b"}


def test_an_expired_conversation_that_is_to_go_on_becomes_a_new_one(paper: CoachServer, tmp_path: Path) -> None:
    talk = Talk(paper, tmp_path)
    talk.conversation.begin()
    paper.expired.add("conversation-1")

    greet(talk.conversation, Notices(talk.err), again=True, quietly=True)

    assert talk.told == ["The conversation had expired, so this is a new one."]
    assert talk.conversation.session.conversation == "conversation-2"
