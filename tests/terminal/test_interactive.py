"""The chat as a person has it: a process on a terminal of its own (a pty), typed into and read."""

import fcntl
import os
import pty
import re
import select
import struct
import subprocess
import termios
import time
from collections.abc import Callable, Iterator

import pytest

from tests.fakes.coach_server import Answer, CoachServer, choice, message, source
from tests.terminal.conftest import COMMAND

ESCAPES = re.compile(r"\x1b\][^\x07]*\x07|\x1b\[[0-?]*[ -/]*[@-~]|\x1b.")
UNFINISHED = re.compile(r"\x1b(\[[0-?]*[ -/]*)?$")
PROMPT = "Ctrl-D leaves"
"""The end of the toolbar, which stands under a prompt that is ready for keys."""
ENTER, CTRL_C, CTRL_D = "\r", "\x03", "\x04"


class Screen:
    """A process on a pty: what it wrote so far, and a keyboard."""

    def __init__(self, arguments: list[str], environment: dict[str, str]) -> None:
        """Start the process."""
        self._master, slave = pty.openpty()
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", 40, 80, 0, 0))
        self.process = subprocess.Popen(
            [*COMMAND, *arguments], env=environment, stdin=slave, stdout=slave, stderr=slave, start_new_session=True,
            preexec_fn=lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0),
        )  # fmt: skip
        os.close(slave)
        self.raw = ""
        self._seen = 0

    def press(self, keys: str) -> None:
        """Press the keys."""
        os.write(self._master, keys.encode())

    def wait_for(self, words: str, *, seconds: float = 20) -> str:
        """Return what was written since the last wait, up to the words, once they are in it."""
        deadline = time.monotonic() + seconds
        while True:
            text = ESCAPES.sub("", UNFINISHED.sub("", self.raw))[self._seen :]
            if words in text:
                text = text[: text.index(words) + len(words)]
                self._seen += len(text)
                return text
            assert time.monotonic() < deadline, f"{words!r} is not in {text!r}"
            self._read(0.1)

    def code(self) -> int:
        """Read to the end and return the exit code."""
        while self._read(20):
            continue
        return self.process.wait(20)

    def close(self) -> None:
        """End the process and the terminal."""
        self.process.kill()
        self.process.wait()
        os.close(self._master)

    def _read(self, seconds: float) -> bool:
        if not select.select([self._master], [], [], seconds)[0]:
            return False
        try:
            data = os.read(self._master, 65536)
        except OSError:  # how Linux says that the other end is closed
            return False
        self.raw += data.decode("utf-8", "replace")
        if b"\x1b[6n" in data:  # a terminal is asked where its cursor is
            self.press("\x1b[1;1R")
        return bool(data)


Open = Callable[..., Screen]


@pytest.fixture
def open_screen(environment: dict[str, str]) -> Iterator[Open]:
    """A function that runs a command on a terminal; `TERM` and the like can be given."""
    screens = []

    def open_one(*arguments: str, **more: str) -> Screen:
        screen = Screen(list(arguments), {**environment, "TERM": "xterm-256color", **more})
        screens.append(screen)
        return screen

    yield open_one
    for screen in screens:
        screen.close()


def test_a_question_and_the_choice_of_a_number(paper: CoachServer, open_screen: Open) -> None:
    choices = [choice("Alpha", "/a"), choice("Beta", "/b")]
    paper.answers.append(Answer([message("**Which** one?", choices=choices, sources=[source("S")])]))
    screen = open_screen("chat", "--server", paper.url)

    welcome = screen.wait_for(PROMPT)
    assert "Am I a builder or a grower?" in welcome
    assert "Conversation saved; /forget erases it." in welcome

    screen.press(f"what is a PMO?{ENTER}")
    answer = screen.wait_for(PROMPT)
    assert "Which one?" in answer
    assert "Sources [1] · /sources" in answer
    assert "2  Beta" in answer

    screen.press(f"2{ENTER}")
    assert "  Beta" in screen.wait_for("You said: /b")
    assert paper.said() == [{"text": "what is a PMO?"}, {"payload": "/b"}]


def test_commands_and_an_emptied_line(paper: CoachServer, open_screen: Open) -> None:
    screen = open_screen("chat", "--server", paper.url)
    screen.wait_for(PROMPT)

    screen.press(f"/help{ENTER}")
    screen.wait_for("begin a new conversation")
    screen.wait_for(PROMPT)

    screen.press("half a thou")
    screen.wait_for("half a thou")
    screen.press(CTRL_C)
    screen.wait_for("Ctrl-C again leaves")
    screen.press(f"/quit{ENTER}")
    screen.wait_for(f"To go on: pmo-coach chat --server {paper.url} --conversation conversation-1")

    assert screen.code() == 0
    assert "Traceback" not in screen.raw
    assert paper.said() == []


@pytest.mark.parametrize("keys", [CTRL_D, CTRL_C + CTRL_C])
def test_keys_leave(paper: CoachServer, open_screen: Open, keys: str) -> None:
    screen = open_screen("chat", "--server", paper.url)
    screen.wait_for(PROMPT)

    screen.press(keys)

    assert screen.code() == 0
    assert "Traceback" not in screen.raw


def test_a_wait_is_shown_and_can_be_cancelled(paper: CoachServer, open_screen: Open) -> None:
    paper.answers.append(Answer(delay=10))
    screen = open_screen("chat", "--server", paper.url)
    screen.wait_for(PROMPT)

    screen.press(f"hello{ENTER}")
    screen.wait_for("The coach is thinking")
    screen.press(CTRL_C)
    screen.wait_for("Cancelled.")
    screen.wait_for(PROMPT)
    screen.press(f"again{ENTER}")
    screen.wait_for("You said: again")
    screen.wait_for(PROMPT)

    screen.press(CTRL_D)
    assert screen.code() == 0


def test_a_text_is_kept_when_the_server_is_gone(paper: CoachServer, open_screen: Open) -> None:
    screen = open_screen("chat", "--server", paper.url)
    screen.wait_for(PROMPT)
    paper.stop()

    screen.press(f"precious words{ENTER}")
    screen.wait_for(f"No PMO Coach can be reached at {paper.url}.")
    screen.wait_for("precious words")
    screen.wait_for(PROMPT)

    screen.press(CTRL_C + CTRL_C)
    assert screen.code() == 0


def test_forget_asks_first(paper: CoachServer, open_screen: Open) -> None:
    screen = open_screen("chat", "--server", paper.url)
    screen.wait_for(PROMPT)

    screen.press(f"/forget{ENTER}")
    screen.wait_for("[y/N]")
    screen.press(f"y{ENTER}")
    screen.wait_for("All of it is erased.")
    screen.wait_for(PROMPT)

    screen.press(CTRL_D)
    assert screen.code() == 0
    assert "DELETE" in [request.method for request in paper.requests]


def test_a_conversation_goes_on_with_its_last_messages(paper: CoachServer, open_screen: Open) -> None:
    first = open_screen("chat", "--server", paper.url)
    first.wait_for(PROMPT)
    first.press(f"remember me{ENTER}")
    first.wait_for("You said: remember me")
    first.wait_for(PROMPT)
    first.press(CTRL_D)
    first.code()

    second = open_screen("chat", "--server", paper.url, "--conversation", "conversation-1")

    shown = second.wait_for(PROMPT)
    assert "▸ remember me" in shown
    assert "You said: remember me" in shown
    assert "Conversation saved" not in shown


def test_ask_without_a_question_on_a_terminal_is_a_usage_error(open_screen: Open) -> None:
    screen = open_screen("ask")

    assert screen.code() == 2
    assert "Ask something" in screen.raw


def test_ask_draws_and_tells_how_to_go_on(paper: CoachServer, open_screen: Open) -> None:
    paper.answers.append(Answer([message("**bold** [red]")]))

    screen = open_screen("ask", "--server", paper.url, "hello")

    assert screen.code() == 0
    assert "\x1b[1mbold\x1b[0m [red]" in screen.raw
    assert "--conversation conversation-1" in screen.raw


@pytest.mark.parametrize(
    "more", [{"NO_COLOR": "1"}, {"TERM": "dumb"}, {"PYTHONIOENCODING": "latin-1"}, {"COLUMNS": "0"}], ids=str
)
def test_plain_places_get_no_escape_sequence(paper: CoachServer, open_screen: Open, more: dict[str, str]) -> None:
    paper.answers.append(Answer([message("**bold** [a](http://a.example)", choices=[choice("More")])]))

    screen = open_screen("ask", "--server", paper.url, "hello", **more)

    assert screen.code() == 0
    assert "bold a (http://a.example)\r\n\r\n1) More\r\n" in screen.raw
    assert "\x1b" not in screen.raw


def test_a_dumb_terminal_can_chat(paper: CoachServer, open_screen: Open) -> None:
    screen = open_screen("chat", "--server", paper.url, TERM="dumb")
    screen.wait_for("/help lists the commands.")

    screen.press(f"hello{ENTER}")
    screen.wait_for("You said: hello")
    screen.wait_for("> ")
    screen.press(CTRL_D)

    assert screen.code() == 0
