"""Draw into a string, as a terminal of a given width or a pipe would get it."""

import io
from collections.abc import Callable

from rich.console import Console

from bot.terminal.plain import PlainRenderer
from bot.terminal.presenter import Renderer
from bot.terminal.render import RichRenderer

Draw = Callable[[Renderer], None]


def drawn(draw: Draw, *, width: int = 80, colour: bool = False) -> str:
    """Return what a terminal shows, without the spaces at the ends of lines."""
    stream = io.StringIO()
    system = "standard" if colour else None
    console = Console(
        file=stream, force_terminal=True, width=width, color_system=system, highlight=False, markup=False, emoji=False
    )
    draw(RichRenderer(console))
    return "\n".join(line.rstrip() for line in stream.getvalue().splitlines())


class Terminal(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        """Say so."""
        return True


def written(draw: Draw, *, terminal: bool = False) -> str:
    """Return what a pipe gets, or a terminal that shows plain text only."""
    stream = Terminal() if terminal else io.StringIO()
    draw(PlainRenderer(stream))
    return stream.getvalue().rstrip("\n")
