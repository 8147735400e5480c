"""How a turn of the conversation is put out: as text for people, or as JSON for scripts."""

import json
from collections.abc import Callable, Sequence
from typing import Protocol, TextIO

from bot.records.reply import Choice, Figure, SourceLink
from bot.terminal.markdown import read_markdown
from bot.terminal.messages import CoachMessage
from bot.terminal.notices import drawing_console


class Renderer(Protocol):
    """Draws the parts of an answer; `plain` and `render` hold one each."""

    def markdown(self, text: str) -> None:
        """Show Markdown."""

    def figure(self, figure: Figure) -> None:
        """Show a figure."""

    def choices(self, choices: Sequence[Choice], *, first: int) -> None:
        """Show what may be chosen, numbered from `first`."""

    def sources(self, sources: Sequence[tuple[int, SourceLink]], *, numbered: bool) -> None:
        """Show the sources in full."""

    def source_numbers(self, numbers: Sequence[int]) -> None:
        """Show that there are sources, by their numbers."""

    def person(self, text: str) -> None:
        """Show what the person said earlier."""

    def text(self, text: str) -> None:
        """Show text that is no Markdown."""

    def space(self) -> None:
        """Leave a blank line."""


class Presenter(Protocol):
    """Takes the messages of a turn as they arrive."""

    renderer: Renderer
    """Draws what is shown beside answers: a plan, a list of sources."""

    def message(self, message: CoachMessage, *, first_choice: int) -> None:
        """Take a message; its choices are numbered from `first_choice` on."""

    def end(self, conversation: str, *, understood: bool) -> None:
        """Take note that the turn is over."""

    def show_sources(self) -> bool:
        """Show all sources so far in full; return whether there are any."""

    def forget(self) -> None:
        """Forget the sources so far."""


def choose_renderer(stream: TextIO) -> Renderer:
    """Return the renderer that suits the stream; rich is imported only for a terminal."""
    console = drawing_console(stream)
    if console is None:
        from bot.terminal.plain import PlainRenderer

        return PlainRenderer(stream)
    from bot.terminal.render import RichRenderer

    return RichRenderer(console)


class TextPresenter:
    """Shows the messages one under the other.

    In a conversation (`compact`) sources are numbers that `/sources` explains, and every message has a
    blank line around it; otherwise sources are shown in full and blank lines stand between messages only.
    """

    def __init__(self, renderer: Renderer, *, compact: bool) -> None:
        """Show them with the renderer."""
        self.renderer = renderer
        self._compact = compact
        self._shown = 0
        self._sources: dict[SourceLink, int] = {}

    def message(self, message: CoachMessage, *, first_choice: int) -> None:
        """Show the message at once."""
        parts: list[Callable[[], None]] = []
        if message.text.strip():
            parts.append(lambda: self.renderer.markdown(message.text))
        if (figure := message.figure) is not None and not _is_in_words(figure, message.text):
            parts.append(lambda: self.renderer.figure(figure))
        if message.sources:
            parts.append(lambda: self._show_sources(message.sources))
        if message.choices:
            parts.append(lambda: self.renderer.choices(message.choices, first=first_choice))
        for show in parts:
            if self._shown or self._compact:
                self.renderer.space()
            show()
            self._shown += 1

    def end(self, conversation: str, *, understood: bool) -> None:
        """Close the turn."""
        if self._shown and self._compact:
            self.renderer.space()
            self._shown = 0

    def show_sources(self) -> bool:
        """Show all sources so far in full; return whether there are any."""
        self.renderer.sources([(number, source) for source, number in self._sources.items()], numbered=True)
        return bool(self._sources)

    def forget(self) -> None:
        """Forget the sources so far."""
        self._sources.clear()

    def _show_sources(self, sources: Sequence[SourceLink]) -> None:
        numbered = [(self._sources.setdefault(source, len(self._sources) + 1), source) for source in sources]
        if self._compact:
            self.renderer.source_numbers([number for number, _ in numbered])
        else:
            self.renderer.sources(numbered, numbered=False)


class JsonPresenter:
    """Writes each turn as one line of JSON, the shape that scripts rely on."""

    def __init__(self, stream: TextIO, renderer: Renderer) -> None:
        """Write to the stream; what is no answer goes to the renderer."""
        self.renderer = renderer
        self._stream = stream
        self._messages: list[CoachMessage] = []
        self._sources: dict[SourceLink, None] = {}

    def message(self, message: CoachMessage, *, first_choice: int) -> None:
        """Keep the message until the turn ends."""
        self._messages.append(message)
        self._sources.update(dict.fromkeys(message.sources))

    def end(self, conversation: str, *, understood: bool) -> None:
        """Write the turn. ASCII only: no encoding can break it and no terminal obeys it."""
        messages = [message.to_json() for message in self._messages]
        turn = {"v": 1, "conversation": conversation, "understood": understood, "messages": messages}
        self._stream.write(json.dumps(turn, ensure_ascii=True) + "\n")
        self._stream.flush()
        self._messages.clear()

    def show_sources(self) -> bool:
        """Show all sources so far in full; return whether there are any."""
        self.renderer.sources(list(enumerate(self._sources, 1)), numbered=True)
        return bool(self._sources)

    def forget(self) -> None:
        """Forget the sources so far."""
        self._sources.clear()


def _is_in_words(figure: Figure, text: str) -> bool:
    """Tell whether a table stands in the words already, for channels that draw none: a comparison does."""
    return figure.kind == "table" and any(block.kind == "table" for block in read_markdown(text))
