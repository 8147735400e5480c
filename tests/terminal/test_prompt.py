"""The line editor, driven key by key."""

from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from prompt_toolkit.completion import CompleteEvent
from prompt_toolkit.document import Document
from prompt_toolkit.input import create_pipe_input
from prompt_toolkit.output import DummyOutput

from bot.terminal.prompt import OfferCompleter, PromptReader

ENTER, ALT_ENTER, CTRL_C, CTRL_D, UP = "\r", "\x1b\r", "\x03", "\x04", "\x1b[A"
PASTE, PASTED = "\x1b[200~", "\x1b[201~"
Press = Callable[[str], None]


@pytest.fixture
def keyboard(tmp_path: Path) -> Iterator[tuple[PromptReader, Press]]:
    """A reader and a function that presses keys on its keyboard."""
    with closing(create_pipe_input()) as source:
        reader = PromptReader(
            tmp_path, lambda: ["Compare the two"], stream=None, plain=False, source=source, output=DummyOutput()
        )
        yield reader, source.send_text


@pytest.mark.parametrize(
    ("keys", "expected"),
    [
        pytest.param(f"hello{ENTER}", "hello", id="enter sends"),
        pytest.param(f"one{ALT_ENTER}two{ENTER}", "one\ntwo", id="alt-enter adds a line"),
        pytest.param(f"{PASTE}one\ntwo\r\nthree{PASTED}{ENTER}", "one\ntwo\nthree", id="a paste is one message"),
        pytest.param(f"{ENTER}  {ENTER}\x15hi{ENTER}", "hi", id="nothing is not sent"),
        pytest.param(f"wrong{CTRL_C}right{ENTER}", "right", id="ctrl-c empties the line"),
        pytest.param(f"a{CTRL_C}b{CTRL_C}c{CTRL_C}d{ENTER}", "d", id="ctrl-c after typing empties again"),
    ],
)
def test_keys(keyboard: tuple[PromptReader, Press], keys: str, expected: str) -> None:
    reader, press = keyboard
    press(keys)

    assert reader.read() == expected


@pytest.mark.parametrize("keys", [CTRL_D, f"{CTRL_C}{CTRL_C}", f"typed{CTRL_C}{CTRL_C}"])
def test_keys_that_leave(keyboard: tuple[PromptReader, Press], keys: str) -> None:
    reader, press = keyboard
    press(keys)

    with pytest.raises(EOFError):
        reader.read()


def test_a_prefill_can_be_sent_as_it_is(keyboard: tuple[PromptReader, Press]) -> None:
    reader, press = keyboard
    press(ENTER)

    assert reader.read("my question") == "my question"


@pytest.mark.parametrize(
    ("keys", "expected"),
    [(f"y{ENTER}", True), (f"Yes{ENTER}", True), (ENTER, False), (f"n{ENTER}", False), (CTRL_C, False)],
)
def test_confirm(keyboard: tuple[PromptReader, Press], keys: str, expected: bool) -> None:
    reader, press = keyboard
    press(keys)

    assert reader.confirm("Sure?") is expected


def test_history_is_private_and_can_be_forgotten(keyboard: tuple[PromptReader, Press], tmp_path: Path) -> None:
    reader, press = keyboard
    history = tmp_path / "terminal" / "history"
    press(f"one\x1b\rmore{ENTER}")
    reader.read()

    assert history.stat().st_mode & 0o777 == 0o600
    assert "+one" in history.read_text()

    reader.forget()
    press(f"{UP}two{ENTER}")

    assert reader.read() == "two"
    assert "one" not in history.read_text()


def test_without_a_folder_the_history_is_in_memory(tmp_path: Path) -> None:
    (tmp_path / "terminal").write_text("in the way")
    with closing(create_pipe_input()) as source:
        reader = PromptReader(tmp_path, lambda: [], stream=None, plain=True, source=source, output=DummyOutput())
        source.send_text(f"one{ENTER}")

        assert reader.read() == "one"


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("/he", ["/help"]),
        ("/", ["/help", "/plan", "/export", "/import", "/sources", "/restart", "/forget", "/quit"]),
        ("/EX", ["/export"]),
        ("/export j", ["json"]),
        ("com", ["Compare the two"]),
        ("Compare the two", []),
        ("two", []),
        ("", []),
        ("com\nmore", []),
    ],
)
def test_completion(typed: str, expected: list[str]) -> None:
    completer = OfferCompleter(lambda: ["Compare the two", "What else?"])

    actual = completer.get_completions(Document(typed), CompleteEvent())

    assert [completion.text for completion in actual] == expected
