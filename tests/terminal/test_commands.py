"""`ask` and `chat` as processes: exit codes, what goes to stdout and what to stderr."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
from argparse import ArgumentParser
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.errors import SettingsError
from bot.runtime.settings import Settings
from bot.terminal import add_commands
from bot.terminal.commands import called
from tests.coach import free_port
from tests.fakes.coach_server import Answer, CoachServer, choice, message, source
from tests.terminal.conftest import COMMAND, Run

TEXT = "See **[AIPMO](https://a.example)**."
ANSWER = Answer([message(TEXT, choices=[choice("More", "/more")], sources=[source("S", "u", 2018, "s")])])


def test_ask_prints_the_answer_and_nothing_else(paper: CoachServer, run: Run) -> None:
    paper.answers.append(ANSWER)

    actual = run("ask", "--server", paper.url, "what", "is", "a", "PMO?")

    assert paper.said() == [{"text": "what is a PMO?"}]
    assert (actual.code, actual.err) == (0, "")
    assert actual.out == "See AIPMO (https://a.example).\n\nSources: S (2018) u\n\n1) More\n"


def test_ask_prints_json(paper: CoachServer, run: Run) -> None:
    paper.answers.append(ANSWER)

    actual = run("ask", "--json", "--server", paper.url, "hello")

    assert (actual.code, actual.err) == (0, "")
    assert json.loads(actual.out) == {
        "v": 1,
        "conversation": "conversation-1",
        "understood": True,
        "messages": [
            {
                "kind": "answer",
                "text": TEXT,
                "choices": [{"title": "More", "payload": "/more"}],
                "sources": [{"id": "s", "title": "S", "url": "u", "year": 2018}],
                "figure": None,
            }
        ],
    }


@pytest.mark.parametrize("arguments", [[], ["-"]])
def test_ask_takes_the_question_from_a_pipe(paper: CoachServer, run: Run, arguments: list[str]) -> None:
    run("ask", "--server", paper.url, *arguments, stdin=b"what is\na \xff PMO?\x1b[1m\n")

    assert paper.said() == [{"text": "what is\na \ufffd PMO?"}]


def test_ask_prefers_the_question_in_its_arguments(paper: CoachServer, run: Run) -> None:
    run("ask", "--server", paper.url, "this one", stdin=b"not this one")

    assert paper.said() == [{"text": "this one"}]


def test_ask_goes_on_with_a_conversation_and_a_number_picks_its_choice(paper: CoachServer, run: Run) -> None:
    paper.answers.append(ANSWER)
    run("ask", "--server", paper.url, "hello")

    actual = run("ask", "--server", paper.url, "--conversation", "conversation-1", "1")

    assert actual.code == 0
    assert paper.said() == [{"text": "hello"}, {"payload": "/more"}]
    assert {request.token for request in paper.requests[1:]} == {"token.conversation-1"}


def test_an_unknown_conversation_is_an_error(paper: CoachServer, run: Run) -> None:
    actual = run("ask", "--server", paper.url, "--conversation", "nope", "hello")

    assert (actual.code, actual.out) == (1, "")
    assert actual.err == f"This machine knows no conversation 'nope' with {paper.url}.\n"


def test_an_expired_conversation_is_an_error_of_ask(paper: CoachServer, run: Run) -> None:
    run("ask", "--server", paper.url, "hello")
    paper.expired.add("conversation-1")

    actual = run("ask", "--server", paper.url, "--conversation", "conversation-1", "hello")

    assert (actual.code, actual.out, actual.err) == (1, "", "Begin a new conversation.\n")


@pytest.mark.parametrize(
    ("answer", "code", "words"),
    [
        pytest.param(Answer([message("what?", kind="fallback")], understood=False), 5, "", id="not understood"),
        pytest.param(Answer(delay=3), 4, "within 0.5 seconds", id="time-out"),
        pytest.param(Answer(status=429, error="Busy.", headers={"Retry-After": "9"}), 1, "again in 9", id="429"),
        pytest.param(Answer(status=413, error="Too long."), 1, "Too long.", id="413"),
        pytest.param(Answer(status=503, error="Store is down."), 1, "Store is down.", id="503"),
        pytest.param(Answer(raw=b'{"type": "message", "text": "ha'), 1, "broke before the answer", id="cut"),
        pytest.param(Answer(raw=b"oops\n"), 1, "not JSON", id="malformed"),
        pytest.param(Answer(raw=b'{"type":"error","code":"x","text":"Sorry."}\n'), 1, "Sorry.", id="error line"),
        pytest.param(Answer(hang_up=True), 3, "closed the connection", id="server dies"),
    ],
)
@pytest.mark.parametrize("options", [[], ["--json"]])
def test_exit_codes(paper: CoachServer, run: Run, answer: Answer, code: int, words: str, options: list[str]) -> None:
    paper.answers.append(answer)

    actual = run("ask", "--server", paper.url, "--timeout", "0.5", *options, "hello")

    assert actual.code == code
    assert words in actual.err
    assert len(actual.err.splitlines()) == (1 if words else 0)
    assert ("what?" in actual.out) == (code == 5)


def test_no_server_at_the_given_address_is_one_sentence(run: Run) -> None:
    url = f"http://127.0.0.1:{free_port()}"

    for name in ("ask", "chat"):
        actual = run(name, "--server", url, *(["hello"] if name == "ask" else []))
        assert (actual.code, actual.out, actual.err) == (3, "", f"No PMO Coach can be reached at {url}.\n")


def test_a_server_that_accepts_and_says_nothing_is_a_time_out(run: Run) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        actual = run("ask", "--server", f"http://127.0.0.1:{silent.getsockname()[1]}", "--timeout", "0.3", "hello")

    assert (actual.code, actual.out) == (4, "")


@pytest.mark.parametrize(
    "arguments",
    [
        ["ask"],
        ["ask", "  "],
        ["ask", "-"],
        ["ask", "\x1b[1m"],
        ["ask", "--timeout", "0", "hello"],
        ["ask", "--timeout", "nan", "hello"],
        ["ask", "--timeout", "soon", "hello"],
        ["ask", "--server", "localhost:5005", "hello"],
        ["chat", "--server", ""],
        ["chat", "--what"],
        [],
    ],
)
def test_usage_errors(run: Run, arguments: list[str]) -> None:
    actual = run(*arguments)

    assert (actual.code, actual.out) == (2, "")
    assert actual.err


def test_ask_refuses_a_question_that_is_too_long_without_sending_it(paper: CoachServer, run: Run) -> None:
    for size in (1001, 1_000_000):
        actual = run("ask", "--server", paper.url, stdin=b"a" * size)
        assert (actual.code, actual.out) == (1, "")
        assert "at most 1,000 characters" in actual.err
    assert paper.said() == []


def test_a_bad_setting_is_a_sentence(run: Run) -> None:
    actual = run("ask", "hello", PMO_COACH_PORT="many")

    assert actual.code == 1
    assert "PMO_COACH_PORT" in actual.err
    assert "Traceback" not in actual.err


def test_a_folder_that_cannot_be_written_costs_a_sentence_not_the_answer(
    paper: CoachServer, run: Run, settings: Settings
) -> None:
    settings.var.write_text("in the way")

    actual = run("ask", "--server", paper.url, "hello")

    assert (actual.code, actual.out) == (0, "You said: hello\n")
    assert "cannot be kept" in actual.err


def interrupted(arguments: list[str], environment: dict[str, str], when: Callable[[], bool]) -> tuple[int, str, str]:
    """Run the command, interrupt it once `when` is true, and return its code, stdout and stderr.

    Tests that a shell runs in the background ignore Ctrl-C, and so would the command after them.
    """
    ours = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        process = subprocess.Popen(
            [*COMMAND, *arguments], env=environment, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )  # fmt: skip
    finally:
        signal.signal(signal.SIGINT, ours)
    deadline = time.monotonic() + 20
    while not when():
        assert time.monotonic() < deadline
        time.sleep(0.02)
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=20)
    return process.returncode, out, err


def test_ctrl_c_while_ask_waits(paper: CoachServer, environment: dict[str, str]) -> None:
    paper.answers.append(Answer(delay=5))

    actual = interrupted(["ask", "--server", paper.url, "hello"], environment, lambda: bool(paper.said()))

    assert actual == (130, "", "")


def test_ctrl_c_while_a_piped_chat_reads(paper: CoachServer, environment: dict[str, str]) -> None:
    actual = interrupted(["chat", "--server", paper.url], environment, lambda: bool(paper.requests))

    assert actual == (130, "", "")


def test_chat_answers_a_pipe_line_by_line(paper: CoachServer, run: Run) -> None:
    paper.answers.append(Answer([message("what?", kind="fallback")], understood=False))

    lines = [b"one", b"", b"  ", b"\xff\x00two\x1b[1m\r", b"a" * 1_000_000, b"/quit"]

    actual = run("chat", "--server", paper.url, stdin=b"\n".join(lines))

    assert actual.code == 1
    assert actual.out == "what?\n\nYou said: \ufffdtwo\n"
    assert actual.err == "A message has at most 1,000 characters; this one is longer and was not sent.\n"


def test_chat_prints_an_object_a_line(paper: CoachServer, run: Run) -> None:
    actual = run("chat", "--json", "--server", paper.url, stdin=b"one\ntwo\n")

    turns = [json.loads(line) for line in actual.out.splitlines()]
    assert [turn["messages"][0]["text"] for turn in turns] == ["You said: one", "You said: two"]
    assert (actual.code, actual.err) == (0, "")


def test_chat_asks_before_it_forgets_in_a_pipe_too(paper: CoachServer, run: Run) -> None:
    run("chat", "--server", paper.url, stdin=b"/forget\nn\n/forget\ny\n")

    assert [request.method for request in paper.requests] == ["POST", "DELETE", "POST"]


def test_chat_goes_on_with_a_conversation_of_a_pipe(paper: CoachServer, run: Run) -> None:
    paper.answers.append(ANSWER)
    run("chat", "--server", paper.url, stdin=b"hello\n")

    actual = run("chat", "--server", paper.url, "--conversation", "conversation-1", stdin=b"1\n")

    assert paper.said() == [{"text": "hello"}, {"payload": "/more"}]
    assert actual.out == "You said: /more\n"


def test_each_answer_is_written_at_once(paper: CoachServer, environment: dict[str, str]) -> None:
    process = subprocess.Popen(
        [*COMMAND, "chat", "--server", paper.url], env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.write(b"one\n")
    process.stdin.flush()

    assert process.stdout.readline() == b"You said: one\n"

    process.communicate(timeout=20)


@pytest.mark.parametrize("name", ["ask", "chat"])
def test_a_reader_that_goes_away_ends_it_quietly(paper: CoachServer, environment: dict[str, str], name: str) -> None:
    paper.answers += [Answer([message("x" * 100_000)])] * 3
    reading, writing = os.pipe()
    os.close(reading)
    command = [*COMMAND, name, "--server", paper.url, *(["hello"] if name == "ask" else [])]

    actual = subprocess.run(
        command, env=environment, input=b"a\nb\nc\n", stdout=writing, stderr=subprocess.PIPE, timeout=20, check=False
    )

    os.close(writing)
    assert (actual.returncode, actual.stderr) == (0, b"")


@pytest.mark.parametrize(
    ("closing", "code"), [(">&-", 0), ("2>&-", 0), ("<&-", 0), (">&- 2>&- <&-", 0), (">/dev/full", 1)]
)
def test_closed_and_full_streams(paper: CoachServer, environment: dict[str, str], closing: str, code: int) -> None:
    if "/dev/full" in closing and not Path("/dev/full").exists():
        pytest.skip("this system has no /dev/full")
    command = f'"{sys.executable}" -m tests.fakes.terminal_main ask --server {paper.url} hello {closing}'

    actual = subprocess.run(["sh", "-c", command], env=environment, capture_output=True, timeout=20, check=False)

    assert actual.returncode == code
    assert b"Traceback" not in actual.stderr


def test_an_encoding_that_cannot_show_it_costs_a_mark(paper: CoachServer, run: Run) -> None:
    paper.answers.append(Answer([message("caf\u00e9 \u2192")]))

    actual = run("ask", "--server", paper.url, "hello", PYTHONIOENCODING="ascii")

    assert (actual.code, actual.out, actual.err) == (0, "caf? ?\n", "")


def test_help_names_every_option(run: Run) -> None:
    for name in ("ask", "chat"):
        actual = run(name, "--help")
        assert actual.code == 0
        assert all(option in actual.out for option in ("--server", "--json", "--conversation", "--timeout"))
        assert "Exit codes: 0 answered, 1 error, 2 usage" in actual.out


def test_settings_are_read_when_a_command_runs_and_their_error_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    def refuse() -> Settings:
        raise SettingsError("PMO_COACH_PORT cannot be that.")

    parser = ArgumentParser()
    add_commands(parser.add_subparsers(), refuse)
    namespace = parser.parse_args(["ask", "hello"])

    assert namespace.run(namespace) == 1
    assert capsys.readouterr().err == "PMO_COACH_PORT cannot be that.\n"


@pytest.mark.parametrize(
    ("path", "here", "expected"),
    [
        (".venv/bin", ".venv/bin/pmo-coach", "pmo-coach"),
        ("/nowhere", ".venv/bin/pmo-coach", ".venv/bin/pmo-coach"),
        ("/nowhere", "/with a space/pmo-coach", "'/with a space/pmo-coach'"),
        ("/nowhere", "/project/bot/cli.py", "pmo-coach"),
    ],
    ids=["found by its name", "called by make", "in a folder with a space", "called as a module"],
)
def test_command_to_go_on_can_be_copied(
    path: str, here: str, expected: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    command = tmp_path / ".venv/bin/pmo-coach"
    command.parent.mkdir(parents=True)
    command.touch(0o755)
    monkeypatch.setenv("PATH", str(tmp_path / path))
    monkeypatch.setattr(sys, "argv", [here])

    assert called() == expected
