"""The command `pmo-coach review`: misread messages, masked, one after another, to be made examples of what they meant.

It ends in a patch to the data files, which is written only with --apply or after a yes. Messages that were dealt with
do not come again; those that were skipped do. Answers may come from a pipe, a line each.
"""

import argparse
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.text import Text

from bot.cli_improving import DAY, Tools, read_corpus, write_all
from bot.cli_numbers import MOST_DAYS, whole_number
from bot.errors import CoachError
from bot.improving.corpus import Corpus, changed, diff
from bot.improving.masking import is_masked
from bot.improving.misread import misread
from bot.improving.reviewing import SHOWN_WORDINGS, Gathering, Item
from bot.improving.turns import read_talk
from bot.store import Store

LIMIT = 20
MOST_GROUPS = 10_000
PAGE = 200
OUT_OF_SCOPE = "out_of_scope_"
HELP = (
    "a number, or the id of a topic or intent: make it an example (add “all” for every wording)\n"
    "o KIND: out of scope, as in “o craft”   n ID TITLE: draft a new topic\n"
    "w WORDS: put it in your own words first   s: skip   x: never show again   q: stop here   ?: this help"
)

Ask = Callable[[str], str | None]
"""Asks on the console and returns the line, or None when there is no more."""


@dataclass
class Session:
    """A review under way: the data as they will be, and which messages were dealt with."""

    corpus: Corpus
    names: Any
    learnt: list[str] = field(default_factory=list)
    hidden: list[str] = field(default_factory=list)


def add_commands(
    subparsers: Any,
    store: Callable[[], Store],
    tools: Callable[[], Tools],
    folders: Callable[[], Sequence[Path]],
    *,
    root: Path,
    now: Callable[[], float] = time.time,
    console: Callable[[], Console] = Console,
    ask: Ask | None = None,
) -> None:
    """Add the command `review`; `folders` are those of the knowledge, `root` has data/nlu and tests/nlu."""
    parser = subparsers.add_parser("review", help="turn misread messages into examples", description=__doc__)
    _add_options(parser)

    def run(told: argparse.Namespace) -> int:
        out, kept, known = console(), store(), tools()
        corpus, asking = read_corpus(root, folders()), ask or _ask(out)
        since = now() - told.days * DAY if told.days else 0.0
        items, total = find_items(kept, known, corpus, since=since, limit=told.limit)
        session = Session(corpus, known.names)
        review(items, total, session, out, asking)
        return finish(session, corpus, kept, out, asking, root=root, apply=told.apply, patch=told.diff)

    parser.set_defaults(run=run)


def _add_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--limit", type=whole_number(least=1, most=MOST_GROUPS), default=LIMIT, metavar="N",
                        help="at most N groups (default: %(default)s)")  # fmt: skip
    parser.add_argument("--days", type=whole_number(least=1, most=MOST_DAYS), metavar="N", help="only the last N days")
    parser.add_argument("--apply", action="store_true", help="write the changes to the data files without asking")
    parser.add_argument("--diff", type=Path, metavar="FILE", help="write the patch to a file, too")


def find_items(store: Store, tools: Tools, corpus: Corpus, *, since: float, limit: int) -> tuple[list[Item], int]:
    """Return what is to be reviewed, at most so much, and how much there is in all."""
    gathering, after = Gathering(tools.mask, known=corpus.owners()), ""
    while True:
        with store.unit_of_work(read_only=True) as work:
            ids = work.talks.ids(since=since, after=after, most=PAGE)
            for stored in work.talks.read(ids, since=since):
                gathering.add(misread(read_talk(stored)))
        if not ids:
            break
        after = ids[-1]
    with store.unit_of_work(read_only=True) as work:
        reviewed = work.reviews.known(gathering.sums())
    items = gathering.items(tools.group, reviewed=reviewed)
    return items[:limit], len(items)


def review(items: Sequence[Item], total: int, session: Session, out: Console, ask: Ask) -> None:
    """Show each item and do what is answered, until there are no more items or answers."""
    if not items:
        _say(out, "There is nothing to review.")
        return
    _say(out, HELP)
    for number, item in enumerate(items, start=1):
        _show(out, item, f"{number} of {len(items)}" + (f" ({total} in all)" if total > len(items) else ""), session)
        if not _decide(item, session, out, ask):
            return


def _show(out: Console, item: Item, place: str, session: Session) -> None:
    people = "1 person" if item.people == 1 else f"{item.people} people"
    _say(out, f"\n{place}: {people}, {'once' if item.times == 1 else f'{item.times} times'}, "
              f"{', '.join(reason.value for reason in item.reasons)}")  # fmt: skip
    for text in item.texts[:SHOWN_WORDINGS]:
        _say(out, f"  “{text}”")
    if len(item.texts) > SHOWN_WORDINGS:
        _say(out, f"  and {len(item.texts) - SHOWN_WORDINGS} more wordings")
    for number, name in enumerate(item.suggestions, start=1):
        called = session.names.get(name)
        _say(out, f"  {number}  {name}" + (f" ({called})" if called else ""))


def _decide(item: Item, session: Session, out: Console, ask: Ask) -> bool:
    """Ask until the item is decided; return False when the person stops."""
    words: str | None = None
    while (line := ask("> ")) is not None:
        command, _, rest = line.strip().partition(" ")
        if command in ("q", "quit"):
            return False
        if command in ("s", "skip", ""):
            return True
        if command == "x":
            session.hidden += item.sums
            return True
        if command == "w":
            words = " ".join(rest.split()) or None
            _say(out, f"  “{words}”" if words else "  As it was written, then.")
        elif command == "?":
            _say(out, HELP)
        elif _is_learnt(command, rest, item, words, session, out):
            session.learnt += item.sums
            return True
    return False


def _is_learnt(command: str, rest: str, item: Item, words: str | None, session: Session, out: Console) -> bool:
    """Make the item an example or a draft; say why where that cannot be."""
    every = rest.strip() == "all" and words is None
    texts = [text for text in item.texts if not is_masked(text)] if every else [words or item.texts[0]]
    try:
        if command == "n":
            id, _, title = rest.strip().partition(" ")
            beside = item.suggestions[0] if item.suggestions else None
            session.corpus = session.corpus.with_topic(id, title.strip(), texts, beside=beside)
            _say(out, f"  A draft of the topic {id}: write its answer and sources where the patch puts it.")
            return True
        target = _target(command, rest, item)
        corpus = session.corpus
        for text in texts:
            corpus = corpus.with_text(target, text)
        session.corpus = corpus
    except CoachError as exc:
        _say(out, f"  {exc}")
        return False
    _say(out, f"  {len(texts)} more of {target}." if texts else "  Every wording has a mask in it: use w.")
    return bool(texts)


def _target(command: str, rest: str, item: Item) -> str:
    if command == "o":
        return f"{OUT_OF_SCOPE}{rest.strip().removeprefix(OUT_OF_SCOPE)}"
    if rest.strip() not in ("", "all"):
        raise CoachError("After a number or an id there may only be “all”; “?” lists what can be answered.")
    if command.isascii() and command.isdigit() and 1 <= int(command[:3]) <= len(item.suggestions):
        return item.suggestions[int(command) - 1]
    return command


def finish(
    session: Session,
    before: Corpus,
    store: Store,
    out: Console,
    ask: Ask,
    *,
    root: Path,
    apply: bool,
    patch: Path | None,
) -> int:
    """Show the patch, write it where that is wished, and remember what was dealt with."""
    files = changed(before, session.corpus)
    text = diff(files, root=root)
    if files:
        _say(out, f"\n{text}")
    if patch is not None:
        write_all({patch: text})
    done = list(session.hidden)
    if files and (apply or _agrees(ask)):
        old, new = ({path: texts[side] for path, texts in files.items()} for side in (0, 1))
        write_all(new, expected=old)
        done += session.learnt
        _say(out, f"Written: {len(files)} file{'s' if len(files) > 1 else ''}. See `git diff`, then `make train`.")
    elif files:
        _say(out, "Nothing was written: --apply writes. What is in the patch comes again until then.")
    if done:
        with store.unit_of_work() as work:
            work.reviews.add(done)
    return 0


def _agrees(ask: Ask) -> bool:
    """Ask whether to write, where somebody is there to be asked."""
    return sys.stdin.isatty() and (ask("Write these changes to the files? [y/N] ") or "").strip()[:1] in ("y", "Y")


def _ask(out: Console) -> Ask:
    def ask(prompt: str) -> str | None:
        print(prompt, end="", file=out.file, flush=True)
        line = sys.stdin.readline()
        if not sys.stdin.isatty():
            _say(out, line.rstrip("\n"))  # as a terminal would show it
        return line if line else None

    return ask


def _say(out: Console, text: str) -> None:
    """Print text as it is; on a terminal rich wraps it, and takes none of it for markup."""
    if out.is_terminal:
        out.print(Text(text), soft_wrap=True)
    else:
        print(text, file=out.file)
