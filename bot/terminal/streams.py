"""What is piped in, made safe to use: binary input, odd encodings, endless lines."""

import sys
from collections.abc import Iterator
from typing import BinaryIO

from bot.terminal.cleaning import clean_text
from bot.terminal.client import MAX_CHARACTERS
from bot.terminal.errors import TerminalError

MAX_LINE = 16 * 1024
"""Bytes of a line that are read; more can be no message, whatever its characters take."""


def read_question() -> str:
    """Return the question on stdin, cleaned; raise TerminalError when it cannot be one message."""
    data = sys.stdin.buffer.read(MAX_LINE)
    if len(data) == MAX_LINE:
        raise _too_long()
    return _decode(data)


class PipedReader:
    """Reads messages from a stdin that is no terminal, a line each."""

    interactive = False

    def __init__(self, stream: BinaryIO | None = None) -> None:
        """Read from the stream, stdin if none is given."""
        self._lines = _lines(sys.stdin.buffer if stream is None else stream)

    def read(self, prefill: str = "") -> str:
        """Return the next line that is not blank; raise EOFError at the end and TerminalError for a bad line."""
        for data, whole in self._lines:
            if not whole:
                raise _too_long()
            if text := _decode(data):
                return text
        raise EOFError

    def confirm(self, question: str) -> bool:
        """Take the next line as the answer; the end of the input says no."""
        try:
            return self.read().casefold() in ("y", "yes")
        except (EOFError, TerminalError):
            return False

    def forget(self) -> None:
        """Nothing is remembered of a pipe."""


def _lines(stream: BinaryIO) -> Iterator[tuple[bytes, bool]]:
    """Yield each line and whether it is whole; of a line that is too long only the beginning is kept."""
    while data := stream.readline(MAX_LINE):
        whole = data.endswith(b"\n") or len(data) < MAX_LINE
        rest = data
        while not rest.endswith(b"\n") and len(rest) == MAX_LINE:
            rest = stream.readline(MAX_LINE)
        yield data, whole


def _decode(data: bytes) -> str:
    text = clean_text(data.decode("utf-8", "replace"))
    # A space before a slash says that the line is no command, so one is left in front.
    return f" {text.strip()}" if text[:1].isspace() and text.strip() else text.strip()


def _too_long() -> TerminalError:
    return TerminalError(f"A message has at most {MAX_CHARACTERS:,} characters; this one is longer and was not sent.")
