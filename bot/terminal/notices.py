"""What the client itself has to say: sentences on stderr, and signs of life while somebody waits."""

import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, TextIO

from bot.terminal.cleaning import clean_text

if TYPE_CHECKING:
    from rich.console import Console

NARROW = 66
"""Columns below which two things do not stand beside each other."""
LEAST_COLUMNS = 20
"""Columns below which rich leaves out letters, and at none (COLUMNS=0) whole answers; plain text goes on below."""
QUIET_SECONDS = 0.3
"""How long an answer may take before the wait is shown."""


def drawing_console(stream: TextIO) -> "Console | None":
    """Return a rich console where the stream can show colour and Unicode; None calls for plain text.

    Plain are pipes and files, NO_COLOR, dumb terminals, very narrow ones and encodings other than UTF.
    """
    if not stream.isatty() or not (stream.encoding or "").lower().startswith("utf"):
        return None
    from rich.console import Console

    console = Console(file=stream, highlight=False, markup=False, emoji=False)
    plain = console.no_color or console.is_dumb_terminal or not console.is_terminal or console.width < LEAST_COLUMNS
    return None if plain else console


class Notices:
    """Writes to stderr; in a terminal that can, quietly and a little indented."""

    def __init__(self, stream: TextIO | None = None) -> None:
        """Write to the stream, stderr if none is given."""
        self.stream = sys.stderr if stream is None else stream
        self.console = drawing_console(self.stream)

    def say(self, text: str, *, style: str = "dim", indent: int = 2) -> None:
        """Show a sentence."""
        text = clean_text(text)
        if self.console is None:
            with suppress(OSError):  # nobody reads our stderr any more
                print(text, file=self.stream, flush=True)
            return
        from rich.padding import Padding
        from rich.text import Text

        self.console.print(Padding(Text(text, style=style), (0, 2, 0, indent), expand=False))

    def show_command(self, command: str) -> None:
        """Show the command to go on with, so that it can be copied: the terminal wraps it, not we."""
        if self.console is None:
            self.say(f"To go on: {command}")
            return
        from rich.text import Text

        self.console.print(Text(f"  To go on: {clean_text(command)}", style="dim"), soft_wrap=True)

    def explain(self, rows: Sequence[tuple[str, str]]) -> None:
        """Show names and their meanings, beside each other or, where it is narrow, one under the other."""
        width = max(len(name) for name, _ in rows) + 2
        narrow = self.console is not None and self.console.width < NARROW
        for name, meaning in rows:
            self.say(name if narrow else f"{name:<{width}}{meaning}", style="")
            if narrow:
                self.say(meaning, indent=4)

    def warn(self, text: str) -> None:
        """Show a sentence that asks for attention: something did not work."""
        self.say(text, style="yellow")

    def name(self, title: str) -> None:
        """Show in a terminal which choice a number stood for, for those who read the screen later."""
        if self.console is not None:
            self.say(title)

    def space(self) -> None:
        """Leave a blank line in a terminal; pipes need none."""
        if self.stream.isatty():
            print(file=self.stream, flush=True)

    @contextmanager
    def waiting(self, text: str, *, after: float = QUIET_SECONDS) -> Iterator[None]:
        """Show in a terminal that work goes on, once it has gone on for `after` seconds."""
        if self.console is None:
            yield
            return
        over = threading.Event()
        spinner = threading.Thread(target=self._spin, args=(text, after, over), daemon=True)
        spinner.start()
        try:
            yield
        finally:
            over.set()
            spinner.join()

    def _spin(self, text: str, after: float, over: threading.Event) -> None:
        if over.wait(after) or self.console is None:
            return
        from rich.live import Live
        from rich.padding import Padding
        from rich.spinner import Spinner
        from rich.text import Text

        # A line as wide as the screen would wrap when Ctrl-C adds its "^C", and could not be wiped.
        picture = Padding(Spinner("dots", text=Text(text, style="dim"), style="cyan"), (0, 2), expand=False)
        # stdout carries answers and is not to be wrapped while we draw on stderr.
        with Live(picture, console=self.console, transient=True, redirect_stdout=False, redirect_stderr=False):
            over.wait()
