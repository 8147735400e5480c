"""The command `pmo-coach` in a time of its own, in which a test lives through a week at once.

Its clock is behind the machine's by as many seconds as a file says, and never ahead of it: a conversation's key is
checked against the machine's, and must not be made in the future.
"""

import os
import sys
import time
from pathlib import Path

AGO = "COACH_IN_TIME"
"""The variable that names the file."""


def main() -> int:
    """Turn the clock back, and run the command in the arguments."""
    file, now = Path(os.environ[AGO]), time.time
    time.time = lambda: now() - float(file.read_text(encoding="ascii"))
    from bot.cli import main as command

    return int(command() or 0)


if __name__ == "__main__":
    sys.exit(main())
