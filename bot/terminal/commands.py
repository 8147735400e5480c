"""The commands `chat` and `ask` on the command line: options, wiring, exit codes.

Parsing needs argparse alone; everything else is imported when a command runs.
"""

import argparse
import math
import os
import sys
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from bot.errors import CoachError
from bot.terminal.exits import ExitCode

if TYPE_CHECKING:
    from bot.runtime.settings import Settings
    from bot.terminal.conversation import Conversation
    from bot.terminal.local_server import LocalServer
    from bot.terminal.notices import Notices

    Subparsers = argparse._SubParsersAction[argparse.ArgumentParser]

NAME = "pmo-coach"
TIMEOUT_SECONDS = 30.0
MAX_TIMEOUT = 3600.0
EXIT_CODES = {
    "ask": "Exit codes: 0 answered, 1 error, 2 usage, 3 no server, 4 time-out, 5 not understood, 130 interrupted.",
    "chat": "Exit codes: 0 answered, 1 error, 2 usage, 3 no server, 4 time-out, 130 interrupted. From a pipe every "
    "line gets its turn, and the code is that of the first one that failed.",
}


def add_commands(
    subparsers: "Subparsers", settings_reader: "Callable[[], Settings]", *, serve: Sequence[str] | None = None
) -> None:
    """Add `chat` and `ask`; each sets `run`, which takes the namespace and returns the exit code.

    The settings are read when a command runs. `serve` is the command that starts a local server.
    """

    def add(name: str, about: str, work: "Callable[[argparse.Namespace, Settings, Sequence[str] | None], int]") -> (
        argparse.ArgumentParser
    ):  # fmt: skip
        parser = subparsers.add_parser(name, help=about, description=about, epilog=EXIT_CODES[name])
        _add_options(parser)
        parser.set_defaults(run=lambda namespace: _guarded(lambda: work(namespace, settings_reader(), serve)))
        return parser

    add("chat", "talk with the coach in the terminal", _chat)
    parser = add("ask", "ask one question; the answer is printed on stdout", _ask)
    parser.add_argument("question", nargs="*", help="the question; without one it is read from stdin")


def _add_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--server", metavar="URL", help="the coach's address; default: the one on this machine, "
                        "which is started when it does not run")  # fmt: skip
    parser.add_argument("--json", action="store_true", help="print each answer as one line of JSON")
    parser.add_argument("--conversation", metavar="ID", help="continue this conversation")
    parser.add_argument("--timeout", type=_seconds, default=TIMEOUT_SECONDS, metavar="SECONDS",
                        help="how long an answer may take (default: %(default)g)")  # fmt: skip


def _seconds(value: str) -> float:
    try:
        seconds = float(value)
    except ValueError:
        seconds = math.nan
    if not 0 < seconds <= MAX_TIMEOUT:
        raise argparse.ArgumentTypeError(f"use a number above 0 and up to {MAX_TIMEOUT:g}, not {value}")
    return seconds


def _guarded(work: Callable[[], int]) -> int:
    """Do the work; turn whatever may end it early into a sentence and an exit code."""
    from bot.terminal.output import prepare_streams, silence_stdout

    prepare_streams()
    try:
        code = work()
        sys.stdout.flush()
        return code
    except KeyboardInterrupt:
        return ExitCode.INTERRUPTED
    except BrokenPipeError:
        silence_stdout()
        return ExitCode.ANSWERED
    except CoachError as error:
        _complain(str(error))
        return int(getattr(error, "exit_code", ExitCode.ERROR))
    except OSError as error:
        silence_stdout()
        _complain(f"The answer cannot be written: {error.strerror}.")
        return ExitCode.ERROR


def _ask(namespace: argparse.Namespace, settings: "Settings", serve: Sequence[str] | None) -> int:
    from bot.terminal.ask import ask, choose_question
    from bot.terminal.notices import Notices

    question = choose_question(namespace.question)
    notices = Notices()
    conversation, local = _connect(namespace, settings, notices, serve, False)
    if local is not None:
        local.ensure()
    code = ask(conversation, question)
    if notices.console is not None and not namespace.json:
        notices.space()
        notices.show_command(f'{called()} ask {_going_on(namespace, conversation)} "..."')
    return code


def _chat(namespace: argparse.Namespace, settings: "Settings", serve: Sequence[str] | None) -> int:
    from bot.terminal.chat import Chat, greet
    from bot.terminal.notices import Notices

    screen = next((stream for stream in (sys.stderr, sys.stdout) if stream.isatty()), None)
    interactive = screen is not None and sys.stdin.isatty()
    notices = Notices()
    conversation, local = _connect(namespace, settings, notices, serve, interactive and sys.stdout.isatty())
    if local is not None:
        local.ensure()
    conversation.begin()
    greet(conversation, notices, again=bool(namespace.conversation), quietly=namespace.json or not interactive)
    if screen is None or not interactive:
        from bot.terminal.streams import PipedReader

        return Chat(conversation, PipedReader(), notices, local=local).run()
    from bot.terminal.prompt import PromptReader

    def titles() -> list[str]:
        return [choice.title for choice in conversation.offers]

    reader = PromptReader(settings.var, titles, stream=screen, plain=notices.console is None)
    code = Chat(conversation, reader, notices, local=local).run()
    notices.show_command(f"{called()} chat {_going_on(namespace, conversation)}")
    return code


def called() -> str:
    """Return what calls this command again: its name where the shell finds it, else the way it was called now."""
    from shlex import quote
    from shutil import which

    here = sys.argv[0]
    return NAME if which(NAME) or os.path.basename(here) != NAME else quote(here)


def _going_on(namespace: argparse.Namespace, conversation: "Conversation") -> str:
    server = f"--server {namespace.server} " if namespace.server else ""
    return f"{server}--conversation {conversation.session.conversation}"


def _connect(
    namespace: argparse.Namespace, settings: "Settings", notices: "Notices", serve: Sequence[str] | None, compact: bool
) -> "tuple[Conversation, LocalServer | None]":
    """Return the conversation, not begun yet, and the server to start for it, if it is one of this machine."""
    from bot.terminal.client import CoachClient
    from bot.terminal.conversation import Conversation
    from bot.terminal.kept import KeptConversations
    from bot.terminal.presenter import JsonPresenter, Presenter, TextPresenter, choose_renderer
    from bot.terminal.transport import read_address

    local = usual = None
    if namespace.server is None:
        from bot.terminal.local_server import SERVE, LocalServer

        local = LocalServer(settings, notices, serve=serve or SERVE)
        usual = local.address
    address = local.find() if local else read_address(namespace.server)
    renderer = choose_renderer(sys.stderr if namespace.json else sys.stdout)
    presenter: Presenter = TextPresenter(renderer, compact=compact)
    if namespace.json:
        presenter = JsonPresenter(sys.stdout, renderer)
    # Our own server keeps its conversations wherever it found a port.
    kept = KeptConversations(settings.var, (usual or address).url)
    client = CoachClient(address, namespace.timeout)
    return Conversation(client, kept, presenter, notices, known=namespace.conversation or ""), local


def _complain(text: str) -> None:
    from bot.terminal.notices import Notices

    Notices().warn(text)
