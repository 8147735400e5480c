"""The coach's small Markdown, read into blocks that plain text and rich text are both drawn from.

HTML is text here, like everything that the coach's Markdown does not have: no content is lost. Text is
cleaned once more after parsing, because an entity such as `&#x202e;` becomes a character only then.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from markdown_it import MarkdownIt
from markdown_it.token import Token

from bot.terminal.cleaning import clean_line, clean_text

BULLET = "•"
STYLES = {"strong": "strong", "em": "em", "s": "strike", "link": "link"}


@dataclass(frozen=True)
class Span:
    """A piece of text and how it is emphasised: strong, em, code, link, url."""

    text: str
    styles: tuple[str, ...] = ()


Spans = tuple[Span, ...]


@dataclass(frozen=True)
class Block:
    """A paragraph, heading, code, rule or table, `depth` lists deep, perhaps behind a list's `marker`."""

    kind: str
    spans: Spans = ()
    depth: int = 0
    marker: str = ""
    tight: bool = False
    rows: tuple[tuple[Spans, ...], ...] = ()


def read_markdown(text: str) -> list[Block]:
    """Return the blocks of a text."""
    parser = MarkdownIt("commonmark", {"html": False}).enable("table")
    reader = _Reader()
    for token in parser.parse(clean_text(text)):
        reader.read(token)
    return reader.blocks


def plain(spans: Sequence[Span]) -> str:
    """Return the spans without their emphasis."""
    return "".join(span.text for span in spans)


@dataclass
class _Reader:
    blocks: list[Block] = field(default_factory=list)
    _lists: list[int | None] = field(default_factory=list)
    _marker: str = ""
    _kind: str = "paragraph"
    _tight: bool = False
    _list_begins: bool = False
    _quotes: int = 0
    _rows: list[list[Spans]] | None = None

    def read(self, token: Token) -> None:
        handle = getattr(self, f"_read_{token.type}", None)
        if handle is not None:
            handle(token)
        elif token.nesting == 0 and token.content:
            self._add("paragraph", (Span(clean_text(token.content)),))

    def _add(self, kind: str, spans: Spans, rows: tuple[tuple[Spans, ...], ...] = ()) -> None:
        depth = len(self._lists) + self._quotes
        # The lines of a list stand together; a blank line sets the list off from what is before it.
        tight = self._tight and bool(self._lists) and not self._list_begins
        self.blocks.append(Block(kind, spans, depth, self._marker, tight, rows))
        self._marker, self._list_begins = "", False

    def _read_inline(self, token: Token) -> None:
        spans = tuple(_spans(token.children or ()))
        if self._rows is not None:
            self._rows[-1].append(spans)
        else:
            self._add(self._kind, spans)

    def _read_paragraph_open(self, token: Token) -> None:
        self._tight = token.hidden

    def _read_heading_open(self, _: Token) -> None:
        self._kind, self._tight = "heading", False

    def _read_heading_close(self, _: Token) -> None:
        self._kind = "paragraph"

    def _read_bullet_list_open(self, _: Token) -> None:
        self._begin_list(None)

    def _read_ordered_list_open(self, token: Token) -> None:
        start = token.attrGet("start")
        self._begin_list(int(start) if start is not None else 1)

    def _begin_list(self, number: int | None) -> None:
        self._list_begins = self._list_begins or not self._lists
        self._lists.append(number)

    def _read_list_item_open(self, _: Token) -> None:
        number = self._lists[-1]
        self._marker = BULLET if number is None else f"{number}."
        self._lists[-1] = None if number is None else number + 1

    def _read_list_item_close(self, _: Token) -> None:
        if self._marker:
            self._add("paragraph", ())

    def _read_bullet_list_close(self, _: Token) -> None:
        self._lists.pop()

    _read_ordered_list_close = _read_bullet_list_close

    def _read_blockquote_open(self, _: Token) -> None:
        self._quotes += 1

    def _read_blockquote_close(self, _: Token) -> None:
        self._quotes -= 1

    def _read_fence(self, token: Token) -> None:
        self._tight = False
        self._add("code", (Span(clean_text(token.content).rstrip("\n"), ("code",)),))

    _read_code_block = _read_fence

    def _read_hr(self, _: Token) -> None:
        self._add("rule", ())

    def _read_table_open(self, _: Token) -> None:
        self._tight = False
        self._rows = []

    def _read_tr_open(self, _: Token) -> None:
        if self._rows is not None:
            self._rows.append([])

    def _read_table_close(self, _: Token) -> None:
        rows, self._rows = self._rows or [], None
        self._add("table", (), tuple(tuple(row) for row in rows))


def _spans(tokens: Sequence[Token]) -> Iterator[Span]:
    styles: list[str] = []
    links: list[tuple[str, str]] = []
    for token in tokens:
        name = token.type.rsplit("_", 1)[0]
        if token.type == "link_open":
            links.append((clean_line(str(token.attrGet("href") or "")), ""))
        if token.nesting == 1 and name in STYLES:
            styles.append(STYLES[name])
        elif token.nesting == -1 and name in STYLES:
            styles.pop()
            if token.type == "link_close":
                yield from _url(*links.pop())
        elif text := _content(token):
            links = [(href, shown + text) for href, shown in links]
            yield Span(text, (*styles, "code") if token.type == "code_inline" else tuple(styles))


def _content(token: Token) -> str:
    if token.type == "softbreak":
        return " "
    if token.type == "hardbreak":
        return "\n"
    if token.type == "image":
        return clean_text(f"{token.content} ({token.attrGet('src')})".strip())
    return clean_text(token.content)


def _url(href: str, shown: str) -> Iterator[Span]:
    """Give the address behind a link, unless it is what the link's text says."""
    if href and shown.strip() not in (href, href.removeprefix("mailto:")):
        yield Span(f" ({href})", ("url",))
