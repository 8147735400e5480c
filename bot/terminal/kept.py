"""The conversations that `--conversation` can continue: their tokens, kept on this machine.

A file each, named by a hash of server and conversation, so that two terminals never write the same file
and no id given by a person becomes a path. The oldest go when there are too many.
"""

import json
from hashlib import sha256
from pathlib import Path

from bot.terminal.cleaning import clean_line
from bot.terminal.errors import TerminalError
from bot.terminal.files import private_folder, write_private
from bot.terminal.messages import Session

MAX_KEPT = 500
"""How many conversations are kept; each `ask` begins one."""


class KeptConversations:
    """The tokens of one server's conversations, in var/terminal/conversations."""

    def __init__(self, var: Path, server: str) -> None:
        """Keep them under `var`; nothing is written before the first `keep`."""
        self._var = var
        self._server = server

    def keep(self, session: Session) -> None:
        """Remember the session; raise TerminalError when the file cannot be written."""
        value = {"server": self._server, "conversation": session.conversation, "token": session.token,
                 "expires": session.expires}  # fmt: skip
        path = self._path(session.conversation)
        try:
            private_folder(self._var, "terminal", "conversations")
            write_private(path, json.dumps(value))
            self._drop_oldest()
        except OSError as exc:
            raise TerminalError(f"The conversation cannot be kept in {path.parent}: {exc.strerror}.") from exc

    def find(self, conversation: str) -> Session:
        """Return the session of a conversation; raise TerminalError when it is not known here."""
        try:
            value = json.loads(self._path(conversation).read_text(encoding="utf-8"))
            return Session(value["conversation"], value["token"], value["expires"])
        except (OSError, ValueError, KeyError, TypeError) as exc:
            name = clean_line(conversation)[:80]
            raise TerminalError(f"This machine knows no conversation {name!r} with {self._server}.") from exc

    def forget(self, session: Session) -> None:
        """Remove the session's file."""
        self._path(session.conversation).unlink(missing_ok=True)

    def _path(self, conversation: str) -> Path:
        name = sha256(f"{self._server}\n{conversation}".encode("utf-8", "replace")).hexdigest()[:32]
        return self._var / "terminal" / "conversations" / f"{name}.json"

    def _drop_oldest(self) -> None:
        folder = self._var / "terminal" / "conversations"
        kept = list(folder.glob("*.json"))
        if len(kept) > MAX_KEPT:
            ages = sorted((path.stat().st_mtime, path) for path in kept)
            for _, path in ages[: len(kept) - MAX_KEPT]:
                path.unlink(missing_ok=True)
