"""A chat in the test's own process: a paper coach, a scripted reader, and strings for screens."""

import io
from collections import deque
from collections.abc import Callable, Sequence
from pathlib import Path

from bot.terminal.chat import Chat
from bot.terminal.client import CoachClient
from bot.terminal.conversation import Conversation
from bot.terminal.errors import TerminalError
from bot.terminal.exits import ExitCode
from bot.terminal.kept import KeptConversations
from bot.terminal.local_server import LocalServer
from bot.terminal.notices import Notices
from bot.terminal.plain import PlainRenderer
from bot.terminal.presenter import JsonPresenter, Presenter, TextPresenter
from bot.terminal.transport import read_address
from tests.fakes.coach_server import CoachServer


class ScriptedReader:
    """Types the given lines; an exception among them is raised, a function is called and gives the line."""

    def __init__(
        self, lines: Sequence[str | BaseException | Callable[[], str]], *, interactive: bool, agrees: bool
    ) -> None:
        """Answer each question with `agrees`."""
        self.interactive = interactive
        self.prefills: list[str] = []
        self.questions: list[str] = []
        self.forgotten = False
        self._lines = deque(lines)
        self._agrees = agrees

    def read(self, prefill: str = "") -> str:
        """Return the next line."""
        self.prefills.append(prefill)
        if not self._lines:
            raise EOFError
        line = self._lines.popleft()
        if isinstance(line, BaseException):
            raise line
        return line if isinstance(line, str) else line()

    def confirm(self, question: str) -> bool:
        """Answer the question."""
        self.questions.append(question)
        return self._agrees

    def forget(self) -> None:
        """Take note."""
        self.forgotten = True


class Talk:
    """A chat that can be run and looked at."""

    def __init__(
        self,
        paper: CoachServer,
        var: Path,
        *lines: str | BaseException | Callable[[], str],
        interactive: bool = True,
        json: bool = False,
        agrees: bool = False,
        local: LocalServer | None = None,
        timeout: float = 5,
    ) -> None:
        """Let the lines be typed when it runs."""
        self.out, self.err = io.StringIO(), io.StringIO()
        self.reader = ScriptedReader(lines, interactive=interactive, agrees=agrees)
        notices = Notices(self.err)
        renderer = PlainRenderer(self.err if json else self.out)
        presenter: Presenter = TextPresenter(renderer, compact=interactive)
        if json:
            presenter = JsonPresenter(self.out, renderer)
        address = read_address(paper.url)
        self.conversation = Conversation(
            CoachClient(address, timeout), KeptConversations(var, address.url), presenter, notices
        )
        self.code: ExitCode | None = None
        self.chat = Chat(self.conversation, self.reader, notices, local=local)

    def run(self) -> "Talk":
        """Run the chat to its end."""
        self.conversation.begin()
        self.code = self.chat.run()
        return self

    @property
    def shown(self) -> list[str]:
        """The lines on stdout that are not blank."""
        return [line for line in self.out.getvalue().splitlines() if line]

    @property
    def told(self) -> list[str]:
        """The lines on stderr."""
        return self.err.getvalue().splitlines()


class FakeLocal(LocalServer):
    """Starts the given server again, or fails to."""

    def __init__(self, start: Callable[[], None], error: TerminalError | None = None) -> None:
        """Fail with the error, if there is one."""
        self.starts = 0
        self._begin = start
        self._error = error

    def ensure(self) -> None:
        """Start the server."""
        self.starts += 1
        if self._error is not None:
            raise self._error
        self._begin()
