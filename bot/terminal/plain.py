"""Answers as plain text: for pipes, NO_COLOR and dumb terminals. No colour, no boxes, links with their URL."""

import shutil
import textwrap
from collections.abc import Iterable, Iterator, Sequence
from typing import TextIO

from bot.records.reply import Choice, Figure, SourceLink
from bot.terminal.cleaning import clean_text
from bot.terminal.markdown import BULLET, Block, plain, read_markdown
from bot.terminal.shapes import BALANCE_LIMIT, Balance, CareerMap, Grid, PlanFigure, Shape, read_figure, signed

MAX_TABLE = 120
"""How wide a table may be in a pipe; a wider one becomes a list of its rows."""


class PlainRenderer:
    """Writes to a stream; wraps lines in a terminal and leaves them whole elsewhere."""

    def __init__(self, stream: TextIO) -> None:
        """Write to the stream."""
        self._stream = stream
        self._width = max(20, shutil.get_terminal_size().columns - 1) if stream.isatty() else None

    def markdown(self, text: str) -> None:
        """Show Markdown."""
        self._write(_blocks(read_markdown(text), self._width))

    def figure(self, figure: Figure) -> None:
        """Show a figure in words."""
        for number, shape in enumerate(read_figure(figure)):
            if number:
                self.space()
            self._write(line for text in _shape(shape, self._width) for line in self._wrap(text))

    def choices(self, choices: Sequence[Choice], *, first: int) -> None:
        """Show what may be chosen, numbered from `first`."""
        self._write(f"{number}) {choice.title}" for number, choice in enumerate(choices, first))

    def sources(self, sources: Sequence[tuple[int, SourceLink]], *, numbered: bool) -> None:
        """Show the sources in full."""
        lead = "Sources: "
        for number, source in sources:
            mark = f"[{number}] " if numbered else ""
            self._write([f"{lead}{mark}{' '.join(source_words(source))}"])
            lead = " " * len(lead)

    def source_numbers(self, numbers: Sequence[int]) -> None:
        """Show that there are sources, by their numbers."""
        self._write([f"Sources: {' '.join(f'[{number}]' for number in numbers)} (/sources)"])

    def person(self, text: str) -> None:
        """Show what the person said earlier."""
        self._write([f"> {clean_text(text)}"])

    def text(self, text: str) -> None:
        """Show text that is no Markdown."""
        self._write([clean_text(text)])

    def space(self) -> None:
        """Leave a blank line."""
        self._write([""])

    def _wrap(self, line: str) -> list[str]:
        return _wrapped(line, self._width, indent="  ")

    def _write(self, lines: Iterable[str]) -> None:
        for line in lines:
            self._stream.write(f"{line.rstrip()}\n")
        self._stream.flush()


def source_words(source: SourceLink) -> list[str]:
    """Return the parts of a source that are there: title, year, address."""
    words = (source.title, f"({source.year})" if source.year is not None else "", source.url or "")
    return [word for word in words if word]


def _blocks(blocks: Sequence[Block], width: int | None) -> Iterator[str]:
    for number, block in enumerate(blocks):
        if number and not block.tight:
            yield ""
        yield from _block(block, width)


def _block(block: Block, width: int | None) -> Iterator[str]:
    marker = "-" if block.marker == BULLET else block.marker
    indent = "  " * (block.depth if not marker else max(0, block.depth - 1))
    text = plain(block.spans)
    if block.kind == "table":
        cells = [tuple(plain(cell) for cell in row) for row in block.rows]
        yield from _grid(Grid(cells[0], tuple(cells[1:])), width)
    elif block.kind == "rule":
        yield "---"
    elif block.kind == "code":
        yield from (f"{indent}{line}" for line in text.split("\n"))
    else:
        lead = f"{indent}{marker} " if marker else indent
        lines = [line for part in text.split("\n") for line in _wrapped(part, width and width - len(lead))]
        yield f"{lead}{lines[0]}"
        yield from (f"{' ' * len(lead)}{line}" for line in lines[1:])


def _wrapped(line: str, width: int | None, indent: str = "") -> list[str]:
    if width is None or len(line) <= width:
        return [line]
    return textwrap.wrap(line, max(10, width), subsequent_indent=indent, break_on_hyphens=False,
                         break_long_words=False, drop_whitespace=True) or [""]  # fmt: skip


def _shape(shape: Shape, width: int | None) -> Iterator[str]:
    if isinstance(shape, Grid):
        yield from _grid(shape, width)
    elif isinstance(shape, CareerMap):
        for level in shape.steps:
            yield f"Level {level.number}: {level.name}{' (you are here)' if level.here else ''}"
            yield from (f"  - {ask}" for ask in level.asks)
            if level.below:
                yield "(you are here, between the two)"
    elif isinstance(shape, Balance):
        yield f"Balance: {signed(shape.value)}, where -{BALANCE_LIMIT} is a grower and +{BALANCE_LIMIT} a builder"
        yield from (f"{signed(points):>4}  {text}" for text, points in shape.items)
    elif isinstance(shape, PlanFigure):
        for number, step in enumerate(shape.steps, 1):
            status = f" [{step.status}]" if step.status else ""
            yield f"{number}. {step.date + ': ' if step.date else ''}{step.title}{status}"


def _grid(grid: Grid, width: int | None) -> Iterator[str]:
    rows = [grid.columns, *grid.rows] if grid.columns else list(grid.rows)
    sizes = [max(map(len, column)) for column in zip(*rows, strict=True)]
    if sum(sizes) + 2 * len(sizes) > (width or MAX_TABLE):
        yield from _records(grid)
        return
    for number, row in enumerate(rows):
        yield "  ".join(cell.ljust(size) for cell, size in zip(row, sizes, strict=True)).rstrip()
        if number == 0 and grid.columns:
            yield "  ".join("-" * size for size in sizes)


def _records(grid: Grid) -> Iterator[str]:
    """Give each row as lines of title and cell, for places too narrow for a table; rows without titles as one line."""
    for number, row in enumerate(grid.rows):
        if not grid.columns:
            yield ": ".join(cell for cell in row if cell)
            continue
        if number:
            yield ""
        titled = zip(grid.columns, row, strict=True)
        yield from (f"{title}: {cell}" if title else cell for title, cell in titled if cell)
