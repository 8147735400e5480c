"""Numbers on the command line, read so that a wrong one is told in words."""

from argparse import ArgumentTypeError
from collections.abc import Callable

MOST_DAYS = 36_500
"""A century: no report and no memory goes further back."""


def whole_number(*, least: int, most: int) -> Callable[[str], int]:
    """Return what reads a whole number in these bounds, for an argument's `type`."""

    def read(text: str) -> int:
        try:
            number = int(text)
        except ValueError:
            number = least - 1
        if not least <= number <= most:
            raise ArgumentTypeError(f"a whole number from {least} to {most} is needed, not {text!r}")
        return number

    return read
