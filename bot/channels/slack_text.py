"""Text between Slack and the coach: what a person typed, made plain; the coach's Markdown, made Slack's mrkdwn.

Slack gives `<@U1>`, `<!channel>` and `<https://...>` a meaning wherever they stand unescaped. So whatever is said,
by the coach or by a person whose words it repeats, has its `&`, `<` and `>` escaped: it can neither ping nor link.
"""

import re
from collections.abc import Iterator, Sequence

from markdown_it import MarkdownIt
from markdown_it.token import Token

from bot.channels.texts import clean_text

BULLET = "•"
_REFERENCE = re.compile(r"<([^<>]*)>")
_ADDRESS = re.compile(r"(?:https?://|mailto:)[^\s<>|]+")
_MARKS = {"strong": "*", "em": "_", "s": "~"}
_ESCAPES = {"&amp;": "&", "&lt;": "<", "&gt;": ">"}
_SIGNS = re.compile("&(?:amp|lt|gt);")


def heard_text(text: str, me: str = "") -> str:
    """Return what a person typed, as they see it: our own mention left out, links and names as plain words."""
    text = _REFERENCE.sub(lambda found: _named(found[1], me), text)
    return clean_text(_SIGNS.sub(lambda found: _ESCAPES[found[0]], text))


def _named(reference: str, me: str) -> str:
    target, _, label = reference.partition("|")
    if target.startswith("@"):
        return "" if me and target[1:] == me else f"@{label or 'somebody'}"
    if target.startswith("#"):
        return f"#{label or 'a channel'}"
    if target.startswith("!"):
        return label or f"@{target[1:].partition('^')[0]}"
    return label or target.removeprefix("mailto:")


def escaped(text: str) -> str:
    """Return a text that Slack shows as it stands, without any reference in it."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def link(address: str, label: str) -> str:
    """Return a link, or its words alone where the address is none that a person may follow."""
    if not _ADDRESS.fullmatch(address):
        return escaped(f"{label} ({address})" if address and address != label else label)
    return f"<{escaped(address)}|{escaped(label).replace('|', '¦') or escaped(address)}>"


def mrkdwn(markdown: str) -> list[str]:
    """Return the paragraphs of a Markdown text in Slack's mrkdwn, escaped; lists and tables are one paragraph each."""
    parser = MarkdownIt("commonmark", {"html": False}).enable("table").disable(["entity", "lheading"])
    return [block for block in _blocks(parser.parse(markdown)) if block.strip()]


def plain(markdown: str) -> str:
    """Return a Markdown text without its marks, for notifications; escaped."""
    text = re.sub(r"<([^<>|]*)\|([^<>]*)>", r"\2", "\n".join(mrkdwn(markdown)))
    return re.sub(r"(?<!\w)([*_~])(\S(?:[^\n]*?\S)?)\1(?!\w)", r"\2", text)


def _blocks(tokens: Sequence[Token]) -> Iterator[str]:
    at = 0
    while at < len(tokens):
        end = _end(tokens, at)
        yield _block(tokens[at : end + 1])
        at = end + 1


def _end(tokens: Sequence[Token], at: int) -> int:
    """Return where the block that begins at `at` ends."""
    depth = 0
    for place in range(at, len(tokens)):
        depth += tokens[place].nesting
        if depth == 0:
            return place
    return len(tokens) - 1


def _block(tokens: Sequence[Token]) -> str:
    kind = tokens[0].type
    if kind in ("bullet_list_open", "ordered_list_open"):
        return "\n".join(_list(tokens))
    if kind == "table_open":
        return table_text(*_table(tokens))
    if kind in ("fence", "code_block"):
        return f"```{escaped(tokens[0].content.rstrip())}```"
    if kind == "hr":
        return "———"
    lines = [_inline(token.children or ()) for token in tokens if token.type == "inline"]
    if kind == "heading_open":
        return "\n".join(f"*{line.replace('*', '')}*" for line in lines)
    if kind == "blockquote_open":
        return "\n".join(f"> {part}" for line in lines for part in line.splitlines())
    return "\n".join(lines) or escaped(tokens[0].content)


def _list(tokens: Sequence[Token]) -> Iterator[str]:
    counters: list[int | None] = []
    marker = ""
    for token in tokens:
        if token.type.endswith("_list_open"):
            counters.append(int(token.attrGet("start") or 1) if token.type.startswith("ordered") else None)
        elif token.type.endswith("_list_close"):
            counters.pop()
        elif token.type == "list_item_open":
            number = counters[-1]
            marker = BULLET if number is None else f"{number}."
            counters[-1] = None if number is None else number + 1
        elif token.type == "inline" or token.content:
            text = _inline(token.children or ()) if token.type == "inline" else escaped(token.content.rstrip())
            indent = "    " * (len(counters) - 1)
            yield f"{indent}{marker} {text}" if marker else f"{indent}  {text}"
            marker = ""


def _table(tokens: Sequence[Token]) -> tuple[list[str], list[list[str]]]:
    rows: list[list[str]] = []
    for token in tokens:
        if token.type == "tr_open":
            rows.append([])
        elif token.type == "inline":
            rows[-1].append(_inline(token.children or ()))
    return rows[0], rows[1:]


NOTHING = "-"
"""What a table has where there is nothing."""


def table_text(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Return a table as a phone can show it: each row its first cell, and under it the others behind their titles."""
    if not rows:
        return " · ".join(filter(None, columns))
    return "\n".join(line for row in rows for line in _row(columns, row))


def _row(columns: Sequence[str], row: Sequence[str]) -> Iterator[str]:
    if not row:
        return
    titles = [*columns, *[""] * (len(row) - len(columns))]
    head, cells = row[0].replace("*", ""), set(row[1:])
    alike = len(row) > 2 and len(cells) == 1 and bool(head and titles[1] and row[1])
    if alike and row[1] == NOTHING:
        return  # of none of them is there anything to say
    shown = f"*{titles[0].replace('*', '')}: {head}*" if titles[0] else f"*{head}*"
    if alike:
        yield f"{shown} {row[1]} ({'both' if len(row) == 3 else f'all {len(row) - 1}'})"
        return
    if head:
        yield shown
    for title, cell in zip(titles[1:], row[1:], strict=False):
        if cell or title:
            yield f"{BULLET} {title}: {cell}" if title else f"{BULLET} {cell}"


def _inline(tokens: Sequence[Token]) -> str:
    parts: list[str] = []
    links: list[tuple[str, int]] = []
    for token in tokens:
        if token.type == "link_open":
            links.append((str(token.attrGet("href") or ""), len(parts)))
        elif token.type == "link_close":
            address, start = links.pop()
            label = "".join(parts[start:])
            parts[start:] = [_link_of(address, label)]
        else:
            parts.append(_piece(token))
    return _with_marks(parts)


def _link_of(address: str, shown: str) -> str:
    """Return a link whose label is already escaped and marked; Slack shows no marks in it."""
    return link(address, _SIGNS.sub(lambda found: _ESCAPES[found[0]], re.sub(f"[{_OPEN}{_CLOSE}][*_~]", "", shown)))


_OPEN, _CLOSE = "\ue000", "\ue001"
"""Stand before a mark until it is known whether Slack would see it: it needs a boundary on its outer side."""


def _piece(token: Token) -> str:
    name = token.type.rsplit("_", 1)[0]
    if name in _MARKS:
        return (_OPEN if token.nesting == 1 else _CLOSE) + _MARKS[name]
    if token.type == "softbreak":
        return " "
    if token.type == "hardbreak":
        return "\n"
    if token.type == "code_inline":
        return f"`{escaped(token.content)}`"
    if token.type == "image":
        return link(str(token.attrGet("src") or ""), token.content)
    return _linked(token.content)


def _linked(text: str) -> str:
    """Return plain text escaped, with the addresses in it as links: nothing else would make them so."""
    parts: list[str] = []
    end = 0
    for found in _ADDRESS.finditer(text):
        address = found[0].rstrip(".,;:!?)\"'")
        parts += [escaped(text[end : found.start()]), f"<{escaped(address)}>"]
        end = found.start() + len(address)
    return "".join([*parts, escaped(text[end:])])


def _with_marks(parts: Sequence[str]) -> str:
    text = "".join(parts)
    text = re.sub(rf"(?<=\w){_OPEN}[*_~]|{_OPEN}(?=[*_~]\s)[*_~]", "", text)
    text = re.sub(rf"{_CLOSE}[*_~](?=\w)", "", text)
    return text.replace(_OPEN, "").replace(_CLOSE, "")


def plain_text(text: str) -> dict[str, str]:
    """Return a title, label or button's text: no marks are read in it."""
    return {"type": "plain_text", "text": text}
