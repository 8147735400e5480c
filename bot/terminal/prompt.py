"""The line editor of the interactive chat, on prompt_toolkit.

Enter sends, Alt-Enter adds a line, a paste of many lines is one message. Ctrl-C empties the line and,
on an empty one, leaves when it is pressed again.
"""

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TextIO

from prompt_toolkit import PromptSession
from prompt_toolkit.application import get_app
from prompt_toolkit.completion import CompleteEvent, Completer, Completion
from prompt_toolkit.document import Document
from prompt_toolkit.formatted_text import StyleAndTextTuples
from prompt_toolkit.history import FileHistory, History, InMemoryHistory
from prompt_toolkit.input import Input, create_input
from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent
from prompt_toolkit.output import ColorDepth, Output, create_output
from prompt_toolkit.styles import Style

from bot.terminal.client import MAX_CHARACTERS
from bot.terminal.files import private_file, private_folder
from bot.terminal.slash import COMMANDS, FORMS

NEARLY_FULL = 800
"""From so many characters on, the toolbar counts them."""
WIDE = 60
"""Columns that the long form of the toolbar needs."""
STYLE = Style.from_dict({
    "prompt": "bold ansicyan",
    "bottom-toolbar": "noreverse fg:ansibrightblack",
    "completion-menu": "noinherit",
    "completion-menu.completion": "noinherit fg:ansibrightblack",
    "completion-menu.completion.current": "noinherit bold ansicyan",
    "completion-menu.meta.completion": "noinherit fg:ansibrightblack",
    "completion-menu.meta.completion.current": "noinherit fg:ansibrightblack",
    "scrollbar.background": "noinherit",
    "scrollbar.button": "noinherit",
})  # fmt: skip


class OfferCompleter(Completer):
    """Completes the chat's commands, and the titles of what was offered last."""

    def __init__(self, titles: Callable[[], Sequence[str]]) -> None:
        """Ask `titles` for what is on offer."""
        self._titles = titles

    def get_completions(self, document: Document, complete_event: CompleteEvent) -> Iterable[Completion]:
        """Yield what the text so far may become."""
        typed = document.text_before_cursor
        if not typed.strip() or "\n" in document.text:
            return
        if typed.casefold().startswith("/export "):
            word = typed.split(" ", 1)[1]
            yield from (Completion(form, -len(word)) for form in FORMS if form.startswith(word.casefold()))
        elif typed.startswith("/"):
            for name, command in COMMANDS.items():
                if name.startswith(typed.casefold()):
                    yield Completion(name, -len(typed), display_meta=command.meaning)
        else:
            for title in self._titles():
                if title.casefold().startswith(typed.casefold()) and title != typed:
                    yield Completion(title, -len(typed))


class PromptReader:
    """Reads messages from the person at the terminal."""

    interactive = True

    def __init__(
        self, var: Path, titles: Callable[[], Sequence[str]], *, stream: TextIO, plain: bool,
        source: Input | None = None, output: Output | None = None,
    ) -> None:  # fmt: skip
        """Prompt on the stream; keep the lines typed in var/terminal/history where that can be written."""
        self._var = var
        self._plain = plain
        self._leaving = False
        self._completer = OfferCompleter(titles)
        self._input = source or create_input()
        self._output = output or create_output(stdout=stream)
        self._session = self._open()

    def read(self, prefill: str = "") -> str:
        """Return what was typed; raise EOFError when the person leaves."""
        self._leaving = False
        return self._session.prompt(default=prefill)

    def confirm(self, question: str) -> bool:
        """Ask a question that is answered by yes or no; no is the default, and what Ctrl-C means."""
        session: PromptSession[str] = PromptSession(
            [("class:prompt", f"  {question}")], style=STYLE, input=self._input, output=self._output,
            color_depth=self._depth, include_default_pygments_style=False,
        )  # fmt: skip
        try:
            return session.prompt().strip().casefold() in ("y", "yes")
        except (EOFError, KeyboardInterrupt):
            return False

    def forget(self) -> None:
        """Erase the lines typed so far, in memory and on disk."""
        self._history_path.unlink(missing_ok=True)
        self._session = self._open()

    @property
    def _history_path(self) -> Path:
        return self._var / "terminal" / "history"

    @property
    def _depth(self) -> ColorDepth | None:
        return ColorDepth.DEPTH_1_BIT if self._plain else None

    def _open(self) -> PromptSession[str]:
        mark = "> " if self._plain else "▸ "
        session: PromptSession[str] = PromptSession(
            [("class:prompt", mark)], multiline=True, prompt_continuation="  ", history=self._open_history(),
            completer=self._completer, complete_while_typing=True, key_bindings=self._keys(), style=STYLE,
            bottom_toolbar=self._toolbar, reserve_space_for_menu=5, include_default_pygments_style=False,
            color_depth=self._depth, input=self._input, output=self._output,
        )  # fmt: skip
        session.default_buffer.on_text_changed += self._stay
        return session

    def _open_history(self) -> History:
        try:
            private_folder(self._var, "terminal")
            return FileHistory(str(private_file(self._history_path)))
        except OSError:
            return InMemoryHistory()

    def _stay(self, _: object) -> None:
        self._leaving = False

    def _keys(self) -> KeyBindings:
        keys = KeyBindings()

        @keys.add("enter")
        def _send(event: KeyPressEvent) -> None:
            if event.current_buffer.text.strip():
                event.current_buffer.validate_and_handle()

        @keys.add("escape", "enter")
        def _add_line(event: KeyPressEvent) -> None:
            event.current_buffer.insert_text("\n")

        @keys.add("c-c")
        @keys.add("<sigint>")
        def _clear_or_leave(event: KeyPressEvent) -> None:
            if event.current_buffer.text:
                event.current_buffer.reset()
                self._leaving = True
            elif self._leaving:
                event.app.exit(exception=EOFError, style="class:exiting")
            else:
                self._leaving = True

        return keys

    def _toolbar(self) -> StyleAndTextTuples:
        length = len(get_app().current_buffer.text)
        if self._leaving:
            hint = "Ctrl-C again leaves"
        elif length > NEARLY_FULL:
            hint = f"{length:,} of {MAX_CHARACTERS:,} characters"
        elif get_app().output.get_size().columns >= WIDE:
            hint = "Enter sends · Alt-Enter new line · /help · Ctrl-D leaves"
        else:
            hint = "/help · Ctrl-D leaves"
        return [("", f"  {hint if not self._plain else hint.replace('·', '-')}")]
