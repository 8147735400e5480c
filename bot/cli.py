"""The command `pmo-coach`. Each command imports what it needs when it runs, so that the light ones stay light."""

import argparse
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from bot import __version__
from bot.errors import CoachError
from bot.runtime.settings import Settings, describe, project_root, read_settings, settings_error, try_settings
from bot.terminal.output import prepare_streams, silence_stdout

if TYPE_CHECKING:
    from bot.cli_improving import Tools
    from bot.store import Store

Run = Callable[[argparse.Namespace], int]
Commands: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"
NARROWEST = 72
"""Columns of a terminal below which a table is no longer made to fit."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command and return its exit code; an error we know is one sentence on stderr.

    A reader of our pipe who has gone is no error: there is nothing left to say.
    """
    words = list(sys.argv[1:] if arguments is None else arguments)
    prepare_streams()
    try:
        return _run(words)
    except CoachError as exc:
        print(f"pmo-coach: {exc}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        silence_stdout()
        return 0
    except OSError as exc:
        silence_stdout()
        what = exc.filename or "The output"
        print(f"pmo-coach: {what} cannot be read or written: {exc.strerror or exc}.", file=sys.stderr)
        return 1


def _run(words: Sequence[str]) -> int:
    try:
        if words[:1] == ["rasa"]:
            return _rasa(words[1:])
        namespace = _parser(words[:1]).parse_args(words)
        run: Run = namespace.run
        return run(namespace)
    finally:
        sys.stdout.flush()  # here, and not when Python ends: who reads it may have gone, the disk may be full


def _parser(first: Sequence[str]) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="pmo-coach", description="A career coach for people who work in a PMO.")
    parser.add_argument("--version", action="version", version=f"pmo-coach {__version__}")
    commands = parser.add_subparsers(metavar="COMMAND", required=True)
    word = first[0] if first else ""
    from bot.terminal import add_commands as add_terminal

    add_terminal(commands, read_settings)
    serving = _add(commands, "serve", "serve the coach over HTTP", _serve)
    serving.add_argument(
        "--while-current", action="store_true", help="stop when the model, the knowledge or the code has changed"
    )
    train = _add(commands, "train", "train the assistant", _train)
    train.add_argument("--if-needed", action="store_true", help="only when something changed since the last training")
    _add(commands, "settings", "list every setting with its value and meaning", _settings)
    encoder = _add(commands, "encoder", "the sentence encoder's files", None)
    actions = encoder.add_subparsers(metavar="ACTION", required=True)
    _add(actions, "install", "fetch, verify and build the encoder", _encoder_install)
    commands.add_parser("rasa", help="run any Rasa command in the lean runtime", add_help=False)
    for name, add in _GROUPS.items():
        # One that was not asked for costs its imports; who asks for none, or for what is none, is told of all.
        if name == word or (word not in commands.choices and word not in _GROUPS and word != "--version"):
            add(commands)
    return parser


def _add_knowledge(commands: Commands) -> None:
    from bot.cli_knowledge import add_commands

    add_commands(commands, lambda: list(read_settings().content))


def _add_conversations(commands: Commands) -> None:
    from bot.cli_conversations import add_commands

    add_commands(commands, _store, lambda: read_settings().retention_days)


def _add_people(commands: Commands) -> None:
    from bot.cli_people import add_commands

    add_commands(commands, _store, lambda: read_settings().retention_days)


def _add_team(commands: Commands) -> None:
    from bot.cli_team import add_commands

    add_commands(commands, _store)


def _add_insights(commands: Commands) -> None:
    from bot.cli_insights import add_commands

    add_commands(commands, _store, _tools)


def _add_review(commands: Commands) -> None:
    from bot.cli_review import add_commands

    add_commands(commands, _store, _tools, _knowledge_folders, root=project_root())


_GROUPS: dict[str, Callable[[Commands], None]] = {
    "knowledge": _add_knowledge,
    "conversations": _add_conversations,
    "people": _add_people,
    "team": _add_team,
    "insights": _add_insights,
    "review": _add_review,
}
"""Commands whose own modules are imported only where they are asked for."""


def _tools() -> "Tools":
    from bot.cli_improving import open_tools

    return open_tools(read_settings())


def _store() -> "Store":
    from bot.store import open_store

    store = open_store(read_settings().database)
    store.migrate()
    return store


def _knowledge_folders() -> Sequence[Path]:
    from bot.content import KNOWLEDGE_FOLDER

    return [KNOWLEDGE_FOLDER, *read_settings().content]


def _add(commands: Commands, name: str, help: str, run: Run | None) -> argparse.ArgumentParser:
    parser = commands.add_parser(name, help=help, description=help)
    if run is not None:
        parser.set_defaults(run=run)
    return parser


def _say(text: str) -> None:
    # The real stderr: while Rasa trains, sys.stderr is held back.
    print(f"pmo-coach: {text} ...", file=sys.__stderr__, flush=True)


def _tell(text: str) -> None:
    print(f"pmo-coach: {text}", file=sys.stderr, flush=True)


def _trained(settings: Settings) -> None:
    from bot.runtime import training

    if not training.is_current(settings):
        training.train(settings, _say)


def _serve(namespace: argparse.Namespace) -> int:
    from bot.runtime.listening import check_address
    from bot.runtime.server import serve

    settings = read_settings()
    check_address(settings)
    _trained(settings)
    where = f"http://{settings.host}:{settings.port}"
    serve(settings, started=lambda: _tell(f"serving on {where}"), while_current=namespace.while_current)
    return 0


def _train(namespace: argparse.Namespace) -> int:
    from bot.runtime import training

    settings = read_settings()
    if not namespace.if_needed or not training.is_current(settings):
        training.train(settings, _say)
        _say_done(settings)
    return 0


def _say_done(settings: Settings) -> None:
    _tell(f"trained, the model is in {settings.model}")


def _settings(namespace: argparse.Namespace) -> int:
    settings, problems = try_settings()
    _list(describe(settings))
    if problems:
        raise settings_error(problems)
    return 0


def _list(rows: Sequence[tuple[str, str, str]]) -> None:
    from rich.console import Console
    from rich.table import Column, Table
    from rich.text import Text

    if not Console().is_terminal:
        for row in rows:
            print("\t".join(row))
        return
    # A name is there to be copied: it is whole and on one line, however narrow the terminal.
    name = Column("variable", no_wrap=True, min_width=max(len(row[0]) for row in rows))
    table = Table(name, Column("value", overflow="fold"), Column("meaning", overflow="fold"))
    for row in rows:
        table.add_row(*map(Text, row))
    Console(width=max(Console().width, NARROWEST)).print(table)


def _encoder_install(namespace: argparse.Namespace) -> int:
    from bot.nlu import encoder_files

    settings = read_settings()
    new = encoder_files.install(settings.encoder, originals=settings.encoder_dir, progress=_say)
    _tell(f"the encoder is {'installed' if new else 'there already'}: {settings.encoder}")
    return 0


def _rasa(arguments: Sequence[str]) -> int:
    from bot.runtime.rasa_command import run_rasa

    return run_rasa(arguments)


if __name__ == "__main__":
    sys.exit(main())
