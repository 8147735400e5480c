"""The exit codes of the terminal commands; scripts rely on them."""

from enum import IntEnum


class ExitCode(IntEnum):
    """How a command ended."""

    ANSWERED = 0
    ERROR = 1
    USAGE = 2
    NO_SERVER = 3
    TIMED_OUT = 4
    NOT_UNDERSTOOD = 5
    INTERRUPTED = 130
