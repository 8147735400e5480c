"""Whatever is piped in becomes messages or sentences, never a traceback."""

import io

import pytest

from bot.terminal.errors import TerminalError
from bot.terminal.streams import MAX_LINE, PipedReader


def lines_of(data: bytes) -> list[str]:
    """Return each message that is read, the error's first words where a line is refused."""
    reader, lines = PipedReader(io.BytesIO(data)), []
    while True:
        try:
            lines.append(reader.read())
        except TerminalError as error:
            lines.append(str(error)[:17])
        except EOFError:
            return lines


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        pytest.param(b"", [], id="nothing"),
        pytest.param(b"one\ntwo", ["one", "two"], id="no newline at the end"),
        pytest.param(b"one\r\n\r\n  \ntwo\n", ["one", "two"], id="blank lines and CRLF"),
        pytest.param(b"\xff\xfe\x00 hi\x1b[1m\n", ["\ufffd\ufffd hi"], id="binary"),
        pytest.param(b"\x00\x01\n\xe2\x80\x8b\nyes\n", ["yes"], id="only controls"),
        pytest.param("\ufeffcafé\n".encode(), ["café"], id="byte order mark"),
        pytest.param(b" /path is text\n", [" /path is text"], id="space before a slash"),
        pytest.param(b"a" * 1_000_000 + b"\nnext\n", ["A message has at ", "next"], id="a megabyte"),
        pytest.param(b"a" * MAX_LINE + b"\nnext", ["A message has at ", "next"], id="exactly the limit"),
        pytest.param(b"a" * (3 * MAX_LINE), ["A message has at "], id="endless last line"),
        pytest.param(b"a" * (MAX_LINE - 1) + b"\nnext", ["a" * (MAX_LINE - 1), "next"], id="just within"),
    ],
)
def test_lines(data: bytes, expected: list[str]) -> None:
    assert lines_of(data) == expected


@pytest.mark.parametrize(("data", "expected"), [(b"y\n", True), (b"YES\n", True), (b"no\n", False), (b"", False)])
def test_confirm_reads_a_line(data: bytes, expected: bool) -> None:
    assert PipedReader(io.BytesIO(data)).confirm("Sure?") is expected


def test_confirm_takes_a_bad_line_for_no() -> None:
    assert PipedReader(io.BytesIO(b"y" * (2 * MAX_LINE))).confirm("Sure?") is False
