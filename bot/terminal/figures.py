"""Figures drawn with rich: tables, the career map, the balance of builder and grower, the plan."""

import textwrap
from collections.abc import Iterator, Sequence
from functools import singledispatch

from rich import box
from rich.cells import cell_len
from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from bot.terminal.shapes import BALANCE_LIMIT, Balance, CareerMap, Grid, PlanFigure, Shape, Step, signed

ACCENT = "cyan"
GAP = 2
"""Columns between two columns of a table."""
MIN_COLUMN = 12
"""A column of a table that has to wrap is not made narrower than this; rather, each row becomes a list."""
STATUS_MARKS = {"done": "✓", "dropped": "✗", "moved": "→"}
BAR = "█"
HERE = "◂ you are here"
NO_BREAK = "\N{NO-BREAK SPACE}"


@singledispatch
def draw_shape(shape: Shape, width: int) -> RenderableType:
    """Return the figure's shape, drawn at most `width` columns wide."""
    raise TypeError(shape)


def draw_table(titles: Sequence[Text], rows: Sequence[Sequence[Text]], width: int) -> RenderableType:
    """Return a table, or where it would be too narrow to read, its rows as lists of title and cell."""
    columns = list(zip(*([titles] if titles else []), *rows, strict=True))
    needed = sum(max(min(MIN_COLUMN, _widest(column)), _longest_word(column)) + GAP for column in columns)
    if needed > width:
        return _records(titles, rows)
    table = Table(
        box=box.SIMPLE_HEAD if titles else None, show_header=bool(titles), show_edge=False, pad_edge=False,
        padding=(0, GAP, 0, 0), border_style="dim", header_style="bold",
    )  # fmt: skip
    for title in titles or [Text("") for _ in columns]:
        table.add_column(title, overflow="fold", vertical="top")
    for row in rows:
        table.add_row(*row)
    return table


@draw_shape.register
def _draw_grid(grid: Grid, width: int) -> RenderableType:
    rows = [[Text(cell) for cell in row] for row in grid.rows]
    if not grid.columns:
        for row in filter(None, rows):
            row[0].stylize("dim")  # the names of a list of names and values
    return draw_table([Text(title) for title in grid.columns], rows, width)


@draw_shape.register
def _draw_career_map(career_map: CareerMap, width: int) -> RenderableType:
    grid = Table.grid(padding=(0, 1, 0, 0))
    grid.add_column(no_wrap=True)
    grid.add_column(overflow="fold")
    for step in career_map.steps:
        for lead, text in _draw_step(step, width - len("○ 1 "), last=step is career_map.steps[-1]):
            grid.add_row(lead, text)
    return grid


def _draw_step(step: Step, width: int, *, last: bool) -> Iterator[tuple[Text, Text]]:
    strong = f"bold {ACCENT}" if step.here else "bold"
    rail = Text("" if last else "│", style="dim")
    mark = Text(f"{'●' if step.here else '○'} {step.number}", style=strong if step.here else "dim")
    # The rail is drawn beside every line, so the lines are broken here and not by the table.
    name = f"{step.name}  {HERE}" if step.here else step.name
    for number, line in enumerate(_broken(name, width)):
        yield rail if number else mark, Text(line, style=strong)
    for ask in step.asks:
        yield from ((rail, Text(line, style="dim")) for line in _broken(ask, width, bullet=len(step.asks) > 1))
    if step.below:
        yield rail, Text("")
        yield Text("●", style=f"bold {ACCENT}"), Text(f"{HERE}, between the two", f"bold {ACCENT}")
    if not last:
        yield rail, Text("")


def _broken(text: str, width: int, *, bullet: bool = False) -> list[str]:
    """Return the text in lines, the mark of the person's place never broken in two."""
    kept = text.replace(HERE, HERE.replace(" ", NO_BREAK))
    lead, indent = ("· ", "  ") if bullet else ("", "")
    lines = textwrap.wrap(kept, max(10, width), initial_indent=lead, subsequent_indent=indent)
    return [line.replace(NO_BREAK, " ") for line in lines]


@draw_shape.register
def _draw_balance(balance: Balance, width: int) -> RenderableType:
    half = max(5, min(BALANCE_LIMIT, (width - len("grower  builder")) // 2 - 1))
    place = round(balance.value / BALANCE_LIMIT * half) + half
    line = Text(f"{'─' * half}┼{'─' * half}", style="dim")
    scale = Text.assemble(("grower ", ""), line[:place], ("●", f"bold {ACCENT}"), line[place + 1 :], (" builder", ""))
    middle = Text(" " * (len("grower ") + place - len(signed(balance.value)) // 2))
    middle.append(signed(balance.value), f"bold {ACCENT}")
    if not balance.items:
        return Group(scale, middle)
    return Group(scale, middle, Text(""), _contributions(balance))


def _contributions(balance: Balance) -> Table:
    most = max(1, round(max(abs(points) for _, points in balance.items)))
    grid = Table.grid(padding=(0, 1, 0, 0))
    for justify in ("right", "right", "left", "left"):
        grid.add_column(justify=justify, overflow="fold", no_wrap=justify != "left")
    for text, points in balance.items:
        bar = BAR * min(most, round(abs(points)))
        left, right = (bar, "") if points < 0 else ("", bar)
        grid.add_row(Text(signed(points)), Text(left.rjust(most)), Text(right.ljust(most), style=ACCENT), Text(text))
    return grid


@draw_shape.register
def _draw_plan(plan: PlanFigure, width: int) -> RenderableType:
    grid = Table.grid(padding=(0, 1, 0, 0))
    grid.add_column(style=ACCENT, no_wrap=True)
    grid.add_column(overflow="fold")
    for step in plan.steps:
        details = " · ".join(part for part in (step.date, step.status) if part)
        mark = STATUS_MARKS.get(step.status.casefold())
        grid.add_row(Text(mark or "○"), Text(step.title, style="" if mark else "bold"))
        if details:
            grid.add_row(Text(""), Text(details, style="dim"))
    return grid


def _records(titles: Sequence[Text], rows: Sequence[Sequence[Text]]) -> RenderableType:
    """Return the first cell of each row as its heading and the others under it, each behind its title."""
    parts: list[RenderableType] = []
    for number, (head, *cells) in enumerate(rows):
        if number:
            parts.append(Text(""))
        head = head.copy()
        head.stylize("bold")
        parts.append(head)
        for title, cell in zip(titles[1:] or [Text("")] * len(cells), cells, strict=True):
            lead = Text.assemble((title.plain, "dim"), (": ", "dim")) if title.plain else Text("")
            parts.append(Padding(lead + cell, (0, 0, 0, 2)))
    return Group(*parts)


def _widest(cells: Sequence[Text]) -> int:
    return max(cell_len(cell.plain) for cell in cells)


def _longest_word(cells: Sequence[Text]) -> int:
    return max((cell_len(word) for cell in cells for word in cell.plain.split()), default=0)
