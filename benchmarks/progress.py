"""Signs of life on stderr while a row is measured: a line that changes in a terminal, plain lines elsewhere."""

import time
from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.status import Status
from rich.text import Text

PLAIN_SECONDS = 30.0
"""How often a plain place is told that a row goes on."""


class Progress:
    """Tells which row is being measured, how far it is, and how long it took."""

    def __init__(self, console: Console | None = None) -> None:
        """Write to the console, stderr if none is given."""
        self.console = console or Console(stderr=True, highlight=False)
        self._status: Status | None = None
        self._row = ""
        self._told = 0.0

    @contextmanager
    def row(self, name: str) -> Iterator[None]:
        """Show that this row is being measured while the block lasts, and then how long it took."""
        self._row, began = name, time.monotonic()
        self._told = began
        if self.console.is_terminal:
            try:
                with self.console.status(Text(f"{name} ...")) as self._status:
                    yield
            finally:
                self._status = None
        else:
            self._line(f"{name} ...")
            yield
        self._line(f"{name}: {time.monotonic() - began:.0f} s")

    def say(self, text: str) -> None:
        """Show how far the row is."""
        if self._status is not None:
            self._status.update(Text(f"{self._row}: {text}"))
        elif time.monotonic() - self._told > PLAIN_SECONDS:
            self._told = time.monotonic()
            self._line(f"{self._row}: {text}")

    def _line(self, text: str) -> None:
        self.console.print(Text(text), soft_wrap=True)
