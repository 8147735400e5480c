"""Answers drawn in a terminal with rich.

Text enters rich as `Text` objects only, which are never parsed as markup. Lines are at most 80 wide,
because long ones are hard to read, and stand two columns in, so that the coach's words and the person's
are told apart at a glance. Colours are few: an accent for what can be chosen, dim for what is secondary.
"""

from collections.abc import Sequence

from rich.cells import cell_len
from rich.console import Console, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from bot.records.reply import Choice, Figure, SourceLink
from bot.terminal.cleaning import clean_text
from bot.terminal.figures import ACCENT, draw_shape, draw_table
from bot.terminal.markdown import Block, Span, read_markdown
from bot.terminal.plain import source_words
from bot.terminal.shapes import read_figure

MAX_WIDTH = 80
INDENT = 2
STYLES = {"strong": "bold", "em": "italic", "code": ACCENT, "strike": "strike", "link": "underline", "url": "dim"}


class RichRenderer:
    """Draws on a console."""

    def __init__(self, console: Console) -> None:
        """Draw on the console, which shows colour and Unicode."""
        self._console = console

    @property
    def _width(self) -> int:
        return max(20, min(self._console.width, MAX_WIDTH) - 2 * INDENT)

    def markdown(self, text: str) -> None:
        """Draw Markdown."""
        for number, block in enumerate(read_markdown(text)):
            if number and not block.tight:
                self.space()
            self._print(draw_block(block, self._width))

    def figure(self, figure: Figure) -> None:
        """Draw a figure."""
        for number, shape in enumerate(read_figure(figure)):
            if number:
                self.space()
            self._print(draw_shape(shape, self._width))

    def choices(self, choices: Sequence[Choice], *, first: int) -> None:
        """Draw what may be chosen, numbered from `first`."""
        grid = Table.grid(padding=(0, 2, 0, 0))
        grid.add_column(justify="right", style=f"bold {ACCENT}")
        grid.add_column()
        for number, choice in enumerate(choices, first):
            grid.add_row(str(number), Text(choice.title))
        self._print(grid)

    def sources(self, sources: Sequence[tuple[int, SourceLink]], *, numbered: bool) -> None:
        """Draw the sources in full."""
        for place, (number, source) in enumerate(sources):
            lead = f"[{number}] " if numbered else "Sources: " if place == 0 else " " * len("Sources: ")
            *words, last = source_words(source) or [""]
            line = f"{lead}{' '.join([*words, last])}"
            if not source.url or cell_len(line) <= self._width:
                self._print(Text(line, style="dim"))
                continue
            self._print(Text(f"{lead}{' '.join(words)}", style="dim"))
            # An address is left to the terminal to wrap: broken by us, it could be neither copied nor clicked.
            self._console.print(Text(f"{' ' * (INDENT + len(lead))}{last}", style="dim"), soft_wrap=True)

    def source_numbers(self, numbers: Sequence[int]) -> None:
        """Draw that there are sources, by their numbers."""
        self._print(Text(f"Sources {' '.join(f'[{number}]' for number in numbers)} · /sources", style="dim"))

    def person(self, text: str) -> None:
        """Draw what the person said earlier."""
        grid = Table.grid(padding=(0, 1, 0, 0))
        grid.add_column(style=f"bold {ACCENT}")
        grid.add_column(overflow="fold")
        grid.add_row(Text("▸"), Text(clean_text(text)))
        self._console.print(grid)

    def text(self, text: str) -> None:
        """Draw text that is no Markdown."""
        self._print(Text(clean_text(text)))

    def space(self) -> None:
        """Leave a blank line."""
        self._console.print()

    def _print(self, renderable: RenderableType) -> None:
        self._console.print(Padding(renderable, (0, 0, 0, INDENT), expand=False), width=self._width + INDENT)


def draw_block(block: Block, width: int) -> RenderableType:
    """Return a block as something that rich prints."""
    if block.kind == "table":
        titles, *rows = [[styled(cell) for cell in row] for row in block.rows]
        return draw_table(titles, rows, width)
    if block.kind == "rule":
        return Text("─" * width, style="dim")
    text = styled(block.spans)
    if block.kind == "heading":
        text.stylize("bold")
    if not block.marker:
        return Padding(text, (0, 0, 0, 2 * block.depth))
    grid = Table.grid(padding=(0, 1, 0, 0))
    grid.add_column(style="dim", no_wrap=True)
    grid.add_column(overflow="fold")
    grid.add_row(Text(block.marker), text)
    return Padding(grid, (0, 0, 0, 2 * (block.depth - 1)))


def styled(spans: Sequence[Span]) -> Text:
    """Return the spans as rich text."""
    text = Text(overflow="fold")
    for span in spans:
        text.append(span.text, " ".join(STYLES[style] for style in span.styles))
    return text
