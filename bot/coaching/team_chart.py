"""A team's report as a chart: one SVG file without scripts, fonts or links, which any browser and document shows."""

from collections.abc import Sequence
from html import escape

from bot.records import Share, TeamReport

WIDTH, NAME_WIDTH, BAR_WIDTH, LINE, MARGIN = 760, 300, 340, 26, 24
BAR, RANGE, TEXT, GROUND = "#1f5f8b", "#9cc3dd", "#1b1b1b", "#ffffff"


def in_words(share: Share) -> str:
    """Return a share's number, or its range: "0 or 1"."""
    if share.exact:
        return str(share.low)
    return f"{share.low} or {share.high}" if share.high - share.low == 1 else f"{share.low} to {share.high}"


def by_nobody_or_one(shares: Sequence[Share]) -> tuple[str, ...]:
    """Return the names of what nobody or one person has; a long list of such rows hides what a team does have."""
    return tuple(share.name for share in shares if (share.low, share.high) == (0, 1))


def by_more(shares: Sequence[Share]) -> tuple[Share, ...]:
    """Return the shares that say more than "0 or 1", the largest first."""
    told = [share for share in shares if (share.low, share.high) != (0, 1)]
    return tuple(sorted(told, key=lambda share: (-share.high, -share.low, share.name)))


def _together(shares: Sequence[Share]) -> tuple[Share, ...]:
    few = by_nobody_or_one(shares)
    return (*by_more(shares), *([Share(f"{len(few)} others, each", 0, 1)] if few else []))


def draw_chart(report: TeamReport, title: str) -> str:
    """Return the chart: a bar for each level, function and qualification; pale where the number is a range."""
    blocks: list[tuple[str, Sequence[Share]]] = [
        ("Levels", report.levels),
        ("PMO functions covered", _together(report.functions)),
        ("Qualifications held by two or more", report.certifications),
        ("Next best training", report.spend),
    ]
    lines, y = [], 2 * MARGIN + LINE
    for name, shares in blocks:
        if shares:
            lines.append(_text(MARGIN, y, name, weight="bold"))
            lines += [_bar(share, report.members, y + LINE * place) for place, share in enumerate(shares, start=1)]
            y += LINE * (len(shares) + 2)
    head = f"{title}: {report.members} people"
    return "\n".join([
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{y}" viewBox="0 0 {WIDTH} {y}" role="img" '
        f'font-family="sans-serif" font-size="14"><title>{_safe(head)}</title>',
        f'<rect width="{WIDTH}" height="{y}" fill="{GROUND}"/>',
        _text(MARGIN, MARGIN + LINE / 2, head, weight="bold"),
        *lines,
        "</svg>\n",
    ])  # fmt: skip


def _bar(share: Share, members: int, y: float) -> str:
    x = MARGIN + NAME_WIDTH
    sure, most = (BAR_WIDTH * number / members for number in (share.low, share.high))
    return "".join([
        _text(MARGIN, y, share.name),
        f'<rect x="{x}" y="{y - 13}" width="{most:.1f}" height="16" fill="{RANGE}"/>',
        f'<rect x="{x}" y="{y - 13}" width="{sure:.1f}" height="16" fill="{BAR}"/>',
        _text(x + BAR_WIDTH + 8, y, in_words(share)),
    ])  # fmt: skip


def _text(x: float, y: float, words: str, *, weight: str = "normal") -> str:
    return f'<text x="{x}" y="{y}" fill="{TEXT}" font-weight="{weight}">{_safe(words)}</text>'


def _safe(words: str) -> str:
    """Return words for XML, which has no control characters."""
    return escape("".join(char for char in words if char.isprintable()))
