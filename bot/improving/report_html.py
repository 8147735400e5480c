"""The report as one HTML page that needs nothing else: charts as SVG, each beside a table; no script, no fetch."""

from html import escape

from bot.improving.privacy import Line
from bot.improving.report import Report, Section

BAR = 14
GAP = 6
LABEL = 270
WIDTH = 760
NUMBER = 60
LONGEST_LABEL = 42

_STYLE = """
:root { color-scheme: light dark; --ink: #1c2430; --dim: #55606e; --page: #fff; --edge: #d5dae1; --a: #1f6feb;
  --b: #b45309; }
@media (prefers-color-scheme: dark) {
  :root { --ink: #e6e9ee; --dim: #a3adba; --page: #14181e; --edge: #39424e; --a: #6ea8fe; --b: #f0a95b; }
}
body { font: 16px/1.5 system-ui, sans-serif; color: var(--ink); background: var(--page); max-width: 60rem;
  margin: 2rem auto; padding: 0 1rem; }
h1, h2 { line-height: 1.2; } h2 { margin-top: 2.5rem; }
p.note, figcaption { color: var(--dim); } figure { margin: 0; overflow-x: auto; }
svg { max-width: 100%; height: auto; } svg text { fill: var(--ink); font: 13px system-ui, sans-serif; }
.a { fill: var(--a); } .b { fill: var(--b); }
table { border-collapse: collapse; margin: 1rem 0; width: 100%; }
th, td { text-align: left; padding: .25rem .6rem; border-bottom: 1px solid var(--edge); overflow-wrap: anywhere; }
td.number, th.number { text-align: right; white-space: nowrap; }
tbody th { font-weight: normal; }
a { color: var(--a); }
"""


def html_report(report: Report) -> str:
    """Return the whole page; whatever people wrote is text in it, never markup."""
    title = "What people ask PMO Coach"
    policy = "default-src 'none'; style-src 'unsafe-inline'"
    shown = [section for section in report.sections if section.lines]
    empty = [section.title for section in report.sections if not section.lines]
    links = "".join(f'<li><a href="#{section.id}">{escape(section.title)}</a></li>' for section in shown)
    notes = [*report.notes, *([f"Nothing to show: {', '.join(empty)}."] if empty else [])]
    return (
        f'<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{title}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n<main>\n<h1>{title}</h1>\n"
        f"<p>{escape(report.period)}: {report.people} people, {report.messages} messages.</p>\n"
        + "".join(f'<p class="note">{escape(note)}</p>\n' for note in notes)
        + f'<nav aria-label="Sections"><ul>{links}</ul></nav>\n'
        + "".join(map(_section, shown))
        + "</main>\n</body>\n</html>\n"
    )


def _section(section: Section) -> str:
    note = f'<p class="note">{escape(section.note)}</p>\n' if section.note else ""
    return (
        f'<section id="{section.id}">\n<h2>{escape(section.title)}</h2>\n{note}'
        f"<figure>\n{_chart(section)}\n<figcaption>{_key(section)}</figcaption>\n</figure>\n"
        f"{_table(section)}</section>\n"
    )


def _key(section: Section) -> str:
    """Return what the bars are, in words and in their colours."""
    drawn = [section.columns[column] for column in section.charted]
    places = ("upper", "lower") if len(drawn) > 1 else ("",)
    return "Bars: " + "; ".join(
        f'<svg width="10" height="10" aria-hidden="true"><rect class="{mark}" width="10" height="10"/></svg> '
        f"{escape(f'{place} {name}'.strip())}"
        for mark, place, name in zip("ab", places, drawn, strict=False)
    )


def _chart(section: Section) -> str:
    """Return bars, a group for each line; what they say stands in the table below, so they are one picture."""
    bars = len(section.charted)
    step = bars * BAR + GAP
    most = max((line.numbers[column] for line in section.lines for column in section.charted), default=0) or 1
    rows = "".join(_bars(section, line, place * step, most) for place, line in enumerate(section.lines))
    height = len(section.lines) * step + GAP
    label = escape(f"Bar chart: {section.title}. The table below has the numbers.", quote=True)
    return f'<svg role="img" aria-label="{label}" viewBox="0 0 {WIDTH} {height}" width="{WIDTH}">{rows}</svg>'


def _bars(section: Section, line: Line, top: int, most: int) -> str:
    label = line.label if len(line.label) <= LONGEST_LABEL else f"{line.label[: LONGEST_LABEL - 1]}…"
    middle = top + GAP + (len(section.charted) * BAR) / 2 + 4
    drawn = [f'<text x="{LABEL - 8}" y="{middle:.0f}" text-anchor="end">{escape(label)}</text>']
    for place, column in enumerate(section.charted):
        number = line.numbers[column]
        width, y = (WIDTH - LABEL - NUMBER) * number / most, top + GAP + place * BAR
        mark = "ab"[place]
        drawn.append(f'<rect class="{mark}" x="{LABEL}" y="{y}" width="{width:.1f}" height="{BAR - 2}"/>')
        drawn.append(f'<text x="{LABEL + width + 6:.1f}" y="{y + BAR - 4}">{number}</text>')
    return "".join(drawn)


def _table(section: Section) -> str:
    columns = ("people", *section.columns)
    head = "".join(f'<th scope="col" class="number">{escape(name)}</th>' for name in columns)
    rows = "".join(
        f'<tr><th scope="row">{escape(line.label)}</th>'
        + "".join(f'<td class="number">{number}</td>' for number in (line.people, *line.numbers))
        + "</tr>\n"
        for line in section.lines
    )
    caption = f"<caption>{escape(section.title)}</caption>"
    first = f'<th scope="col">{escape(section.what)}</th>'
    return f"<table>{caption}<thead><tr>{first}{head}</tr></thead>\n<tbody>\n{rows}</tbody></table>\n"
