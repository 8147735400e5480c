"""The commands of the chat, each a line that begins with a slash; the server never sees them."""

import difflib
import os
import shlex
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from bot.terminal.cleaning import clean_line
from bot.terminal.conversation import Conversation
from bot.terminal.errors import RefusedError, TerminalError
from bot.terminal.files import PRIVATE_FILE, read_export
from bot.terminal.notices import Notices

FORMS = ("md", "json", "ics")
NO_PLANS = "This server does not offer plans yet."


class Reader(Protocol):
    """Where the person's lines come from: the prompt or a pipe."""

    interactive: bool

    def read(self, prefill: str = "") -> str:
        """Return what was typed; raise EOFError when there is no more."""

    def confirm(self, question: str) -> bool:
        """Ask a question that is answered by yes or no; no is the default."""

    def forget(self) -> None:
        """Forget what was typed so far."""


@dataclass(frozen=True)
class Command:
    """How a command is written and what it is for."""

    usage: str
    meaning: str


COMMANDS = {
    "/help": Command("/help", "show this list"),
    "/plan": Command("/plan", "show your plan"),
    "/export": Command("/export [md|json|ics] [file]", "print or save your profile and plan"),
    "/import": Command("/import file.json", "bring back the plans of an export"),
    "/sources": Command("/sources", "show the sources in full"),
    "/restart": Command("/restart", "begin a new conversation"),
    "/forget": Command("/forget", "erase all that the coach knows about you"),
    "/quit": Command("/quit", "leave; Ctrl-D does too"),
}


class SlashCommands:
    """Runs the commands of one chat."""

    def __init__(self, conversation: Conversation, reader: Reader, notices: Notices) -> None:
        """Answer on the conversation's renderer; ask and explain beside it."""
        self._conversation = conversation
        self._reader = reader
        self._notices = notices

    def run(self, line: str) -> bool:
        """Run the command in the line and return whether the chat goes on; raise TerminalError when it fails."""
        name, *words = _split(line)
        name = name.casefold()
        if name == "/quit":
            return False
        if name not in COMMANDS:
            raise TerminalError(unknown_command(name))
        run: Callable[[Sequence[str]], None] = getattr(self, f"_{name[1:]}")
        run(words)
        return True

    def _help(self, _: Sequence[str]) -> None:
        self._notices.explain([(command.usage, command.meaning) for command in COMMANDS.values()])
        self._notices.space()
        self._notices.say("A number picks a choice. A space before a slash sends the line as a message.")

    def _plan(self, _: Sequence[str]) -> None:
        self._conversation.presenter.renderer.markdown(self._fetch("md").decode("utf-8", "replace"))

    def _export(self, words: Sequence[str]) -> None:
        form, target = _export_words(words)
        if target is None:
            self._conversation.presenter.renderer.text(self._fetch(form).decode("utf-8", "replace").strip())
            return
        path = Path(target).expanduser()
        if path.exists():
            raise TerminalError(f"{clean_line(target)} exists already; choose another name.")
        data = self._fetch(form)
        try:
            file = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, PRIVATE_FILE)
            with open(file, "wb") as stream:
                stream.write(data)
        except (OSError, ValueError) as exc:
            raise TerminalError(f"{clean_line(target)} cannot be written: {getattr(exc, 'strerror', exc)}.") from exc
        self._notices.say(f"Saved in {path}.")

    def _import(self, words: Sequence[str]) -> None:
        if len(words) != 1:
            raise TerminalError("Name the file, as in /import plan.json")
        exported = read_export(Path(words[0]).expanduser(), name=clean_line(words[0]))
        try:
            with self._notices.waiting("Bringing your plans back ..."):
                count = self._conversation.client.import_plans(self._conversation.session, exported)
        except RefusedError as error:
            if error.status == 404:
                raise TerminalError(NO_PLANS) from error
            raise
        told = {0: "There is no plan in that file.", 1: "One plan is back. /plan shows it."}
        self._notices.say(told.get(count, f"{count} plans are back. /plan shows them."))

    def _fetch(self, form: str) -> bytes:
        try:
            with self._notices.waiting("Fetching your plan ..."):
                data = self._conversation.client.export(self._conversation.session, form)
        except RefusedError as error:
            if error.status == 404:
                raise TerminalError(NO_PLANS) from error
            raise
        if not data.strip():
            raise TerminalError("There is no plan yet; ask the coach to make one with you.")
        return data

    def _forget(self, _: Sequence[str]) -> None:
        if not self._reader.confirm("Erase your profile, answers, plans and this conversation? [y/N] "):
            self._notices.say("Nothing was erased.")
            return
        self._conversation.forget()
        self._reader.forget()
        self._notices.say("All of it is erased. This is a new conversation.")

    def _sources(self, _: Sequence[str]) -> None:
        if not self._conversation.presenter.show_sources():
            self._notices.say("No answer so far has named a source.")

    def _restart(self, _: Sequence[str]) -> None:
        self._conversation.begin(anew=True)
        self._notices.say("This is a new conversation.")


def unknown_command(name: str) -> str:
    """Return a sentence for a line that begins with a slash and is no command."""
    near = difflib.get_close_matches(name, COMMANDS, n=1, cutoff=0.5)
    hint = f"Did you mean {near[0]}?" if near else "/help lists the commands."
    return f"{clean_line(name)[:40]} is no command. {hint} To send it as a message, put a space before it."


def _split(line: str) -> list[str]:
    try:
        return shlex.split(line) or [line]
    except ValueError:  # a quote that is not closed
        return line.split()


def _export_words(words: Sequence[str]) -> tuple[str, str | None]:
    """Return the form and the file of an export; a file alone tells the form by its ending."""
    form, *rest = words or ("md",)
    if form.casefold() in FORMS:
        return form.casefold(), rest[0] if rest else None
    if Path(form).suffix[1:].casefold() in FORMS and not rest:
        return Path(form).suffix[1:].casefold(), form
    raise TerminalError(f"An export is {', '.join(FORMS[:-1])} or {FORMS[-1]}, as in /export ics plan.ics")
