"""What can go wrong between the terminal and the server; each error knows its exit code.

The message of each is a sentence for the person at the terminal.
"""

from bot.errors import CoachError
from bot.terminal.exits import ExitCode


class TerminalError(CoachError):
    """The terminal cannot do what it was asked to do."""

    exit_code = ExitCode.ERROR


class UsageError(TerminalError):
    """The command was called in a way that makes no sense."""

    exit_code = ExitCode.USAGE


class NoServerError(TerminalError):
    """No server answers at the address, or the local one does not start."""

    exit_code = ExitCode.NO_SERVER


class UnreachableError(NoServerError):
    """The connection was never made, so the server has heard nothing: what was to be sent can be sent again."""


class TimedOutError(TerminalError):
    """The server was reached and did not answer in time."""

    exit_code = ExitCode.TIMED_OUT


class BrokenAnswerError(TerminalError):
    """The answer stopped in the middle or cannot be read."""


class RefusedError(TerminalError):
    """The server said no, in words: `status` is the HTTP status, `code` its own name for the reason."""

    def __init__(self, text: str, *, status: int, code: str = "") -> None:
        """Keep the server's text as the message."""
        super().__init__(text)
        self.status = status
        self.code = code
